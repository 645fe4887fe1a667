"""After the main story: nothing of it stands in a file, a log, an address or a title, and nothing before sign-in."""

import base64
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.story import Told

STEMS = tomllib.loads((Path(__file__).parents[1] / "library" / "stems.toml").read_text("utf-8"))


def _forms(text: str) -> Iterator[bytes]:
    """A text in every shape in which it could lie in a file. Of base64: what each of three beginnings has in common."""
    for encoded in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
        yield encoded
        yield encoded.hex().encode()
        yield encoded.hex().upper().encode()
        for before in range(3):
            whole = base64.b64encode(bytes(before) + encoded)
            yield whole[-(-before * 8 // 6) + (before > 0) : len(whole) // 4 * 4 - 4]


def _found(told: Told, content: bytes) -> list[str]:
    folded = content.lower()
    return [
        what
        for what, text in told.secrets.items()
        if text.lower().encode() in folded or any(form in content for form in _forms(text))
    ]


def _files(*folders: Path) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("begin", ["", "x", "xy"])
def test_the_search_would_find_it(told: Told, begin: str) -> None:
    for what, text in told.secrets.items():
        hidden = base64.b64encode((begin + text + " and more").encode())
        assert what in _found(told, b"\x00" + hidden)
        assert what in _found(told, b"\x00" + text.upper().encode())
        assert what in _found(told, (begin + text).encode("utf-16-le"))


def test_no_file_of_the_store_and_no_temporary_file_holds_any_of_it(told: Told) -> None:
    server = told.server
    files = _files(server.data, server.keys, server.data.parent / "tmp")
    assert any(path.suffix == ".db" for path in files)
    assert [(path.name, found) for path in files if (found := _found(told, path.read_bytes()))] == []


def test_no_file_name_says_anything(told: Told) -> None:
    server = told.server
    names = [str(path.relative_to(server.data.parent)) for path in _files(server.data, server.keys)]
    assert [name for name in names if _found(told, name.encode()) or _telling(name)] == []


def test_the_server_said_nothing_of_it(told: Told) -> None:
    log = told.server.log.read_bytes()
    assert _found(told, log) == []
    assert b"Traceback" not in log
    assert _telling(re.sub(r"\S*/\S*", "", log.decode())) == []


def test_no_address_holds_any_of_it(told: Told) -> None:
    assert len(told.urls) > len(("sign-in", "story"))
    assert [url for url in told.urls if "?" in url and "/_stcore/" not in url] == []
    assert [url for url in told.urls if _found(told, url.encode()) or _telling(url)] == []


def test_every_request_went_to_our_own_server(told: Told) -> None:
    ours = (told.server.url, told.server.url.replace("http", "ws"), "data:", "about:blank")
    assert [url for url in told.urls if not url.startswith(ours)] == []


def test_titles_are_neutral(told: Told) -> None:
    assert len(told.titles) > len(("Sign in", "Today"))
    assert [title for title in told.titles if not re.fullmatch(r"[A-Z][A-Za-z ]{2,20} · Notebook", title)] == []
    assert [title for title in told.titles if _found(told, title.encode()) or _telling(title)] == []


def test_the_page_before_sign_in_tells_a_neighbour_nothing(told: Told) -> None:
    assert "Sign in" in told.before
    assert _telling(told.before) == []
    assert "streamlit" not in (told.before.partition("<title>")[2].partition("</title>")[0]).lower()


def _telling(text: str) -> list[str]:
    """The stems that tell what this is about."""
    folded = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    words = [word for word in STEMS["whole_words"] if re.search(rf"\b{re.escape(word)}\b", text)]
    return [stem for stem in STEMS["telling"] if stem in folded] + words
