"""Unfinished texts, sealed as they are typed. One draft a composer; a save names the tag it began from.

When another tab has saved meanwhile, this text becomes a draft of its own: both are kept.

A kind from ALONE on has one draft and no more, in a place that the others never fill: `put` writes it, `get` reads
it, `remove` deletes it.
"""

import secrets
from collections.abc import Iterator
from contextlib import suppress

from portal.crypto.sealing import Place, place
from portal.errors import ChangedElsewhere, Gone, Tampered, TooLong, TooManyDrafts
from portal.newtypes import ItemId
from portal.vault.records import DRAFT_BYTES, DRAFTS, Draft, DraftRef, pack, unpack
from portal.vault.session import Session

DRAFT_ROW = 2_020  # bytes of the smallest row
ALONE = 200  # kinds from here on never leave their owner


def draft_at(session: Session, page: ItemId) -> Place:
    """Return where a draft lies."""
    return place(session.seed, "draft", page)


def begin(session: Session, kind: int, about: bytes, body: bytes, *, now: int) -> tuple[ItemId, int]:
    """Keep a new draft; return its page and tag. Raises `TooLong`, `TooManyDrafts`: none goes for another."""
    with session.store.change(now):
        page = ItemId(secrets.token_bytes(16))
        kept = session.state.drafts
        if sum(ref.kind < ALONE for ref in kept) >= DRAFTS:
            raise TooManyDrafts
        session.rows.add(draft_at(session, page), _row(body, now), DRAFT_ROW)
        session.write(now, drafts=[*kept, DraftRef(page, kind, about)])
    return page, tag(session, page)


def save(session: Session, page: ItemId, began: int, body: bytes, *, now: int) -> int:
    """Write a draft anew; return its tag. Raises `ChangedElsewhere` after keeping `body` apart, `Gone`, `TooLong`."""
    with session.store.change(now):
        ref = find(session, page)
        changed = tag(session, page) != began
        if changed:
            begin(session, ref.kind, ref.about, body, now=now)
        else:
            session.rows.replace(draft_at(session, page), _row(body, now), DRAFT_ROW)
    if changed:
        raise ChangedElsewhere
    return tag(session, page)


def _row(body: bytes, now: int) -> bytes:
    if len(body) > DRAFT_BYTES:
        raise TooLong(len(body) - DRAFT_BYTES)
    return pack(Draft(body, now))


def find(session: Session, page: ItemId) -> DraftRef:
    """Return the reference of a draft. Raises `Gone`."""
    for ref in session.state.drafts:
        if ref.page == page:
            return ref
    raise Gone


def tag(session: Session, page: ItemId) -> int:
    """Return the tag of a draft: what a later save names. Raises `Gone`."""
    found = session.rows.tag(draft_at(session, page).loc)
    if found is None:
        raise Gone
    return found


def read(session: Session) -> Iterator[tuple[DraftRef, Draft, int]]:
    """Yield every draft that opens, with its tag, newest first."""
    with session.rows.lock:
        for ref in reversed(session.state.drafts):
            with suppress(Tampered):
                payload = session.rows.get(draft_at(session, ref.page))
                if payload is not None:
                    yield ref, unpack(payload, Draft), tag(session, ref.page)


def drop(session: Session, page: ItemId, *, now: int) -> None:
    """Delete a draft if it is there."""
    with session.store.change(now):
        session.rows.discard(draft_at(session, page))
        kept = [ref for ref in session.state.drafts if ref.page != page]
        if len(kept) != len(session.state.drafts):
            session.write(now, drafts=kept)


# One of its kind


def put(session: Session, kind: int, body: bytes, *, now: int) -> int:
    """Keep the one draft of `kind` in the place of the one before; return its tag. Raises `TooLong`."""
    with session.store.change(now):
        ref = _alone(session, kind)
        if ref is None:
            ref = DraftRef(ItemId(secrets.token_bytes(16)), kind, b"")
            session.write(now, drafts=[*session.state.drafts, ref])
        at, row = draft_at(session, ref.page), _row(body, now)
        if session.rows.has(at):
            session.rows.replace(at, row, DRAFT_ROW)
        else:
            session.rows.add(at, row, DRAFT_ROW)
    return tag(session, ref.page)


def get(session: Session, kind: int) -> tuple[Draft, int] | None:
    """Return the one draft of `kind` with its tag; None without one, or when it does not open."""
    with session.rows.lock:
        ref = _alone(session, kind)
        with suppress(Tampered):
            payload = session.rows.get(draft_at(session, ref.page)) if ref else None
            if ref and payload is not None:
                return unpack(payload, Draft), tag(session, ref.page)
    return None


def remove(session: Session, kind: int, *, now: int) -> None:
    """Delete the one draft of `kind` if it is there, whether or not it opens."""
    if ref := _alone(session, kind):
        drop(session, ref.page, now=now)


def _alone(session: Session, kind: int) -> DraftRef | None:
    return next((ref for ref in session.state.drafts if ref.kind == kind), None)
