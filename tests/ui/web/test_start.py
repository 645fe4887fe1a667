"""The host reads at the terminal what is wrong, with which file, and what to do."""

import re
from pathlib import Path

import pytest

from portal.circle.accounts import Store
from portal.errors import DiskFull, Gone, PortalError, ReadOnly
from portal.ui import words
from portal.ui.web import settings, start
from portal.vault.records import Reason

DATA, KEYS = Path("/one/data"), Path("/one/keys")


def at(refusal: PortalError, where: Path) -> PortalError:
    refusal.where = where
    return refusal


@pytest.mark.parametrize("refusal", start.REFUSED, ids=lambda found: found.__name__)
def test_every_refusal_names_the_place_and_says_what_to_do(refusal: type[PortalError]) -> None:
    said = start.refused(at(refusal(), DATA / "store.db"), DATA)
    assert "/one/data/store.db (data folder)" in said
    assert said.endswith(".")
    assert "your text" not in said


def test_every_refusal_of_a_start_has_its_sentence() -> None:
    told = re.findall(r"`([A-Z]\w+)`", (Store.on_disk.__doc__ or "").partition("Raises")[2])
    assert set(told) == {refusal.__name__ for refusal in start.REFUSED}


@pytest.mark.parametrize(
    ("where", "folder"),
    [(DATA, "data"), (DATA / "settings.toml", "data"), (KEYS, "key"), (KEYS / "ab" / "key", "key")],
)
def test_it_says_which_of_the_two_folders(where: Path, folder: str) -> None:
    assert f"{where} ({folder} folder)" in start.refused(at(ReadOnly(), where), DATA)


@pytest.mark.parametrize("refusal", [DiskFull(), at(Gone(), DATA)], ids=["no place", "no sentence"])
def test_what_has_no_place_or_no_sentence_here_says_what_a_page_would(refusal: PortalError) -> None:
    assert start.refused(refusal, DATA) == words.of("en", refusal)


def test_everything_that_a_start_can_find_has_its_sentence() -> None:
    doubts = {reason.name for reason in Reason if reason != Reason.FIRST}
    assert set(start.FOUND) == doubts | {"BEHIND", "EMPTY"}


def test_no_sentence_tells_what_the_notebook_is_about() -> None:
    assert not [said for said in (*start.REFUSED.values(), *start.FOUND.values()) if settings.telling(said)]
