"""What this process knows of every row: a keyed tag each, how many rows there are, and the XOR of their tags.

The XOR is a keyed multiset hash (Clarke et al. 2003). What a change does is staged, and
counts for good only once it is settled: a change that is dropped leaves no trace. The
store seal's own row has a tag like any other, and is in neither number nor XOR.
PROTOCOL.md, section 4.
"""

import hmac
import struct

from portal.newtypes import Location


class Tags:
    """The tags of one table. Not thread-safe: the table holds the lock."""

    def __init__(self, key: bytes, apart: Location) -> None:
        """Know nothing yet. `apart` is the row of the store seal."""
        self._key, self._apart = key, apart
        self._tagger = hmac.new(key, digestmod="sha256")  # copied for each row: a third faster
        self._known: dict[Location, int] = {}
        self._root = 0
        self._staged: dict[Location, int | None] = {}
        self._change = 0

    def anew(self) -> "Tags":
        """Return tags of the same key that know nothing yet."""
        return Tags(self._key, self._apart)

    def of(self, loc: Location, ct: bytes) -> int:
        """Return the tag of these bytes at this address."""
        mac = self._tagger.copy()
        mac.update(struct.pack(">q", loc))
        mac.update(ct)
        return int.from_bytes(mac.digest()[:16], "big")

    def fits(self, loc: Location, ct: bytes) -> bool:
        """Say whether these bytes are what we know to lie at this address. Compares in constant time."""
        known = self.get(loc)
        return known is not None and hmac.compare_digest(_bytes(self.of(loc, ct)), _bytes(known))

    def learn(self, loc: Location, ct: bytes) -> None:
        """Take in a row that a scan found."""
        tag = self.of(loc, ct)
        self._known[loc] = tag
        if loc != self._apart:
            self._root ^= tag

    def get(self, loc: Location) -> int | None:
        """Return the tag at an address, as the present change leaves it, or None where there is no row."""
        return self._staged[loc] if loc in self._staged else self._known.get(loc)

    @property
    def root(self) -> bytes:
        """The XOR of all tags, as the present change leaves them."""
        return _bytes(self._root ^ self._change)

    @property
    def count(self) -> int:
        """How many rows there are, as the present change leaves them."""
        gone = sum(1 for loc, tag in self._staged.items() if tag is None and loc in self._known)
        new = sum(1 for loc, tag in self._staged.items() if tag is not None and loc not in self._known)
        return len(self._known) + new - gone - (self.get(self._apart) is not None)

    @property
    def touched(self) -> bool:
        """True when something is staged."""
        return bool(self._staged)

    def stage(self, loc: Location, ct: bytes | None) -> None:
        """The present change leaves these bytes at an address, or no row."""
        tag = None if ct is None else self.of(loc, ct)
        if loc != self._apart:
            self._change ^= (self.get(loc) or 0) ^ (tag or 0)
        self._staged[loc] = tag

    def settle(self) -> None:
        """The present change is in the file: what was staged is known."""
        for loc, tag in self._staged.items():
            if tag is None:
                self._known.pop(loc, None)
            else:
                self._known[loc] = tag
        self._root ^= self._change
        self.drop()

    def drop(self) -> None:
        """The present change is not in the file: what was staged never was."""
        self._staged.clear()
        self._change = 0


def _bytes(tag: int) -> bytes:
    return tag.to_bytes(16, "big")
