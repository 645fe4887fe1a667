"""Drafts of texts: what is being written, sealed as it is typed, for its author alone."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from portal.circle.bodies import URL, DraftText, Text, pack, surplus, unpack
from portal.circle.kinds import SHAREABLE, Kind
from portal.errors import Tampered, TooLong
from portal.newtypes import ItemId
from portal.vault import drafts as vault
from portal.vault.records import Draft as Row
from portal.vault.records import DraftRef
from portal.vault.session import Session


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft. `about` is the entry being edited, empty for a new one; `tag` names this state of it."""

    page: bytes
    kind: int
    about: bytes
    title: str
    text: str
    url: str
    tags: tuple[str, ...]
    saved: int
    tag: int


def drafts(session: Session) -> list[Draft]:
    """Return every draft of a text that opens, newest first. An invitation begun is none."""
    found = []
    for ref, row, tag in vault.read(session):
        with suppress(Tampered):
            if ref.kind in SHAREABLE:
                found.append(_draft(ref, row, tag))
    return sorted(found, key=lambda one: one.saved, reverse=True)


def _draft(ref: DraftRef, row: Row, tag: int) -> Draft:
    body = unpack(row.body, DraftText)
    return Draft(ref.page, ref.kind, ref.about, body.title, body.text, body.url, tuple(body.tags), row.saved, tag)


def draft_for(session: Session, kind: int = Kind.NOTE, about: bytes = b"") -> Draft | None:
    """Return the newest draft of a composer, or None."""
    return next((one for one in drafts(session) if one.kind == kind and one.about == about), None)


def save(
    session: Session,
    body: Text,
    *,
    tags: Sequence[str] = (),
    began: Draft | None = None,
    kind: int = Kind.NOTE,
    about: bytes = b"",
    now: int,
) -> Draft:
    """Keep a draft and return it; `began` is the one this text continues.

    Raises `ChangedElsewhere` after keeping this text as a draft of its own, `TooLong`, `TooManyDrafts`, and `Gone`
    when it was dropped.
    """
    title, text, url = _storable(body.title)[:1_000], _storable(body.text), _storable(body.url)[:URL]
    if too_many := surplus(title, text, url):
        raise TooLong(too_many)
    words = [_storable(tag) for tag in tags][:50]
    payload = pack(DraftText(title, text, url, words))
    if began is None:
        page, tag = vault.begin(session, kind, about, payload, now=now)
    else:
        page, kind, about = ItemId(began.page), began.kind, began.about
        tag = vault.save(session, page, began.tag, payload, now=now)
    return Draft(page, kind, about, title, text, url, tuple(words), now, tag)


def _storable(text: str) -> str:
    """A draft loses nothing but what cannot be stored at all: halves of surrogate pairs."""
    return text.encode("utf-8", "replace").decode()


def drop(session: Session, page: bytes, *, now: int) -> None:
    """Delete a draft if it is there."""
    vault.drop(session, ItemId(page), now=now)
