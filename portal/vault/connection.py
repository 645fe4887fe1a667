"""One SQLite connection as this product wants it, and SQLite's errors as ours.

The schema is one table. Anything else in the file, or a table made without its key,
means that somebody else made it: it is not opened.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.errors import DiskFull, ReadOnly, StoreUnreadable, Tampered
from portal.folders import free_bytes

SCHEMA = 'CREATE TABLE "rec" (\n   "loc" INTEGER PRIMARY KEY,\n   "ct" BLOB NOT NULL\n) STRICT'
VERSION = 1  # PRAGMA user_version: the number of the newest migration
APPLICATION = 0x66737031  # "fsp1"; informative
LEAST = 64 * 2**10  # bytes that SQLite's helper files need before anything can be read

_PRAGMAS = (
    "page_size = 4096",
    "secure_delete = on",
    "journal_mode = wal",
    "synchronous = full",
    "wal_autocheckpoint = 64",
    "temp_store = memory",
    "trusted_schema = off",
    "cell_size_check = on",
    "busy_timeout = 2000",
)


def connect(path: Path | None) -> sqlite3.Connection:
    """Open the database at `path`, or one in memory. Raises `StoreUnreadable`, `ReadOnly`, `DiskFull`.

    On a full disk SQLite says that it cannot open its helper files, so the disk is asked.
    """
    try:
        return _open(path)
    except ReadOnly:
        if path and free_bytes(path) < LEAST:
            raise DiskFull from None
        raise


def _open(path: Path | None) -> sqlite3.Connection:
    with opening():
        db = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        try:
            for pragma in _PRAGMAS:
                db.execute(f"pragma {pragma}")
            if sys.platform == "darwin":
                db.execute("pragma fullfsync = on")
            _migrate(db)
        except BaseException:
            db.close()
            raise
    return db


def _migrate(db: sqlite3.Connection) -> None:
    made = db.execute("select type, sql from sqlite_schema").fetchall()
    version = db.execute("pragma user_version").fetchone()[0]
    if not made and version == 0:
        from portal.vault import migrations  # noqa: PLC0415 - late: sqlite-utils brings pandas where it is installed

        migrations.apply(db)
        made = db.execute("select type, sql from sqlite_schema").fetchall()
        version = db.execute("pragma user_version").fetchone()[0]
    if made != [("table", SCHEMA)] or version != VERSION:
        raise StoreUnreadable


@contextmanager
def opening() -> Iterator[None]:
    """Turn what SQLite says of a file as a whole into `StoreUnreadable`, or a disk's error into its own."""
    try:
        with translated():
            yield
    except Tampered:
        raise StoreUnreadable from None


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLite's errors into ours. Constraint errors pass: the caller knows what they mean.

    A damaged file can hold words that are no text: Python then fails to decode what SQLite says of it.
    """
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except (sqlite3.OperationalError, sqlite3.DatabaseError, UnicodeDecodeError) as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        raise _ERRORS.get(code, Tampered) from None


_ERRORS = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_READONLY: ReadOnly,
    sqlite3.SQLITE_IOERR: ReadOnly,
    sqlite3.SQLITE_CANTOPEN: ReadOnly,
    sqlite3.SQLITE_PERM: ReadOnly,
    sqlite3.SQLITE_BUSY: ReadOnly,
    sqlite3.SQLITE_LOCKED: ReadOnly,
    sqlite3.SQLITE_AUTH: ReadOnly,
}
