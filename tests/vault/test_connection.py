"""One connection as this product wants it: our schema or none, SQLite's errors as ours."""

import sqlite3
import sys

import pytest

from portal.errors import DiskFull, ReadOnly, StoreUnreadable, Tampered
from portal.vault import connection
from portal.vault.connection import SCHEMA, connect, opening, translated


def pragma(db, name):
    return db.execute(f"pragma {name}").fetchone()[0]


def test_a_new_file_gets_the_one_table(tmp_path):
    db = connect(tmp_path / "store.db")
    assert db.execute("select type, sql from sqlite_schema").fetchall() == [("table", SCHEMA)]
    assert (pragma(db, "user_version"), pragma(db, "application_id")) == (1, 0x66737031)
    db.close()


def test_removed_rows_are_overwritten_and_nothing_is_believed(tmp_path):
    db = connect(tmp_path / "store.db")
    told = {"secure_delete": 1, "journal_mode": "wal", "synchronous": 2, "wal_autocheckpoint": 64, "temp_store": 2}
    told |= {"page_size": 4096, "trusted_schema": 0, "cell_size_check": 1}
    assert {name: pragma(db, name) for name in told} == told
    db.close()


def test_a_file_of_ours_is_opened_again(tmp_path):
    connect(tmp_path / "store.db").close()
    db = connect(tmp_path / "store.db")
    assert db.execute("select count(*) from rec").fetchone() == (0,)
    db.close()


@pytest.mark.parametrize(
    "statements",
    [
        ["create table other (x)"],
        ["pragma user_version = 2"],
        ["pragma user_version = 0"],
        ["create index again on rec (ct)"],
        ["create trigger t after insert on rec begin delete from rec; end"],
        ["drop table rec"],
        ["drop table rec", "create table rec (loc INTEGER, ct BLOB)"],
        ["drop table rec", "create view rec as select 1 as loc, x'00' as ct"],
    ],
    ids=["table", "version", "no version", "index", "trigger", "dropped", "without its key", "view"],
)
def test_another_schema_is_not_opened(tmp_path, statements):
    db = connect(tmp_path / "store.db")
    for statement in statements:
        db.execute(statement)
    db.close()
    with pytest.raises(StoreUnreadable):
        connect(tmp_path / "store.db")


def test_what_is_no_database_is_not_opened(tmp_path):
    (tmp_path / "store.db").write_bytes(b"words " * 1000)
    with pytest.raises(StoreUnreadable):
        connect(tmp_path / "store.db")


def test_a_folder_that_is_not_there_cannot_be_written(tmp_path):
    with pytest.raises(ReadOnly):
        connect(tmp_path / "nowhere" / "store.db")


def test_on_a_full_disk_the_disk_is_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(connection, "free_bytes", lambda _: connection.LEAST - 1)
    with pytest.raises(DiskFull):
        connect(tmp_path / "nowhere" / "store.db")


def test_on_a_mac_the_disk_is_told_to_keep_what_it_has(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    db = connect(tmp_path / "store.db")
    assert pragma(db, "fullfsync") == 1
    db.close()


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_READONLY_DBMOVED, ReadOnly),
        (sqlite3.SQLITE_IOERR_WRITE, ReadOnly),
        (sqlite3.SQLITE_CORRUPT, Tampered),
        (sqlite3.SQLITE_NOTADB, Tampered),
        (None, Tampered),
    ],
)
def test_sqlite_errors_become_ours(code, error):
    failed = sqlite3.DatabaseError("whatever it says")
    if code is not None:
        failed.sqlite_errorcode = code
    with pytest.raises(error) as caught, translated():
        raise failed
    assert caught.value.__suppress_context__
    assert "whatever" not in str(caught.value)


def test_a_broken_rule_of_the_table_passes():
    with pytest.raises(sqlite3.IntegrityError), translated():
        raise sqlite3.IntegrityError


def test_damage_of_a_whole_file_makes_it_unreadable():
    with pytest.raises(StoreUnreadable), opening():
        raise sqlite3.DatabaseError


def test_the_migration_leaves_no_date(tmp_path):
    db = connect(tmp_path / "store.db")
    assert [row[0] for row in db.execute("select name from sqlite_schema")] == ["rec"]
    assert connection.VERSION == 1
    db.close()
