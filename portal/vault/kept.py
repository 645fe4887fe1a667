"""What a session has opened, kept in its memory while the rows it came from are the same.

A record is good while the tag of its row is the one it was opened under; an answer that
was put together from many records is good until the next transaction of the store, whoever
made it, and is never kept from the middle of one. Nothing here decides who may read:
callers look at the door and the clock each time. Closing the session empties it.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from portal.crypto.sealing import Part, Place, place
from portal.newtypes import Location, Secret
from portal.vault.records import pack, unpack
from portal.vault.rows import Rows

R = TypeVar("R")


class Kept:
    """The memory of one session."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._places: dict[tuple[Part, ...], Place] = {}
        self._records: dict[Location, tuple[int | None, object]] = {}
        self._answers: dict[Hashable, tuple[int, object]] = {}
        self._made: dict[Hashable, object] = {}

    def place(self, secret: Secret, *name: Part) -> Place:
        """Return the place called `name` under `secret`, derived once."""
        key = (secret, *name)
        if key not in self._places:
            self._places[key] = place(secret, *name)
        return self._places[key]

    def record(self, secret: Secret, *name: Part, kind: type[R]) -> R | None:
        """Return the record called `name` under `secret`, or None; opened again when its row changed.

        Raises `Tampered`.
        """
        with self._rows.lock:
            at = self.place(secret, *name)
            tag, held = self._rows.tag(at.loc), self._records.get(at.loc)
            if held and held[0] == tag:
                return cast("R | None", held[1])
            payload = self._rows.get(at)
            record = unpack(payload, kind) if payload is not None else None
            self._records[at.loc] = tag, record
            return record

    def replace(self, record: object, smallest: int, secret: Secret, *name: Part) -> None:
        """Write a record anew and keep it. Raises `Tampered` where we never wrote one. Inside a change."""
        at = self.place(secret, *name)
        self._rows.replace(at, pack(record), smallest)
        self._records[at.loc] = self._rows.tag(at.loc), record

    def answer(self, key: Hashable, find: Callable[[], R]) -> R:
        """Return what `find` returns; as found before while no transaction lies between. Callers must not change it."""
        with self._rows.lock:
            held = self._answers.get(key)
            if held and held[0] == self._rows.number and not self._rows.touched:
                return cast(R, held[1])
            found = find()
            if not self._rows.touched:
                self._answers[key] = self._rows.number, found
            return found

    def made(self, key: Hashable, make: Callable[[], R]) -> R:
        """Return the object made under `key` in this session; the first time, make it."""
        if key not in self._made:
            self._made[key] = make()
        return cast(R, self._made[key])

    def clear(self) -> None:
        """Forget everything."""
        self._made.clear()
        self._places.clear()
        self._records.clear()
        self._answers.clear()
