"""Sessions that are over while a browser may still carry their cookie: what was said about them, kept by the hash.

Whoever signed out, left or looked at a sample needs no word. Everybody else is told that they are signed out, until
the page is loaded again.
"""

from collections import OrderedDict

ENDED_SECONDS = 12 * 60 * 60
MOST = 10_000  # anybody may bring a cookie: the oldest gives way


class Ended:
    """The marks, for twelve hours. Not thread-safe: the desk holds the lock."""

    def __init__(self) -> None:
        self._marks: OrderedDict[str, tuple[bool, int]] = OrderedDict()

    def hush(self, key: str, now: int) -> None:
        """Nobody is to be told that this session is over."""
        self._put(key, True, now)

    def say(self, key: str, now: int) -> None:
        """A page has said that this session is over."""
        if key not in self._marks:
            self._put(key, False, now)

    def marked(self, key: str) -> bool:
        """Say whether the cookie of this session has done its work: told, or nothing to tell."""
        return key in self._marks

    def hushed(self, key: str) -> bool:
        """Say whether this session ended as its person wanted."""
        return self._marks.get(key, (False, 0))[0]

    def sweep(self, now: int) -> None:
        """Forget what is older than twelve hours."""
        for key in [key for key, (_, since) in self._marks.items() if now >= since + ENDED_SECONDS]:
            del self._marks[key]

    def _put(self, key: str, hushed: bool, now: int) -> None:
        self._marks.pop(key, None)
        self._marks[key] = (hushed, now)
        while len(self._marks) > MOST:
            self._marks.popitem(last=False)
