"""Which language a browser reads: its cookie if it chose one, else what it asks for, else English."""

from collections.abc import Iterator

from portal.ui.words import LANGUAGES


def choose(cookie: str | None, accepted: str | None) -> str:
    """Return one of the catalogue's languages. Never fails: a header can hold anything."""
    if cookie in LANGUAGES:
        return str(cookie)
    for _, lang in sorted(_wanted(accepted or ""), key=lambda pair: -pair[0]):
        if lang in LANGUAGES:
            return lang
    return LANGUAGES[0]


def _wanted(header: str) -> Iterator[tuple[float, str]]:
    for part in header[:500].split(","):
        tag, _, weight = part.strip().lower().partition(";q=")
        try:
            yield float(weight or 1), tag.split("-")[0]
        except ValueError:
            continue
