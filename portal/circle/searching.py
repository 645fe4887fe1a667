"""Search in memory over opened texts, and never an index on disk: an index tells a thief what is in the notes."""

import unicodedata


def fold(text: str) -> str:
    """Return a text without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def matches(words: str, *texts: str) -> bool:
    """Say whether every one of `words` stands in the texts, case and accents ignored."""
    where = fold("\n".join(texts))
    return all(word in where for word in fold(words).split())
