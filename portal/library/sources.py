"""Who says so, and when that was last checked against their own site.

A source without a month was never checked that way; the page says "not yet
confirmed with the organisation". It does not turn stale: it was never fresh.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import msgspec

from portal.errors import Gone
from portal.library import shelf

Mark = Literal["A", "B", "seed"]  # the organisation's own text, a secondary page, the article we were asked to stand on


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source as a reader sees it. `checked` is the first day of the month that the list records, or None."""

    key: str
    label: str
    url_text: str  # without the scheme, empty if there is none to give
    mark: Mark
    checked: date | None

    @property
    def href(self) -> str:
        """Return the address to follow, or an empty string."""
        return f"https://{self.url_text}" if self.url_text else ""


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    label: dict[str, str]
    mark: Mark
    url: str = ""
    checked: str = ""


@cache
def sources(lang: str) -> Mapping[str, Source]:
    """Return every source under its key, labelled in `lang`. Raises `Gone` for a language we do not have."""
    rows = shelf.table("sources.toml", dict[str, _Row])
    return {key: _source(key, row, lang) for key, row in rows.items()}


def stale(source: Source, today: date) -> bool:
    """Say whether the last check of `source` is more than a year before `today`."""
    if source.checked is None:
        return False
    checked = source.checked
    return (checked.year + 1, checked.month, checked.day) < (today.year, today.month, today.day)


def _source(key: str, row: _Row, lang: str) -> Source:
    return Source(
        key=key,
        label=spoken(row.label, lang),
        url_text=row.url,
        mark=row.mark,
        checked=date.fromisoformat(f"{row.checked}-01") if row.checked else None,
    )


def spoken(texts: dict[str, str], lang: str) -> str:
    """Return the text in `lang`. Raises `Gone` instead of answering in another language."""
    try:
        return texts[lang]
    except KeyError:
        raise Gone from None
