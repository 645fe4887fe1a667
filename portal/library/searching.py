"""Find reads by words, whatever their case and accents."""

import re
import unicodedata

from portal.library.articles import Article, articles

WORD = re.compile(r"\w+")
LINK_TARGET = re.compile(r"\]\([^)]*\)")


def fold(text: str) -> str:
    """Return `text` without case and accents, for comparing only."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def search(lang: str, words: str) -> list[Article]:
    """Return the articles that hold every one of `words`, those with one in the title first.

    No words find everything, in reading order. Raises `Gone` for a language we do not have.
    """
    wanted = WORD.findall(fold(words))
    found = [read for read in articles(lang) if all(word in _text(read) for word in wanted)]
    return sorted(found, key=lambda read: not any(word in fold(read.title) for word in wanted))


def _text(read: Article) -> str:
    return fold(LINK_TARGET.sub("]", f"{read.title} {read.summary} {read.markdown}"))
