"""The people of a circle, and the number that betrays an old state put back.

Any change of a person or permission raises the people number, which stands in the
state and in the newest own page. Where the two differ, a page lies beyond the state's
count, or the newest page does not open, every permission becomes PUT BACK before
anything is settled: an old state must not let a removed person in again.
"""

from collections.abc import Sequence

import msgspec

from portal.errors import Gone, Tampered
from portal.newtypes import PersonId
from portal.vault import entries
from portal.vault.records import ALARM_PEOPLE, OwnPage, Permission, Person, PersonState, State
from portal.vault.session import Session


def find(session: Session, person: PersonId) -> Person:
    """Return one person. Raises `Gone`."""
    for one in session.state.people:
        if one.id == person:
            return one
    raise Gone


def put(session: Session, people: Sequence[Person], now: int, **fields: object) -> State:
    """Store the people, and other fields of the state, under a raised number. Inside a change, after `check`:

    the number that is raised here would heal an alarm that nobody has raised.
    """
    number = session.state.number + 1
    state = session.write(now, people=list(people), number=number, **fields)
    newest = state.own - 1
    try:
        page = entries.read_page(session, newest)
    except Tampered:
        entries.write_page(session, newest + 1, OwnPage(number, []))
        return session.write(now, own=newest + 2)
    entries.write_page(session, newest, OwnPage(number, page.entries))
    return state


def change(session: Session, person: PersonId, now: int, **fields: object) -> Person:
    """Rewrite one person with `fields`. Raises `Gone`. Inside a change."""
    check(session, now)
    fresh = msgspec.structs.replace(find(session, person), **fields)
    put(session, [fresh if one.id == person else one for one in session.state.people], now)
    return fresh


def permit(session: Session, person: PersonId, now: int, **fields: object) -> Person:
    """Rewrite parts of one permission. Raises `Gone`. Inside a change."""
    check(session, now)
    permission: Permission = msgspec.structs.replace(find(session, person).permission, **fields)
    return change(session, person, now, permission=permission)


def check(session: Session, now: int) -> bool:
    """Raise the alarm if state and own pages do not belong together: every permission is PUT BACK. Inside a change.

    Returns False when it did.
    """
    state = session.state
    beyond = state.own
    while session.rows.has(entries.page_at(session, beyond)):
        beyond += 1
    try:
        agreed = beyond == state.own and entries.read_page(session, state.own - 1).number == state.number
    except Tampered:
        agreed = False
    if agreed:
        return True
    session.write(now, own=beyond)
    put(session, [_put_back(person) for person in state.people], now, alarm=state.alarm or ALARM_PEOPLE)
    return False


def _put_back(person: Person) -> Person:
    return msgspec.structs.replace(
        person, permission=msgspec.structs.replace(person.permission, state=PersonState.PUT_BACK)
    )
