"""Reading: what a member opens, what is new, and what the patient learns of it."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from portal.circle.bodies import Text, unpack
from portal.circle.kinds import SHAREABLE, Kind
from portal.circle.searching import Index
from portal.errors import Gone, PortalError, Tampered
from portal.newtypes import ItemId, LinkId, PersonId
from portal.vault import doors, entries, letters, reading, upkeep
from portal.vault.reading import Opened
from portal.vault.records import Link, Slip
from portal.vault.session import Session

PAGE = 20  # entries shown at once


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry as a member reads it. `edited` is 0 where it never was; `damaged` where its text does not open."""

    id: ItemId
    kind: int
    title: str
    text: str
    url: str
    written: int
    edited: int
    new: bool
    changed: bool
    damaged: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """One page, newest first. `new`, `changed` and `gone` count since the last visit (`since`, 0 for the first).

    `total` is how many entries there are in all.
    """

    items: tuple[Shown, ...]
    page: int
    pages: int
    total: int
    new: int
    changed: int
    gone: int
    since: int


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what a search found, newest first, and how much it found in all."""

    items: tuple[Shown, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries of one kind are new, and how many changed."""

    kind: int
    new: int
    changed: int


@dataclass(frozen=True, slots=True)
class News:
    """What a poll found: kinds with something new or changed, or that the circle can no longer be read.

    `beyond`: it is not only what the page shows. `lost`: something that the page shows is no longer shared.
    """

    tallies: tuple[Tally, ...] = ()
    beyond: bool = False
    lost: bool = False
    closed: bool = False


def read(
    session: Session,
    link: LinkId,
    *,
    page: int = 1,
    kinds: Sequence[int] = (Kind.NOTE,),
    telling: bool = True,
    now: int,
) -> Feed:
    """Open one page and record the views. Raises `LinkClosed`, `DailyLimit`, `Gone`, `Tampered`: nothing is shown.

    What is no longer shared counts as told unless `telling` is false: a page that does not say it leaves it for later.
    """
    one = letters.find_link(session, link)
    with session.rows.lock:
        slips, in_all = reading.newest(session, one, now, kinds=kinds, skip=(page - 1) * PAGE, count=PAGE)
        return _feed(session, one, slips, kinds, page=page, total=in_all, telling=telling, now=now)


def visit(session: Session, link: LinkId, *, kinds: Sequence[int] = (Kind.NOTE,), now: int) -> Feed:
    """Open what is new or changed since the last visit, wherever it stands among the rest; the latest come first.

    Opens one page at most, records the views, and counts everything. Raises as `read` does.
    """
    one = letters.find_link(session, link)
    with session.rows.lock:
        in_all = total(session, link, kinds=kinds, now=now)
        held, marks = reading.held(session, one, now), session.fresh.get(link, {})
        fresh = {*marks, *(slip.id for slip, _ in reading.unread(session, one, now, kinds))}
        slips = [held[item] for item in fresh if item in held and (not kinds or held[item].kind in kinds)]
        slips.sort(key=lambda slip: (slip.edited or slip.written, slip.id), reverse=True)
        return _feed(session, one, slips[:PAGE], kinds, page=1, total=in_all, telling=True, now=now)


