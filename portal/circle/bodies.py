"""What the circle puts into the vault's bytes: typed, bounded, MessagePack arrays like the vault's own records."""

from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from portal.errors import Tampered

B = TypeVar("B")
ROOM = 64_000  # bytes of a text with its title, link and nothing else: as a note and as a draft with tags it fits a row
URL = 2_000  # characters


class Body(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What every body has in common."""


class Text(Body, frozen=True):
    """A note or a resource of the patient's own: Markdown, an optional title, an optional link."""

    title: Annotated[str, Meta(max_length=200)]
    text: Annotated[str, Meta(max_length=65_000)]
    url: Annotated[str, Meta(max_length=URL)] = ""


class DraftText(Body, frozen=True):
    """An unfinished text with its tags."""

    title: Annotated[str, Meta(max_length=1_000)]
    text: Annotated[str, Meta(max_length=65_000)]
    url: Annotated[str, Meta(max_length=URL)] = ""
    tags: Annotated[list[str], Meta(max_length=50)] = []


class Past(Body, frozen=True):
    """What became of an invitation."""

    label: str
    made: int
    ended: int
    how: str


def surplus(title: str, text: str, url: str) -> int:
    """Return how many characters of `text` have to go so that the whole fits ROOM; 0 when it does."""
    room = max(0, ROOM - len(title.encode()) - len(url.encode()))
    return len(text) - len(text.encode()[:room].decode(errors="ignore"))


def pack(body: Body) -> bytes:
    """Return the stored form."""
    return msgspec.msgpack.encode(body)


def unpack(payload: bytes, kind: type[B]) -> B:
    """Return the body, or raise `Tampered` when it has another shape."""
    try:
        return msgspec.msgpack.decode(payload, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise Tampered from None
