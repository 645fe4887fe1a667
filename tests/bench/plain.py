"""The other side: the same row layout with JSON bodies in the clear, in SQLite as it comes, WAL and FULL.

A note is read by one SELECT by key and decoded; every statement is the plain one that an
ordinary program would write. The search side is FTS5 on disk over the same texts.
"""

import importlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.bench.data import Note

LAYOUT = "create table rec (loc integer primary key, ct blob not null) strict"


class Plain:
    """An open plaintext store. `key` makes it one of SQLCipher's; `open` is then the connect of its package."""

    def __init__(self, path: Path, connect: Any = sqlite3.connect, key: str = "") -> None:
        self.path = path
        self.db: sqlite3.Connection = connect(str(path), isolation_level=None)
        if key:
            self.db.execute(f"pragma key = '{key}'")
        self.db.execute("pragma journal_mode = wal")
        self.db.execute("pragma synchronous = full")
        self.db.execute(LAYOUT)

    def fill(self, notes: Iterable[Note]) -> None:
        """Store notes, in one transaction."""
        self.db.execute("begin")
        for note in notes:
            self.insert(note)
        self.db.execute("commit")

    def insert(self, note: Note) -> None:
        """Store one note: durable when this returns, outside a transaction."""
        self.db.execute("insert into rec (loc, ct) values (?, ?)", (note.loc, encode(note)))

    def remove(self, note: Note) -> None:
        """Delete one note."""
        self.db.execute("delete from rec where loc = ?", (note.loc,))

    def read(self, locs: Sequence[int]) -> list[dict[str, object]]:
        """Return notes, one SELECT each, decoded."""
        return [json.loads(self.db.execute("select ct from rec where loc = ?", (loc,)).fetchone()[0]) for loc in locs]

    def scan(self) -> int:
        """Read every row of the file once."""
        return sum(len(ct) for _, ct in self.db.execute("select loc, ct from rec order by rowid"))

    def index(self, notes: Iterable[Note]) -> None:
        """Build the search index."""
        self.db.execute("create virtual table words using fts5(text)")
        self.db.execute("begin")
        self.db.executemany("insert into words (rowid, text) values (?, ?)", ((n.loc, n.text) for n in notes))
        self.db.execute("commit")

    def search(self, word: str) -> list[str]:
        """Return every text that holds `word`, newest first."""
        found = self.db.execute("select text from words where words match ? order by rowid desc", (f'"{word}"',))
        return [text for (text,) in found]

    def vacuumed(self, into: Path) -> int:
        """Return the size of the file after VACUUM."""
        self.db.execute("vacuum into ?", (str(into),))
        return into.stat().st_size

    def close(self) -> None:
        """Close the file."""
        self.db.close()


def encode(note: Note) -> bytes:
    """Return the stored form of a note."""
    return json.dumps(
        {"title": "", "text": note.text, "url": "", "kind": 1, "written": note.written, "edited": 0, "tags": []}
    ).encode()


def sqlcipher(path: Path) -> Plain | None:
    """Return a store of SQLCipher's, or None where its package is not installed."""
    try:
        package = importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        return None
    return Plain(path, package.connect, "x" * 32)
