"""Letters: what a member's session leaves under L for the patient's session. PROTOCOL.md, section 7.

Numbered rows; both sides count from 0 in a new generation. The patient's session takes
them in: views to the views pages, the rest to the inbox, rows deleted, one transaction.
A letter that does not open is deleted, counted and told.
"""

from contextlib import suppress

import msgspec

from portal.crypto.sealing import Place, place
from portal.errors import Gone, LinkClosed, Tampered
from portal.newtypes import LinkId, PersonId, Secret
from portal.vault import people, shelves
from portal.vault.pages import Run
from portal.vault.records import Letter, LetterKind, Link, Person, PersonState, Received, View, pack, unpack
from portal.vault.session import Session

AT_ONCE = 200  # letters taken in at a time
GAP = 32  # letters of a generation that has ended may have been lost from the middle
DAMAGED = 0  # the kind of a letter that did not open
REMOVED = 100  # the kind of what is kept of somebody who was removed; above every letter's


def letter_at(link: Secret, generation: bytes, number: int) -> Place:
    """Return where letter `number` of a generation lies."""
    return place(link, "letter", generation, number)


def views_run(session: Session) -> Run[View]:
    """Return the run of recorded readings."""
    return Run(session.rows, session.seed, ("views",), View)


def inbox_run(session: Session) -> Run[Received]:
    """Return the run of letters as taken in."""
    return Run(session.rows, session.seed, ("inbox",), Received)


def find_link(session: Session, link: LinkId) -> Link:
    """Return one link of a member. Raises `Gone`."""
    for one in session.state.links:
        if one.id == link:
            return one
    raise Gone


def change_link(session: Session, link: LinkId, now: int, **fields: object) -> Link:
    """Rewrite one link with `fields`. Raises `Gone`. Inside a change."""
    fresh = msgspec.structs.replace(find_link(session, link), **fields)
    session.write(now, links=[fresh if one.id == link else one for one in session.state.links])
    return fresh


def send(session: Session, link: LinkId, letter: Letter, *, now: int) -> None:
    """Leave a letter. Only while the door is there and open; LEAVE needs only the door. Raises `LinkClosed`, `Gone`."""
    with session.store.change(now):
        one = find_link(session, link)
        door = shelves.read_door(session.rows, one.link)
        generation = session.store.generation.id
        if door is None or (letter.kind != LetterKind.LEAVE and not _open(door.state, door.generation, generation)):
            raise LinkClosed
        number = one.letters if one.letters_in == generation else 0
        session.rows.add(letter_at(one.link, generation, number), pack(letter))
        change_link(session, link, now, letters_in=generation, letters=number + 1)


def _open(state: int, of: bytes, generation: bytes) -> bool:
    return state == PersonState.OPEN and of == generation


def _next(session: Session, person: Person) -> tuple[bytes, int]:
    generation = session.store.generation.id
    return generation, person.taken if person.letters == generation else 0


def take_all(session: Session, person: Person, now: int) -> tuple[int, bool]:
    """Take in every letter of a person, of the generation before too; damage is passed over. Inside a change.

    Returns the number of the next letter in this generation, and whether they want to leave.
    """
    left = False
    if person.letters != session.store.generation.id:
        _, left = _take(session, person, (person.letters, person.taken), now, gap=GAP)
    generation, number = _next(session, person)
    taken, leaves = _take(session, person, (generation, number), now, gap=GAP)
    return number + taken, left or leaves


def take(session: Session, person: Person, now: int) -> bool:
    """Take in what waits from one person, AT_ONCE at most; say whether they want to leave. Inside a change."""
    generation, number = _next(session, person)
    left = False
    if person.letters != generation and session.rows.has(letter_at(person.link, generation, number)):
        _, left = _take(session, person, (person.letters, person.taken), now, gap=GAP)
    taken, leaves = _take(session, person, (generation, number), now, most=AT_ONCE)
    if taken:
        people.change(session, person.id, now, letters=generation, taken=number + taken)
    return left or leaves


def _take(
    session: Session, person: Person, start: tuple[bytes, int], now: int, *, most: int | None = None, gap: int = 0
) -> tuple[int, bool]:
    """Return how many numbers were passed and whether the person wants to leave."""
    views: list[View] = []
    rest: list[Received] = []
    generation, number = start
    left, at, missing = False, number, 0
    while missing <= gap and (most is None or at - number < most):
        where = letter_at(person.link, generation, at)
        at += 1
        if not session.rows.has(where):
            missing += 1
            continue
        missing = 0
        letter = _open_letter(session, where)
        session.rows.remove(where)
        left = left or (letter is not None and letter.kind == LetterKind.LEAVE)
        _sort(person, letter, now, views, rest)
    _keep(session, views, rest, now)
    return at - number - missing, left


def _open_letter(session: Session, where: Place) -> Letter | None:
    with suppress(Tampered):
        payload = session.rows.get(where)
        return unpack(payload, Letter) if payload is not None else None
    return None


def _sort(person: Person, letter: Letter | None, now: int, views: list[View], rest: list[Received]) -> None:
    if letter is None:
        rest.append(Received(person.id, person.label, DAMAGED, now))
    elif letter.kind == LetterKind.VIEW:
        views += [View(person.id, item, letter.minute) for item in letter.items]
    else:
        rest.append(Received(person.id, person.label, letter.kind, letter.minute, letter.text))


def _keep(session: Session, views: list[View], rest: list[Received], now: int) -> None:
    if not views and not rest:
        return
    state = session.state
    session.write(
        now,
        views=views_run(session).append(state.views, views) if views else state.views,
        inbox=inbox_run(session).append(state.inbox, rest) if rest else state.inbox,
    )


def keep_removal(session: Session, person: Person, now: int) -> None:
    """Keep whom the patient removed, and when: their readings stay, under this name. Inside a change."""
    _keep(session, [], [Received(person.id, person.label, REMOVED, now - now % 60)], now)


def departed(session: Session) -> list[Received]:
    """Return who is no longer in the circle, newest first: LEAVE for who left, REMOVED for who was removed."""
    received = inbox_run(session).newest_first(session.state.inbox)
    return [one for one in received if one.kind in (LetterKind.LEAVE, REMOVED)]


def readings_of(session: Session, person: PersonId) -> list[View]:
    """Return every recorded reading of one person, newest first."""
    return [view for view in views_run(session).newest_first(session.state.views) if view.person == person]
