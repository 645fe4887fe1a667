"""What a person has to be told before anything else: doubts about the files, damage, the date."""

from dataclasses import dataclass
from enum import StrEnum

from portal.errors import ClockBehind, NotSigned, SignInFailed
from portal.vault import accounts, entries, sharing, shelves
from portal.vault.records import ALARM_NONE, ALARM_PEOPLE, ALARM_STATE, Reason
from portal.vault.session import Session


class AlertKind(StrEnum):
    """Each has a sentence in the catalogue under `alert.<value>`."""

    CHANGED = "changed"
    OLDER = "older"
    NUMBER_MISSING = "number_missing"
    PEOPLE = "people"
    DAMAGED_STATE = "damaged_state"
    DAMAGED_ENTRY = "damaged_entry"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to be told. `since` is when it began, `last_entry` the time of the newest entry (0 for none)."""

    kind: AlertKind
    since: int
    last_entry: int


_DOUBTS = {
    Reason.CHANGED: AlertKind.CHANGED,
    Reason.OLDER: AlertKind.OLDER,
    Reason.NUMBER_MISSING: AlertKind.NUMBER_MISSING,
}
_ALARMS = {ALARM_PEOPLE: AlertKind.PEOPLE, ALARM_STATE: AlertKind.DAMAGED_STATE}


def alerts(session: Session, *, now: int) -> list[Alert]:
    """Return what must be told: first the doubt for which people were put back."""
    state, generation = session.state, session.store.generation
    found = entries.index(session)
    last = found.entries[-1].written if found.entries else 0
    told: list[Alert] = []
    concerned = bool(state.people or found.entries)
    if concerned and state.generation < generation.number and generation.reason in _DOUBTS:
        told.append(Alert(_DOUBTS[Reason(generation.reason)], generation.since, last))
    if state.alarm in _ALARMS:
        told.append(Alert(_ALARMS[state.alarm], now, last))
    if found.damaged:
        told.append(Alert(AlertKind.DAMAGED_ENTRY, now, last))
    if _clock_behind(session, now):
        told.append(Alert(AlertKind.CLOCK, state.last, last))
    return told


def _clock_behind(session: Session, now: int) -> bool:
    try:
        sharing.check_clock(session, now)
    except ClockBehind:
        return True
    return False


def acknowledge(session: Session, *, now: int) -> None:
    """Remember that this person was told of the doubt and of the alarm."""
    with session.store.change(now):
        session.write(now, generation=session.store.generation.number, alarm=ALARM_NONE)


def confirm_date(session: Session, passphrase: str, *, now: int) -> None:
    """Take the computer's date as right, for this circle: what a wrong one had ended is open again.

    Raises `NotSigned`, `TooManyTries`, `Busy`.
    """
    try:
        accounts.check_passphrase(session, passphrase, now=now)
    except SignInFailed:
        raise NotSigned from None
    with session.store.change(now):
        session.set_last(now)
        shelves.settle(session, now)
