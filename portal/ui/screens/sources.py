"""How a source is said: who, when it was checked, and a mark when that is more than a year ago."""

from datetime import UTC, datetime

from babel.dates import format_date

from portal import library
from portal.library import Source
from portal.ui import state
from portal.ui.say import t


def said(source: Source, now: int) -> str:
    """Return a source in one line."""
    if source.checked is None:
        return t("library.unconfirmed", source=source.label)
    month = format_date(source.checked, "MMM y", locale=state.lang())
    key = "library.stale" if library.stale(source, datetime.fromtimestamp(now, UTC).date()) else "library.checked"
    return t(key, source=source.label, month=month)
