"""A run of records in sealed pages: append, read back from the newest.

Pages are named (secret, name, 0), (secret, name, 1), ... and fill by bytes. A page is
never smaller than 4,050 bytes, so that the first records do not show. A damaged newest
page is left as it is and a new one begun.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from portal.crypto.sealing import ROOM, Part, Place, place
from portal.errors import Tampered
from portal.newtypes import Secret
from portal.vault.records import pack, unpack
from portal.vault.rows import Rows

PAGE = 4_050  # bytes of the smallest page
R = TypeVar("R")


class Run(Generic[R]):
    """The pages of one kind of record under one secret. The number of pages is kept by the caller."""

    def __init__(self, rows: Rows, secret: Secret, name: Sequence[Part], kind: type[R]) -> None:
        self._rows, self._secret, self._name, self._kind = rows, secret, name, kind

    def at(self, index: int) -> Place:
        """Return the place of page `index`."""
        return place(self._secret, *self._name, index)

    def page(self, index: int) -> list[R]:
        """Return the records of a page, oldest first. Raises `Tampered`, for a missing page too."""
        payload = self._rows.get(self.at(index))
        if payload is None:
            raise Tampered
        return unpack(payload, list[self._kind])  # type: ignore[name-defined]

    def append(self, pages: int, records: Sequence[R]) -> int:
        """Write records after the newest; return the new number of pages. Inside a change.

        Pages past `pages` are found and kept: a state that was put back, or begun anew, counts too few.
        """
        while self._rows.has(self.at(pages)):
            pages += 1
        newest: list[R] = []
        if pages:
            with suppress(Tampered):
                newest = self.page(pages - 1)
        fresh = not newest
        for record in records:
            if newest and len(pack([*newest, record])) > ROOM[PAGE]:
                self._put(pages, newest, fresh)
                pages, newest, fresh = pages + fresh, [], True
            newest = [*newest, record]
        if newest:
            self._put(pages, newest, fresh)
        return pages + (fresh and bool(newest))

    def replace(self, index: int, records: Sequence[R]) -> None:
        """Write page `index` anew. Inside a change."""
        self._rows.replace(self.at(index), pack(list(records)), PAGE)

    def _put(self, pages: int, records: list[R], fresh: bool) -> None:
        if fresh:
            self._rows.add(self.at(pages), pack(records), PAGE)
        else:
            self.replace(pages - 1, records)

    def newest_first(self, pages: int) -> Iterator[R]:
        """Yield every record that opens, newest first."""
        for index in reversed(range(pages)):
            with suppress(Tampered):
                yield from reversed(self.page(index))

    def clear(self, pages: int) -> None:
        """Delete all pages. Inside a change."""
        for index in range(pages):
            self._rows.discard(self.at(index))
