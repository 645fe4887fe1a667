"""The files of the library, read from the folder `content` beside this module.

A path that is not there raises `Gone`; a file that does not fit its shape raises
`msgspec.ValidationError`, which the tests meet before any reader does.
"""

import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from portal.errors import Gone

CONTENT = Path(__file__).parent / "content"
FENCE = "+++\n"

Shape = TypeVar("Shape")


def names(folder: str, ending: str) -> list[str]:
    """Return the stems of the files in `folder` that end in `ending`, sorted. Raises `Gone` for no such folder."""
    found = sorted(path.stem for path in (CONTENT / folder).glob(f"*{ending}"))
    if not found:
        raise Gone
    return found


def table(name: str, shape: type[Shape]) -> Shape:
    """Return the TOML file `name` as `shape`. Raises `Gone`."""
    return _shaped(_text(name), shape)


def page(name: str, shape: type[Shape]) -> tuple[Shape, str]:
    """Return the front matter of the Markdown file `name` as `shape`, and its body. Raises `Gone`."""
    _, front, body = _text(name).split(FENCE, 2)
    return _shaped(front, shape), body


def _text(name: str) -> str:
    try:
        return (CONTENT / name).read_text("utf-8")
    except FileNotFoundError:
        raise Gone from None


def _shaped(text: str, shape: type[Shape]) -> Shape:
    return msgspec.convert(tomllib.loads(text), shape)
