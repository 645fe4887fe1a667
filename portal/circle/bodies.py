"""What the circle puts into the vault's bytes: typed, bounded, MessagePack arrays like the vault's own records."""

from datetime import date
from typing import Annotated, Self, TypeVar

import msgspec
from msgspec import Meta

from portal.errors import Tampered
from portal.newtypes import ListId

B = TypeVar("B")
ROOM = 64_000  # bytes of a text with its title, link and nothing else: as a note and as a draft with tags it fits a row
URL = 2_000  # characters


class Body(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What every body has in common."""

    def but(self, **fields: object) -> Self:
        """Return this body with `fields` in place of what it says."""
        return msgspec.structs.replace(self, **fields)


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


class Answers(Body, frozen=True):
    """What has been answered of an invitation. Nothing is chosen at the start; nothing here is a secret or a signature.

    `changing`: one step is given anew, and then it is read through again. `new_group` is a name, not yet a group.
    """

    step: Annotated[int, Meta(ge=1, le=6)] = 1
    changing: bool = False
    label: Annotated[str, Meta(max_length=40)] = ""
    relation: Annotated[str, Meta(max_length=20)] = ""
    template: Annotated[str, Meta(max_length=20)] | None = None
    lists: Annotated[tuple[ListId, ...], Meta(max_length=20)] = ()
    new_group: Annotated[str, Meta(max_length=30)] = ""
    resource: bool = False
    since: Annotated[str, Meta(max_length=20)] | None = None
    period: Annotated[str, Meta(max_length=20)] | None = None
    last_day: date | None = None
    event: Annotated[str, Meta(max_length=200)] = ""
    purposes: Annotated[tuple[Annotated[str, Meta(max_length=20)], ...], Meta(max_length=10)] = ()
    own: Annotated[str, Meta(max_length=150)] = ""


class Settings(Body, frozen=True):
    """What a person chose for themselves. Empty means: what their browser says."""

    lang: str = ""
    zone: str = ""
    clock12: bool = False
    lock_minutes: int = 10
    steps_hidden: bool = False
    left_once: bool = False
    country: str = ""
    away: str = ""


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
