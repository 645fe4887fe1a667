"""The doors of the member's circles: what the patient's session last said about this member. PROTOCOL.md, section 8.

A link without its door is one that waits, was not let in, or was removed. Clock and
generation are judged at each look.
"""

from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from portal.errors import LinkClosed, Tampered
from portal.newtypes import LinkId, Location
from portal.vault import letters, shelves
from portal.vault.records import Door, Link, PersonState
from portal.vault.session import Session


class Standing(StrEnum):
    """What a link is, as the member's session can tell."""

    WAITING = "waiting"
    NOT_LET_IN = "not_let_in"
    NOT_YET = "not_yet"
    OPEN = "open"
    PAUSED = "paused"
    ENDED = "ended"
    PUT_BACK = "put_back"
    REMOVED = "removed"
    DAMAGED = "damaged"


@dataclass(slots=True)
class Watch:
    """What a page was drawn from: the tags that must stay the same, and the span of the permission.

    `number` is the store's transaction after which the tags were last compared: until the next one they stand.
    """

    tags: tuple[tuple[Location, int | None], ...]
    starts: int
    ends: int
    open: bool
    number: int


def standing(session: Session, link: Link, now: int) -> Standing:
    """Return what this link is at `now`. Fails closed."""
    try:
        door = _door(session, link)
    except Tampered:
        return Standing.DAMAGED
    if door is None:
        if session.rows.tag(link.join) is not None:
            return Standing.WAITING
        return Standing.REMOVED if link.opened else Standing.NOT_LET_IN
    return _by_door(door, session.store.generation.id, now)


def _by_door(door: Door, generation: bytes, now: int) -> Standing:
    if door.generation != generation or door.state == PersonState.PUT_BACK:
        return Standing.PUT_BACK
    if door.state == PersonState.PAUSED:
        return Standing.PAUSED
    if door.state == PersonState.ENDED or now >= door.ends:
        return Standing.ENDED
    return Standing.OPEN if now >= door.starts else Standing.NOT_YET


def _door(session: Session, link: Link) -> Door | None:
    return session.kept.record(link.link, "door", kind=Door)


def ends(session: Session, link: Link) -> int:
    """Return when the permission ends, as the door says, or 0 where no door opens."""
    with suppress(Tampered):
        door = _door(session, link)
        return door.ends if door else 0
    return 0


def open_pages(session: Session, link: Link, now: int) -> int:
    """Return the number of shelf pages of an open link. Raises `LinkClosed`."""
    if standing(session, link, now) is not Standing.OPEN:
        raise LinkClosed
    door = _door(session, link)
    return door.pages if door else 0


def watch(session: Session, link_id: LinkId, now: int) -> Watch:
    """Return what a page drawn now depends on: for `same` at each poll."""
    link = letters.find_link(session, link_id)
    with session.rows.lock:
        now_open = standing(session, link, now) is Standing.OPEN
        door = None
        with suppress(Tampered):
            door = _door(session, link)
        pages = door.pages if door else 0
        locs = [shelves.door_at(link.link).loc, link.join, *(shelves.page_at(link.link, n).loc for n in range(pages))]
        tags = tuple((loc, session.rows.tag(loc)) for loc in locs)
        span = (door.starts, door.ends) if door else (0, 0)
        return Watch(tags, *span, open=now_open, number=session.rows.number)


def same(session: Session, seen_at: Watch, now: int) -> bool:
    """Say whether what a page was drawn from still stands. Compares tags in memory; opens, derives, writes nothing."""
    if seen_at.open and not seen_at.starts <= now < seen_at.ends:
        return False
    number = session.rows.number
    if number != seen_at.number:
        if any(session.rows.tag(loc) != tag for loc, tag in seen_at.tags):
            return False
        seen_at.number = number
    return True
