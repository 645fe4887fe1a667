"""Who may import whom: the floors of the house, read from the source."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ANY = {"portal.errors", "portal.newtypes"}

# Each part of the product, and what of ours it may import. The longest name that fits decides.
OURS: dict[str, set[str]] = {
    "app": {"portal.ui.web", "portal.circle.accounts", "portal.folders"},
    "portal.errors": set(),
    "portal.newtypes": set(),
    "portal.clock": set(),
    "portal.folders": set(),
    "portal.crypto": {"portal.crypto"},
    "portal.vault": {"portal.vault", "portal.crypto", "portal.folders"},
    "portal.circle": {"portal.circle", "portal.vault", "portal.library", "portal.folders"},
    "portal.library": {"portal.library"},
    "portal.ui": {"portal.ui", "portal.circle", "portal.library", "portal.clock"},
    "portal.ui.words": {"portal.ui.words"},
    "portal.ui.web.settings": set(),
    "portal.host": {
        "portal.host", "portal.circle", "portal.library", "portal.vault", "portal.clock", "portal.folders",
        "portal.crypto.certificate", "portal.ui.web.settings",
    },
    "portal.__main__": {"portal.host"},
}  # fmt: skip

# Each library, and the parts that may import it.
LIBRARIES: dict[str, set[str]] = {
    "cryptography": {"portal.crypto"},
    "sqlite_utils": {"portal.vault.migrations"},
    "msgspec": {"portal.vault", "portal.circle", "portal.library"},
    "zxcvbn": {"portal.circle"},
    "PIL": {"portal.circle"},
    "segno": {"portal.ui"},
    "babel": {"portal.ui"},
    "markdown_it": {"portal.ui"},
    "platformdirs": {"portal.folders"},
    "streamlit": {"portal.ui", "app"},
    "starlette": {"portal.ui.web"},
}
FREE_OF_STREAMLIT = {"portal.ui.web.settings", "portal.ui.words"}


def _sources() -> list[Path]:
    return [ROOT / "app.py", *sorted((ROOT / "portal").rglob("*.py"))]


def _name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(source: str) -> Iterator[str]:
    """Every module that the source may load, with what is taken from it: `from a import b` is both a and a.b."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _within(name: str, part: str) -> bool:
    return name == part or name.startswith(f"{part}.")


def _rule(name: str) -> set[str]:
    parts = [part for part in OURS if _within(name, part)]
    return OURS[max(parts, key=len)] if parts else set()


def _refused(name: str, source: str) -> list[str]:
    return [what for what in _imports(source) if not _allowed(name, what)]


def _allowed(name: str, what: str) -> bool:
    top = what.partition(".")[0]
    if top == "portal":
        return what == top or any(_within(what, part) for part in ANY | _rule(name))
    if top in sys.stdlib_module_names:
        return True
    if top == "streamlit" and any(_within(name, part) for part in FREE_OF_STREAMLIT):
        return False
    return any(_within(name, part) for part in LIBRARIES.get(top, ()))


@pytest.mark.parametrize("file", _sources(), ids=_name)
def test_each_floor_stands_only_on_those_below(file: Path) -> None:
    assert _refused(_name(file), file.read_text("utf-8")) == []


@pytest.mark.parametrize("file", _sources(), ids=_name)
def test_the_clock_is_read_by_its_name(file: Path) -> None:
    """A moved clock must move everywhere, so nobody keeps a copy of `now`; below `ui` nobody reads any clock."""
    source = file.read_text("utf-8")
    assert "portal.clock.now" not in set(_imports(source))
    if not _name(file).startswith(("portal.clock", "portal.ui", "portal.host")):
        assert not re.search(r"\btime\.time\(|\.now\(\)|\.today\(\)|\.utcnow\(", source)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("portal.crypto.sealing", "import portal.vault.rows"),
        ("portal.crypto.sealing", "from portal import clock"),
        ("portal.vault.rows", "from portal.circle import notes"),
        ("portal.vault.rows", "import sqlite_utils"),
        ("portal.vault.rows", "def late():\n    from streamlit import config"),
        ("portal.circle.notes", "from portal.crypto.sealing import seal"),
        ("portal.circle.notes", "from portal import clock"),
        ("portal.circle.notes", "import portal.ui.main"),
        ("portal.circle.notes", "import streamlit"),
        ("portal.library.shelf", "import portal.vault"),
        ("portal.ui.main", "from portal.vault import rows"),
        ("portal.ui.main", "from portal.folders import data_folder"),
        ("portal.ui.main", "import cryptography.hazmat"),
        ("portal.ui.web.settings", "from streamlit import config"),
        ("portal.ui.web.settings", "import portal.ui.web.desk"),
        ("portal.host.doctor", "import streamlit"),
        ("portal.host.doctor", "from portal.crypto.sealing import seal"),
        ("app", "from portal.circle.notes import share"),
        ("app", "import portal.vault.store"),
        ("portal.ui.main", "import requests"),
        ("portal.new", "import portal.vault"),
    ],
)
def test_the_rules_can_be_broken(name: str, source: str) -> None:
    assert _refused(name, source)
