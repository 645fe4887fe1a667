"""Who can open what: `covers`, `shelf`, `settle`. PROTOCOL.md, section 6.

shelf(member) = the entries that this member's consent covers now, or nothing. `covers`
is the only place that decides, `settle` the only one that acts: it makes every stored
shelf and door equal to the formula, touches only what differs, and is idempotent.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from portal.crypto.sealing import Place, place
from portal.errors import Tampered
from portal.newtypes import Secret
from portal.vault import entries, people
from portal.vault.pages import PAGE
from portal.vault.records import SLIPS, Door, Entry, Person, PersonState, ShelfPage, Slip, pack, unpack
from portal.vault.rows import Rows
from portal.vault.session import Session


def stands(person: Person, generation: bytes, now: int) -> bool:
    """Say whether a permission is in force: open, of this generation, within its span."""
    p = person.permission
    return p.state == PersonState.OPEN and p.generation == generation and p.starts <= now < p.ends


def covers(person: Person, entry: Entry, generation: bytes, now: int) -> bool:
    """Say whether `person` may open `entry` at `now`. The one formula of access."""
    p = person.permission
    return (
        stands(person, generation, now)
        and entry.kind in p.kinds
        and any((r.ref in p.lists or r.ref == person.id) and r.when >= p.since for r in entry.readers)
    )


def slip(entry: Entry) -> Slip:
    """Return what a reader holds of an entry."""
    return Slip(entry.id, entry.key, entry.kind, entry.written, entry.edited, entry.hash)


def shelf(person: Person, written: Iterable[Entry], generation: bytes, now: int) -> list[Slip]:
    """Return the slips this person should hold at `now`; `written` in the order of (written, id)."""
    if not stands(person, generation, now):
        return []
    return [slip(entry) for entry in written if covers(person, entry, generation, now)]


def door_at(link: Secret) -> Place:
    """Return where the door of a pairwise secret lies."""
    return place(link, "door")


def page_at(link: Secret, index: int) -> Place:
    """Return where shelf page `index` lies."""
    return place(link, "shelf", index)


def read_door(rows: Rows, link: Secret) -> Door | None:
    """Return the door, or None where there is none. Raises `Tampered`."""
    payload = rows.get(door_at(link))
    return unpack(payload, Door) if payload is not None else None


def read_shelf_page(rows: Rows, link: Secret, index: int) -> list[Slip]:
    """Return the slips of a page. Raises `Tampered`, for a missing page too."""
    payload = rows.get(page_at(link, index))
    if payload is None:
        raise Tampered
    return unpack(payload, ShelfPage).slips


def judged_now(session: Session, now: int) -> int:
    """Return the later of the clock and the last time of the patient: a clock set back lengthens nothing."""
    return max(now, session.state.last)


def settle(session: Session, now: int, who: Sequence[Person] | None = None, *, narrowing: bool = False) -> None:
    """Make the stored shelf and door of everybody (or of `who`) what the consents allow at `now`.

    Where own pages do not open, the slips of their entries stay on shelves that still
    stand; with `narrowing` they go: damage never widens and never blocks narrowing.
    """
    with session.store.change(now, narrowing=True):
        alarmed = not people.check(session, now)
        ids = {person.id for person in who} if who is not None and not alarmed else None
        chosen = [person for person in session.state.people if ids is None or person.id in ids]
        if not chosen:
            return
        found = entries.index(session)
        for person in chosen:
            _settle_one(session, person, found, judged_now(session, now), narrowing=narrowing)
        if session.rows.touched:
            session.write(now)  # what was closed stays closed when the clock is set back


def settle_ended(session: Session, now: int) -> None:
    """Empty the shelves of those whose permission has ended: the part of `settle` that runs inside every sharing."""
    people.check(session, now)
    generation, judged = session.store.generation.id, judged_now(session, now)
    for person in session.state.people:
        if not stands(person, generation, judged):
            _settle_one(session, person, entries.Index((), 0), judged)


def _settle_one(session: Session, person: Person, found: entries.Index, now: int, *, narrowing: bool = False) -> None:
    generation = session.store.generation.id
    want = shelf(person, found.entries, generation, now)
    if found.damaged and not narrowing and stands(person, generation, now):
        want = sorted([*want, *_unknown(session.rows, person, found)], key=lambda s: (s.written, s.id))
    put_shelf(session, person, want, now)


def _unknown(rows: Rows, person: Person, found: entries.Index) -> list[Slip]:
    """Return the stored slips whose entries stand on a page that does not open."""
    known = {entry.id for entry in found.entries}
    stored = _stored(rows, person.link) or []
    return [s for s in stored if s.id not in known and s.kind in person.permission.kinds]


def _stored(rows: Rows, link: Secret) -> list[Slip] | None:
    """Return all slips stored under a link, or None when its door or a page does not open."""
    try:
        door = read_door(rows, link)
        return [s for i in range(door.pages if door else 0) for s in read_shelf_page(rows, link, i)]
    except Tampered:
        return None


def door_for(session: Session, person: Person, pages: int, now: int) -> Door:
    """Return the door that this person should have."""
    p, generation = person.permission, session.store.generation.id
    state = PersonState(p.state)
    if p.generation != generation:
        state = PersonState.PUT_BACK
    elif state is PersonState.OPEN and now >= p.ends:
        state = PersonState.ENDED
    return Door(generation, state, p.starts, p.ends, pages)


def put_shelf(session: Session, person: Person, want: Sequence[Slip], now: int) -> None:
    """Store `want` as this person's shelf, page by page, touching only pages that differ. Inside a change."""
    rows, link = session.rows, person.link
    packed = [list(want[i : i + SLIPS]) for i in range(0, len(want), SLIPS)]
    for number, slips in enumerate(packed):
        _put_page(rows, link, number, slips)
    stale = len(packed)
    while rows.has(page_at(link, stale)):
        rows.remove(page_at(link, stale))
        stale += 1
    put_door(session, person, len(packed), now)


