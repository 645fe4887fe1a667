"""In which browsers a spare key was shown that is not in force yet: a mark for each page, nothing of the key.

A page that is loaded anew has forgotten the key; by the mark it can say so.
"""

from collections import OrderedDict

from portal.ui.web.cookies import digest

BEGUN_SECONDS = 12 * 60 * 60
MOST = 10_000  # anybody may begin: the oldest gives way


class Begun:
    """The marks, for twelve hours. Not thread-safe: the desk holds the lock."""

    def __init__(self) -> None:
        self._since: OrderedDict[tuple[str, str], int] = OrderedDict()

    def put(self, pre: str, page: str, now: int) -> None:
        """Mark that `page` has shown a key in the browser `pre`."""
        self.drop(pre, page)
        self._since[digest(pre), page] = now
        while len(self._since) > MOST:
            self._since.popitem(last=False)

    def has(self, pre: str, page: str) -> bool:
        """Say whether `page` has shown a key in this browser that never came into force."""
        return (digest(pre), page) in self._since

    def drop(self, pre: str, page: str) -> None:
        """The key of `page` is in force: nothing is left to be said."""
        self._since.pop((digest(pre), page), None)

    def forget(self, pre: str, but: str) -> None:
        """Drop every mark of this browser except the one for the page `but`."""
        mine = digest(pre)
        for key in [key for key in self._since if key[0] == mine and key[1] != but]:
            del self._since[key]

    def sweep(self, now: int) -> None:
        """Forget what is older than twelve hours."""
        for key in [key for key, since in self._since.items() if now >= since + BEGUN_SECONDS]:
            del self._since[key]
