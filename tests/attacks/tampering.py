"""What somebody with the files does: look at rows, change them, put copies back."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DATABASE = ("store.db", "store.db-wal", "store.db-shm")


@dataclass(frozen=True)
class Files:
    """The data folder and the key folder, as files."""

    data: Path
    keys: Path

    @property
    def database(self) -> Path:
        """The database."""
        return self.data / "store.db"

    @contextmanager
    def sql(self) -> Iterator[sqlite3.Connection]:
        """Open the database as anybody can."""
        db = sqlite3.connect(self.database, isolation_level=None)
        try:
            yield db
        finally:
            db.close()

    def rows(self) -> dict[int, bytes]:
        """Return every row, in the order of their addresses."""
        with self.sql() as db:
            return dict(db.execute("select loc, ct from rec order by loc").fetchall())

    def row(self, loc: int) -> bytes | None:
        """Return one row."""
        return self.rows().get(loc)

    def put(self, loc: int, ct: bytes) -> None:
        """Write a row, whatever was there."""
        with self.sql() as db:
            db.execute("insert or replace into rec (loc, ct) values (?, ?)", (loc, ct))

    def delete(self, loc: int) -> None:
        """Delete a row."""
        with self.sql() as db:
            db.execute("delete from rec where loc = ?", (loc,))

    def restore(self, rows: dict[int, bytes]) -> None:
        """Make the whole table what it was."""
        with self.sql() as db:
            db.execute("begin")
            db.execute("delete from rec")
            db.executemany("insert into rec (loc, ct) values (?, ?)", rows.items())
            db.execute("commit")

    def copy(self, to: Path) -> "Files":
        """Copy both folders."""
        there = Files(to / "data", to / "keys")
        shutil.copytree(self.data, there.data)
        shutil.copytree(self.keys, there.keys)
        return there

    def put_back_database(self, copy: "Files") -> None:
        """Put the database of a copy in the place of ours; the server is stopped."""
        for name in DATABASE:
            (self.data / name).unlink(missing_ok=True)
            if (copy.data / name).exists():
                shutil.copy(copy.data / name, self.data / name)

    def everything(self) -> bytes:
        """Return the bytes of every file in both folders."""
        files = sorted(file for folder in (self.data, self.keys) for file in folder.rglob("*") if file.is_file())
        return b"".join(file.read_bytes() for file in files)
