"""The catalogue in the words of the reader in front: their language, their zone, their clock."""

from collections.abc import Sequence

from portal import clock
from portal.errors import PortalError
from portal.ui import state, words


def t(key: str, **values: object) -> str:
    """Return the words of `key` in the reader's language. Raises `MissingWords`."""
    return words.text(state.lang(), key, **values)


def sorry(error: PortalError) -> str:
    """Return the sentence for a refusal."""
    return words.of(state.lang(), error)


def when(then: int) -> str:
    """Return "just now", "today 14:05", "yesterday", "Tue 3 Nov", "3 Nov 2025"."""
    return words.moment(state.reader(), then, now=clock.now())


def day(then: int) -> str:
    """Return "today", "yesterday", "Tue 3 Nov", "3 Nov 2025"."""
    return words.day(state.reader(), then, now=clock.now())


def day_title(then: int) -> str:
    """Return a day as it stands over the entries of that day: it begins with a capital letter."""
    said = day(then)
    return said[:1].upper() + said[1:]


def weekday(then: int) -> str:
    """Return a day by its name even if it is today: "Tue 3 Nov"."""
    return words.weekday(state.reader(), then)


def time(then: int) -> str:
    """Return the time of day."""
    return words.clock_time(state.reader(), then)


def date(then: int) -> str:
    """Return a date that stands alone: "3 Nov 2026"."""
    return words.full_date(state.reader(), then)


def date_zone(then: int) -> str:
    """Return date, time and zone, for what people sign."""
    return words.date_zone(state.reader(), then)


def names(several: Sequence[str]) -> str:
    """Return "June", "June and Sam", "Fern, June and Sam"."""
    return words.listed(state.lang(), several)
