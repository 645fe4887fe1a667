"""The member's side of an open door: slips, bodies, what was seen, what is new. PROTOCOL.md, section 8.

A body is opened only from a slip read under the same hold of the lock. Before entries
are shown for the first time, or after an edit, the view is recorded; if that fails,
nothing is shown.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from portal.crypto.sealing import place
from portal.errors import DailyLimit, Gone, LinkClosed, Tampered
from portal.newtypes import ItemId, LinkId
from portal.vault import doors, entries, letters
from portal.vault.pages import Run
from portal.vault.records import LETTER_ITEMS, SLIPS, Letter, LetterKind, Link, Seen, ShelfPage, Slip
from portal.vault.session import Session

PAGES_A_DAY = 200
DAY = 86_400


@dataclass(frozen=True, slots=True)
class Opened:
    """A slip and its body; None where the body did not open."""

    slip: Slip
    body: bytes | None


def slips(session: Session, link: Link, now: int, kinds: Sequence[int] = ()) -> tuple[Slip, ...]:
    """Return the slips of an open link, oldest first. Raises `LinkClosed`, `Tampered`."""

    def find() -> tuple[Slip, ...]:
        found = (slip for number in range(pages) for slip in _page(session, link, number))
        return tuple(slip for slip in found if not kinds or slip.kind in kinds)

    with session.rows.lock:
        pages = doors.open_pages(session, link, now)
        return session.kept.answer(("slips", link.id, *kinds), find)


def _page(session: Session, link: Link, number: int) -> list[Slip]:
    page = session.kept.record(link.link, "shelf", number, kind=ShelfPage)
    if page is None:
        raise Tampered
    return page.slips


def held(session: Session, link: Link, now: int) -> dict[ItemId, Slip]:
    """Return the slips of an open link by entry; callers must not change it. Raises `LinkClosed`, `Tampered`."""
    with session.rows.lock:
        found = slips(session, link, now)
        return session.kept.answer(("held", link.id), lambda: {slip.id: slip for slip in found})


def newest(
    session: Session, link: Link, now: int, *, kinds: Sequence[int], skip: int, count: int
) -> tuple[list[Slip], int]:
    """Return `count` slips, newest first, after `skip`, and how many there are in all. Raises `LinkClosed`, `Tampered`.

    Opens only the pages it needs where every kind is wanted.
    """
    with session.rows.lock:
        if kinds:
            found = slips(session, link, now, kinds)
            end = max(0, len(found) - skip)
            return list(found[max(0, end - count) : end][::-1]), len(found)
        pages = doors.open_pages(session, link, now)
        last = _page(session, link, pages - 1) if pages else []
        total = max(0, pages - 1) * SLIPS + len(last)
        start = max(0, total - skip - count)
        wanted: list[Slip] = []
        for number in range(start // SLIPS, pages):
            wanted += last if number == pages - 1 else _page(session, link, number)
        offset = start - (start // SLIPS) * SLIPS
        return wanted[offset : offset + max(0, total - skip - start)][::-1], total


def show(session: Session, link_id: LinkId, wanted: Sequence[ItemId], *, now: int) -> list[Opened]:
    """Open entries, recording a view of each that is new or changed. What is no longer on the shelf is left out.

    Raises `LinkClosed`, `DailyLimit`, `Tampered`; when recording fails nothing is shown.
    """
    link = letters.find_link(session, link_id)
    with session.rows.lock:
        there = held(session, link, now)
        chosen = [there[item] for item in wanted if item in there]
        record(session, link, chosen, now=now)
        return [Opened(slip, body(session, slip)) for slip in chosen]


def body(session: Session, slip: Slip) -> bytes | None:
    """Return the body of a slip read under the same hold of the lock, or None when it does not open."""
    with suppress(Tampered):
        return entries.read_body(session, slip.key, slip.hash)
    return None


def seen_run(session: Session, link: Link) -> Run[Seen]:
    """Return the run of what a member has read of one circle."""
    return Run(session.rows, session.seed, ("seen", link.id), Seen)


def seen(session: Session, link: Link) -> dict[ItemId, Seen]:
    """Return what was read, by entry; the newest record of each counts. Callers must not change it."""

    def find() -> dict[ItemId, Seen]:
        found: dict[ItemId, Seen] = {}
        for number in range(link.seen):
            with suppress(Tampered):
                page = session.kept.record(session.seed, "seen", link.id, number, kind=list[Seen])
                found.update({one.id: one for one in page or ()})
        return found

    return session.kept.answer(("seen", link.id, link.seen), find)


def is_new(slip: Slip, known: dict[ItemId, Seen]) -> bool:
    """Say whether an entry was never read, or came back after it was gone."""
    return slip.id not in known or known[slip.id].gone


def is_changed(slip: Slip, known: dict[ItemId, Seen]) -> bool:
    """Say whether an entry was read, but not this text."""
    return not is_new(slip, known) and slip.edited != known[slip.id].edited


def record(session: Session, link: Link, shown: Sequence[Slip], *, now: int) -> None:
    """Record the views of what is shown for the first time or after an edit; remember it as seen. One transaction.

    Raises `DailyLimit` past PAGES_A_DAY pages newly opened.
    """
    known = seen(session, link)
    fresh = [slip for slip in shown if _is_unread(slip, known)]
    if not fresh:
        return
    _remember(session, link, fresh, known)
    with session.store.change(now):
        for start in range(0, len(fresh), LETTER_ITEMS):
            part = [slip.id for slip in fresh[start : start + LETTER_ITEMS]]
            letters.send(session, link.id, Letter(LetterKind.VIEW, now - now % 60, part), now=now)
        one = _count_page(letters.find_link(session, link.id), now)
        pages = seen_run(session, one).append(one.seen, [Seen(slip.id, slip.edited) for slip in fresh])
        letters.change_link(
            session, link.id, now, seen=pages, opened=True, visited=now, day=now // DAY, pages_today=one.pages_today
        )


def _count_page(link: Link, now: int) -> Link:
    today = link.pages_today if link.day == now // DAY else 0
    if today >= PAGES_A_DAY:
        raise DailyLimit
    return msgspec.structs.replace(link, pages_today=today + 1)


def _remember(session: Session, link: Link, fresh: Sequence[Slip], known: dict[ItemId, Seen]) -> None:
    """Keep in memory what was new to this session, so that its mark stays until it ends."""
    marks = session.fresh.setdefault(link.id, {})
    session.visits.setdefault(link.id, link.visited)
    marks.update({slip.id: is_new(slip, known) for slip in fresh})


def no_longer_shared(session: Session, link: Link, now: int) -> list[Seen]:
    """Return what was read and is no longer on the shelf, as far as the member was not told. Raises `LinkClosed`."""
    with session.rows.lock:
        there, known = held(session, link, now), seen(session, link)
        gone = session.kept.answer(
            ("gone", link.id, link.seen), lambda: [s for s in known.values() if s.id not in there and not s.gone]
        )
        return list(gone)


def told_gone(session: Session, link_id: LinkId, gone: Sequence[Seen], *, now: int) -> None:
    """Remember that the member was told of these."""
    if not gone:
        return
    with session.store.change(now):
        link = letters.find_link(session, link_id)
        pages = seen_run(session, link).append(link.seen, [Seen(one.id, one.edited, True) for one in gone])
        letters.change_link(session, link_id, now, seen=pages)


def mark_opened(session: Session, link: Link, *, now: int) -> None:
    """Remember that this link was open once: without its door it then reads as removed. Written once."""
    if not link.opened:
        with session.store.change(now):
            letters.change_link(session, link.id, now, opened=True)


def unread(session: Session, link: Link, now: int, kinds: Sequence[int] = ()) -> list[tuple[Slip, bool]]:
    """Return the slips that are new (True) or changed (False) for this member. Records nothing.

    Raises `LinkClosed`, `Tampered`.
    """
    with session.rows.lock:
        found, known = slips(session, link, now, kinds), seen(session, link)
        waiting = session.kept.answer(
            ("unread", link.id, link.seen, *kinds),
            lambda: [(slip, is_new(slip, known)) for slip in found if _is_unread(slip, known)],
        )
        return list(waiting)


def _is_unread(slip: Slip, known: dict[ItemId, Seen]) -> bool:
    return is_new(slip, known) or is_changed(slip, known)


def leave(session: Session, link_id: LinkId, *, now: int) -> None:
    """Leave a circle: always possible. A letter says so where a door is; what was seen is deleted. Raises `Gone`."""
    with session.store.change(now, narrowing=True):
        link = letters.find_link(session, link_id)
        with suppress(LinkClosed, Tampered):
            letters.send(session, link_id, Letter(LetterKind.LEAVE, now - now % 60), now=now)
        if session.rows.tag(link.join) is not None:
            session.rows.remove_at(link.join)
        seen_run(session, link).clear(link.seen)
        session.write(now, links=[one for one in session.state.links if one.id != link_id])
        session.kept.clear()


def consent_copy(session: Session, link_id: LinkId) -> bytes:
    """Return the member's copy of the consent. Raises `Gone`, `Tampered`."""
    payload = session.rows.get(place(letters.find_link(session, link_id).link, "consent"))
    if payload is None:
        raise Gone
    return payload
