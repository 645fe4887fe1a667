"""A start that must not happen ends with one sentence: no traceback, nothing changed, nothing made anew."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.circle import accounts
from tests.journeys.server import ROOT, _environment, free_port

NOW = 1_790_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A store that was used once and closed."""
    store = accounts.open_store(tmp_path / "data", tmp_path / "keys", now=NOW)
    accounts.sign_up(store, "maple river", "six calm words in a row", accounts.new_spare_key(), now=NOW)
    store.close()
    yield tmp_path
    shutil.rmtree(tmp_path)


def start(folder: Path, *more: str, keys: Path | None = None) -> tuple[int, str]:
    """Start the product on this folder and return how it ended and what it said."""
    places = {"PORTAL_DATA": str(folder / "data"), "PORTAL_CONFIG": str(keys or folder / "keys")}
    ended = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(free_port()), *more],
        env=_environment(places),
        capture_output=True,
        timeout=60,
        check=False,
        text=True,
    )
    return ended.returncode, ended.stdout + ended.stderr


def files(folder: Path) -> dict[str, bytes]:
    wanted = ("store.db", "settings.toml", "key", "number")
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.name in wanted}


def test_a_second_server_on_the_same_store_says_so(folder: Path) -> None:
    store = accounts.open_store(folder / "data", folder / "keys", now=NOW)
    code, said = start(folder)
    store.close()
    refused(code, said, "already")


def test_without_its_key_file_nothing_is_opened_and_no_key_is_made(folder: Path) -> None:
    next((folder / "keys").rglob("key")).unlink()
    before = files(folder)
    refused(*start(folder), "missing")
    assert files(folder) == before


def test_without_its_database_nothing_is_made_anew_and_only_the_sentence_is_said(folder: Path) -> None:
    (folder / "data" / "store.db").unlink()
    before = files(folder)
    code, said = start(folder)
    refused(code, said, f"gone: {folder / 'data' / 'store.db'} (data folder)")
    assert "Application startup failed" not in said
    assert files(folder) == before


def test_a_folder_in_the_place_of_the_settings_is_named(folder: Path) -> None:
    (folder / "data" / "settings.toml").unlink()
    (folder / "data" / "settings.toml").mkdir()
    refused(*start(folder), f"{folder / 'data' / 'settings.toml'} cannot be read")


def test_a_key_file_of_another_store_opens_nothing(folder: Path, tmp_path: Path) -> None:
    key = next((folder / "keys").rglob("key"))
    key.write_bytes(bytes(32))
    before = files(folder)
    refused(*start(folder), "missing")
    assert files(folder) == before


def test_a_file_that_is_no_database_of_ours_is_left_alone(folder: Path) -> None:
    (folder / "data" / "store.db").write_bytes(b"not a database at all" * 500)
    before = files(folder)
    refused(*start(folder), "cannot be read")
    assert files(folder) == before


def test_folders_inside_each_other_are_refused(folder: Path) -> None:
    shutil.move(folder / "keys", folder / "data" / "keys")
    refused(*start(folder, keys=folder / "data" / "keys"), "folder")


def test_an_address_of_the_network_without_a_certificate_is_refused(folder: Path) -> None:
    code, said = start(folder, "--server.address", "0.0.0.0")  # noqa: S104 - this is what must not be
    refused(code, said, "certificate")


def test_a_setting_that_weakens_the_portal_is_refused(folder: Path) -> None:
    code, said = start(folder, "--browser.gatherUsageStats", "true")
    refused(code, said, "gatherUsageStats")


def refused(code: int, said: str, word: str) -> None:
    """Assert that the start ended, with a sentence that holds `word` and no traceback."""
    assert code != 0
    assert word in said, said
    assert "Traceback" not in said
