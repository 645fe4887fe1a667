"""A server with an unsafe setting does not start, and says which one."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config

from portal.ui.web import life, settings
from portal.ui.web.settings import Host

ROOT = Path(__file__).parents[3]
SAFE: dict[str, object] = {
    **settings.REQUIRED,
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["127.0.0.1", "localhost"],
    "server.maxUploadSize": 10,
    "server.disconnectedSessionTTL": 60,
    "logger.level": "warning",
}
UNSAFE = {
    **dict.fromkeys(settings.REQUIRED, "other"),
    "server.address": "0.0.0.0",  # noqa: S104  the refusal is the point
    "server.allowedHosts": [],
    "server.maxUploadSize": 200,
    "server.disconnectedSessionTTL": 0,
    "logger.level": "DEBUG",
}


def test_a_safe_start_has_nothing_to_say() -> None:
    assert settings.wrong(SAFE.get) == []


@pytest.mark.parametrize("option", sorted(UNSAFE))
def test_each_unsafe_setting_is_named_in_one_sentence(option: str) -> None:
    sentences = settings.wrong({**SAFE, option: UNSAFE[option]}.get)
    assert len(sentences) == 1
    assert option in sentences[0]


def test_an_unset_address_is_every_address() -> None:
    assert settings.wrong({**SAFE, "server.address": None}.get)


def test_a_star_is_no_host() -> None:
    assert settings.wrong({**SAFE, "server.allowedHosts": ["*.example"]}.get)


def test_beyond_this_computer_only_with_a_certificate() -> None:
    beyond = {**SAFE, "server.address": "192.168.1.5", "server.sslCertFile": "a"}
    assert settings.wrong(beyond.get)
    assert settings.wrong({**beyond, "server.sslKeyFile": "b"}.get) == []


def test_the_file_we_ship_sets_everything_required() -> None:
    shipped = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    for option, value in settings.REQUIRED.items():
        part, name = option.split(".")
        assert shipped[part].get(name, config.get_option(option)) == value, option


def test_the_start_ends_with_the_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "get_option", {**SAFE, "browser.gatherUsageStats": True}.get)
    monkeypatch.setattr("portal.ui.web.quiet.hush", lambda: None)
    with pytest.raises(SystemExit, match="gatherUsageStats"):
        life.middleware(tmp_path)


def test_without_a_file_the_host_has_the_defaults(tmp_path: Path) -> None:
    assert settings.host(tmp_path) == Host()


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(ValueError, match=r"settings\.toml cannot be read") as refusal:
        settings.host(tmp_path)
    assert str(tmp_path) in str(refusal.value)


@pytest.mark.parametrize("asked", ["exists", "read_text"])
def test_what_this_account_may_not_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    def closed(*_: object) -> str:
        raise PermissionError(13, "no")

    (tmp_path / "settings.toml").touch()
    monkeypatch.setattr(Path, asked, closed)
    monkeypatch.setattr("portal.ui.web.quiet.hush", lambda: None)
    with pytest.raises(SystemExit, match=r"settings\.toml cannot be read"):
        life.middleware(tmp_path)


def test_the_hosts_wishes(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('name = "Blue folder"\naway = "https://news.example/"\n')
    assert settings.host(tmp_path) == Host(name="Blue folder", away="https://news.example/")


@pytest.mark.parametrize(
    "text",
    [
        "name = ",
        'colour = "red"',
        "name = 3",
        f'name = "{"a" * 31}"',
        'name = "Récovery notes"',
        'name = "Mi RECUPERACIÓN"',
        'away = "http://news.example/"',
        'away = "javascript:alert(1)"',
    ],
)
def test_a_wish_that_cannot_be_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(ValueError, match=r"settings\.toml"):
        settings.host(tmp_path)
