"""The circles that a member belongs to, from the member's side."""

from contextlib import suppress
from dataclasses import dataclass

from portal.circle import consent, naming
from portal.circle.bodies import unpack
from portal.errors import DiskFull, ReadOnly
from portal.newtypes import LinkId
from portal.vault import doors, joining, letters, reading
from portal.vault.doors import Standing
from portal.vault.records import Link
from portal.vault.session import Session

_OPENED = (Standing.OPEN, Standing.PAUSED, Standing.ENDED, Standing.NOT_YET)

__all__ = ["Agreement", "Circle", "Standing"]


@dataclass(frozen=True, slots=True)
class Circle:
    """One circle. `label` is the member's own name for it; `number` the safety number while it waits."""

    id: LinkId
    name: str
    label: str
    standing: Standing
    ends: int
    number: str
    asked: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """The member's copy of the consent: what they can see, why, since and until when."""

    kinds: frozenset[int]
    everything: bool
    purposes: tuple[str, ...]
    since: int
    until: int
    event: str
    signed: int


def circles(session: Session, *, now: int) -> list[Circle]:
    """Return every circle, in the order of joining."""
    return [_circle(session, link, now) for link in session.state.links]


def circle(session: Session, link: LinkId, *, now: int) -> Circle:
    """Return one circle. Raises `Gone`."""
    return _circle(session, letters.find_link(session, link), now)


def _circle(session: Session, link: Link, now: int) -> Circle:
    standing = doors.standing(session, link, now)
    if standing in _OPENED:
        with suppress(DiskFull, ReadOnly):  # a mark for later: without it the circle is shown all the same
            reading.mark_opened(session, link, now=now)
    number = joining.number_of(link) if standing is Standing.WAITING else ""
    ends = doors.ends(session, link)
    return Circle(link.id, link.name, link.label or link.name, standing, ends, number, link.asked)


def rename_circle(session: Session, link: LinkId, label: str, *, now: int) -> None:
    """Give a circle the member's own name. Raises `BadName`, `TellingName`, `Gone`."""
    with session.store.change(now):
        letters.change_link(session, link, now, label=naming.check_name(label))


def leave(session: Session, link: LinkId, *, now: int) -> None:
    """Leave a circle, or forget one that is closed. Always possible. Raises `Gone`."""
    reading.leave(session, link, now=now)


def agreement(session: Session, link: LinkId) -> Agreement:
    """Return what this member may see and until when. Raises `Gone`, `Tampered`."""
    copy = unpack(reading.consent_copy(session, link), consent.Copy)
    return Agreement(
        frozenset(copy.kinds),
        copy.everything,
        tuple(copy.purposes),
        copy.since,
        copy.ends,
        copy.event,
        copy.signed,
    )
