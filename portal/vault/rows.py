"""The sealed table: get, add, replace, remove, in one transaction at a time.

A row counts only if it is byte for byte the one this process wrote, or found in order
at start: the process keeps a keyed tag of every row, compares it at each read, and
seals the XOR of all tags with the number of rows in the store seal, in every
transaction. Tags change only at COMMIT: a change that is rolled back leaves no trace.
PROTOCOL.md, section 4.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from portal.crypto import sealing
from portal.crypto.sealing import LADDER, Place, place, prf
from portal.errors import PlaceTaken, PortalError, Tampered
from portal.newtypes import Location, Secret
from portal.vault import connection
from portal.vault.records import Generation, StoreSeal, pack, unpack
from portal.vault.tags import Tags

_EVERY = "select loc, ifnull(cast(ct as blob), x'') from rec order by rowid"  # a damaged file may hold anything there
_ONE = "select ifnull(cast(ct as blob), x'') from rec where loc = ?"
VACUUM_BELOW = 64 * 2**20  # bytes; takes well under two seconds


@dataclass(frozen=True, slots=True)
class Found:
    """What a scan of the whole table found, the store seal's own row left out."""

    count: int
    root: bytes
    seal: StoreSeal | None
    ordered: bool

    @property
    def fits(self) -> bool:
        """True when the file is the one its store seal describes."""
        if self.seal is None:
            return False
        told = (self.seal.count, self.seal.root)
        return self.ordered and (self.count, self.root) == told


