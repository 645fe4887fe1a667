"""Back-off for guesses, in memory only: nothing about failures reaches the files.

Names are remembered as a keyed hash, unknown ones like known ones, 10,000 at most.
Nobody is locked out for good: the wait grows to a minute and stays there.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass
from threading import Lock

from portal.crypto.passphrase import fold
from portal.crypto.sealing import prf
from portal.errors import TooManyTries
from portal.newtypes import Secret

FREE = 5  # failures before the first wait
LONGEST = 60  # seconds
NAMES = 10_000


@dataclass(slots=True)
class _Record:
    failures: int = 0
    until: int = 0


class Bucket:
    """At most `size` tries in any 60 seconds, for everybody together."""

    def __init__(self, size: int, span: int = 60) -> None:
        self._size, self._span = size, span
        self._lock = Lock()
        self._times: deque[int] = deque()

    def take(self, now: int) -> None:
        """Count one try. Raises `TooManyTries` when the bucket is empty."""
        with self._lock:
            self._check(now)
            self._times.append(now)

    def check(self, now: int) -> None:
        """Raise `TooManyTries` when the bucket is empty. Counts nothing."""
        with self._lock:
            self._check(now)

    def _check(self, now: int) -> None:
        while self._times and (self._times[0] <= now - self._span or self._times[0] > now):
            self._times.popleft()
        if len(self._times) >= self._size:
            raise TooManyTries(max(1, self._times[0] + self._span - now))


class Throttle:
    """The failures of each name."""

    def __init__(self, pepper: Secret) -> None:
        self._pepper = pepper
        self._lock = Lock()
        self._names: OrderedDict[bytes, _Record] = OrderedDict()

    def check(self, name: str, now: int) -> None:
        """Raise `TooManyTries` while `name` has to wait."""
        record = self._names.get(self._key(name))
        if record and now < record.until <= now + LONGEST:
            raise TooManyTries(record.until - now)

    def failed(self, name: str, now: int) -> None:
        """Count a failure: from the fifth on the wait is 2 s, doubling to 60 s."""
        key = self._key(name)
        with self._lock:
            record = self._names.setdefault(key, _Record())
            self._names.move_to_end(key)
            record.failures += 1
            if record.failures >= FREE:
                record.until = now + min(LONGEST, 2 ** min(record.failures - FREE + 1, 6))
            while len(self._names) > NAMES:
                self._names.popitem(last=False)

    def succeeded(self, name: str) -> None:
        """Forget the failures of `name`."""
        with self._lock:
            self._names.pop(self._key(name), None)

    def _key(self, name: str) -> bytes:
        return prf(self._pepper, "throttle", fold(name), size=16)
