"""Search in memory over opened texts, and never an index on disk: an index tells a thief what is in the notes.

A session's index lives in its memory and goes with it. A text is found when every
searched word stands in it, also inside a longer one; case and accents do not matter.
"""

import unicodedata
from collections.abc import Callable, Collection, Hashable, Iterable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
_END = "\n"  # stands in no word


def fold(text: str) -> str:
    """Return a text without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


class Index(Generic[K]):
    """Which texts hold which words. A text is named by a key that changes when the text does."""

    def __init__(self) -> None:
        self._known: set[K] = set()
        self._holders: dict[str, set[K]] = {}
        self._vocabulary = _END
        self._keys: Collection[K] = ()
        self._order: dict[K, int] = {}

    def find(self, words: str, keys: Collection[K], text_of: Callable[[K], Iterable[str]]) -> list[K]:
        """Return those of `keys`, in their order, whose texts hold all `words`. Opens what it does not know.

        The same object as the last time is taken for the same keys.
        """
        if keys is not self._keys:
            self._learn([key for key in keys if key not in self._known], text_of)
            self._keys, self._order = keys, {key: at for at, key in enumerate(keys)}
        wanted = fold(words).split()
        if not wanted:
            return list(keys)
        found = set.intersection(*(self._holding(word) for word in wanted))
        return sorted(found & self._order.keys(), key=self._order.__getitem__)

    def _learn(self, keys: list[K], text_of: Callable[[K], Iterable[str]]) -> None:
        before = len(self._holders)
        for key in keys:
            for word in set(fold(_END.join(text_of(key))).split()):
                self._holders.setdefault(word, set()).add(key)
            self._known.add(key)
        if len(self._holders) != before:
            self._vocabulary = _END + _END.join(self._holders) + _END

    def _holding(self, part: str) -> set[K]:
        """Return the keys of texts with a word that `part` stands in."""
        found: set[K] = set()
        at = self._vocabulary.find(part)
        while at >= 0:
            begin, end = self._vocabulary.rfind(_END, 0, at) + 1, self._vocabulary.find(_END, at)
            found |= self._holders[self._vocabulary[begin:end]]
            at = self._vocabulary.find(part, end)
        return found