class Rows:
    """One open table. Threads share it, so every use takes the lock; a page is read under one hold of it."""

    def __init__(self, path: Path | None, pepper: Secret) -> None:
        """Open the table at `path`, or one in memory. Nothing can be read before `scan` and `begin`."""
        self.lock = threading.RLock()
        self._db = connection.connect(path)
        self._seal_at = place(pepper, "store")
        self._tags = Tags(prf(pepper, "root"), self._seal_at.loc)
        self._depth = 0
        self._unsealed = False
        self._fold = False
        self.number = 0
        self.written_at = 0
        self.generation = Generation(0, bytes(8), 0, 0)

    # Start

    def scan(self) -> Found:
        """Read every row, remember its tag, and return what was found. Raises `StoreUnreadable`."""
        tags, ordered, last = self._tags.anew(), True, None
        with self.lock, connection.opening():
            for loc, ct in self._db.execute(_EVERY):
                ordered = ordered and (last is None or loc > last) and len(ct) in LADDER
                last = loc
                tags.learn(loc, ct)
        self._tags = tags
        return Found(tags.count, tags.root, self._read_seal(), ordered)

    def begin(self, generation: Generation, number: int, *, unsealed: bool = False) -> None:
        """Go on from what `scan` found, under `generation`, after transaction `number`.

        `unsealed` says that the file does not hold this generation yet: the next change writes it.
        """
        self.generation, self.number, self._unsealed = generation, number, unsealed

    def _read_seal(self) -> StoreSeal | None:
        try:
            payload = self.get(self._seal_at)
            return unpack(payload, StoreSeal) if payload is not None else None
        except Tampered:
            return None

    # Reading

    def tag(self, loc: Location) -> int | None:
        """Return the tag of the row at `loc`, or None where there is no row. Never touches the file."""
        return self._tags.get(loc)

    def has(self, at: Place) -> bool:
        """Say whether we wrote or found a row at this place."""
        return self.tag(at.loc) is not None

    def get(self, at: Place) -> bytes | None:
        """Open the row at `at`, or None. Raises `Tampered` for any row that is not the one we left there."""
        with self.lock:
            ct = self._as_left(at.loc)
            return sealing.unseal(at, ct) if ct is not None else None

    def intact(self, at: Place) -> bool:
        """Say whether the row is byte for byte the one this process wrote or found at start, opening or not."""
        try:
            self._as_left(at.loc)
        except Tampered:
            return False
        return True

    def _as_left(self, loc: Location) -> bytes | None:
        with self.lock:
            with connection.translated():
                found = self._db.execute(_ONE, (loc,)).fetchone()
            if found is None and self.tag(loc) is None:
                return None
            if found is None or not self._tags.fits(loc, found[0]):
                raise Tampered
            ct: bytes = found[0]
            return ct

    # Writing

    @contextmanager
    def change(self, now: int) -> Iterator[None]:
        """One transaction: everything inside is written together, or nothing. Inner ones join the outer.

        Raises `DiskFull` or `ReadOnly` when the files cannot be written; then nothing has changed.
        """
        with self.lock:
            if self._depth:
                yield
                return
            self._depth = 1
            try:
                with connection.translated():
                    self._db.execute("begin immediate")
                yield
                self._commit(now)
            except BaseException:
                self._undo()
                raise
            finally:
                self._depth = 0
                fold, self._fold = self._fold, False
            if fold:
                with suppress(PortalError):  # the next quiet moment tries again
                    self.checkpoint()

    def add(self, at: Place, payload: bytes, smallest: int = LADDER[0]) -> int:
        """Write a new row and return its size in bytes. Raises `PlaceTaken`: nothing is overwritten by accident."""
        if self.has(at):
            raise PlaceTaken
        ct = sealing.seal(at, payload, smallest)
        try:
            self._write("insert into rec (loc, ct) values (?, ?)", (at.loc, ct))
        except sqlite3.IntegrityError:
            raise Tampered from None  # a row that somebody else put there
        self._tags.stage(at.loc, ct)
        return len(ct)

    def replace(self, at: Place, payload: bytes, smallest: int = LADDER[0]) -> None:
        """Write a row anew, whether or not the old one opens. Raises `Tampered` where we never wrote one."""
        if not self.has(at):
            raise Tampered
        ct = sealing.seal(at, payload, smallest)
        self._write("insert or replace into rec (loc, ct) values (?, ?)", (at.loc, ct))
        self._tags.stage(at.loc, ct)

    def remove(self, at: Place) -> int:
        """Delete a row, whether or not it opens; return its size. Raises `Tampered` where we never wrote one."""
        return self.remove_at(at.loc)

    def remove_at(self, loc: Location) -> int:
        """Delete the row at an address whose key is not known here. Raises `Tampered` where we never wrote one."""
        if self.tag(loc) is None:
            raise Tampered
        gone = self._write("delete from rec where loc = ? returning length(ct)", (loc,))
        self._tags.stage(loc, None)
        return sum(size for (size,) in gone)

    def discard(self, at: Place) -> int:
        """Delete a row if there is one; return its size."""
        return self.remove(at) if self.has(at) else 0

    def _write(self, statement: str, values: tuple[object, ...]) -> list[tuple[int]]:
        if not self._depth:
            raise RuntimeError("a write outside a change")
        with connection.translated():
            return self._db.execute(statement, values).fetchall()

    def _commit(self, now: int) -> None:
        if not self.touched and not self._unsealed:
            with connection.translated():
                self._db.execute("rollback")
            return
        self._write_seal()
        try:
            with connection.translated():
                self._db.execute("commit")
        except PortalError:
            self._look_again()
            raise
        self._tags.settle()
        self._unsealed = False
        self.number += 1
        self.written_at = now

    def _write_seal(self) -> None:
        seal = StoreSeal(self.number + 1, self._tags.count, self._tags.root, self.generation)
        ct = sealing.seal(self._seal_at, pack(seal))
        self._write("insert or replace into rec (loc, ct) values (?, ?)", (self._seal_at.loc, ct))
        self._tags.stage(self._seal_at.loc, ct)

    def _undo(self) -> None:
        """Drop what was staged first; then end the transaction, if one is open."""
        self._tags.drop()
        if self._db.in_transaction:
            with suppress(sqlite3.Error):
                self._db.execute("rollback")

    def _look_again(self) -> None:
        """After a failed COMMIT: a full disk must not look like tampering, so ask the file what it holds."""
        self._undo()
        known = self._tags
        with suppress(PortalError):
            found = self.scan()
            seal = found.seal
            if found.fits and seal and seal.generation == self.generation and seal.number >= self.number:
                self.number = seal.number
                return
        self._tags = known  # a file that others changed is not made good by a full disk

    # Timed and last work

    def size(self) -> int:
        """Return the size of the database in bytes."""
        with self.lock, connection.translated():
            pages: int = self._db.execute("pragma page_count").fetchone()[0]
            free: int = self._db.execute("pragma freelist_count").fetchone()[0]
        return (pages - free) * 4096

    def fold_after(self) -> None:
        """Fold the journal in when the present change is written: what it removes is then gone from the files."""
        self._fold = True

    @property
    def touched(self) -> bool:
        """Say whether the present change has written anything yet."""
        return self._tags.touched

    def checkpoint(self) -> bool:
        """Fold the journal in and empty it, so that removed rows are gone. False when it could not finish."""
        with self.lock, connection.translated():
            busy: int = self._db.execute("pragma wal_checkpoint(truncate)").fetchone()[0]
        return not busy

    def tidy(self) -> None:
        """At the end: no journal, and, where that is quick, pages whose order tells nothing of their writing."""
        with self.lock:
            if self.size() <= VACUUM_BELOW:
                with connection.translated():
                    self._db.execute("vacuum")
            self.checkpoint()

    def close(self) -> None:
        """Close the file. Nothing can be read any more."""
        with self.lock:
            self._db.close()