def _feed(
    session: Session,
    one: Link,
    slips: Sequence[Slip],
    kinds: Sequence[int],
    *,
    page: int,
    total: int,
    telling: bool,
    now: int,
) -> Feed:
    link, held = one.id, reading.held(session, one, now)
    unread, gone = reading.unread(session, one, now, kinds), reading.no_longer_shared(session, one, now)
    opened = reading.show(session, link, [slip.id for slip in slips], now=now)
    if telling:
        reading.told_gone(session, link, gone, now=now)
        session.gone.setdefault(link, set()).update(seen.id for seen in gone)
    marks = session.fresh.get(link, {})
    told = [mark for item, mark in marks.items() if item in held and (not kinds or held[item].kind in kinds)]
    told += [new for slip, new in unread if slip.id not in marks]
    return Feed(
        items=tuple(_shown(shown, marks) for shown in opened),
        page=page,
        pages=max(1, -(-total // PAGE)),
        total=total,
        new=told.count(True),
        changed=told.count(False),
        gone=len({*session.gone.get(link, ()), *(seen.id for seen in gone)} - held.keys()),
        since=session.visits.get(link, one.visited),
    )


def total(session: Session, link: LinkId, *, kinds: Sequence[int] = (Kind.NOTE,), now: int) -> int:
    """Return how many entries there are in all. Opens and records nothing. Raises `LinkClosed`, `Gone`, `Tampered`."""
    return reading.newest(session, letters.find_link(session, link), now, kinds=kinds, skip=0, count=0)[1]


def read_one(session: Session, link: LinkId, item: ItemId, *, now: int) -> Shown:
    """Open one entry and record the view. Raises `Gone` when it is not on the shelf, `LinkClosed`, `DailyLimit`."""
    opened = reading.show(session, link, [item], now=now)
    if not opened:
        raise Gone
    return _shown(opened[0], session.fresh.get(link, {}))


def search_read(
    session: Session, link: LinkId, words: str, *, page: int = 1, kinds: Sequence[int] = (Kind.NOTE,), now: int
) -> Found:
    """Return one page of the entries that this member has opened before and that hold `words`. Records nothing.

    Raises `LinkClosed`, `Gone`, `Tampered`.
    """
    one = letters.find_link(session, link)
    with session.rows.lock:
        held = reading.held(session, one, now)
        read = session.kept.answer(
            ("read before", link, one.seen, *kinds), lambda: _read_before(session, one, held.values(), kinds)
        )
        index: Index[tuple[ItemId, bytes]] = session.kept.made(("words of", link), Index)
        found = index.find(words, read, lambda key: _words(session, read[key]))
        shown = [read[key].id for key in found[(page - 1) * PAGE : page * PAGE]]
        opened = reading.show(session, link, shown, now=now)
    marks = session.fresh.get(link, {})
    return Found(tuple(_shown(one, marks) for one in opened), page, max(1, -(-len(found) // PAGE)), len(found))


def _words(session: Session, slip: Slip) -> tuple[str, ...]:
    shown = _shown(Opened(slip, reading.body(session, slip)), {})
    return shown.title, shown.text, shown.url


def _read_before(
    session: Session, link: Link, held: Iterable[Slip], kinds: Sequence[int]
) -> dict[tuple[ItemId, bytes], Slip]:
    """Return the texts of these kinds that the member has read, newest first."""
    known = reading.seen(session, link)
    read = [s for s in held if s.kind in kinds and not reading.is_new(s, known) and not reading.is_changed(s, known)]
    return {(slip.id, slip.hash): slip for slip in reversed(read)}


def _shown(opened: Opened, marks: dict[ItemId, bool]) -> Shown:
    slip = opened.slip
    try:
        body = unpack(opened.body or b"", Text)
    except Tampered:
        body = None
    mark = marks.get(slip.id)
    return Shown(
        id=slip.id,
        kind=slip.kind,
        title=body.title if body else "",
        text=body.text if body else "",
        url=body.url if body else "",
        written=slip.written,
        edited=slip.edited,
        new=mark is True,
        changed=mark is False,
        damaged=body is None,
    )


def news(session: Session, link: LinkId, watch: doors.Watch, *, shown: Iterable[ItemId] = (), now: int) -> News | None:
    """Return what changed since a page was drawn that shows `shown`, or None when nothing did. Never records or writes.

    Where nothing changed it compares tags in memory and opens no row.
    """
    if doors.same(session, watch, now):
        return None
    try:
        with session.rows.lock:
            held = reading.held(session, letters.find_link(session, link), now)
            found = waiting(session, link, shown=(here := frozenset(shown)), now=now)
    except PortalError:  # paused, ended, removed, left or damaged: the page has to be drawn anew
        return News(closed=True)
    return replace(found, lost=not here <= held.keys())


def waiting(session: Session, link: LinkId, *, shown: Collection[ItemId] = (), now: int) -> News:
    """Return what is new or changed for this member, by kind. Records nothing. Raises `LinkClosed`, `Tampered`."""
    unread = reading.unread(session, letters.find_link(session, link), now)
    of_kind = {kind: [new for slip, new in unread if slip.kind == kind] for kind in SHAREABLE}
    tallies = tuple(Tally(kind, marks.count(True), marks.count(False)) for kind, marks in of_kind.items() if marks)
    return News(tallies, beyond=any(slip.id not in shown for slip, _ in unread))


def watch(session: Session, link: LinkId, *, now: int) -> doors.Watch:
    """Return what a page drawn now depends on: for `news`. Raises `Gone`."""
    return doors.watch(session, link, now)


# The patient's side


def take_in(session: Session, *, now: int) -> None:
    """Take in what members sent."""
    upkeep.take_in(session, now)


def take_in_quietly(session: Session, *, now: int) -> None:
    """Do the same for a page that shows readings: it is drawn even when nothing can be written."""
    with suppress(PortalError):
        take_in(session, now=now)


def first_readings(session: Session, item: ItemId) -> tuple[dict[PersonId, int], dict[PersonId, int]]:
    """Return the first minute in which each person read the present text, and an earlier one. Raises `Gone`."""
    _, entry = entries.find(session, item)
    since = (entry.edited or entry.written) // 60 * 60
    present: dict[PersonId, int] = {}
    earlier: dict[PersonId, int] = {}
    for view in letters.views_run(session).newest_first(session.state.views):
        if view.item == item:
            (present if view.minute >= since else earlier)[view.person] = view.minute
    return present, earlier


def readings_of(session: Session, person: PersonId) -> dict[ItemId, int]:
    """Return what one person has read, with the minute of the latest reading of each entry."""
    found: dict[ItemId, int] = {}
    for view in letters.readings_of(session, person):
        found.setdefault(view.item, view.minute)
    return found
