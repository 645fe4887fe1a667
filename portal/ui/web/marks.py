"""Words that are remembered for twelve hours about what lies under a hash: a browser, or a session's cookie."""

from collections import OrderedDict

MARK_SECONDS = 12 * 60 * 60
MOST = 10_000  # anybody may bring a cookie: the oldest gives way


class Marks:
    """The marks: none says more than its word. Not thread-safe: the desk holds the lock."""

    def __init__(self) -> None:
        self._since: OrderedDict[tuple[str, str], int] = OrderedDict()

    def put(self, key: str, word: str, now: int) -> None:
        """Mark `key` with `word`; its twelve hours begin anew."""
        self.drop(key, word)
        self._since[key, word] = now
        while len(self._since) > MOST:
            self._since.popitem(last=False)

    def has(self, key: str, word: str) -> bool:
        """Say whether `key` is marked with `word`."""
        return (key, word) in self._since

    def drop(self, key: str, word: str) -> None:
        """Forget one mark, if it is there."""
        self._since.pop((key, word), None)

    def keep_only(self, key: str, word: str) -> None:
        """Forget every mark of `key` but the one with `word`."""
        for mark in [mark for mark in self._since if mark[0] == key and mark[1] != word]:
            del self._since[mark]

    def sweep(self, now: int) -> None:
        """Forget what is older than twelve hours."""
        for mark in [mark for mark, since in self._since.items() if now >= since + MARK_SECONDS]:
            del self._since[mark]
