"""Lists of names and refusals, said in one sentence."""

import re
from collections.abc import Sequence

from portal.errors import CodeOfWrongLength, IncompleteConsent, PortalError, TooLong, TooManyTries, WeakPassphrase
from portal.ui.words.catalogue import text


def listed(lang: str, names: Sequence[str]) -> str:
    """Return "June", "June and Sam", "Fern, June and Sam"; an empty list is an empty text."""
    *before, last = names or [""]
    return f"{', '.join(before)}{_and(lang, last)}{last}" if before else last


def _and(lang: str, following: str) -> str:
    """The word between the last two names: Spanish says "e" before the sound of an i."""
    if lang == "es":
        return " e " if re.match(r"h?[ií](?![aeo])", following, re.IGNORECASE) else " y "
    return " and "


def of(lang: str, error: PortalError) -> str:
    """Return the sentence for a refusal: what happened, what to do, nothing lost. Every class has one (a test)."""
    key = f"error.{type(error).__name__}"
    if isinstance(error, TooLong):
        return text(lang, key, n=error.excess)
    if isinstance(error, TooManyTries):
        return text(lang, key, n=error.wait)
    if isinstance(error, CodeOfWrongLength):
        return text(lang, key, length=error.length, n=error.typed)
    if isinstance(error, IncompleteConsent):
        return text(lang, f"{key}.{error.element}")
    if isinstance(error, WeakPassphrase):
        return text(lang, f"{key}.{error.reason}")
    return text(lang, key)