def _put_page(rows: Rows, link: Secret, number: int, slips: list[Slip]) -> None:
    at, payload = page_at(link, number), pack(ShelfPage(slips))
    if not rows.has(at):
        rows.add(at, payload, PAGE)
        return
    with suppress(Tampered):
        if rows.get(at) == payload:
            return
    rows.replace(at, payload, PAGE)


def put_door(session: Session, person: Person, pages: int, now: int) -> None:
    """Store the door if it differs. Inside a change."""
    at, payload = door_at(person.link), pack(door_for(session, person, pages, now))
    if not session.rows.has(at):
        session.rows.add(at, payload)
        return
    with suppress(Tampered):
        if session.rows.get(at) == payload:
            return
    session.rows.replace(at, payload)


def refresh(session: Session, person: Person, before: Slip | None, after: Slip | None, now: int) -> None:
    """Bring one changed entry to one shelf: patch or append where that is enough, else pack anew. Inside a change."""
    if before == after:
        return
    try:
        if _patched(session, person, before, after, now):
            return
    except Tampered:
        pass  # a page that does not open is packed anew
    _settle_one(session, person, entries.index(session), now)


def _patched(session: Session, person: Person, before: Slip | None, after: Slip | None, now: int) -> bool:
    if after is None:
        return False
    rows, link = session.rows, person.link
    door = session.kept.record(link, "door", kind=Door)
    if door is None or door != door_for(session, person, door.pages, now):
        return False
    return _patch(rows, link, door, before, after) if before else _append(session, person, door, after, now)


def _patch(rows: Rows, link: Secret, door: Door, before: Slip, after: Slip) -> bool:
    for number in reversed(range(door.pages)):
        slips = read_shelf_page(rows, link, number)
        if before in slips:
            _put_page(rows, link, number, [after if s == before else s for s in slips])
            return True
    return False


def _append(session: Session, person: Person, door: Door, after: Slip, now: int) -> bool:
    if not door.pages:
        return False  # perhaps this permission has begun since the shelf was settled
    rows, link = session.rows, person.link
    page = session.kept.record(link, "shelf", door.pages - 1, kind=ShelfPage)
    if page is None:
        raise Tampered
    newest = page.slips
    if (newest[-1].written, newest[-1].id) > (after.written, after.id):
        return False
    if len(newest) < SLIPS:
        session.kept.replace(ShelfPage([*newest, after]), PAGE, link, "shelf", door.pages - 1)
        return True
    _put_page(rows, link, door.pages, [after])
    put_door(session, person, door.pages + 1, now)
    return True


def empty(rows: Rows, link: Secret) -> None:
    """Delete the door and every shelf page under a link, whether or not they open. Inside a change."""
    rows.discard(door_at(link))
    number = 0
    while rows.has(page_at(link, number)):
        rows.remove(page_at(link, number))
        number += 1
