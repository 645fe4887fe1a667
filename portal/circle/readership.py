"""Who may read one entry and who has read it, as the patient is told: one line a name, also after somebody has gone.

Readings are kept under the id that a person had when they read. Somebody who was let in
again has another id; the patient's one name for them is told once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from portal.circle import members, readings
from portal.newtypes import ItemId, PersonId
from portal.vault import entries, sharing
from portal.vault.session import Session


class Stay(StrEnum):
    """Where somebody is now. UNKNOWN: a reading is there, but what named its reader does not open any more."""

    HERE = "here"
    LEFT = "left"
    REMOVED = "removed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reader:
    """One person and one entry. `able`: they may read it now. `day` is the minute of the reading, 0 for none.

    `earlier`: of an earlier text, not of this one. `formerly`: before they were let in again.
    """

    person: PersonId
    label: str
    stay: Stay
    able: bool
    day: int
    earlier: bool
    formerly: bool = False


def readership(session: Session, item: ItemId, *, now: int) -> list[Reader]:
    """Return everybody who may read an entry now and everybody who has read it, by pet name. Raises `Gone`."""
    _, entry = entries.find(session, item)
    able = {one.id for one in sharing.readers_now(session, entry, now=now)}
    told: list[Reader] = []
    for one in _stays(session, able, *readings.first_readings(session, item)):
        _tell(told, one)
    return sorted((one for one in told if one.able or one.day), key=lambda one: one.label.casefold())


def _stays(
    session: Session, able: set[PersonId], present: Mapping[PersonId, int], before: Mapping[PersonId, int]
) -> Iterator[Reader]:
    """Yield each stay in the circle: who is here, then who went last; at the end who cannot be named."""
    stays = {one.id: (one.label, Stay.HERE) for one in session.state.people}
    for gone in members.departed(session):
        stays.setdefault(gone.person, (gone.label, Stay.REMOVED if gone.removed else Stay.LEFT))
    days = {**before, **present}
    for person in sorted(days, key=lambda one: days[one]):
        stays.setdefault(person, ("", Stay.UNKNOWN))
    for person, (label, stay) in stays.items():
        day = days.get(person, 0)
        yield Reader(person, label, stay, person in able, day, earlier=bool(day) and person not in present)


def _tell(told: list[Reader], one: Reader) -> None:
    """Add a stay to what is told; an older one of a name that is told already only gives it a reading it lacks."""
    same = [at for at, other in enumerate(told) if other.label.casefold() == one.label.casefold()]
    if one.stay is Stay.HERE or len(same) != 1:
        told.append(one)
        return
    newer = told[same[0]]
    if one.day and not newer.day:
        formerly = newer.stay is Stay.HERE
        told[same[0]] = replace(newer, day=one.day, earlier=one.earlier, formerly=formerly)
