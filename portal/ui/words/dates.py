"""Times as a reader says them: today 14:05, yesterday, Tue 3 Nov, 3 Nov 2025.

Seconds of UTC come in; the reader's zone and clock decide what is shown. A zone that this
computer does not know reads as UTC: a setting never breaks a page.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from portal.ui.words.catalogue import text

JUST_NOW = 60


@dataclass(frozen=True, slots=True)
class Reader:
    """How one reader wants times: language, zone (an IANA name, empty for UTC), 12-hour clock or not."""

    lang: str
    zone: str = ""
    clock12: bool = False

    @property
    def tz(self) -> tzinfo:
        """The zone, or UTC for one that this computer does not know."""
        try:
            return ZoneInfo(self.zone) if self.zone else UTC
        except (LookupError, ValueError, OSError):
            return UTC

    def local(self, seconds: int) -> datetime:
        """Return `seconds` on this reader's calendar."""
        return datetime.fromtimestamp(seconds, UTC).astimezone(self.tz)


def moment(reader: Reader, then: int, *, now: int) -> str:
    """Return when something happened: "just now", "today 14:05", else its day."""
    if 0 <= now - then < JUST_NOW:
        return text(reader.lang, "date.now")
    if reader.local(then).date() == reader.local(now).date():
        return text(reader.lang, "date.today_at", time=clock_time(reader, then))
    return day(reader, then, now=now)


def day(reader: Reader, then: int, *, now: int) -> str:
    """Return a day: "today", "yesterday", "Tue 3 Nov", "3 Nov 2025"."""
    that, this = reader.local(then).date(), reader.local(now).date()
    if that == this:
        return text(reader.lang, "date.today")
    if that == this - timedelta(days=1):
        return text(reader.lang, "date.yesterday")
    pattern = "EEE d MMM" if that.year == this.year else "d MMM y"
    return str(format_date(that, pattern, locale=reader.lang))


def weekday(reader: Reader, then: int) -> str:
    """Return a day by its name: "Tue 3 Nov"."""
    return str(format_date(reader.local(then).date(), "EEE d MMM", locale=reader.lang))


def clock_time(reader: Reader, then: int) -> str:
    """Return the time of day: "14:05" or "2:05 PM"."""
    pattern = "h:mm a" if reader.clock12 else "HH:mm"
    return str(format_time(reader.local(then).time(), pattern, locale=reader.lang))


def full_date(reader: Reader, then: int) -> str:
    """Return a date that stands alone: "3 Nov 2026"."""
    return str(format_date(reader.local(then).date(), "d MMM y", locale=reader.lang))


def date_zone(reader: Reader, then: int) -> str:
    """Return date, time and zone, for what people sign: "3 Nov 2026, 14:05 (Europe/Madrid)"."""
    zone = reader.zone if reader.tz is not UTC else "UTC"
    return f"{full_date(reader, then)}, {clock_time(reader, then)} ({zone})"
