"""The sealed table: only what this process wrote, or found in order at start, counts; a change is whole or nothing."""

import sqlite3
import threading

import pytest

from portal.crypto import sealing
from portal.crypto.sealing import LADDER, place
from portal.errors import DiskFull, PlaceTaken, ReadOnly, StoreUnreadable, Tampered, TooLong
from portal.newtypes import Location, Secret
from portal.vault.connection import SCHEMA, connect
from portal.vault.records import Generation, Reason, StoreSeal
from portal.vault.rows import Found, Rows

PEPPER, NOW = Secret(bytes(range(32))), 1_800_000_000
SECRET = Secret(b"s" * 32)
AT, BESIDE = place(SECRET, "a"), place(SECRET, "b")
FIRST = Generation(1, b"generati", Reason.FIRST, NOW)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.db"


def opened(path=None, number=0):
    rows = Rows(path, PEPPER)
    found = rows.scan()
    if found.seal is not None:
        rows.begin(found.seal.generation, found.seal.number)
    else:
        rows.begin(FIRST, number, unsealed=True)
    return rows, found


@pytest.fixture
def rows():
    made, _ = opened()
    with made.change(NOW):
        pass  # the first seal
    yield made
    assert made.scan().fits
    made.close()


def add(rows, at=AT, payload=b"hello"):
    with rows.change(NOW):
        return rows.add(at, payload)


def behind(path, statement, *values):
    """Change the file as somebody else would."""
    with sqlite3.connect(path, isolation_level=None) as db:
        db.execute(statement, values)
    db.close()


class Failing:
    """A connection that refuses some statements."""

    def __init__(self, db, **refusals):
        self._db, self._refusals = db, refusals

    def execute(self, statement, *values):
        for word, error in self._refusals.items():
            if statement.startswith(word):
                raise error
        return self._db.execute(statement, *values)

    def __getattr__(self, name):
        return getattr(self._db, name)


def sqlite_error(code):
    error = sqlite3.OperationalError("refused")
    error.sqlite_errorcode = code
    return error


# Reading and writing


def test_what_was_added_is_read_back(rows):
    assert add(rows) == LADDER[0]
    assert rows.get(AT) == b"hello"
    assert rows.has(AT)


def test_a_place_without_a_row_is_nothing(rows):
    assert rows.get(AT) is None
    assert not rows.has(AT)


def test_a_first_write_never_overwrites(rows):
    add(rows)
    with pytest.raises(PlaceTaken):
        add(rows, payload=b"other")
    assert rows.get(AT) == b"hello"


def test_a_row_is_replaced(rows):
    add(rows)
    with rows.change(NOW):
        rows.replace(AT, b"anew" * 500)
    assert rows.get(AT) == b"anew" * 500


def test_a_row_that_was_never_written_is_neither_replaced_nor_removed(rows):
    with pytest.raises(Tampered), rows.change(NOW):
        rows.replace(AT, b"x")
    with pytest.raises(Tampered), rows.change(NOW):
        rows.remove(AT)
    with rows.change(NOW):
        rows.discard(AT)
    assert rows.number == 1


def test_a_row_is_removed_with_its_key_or_by_address(rows):
    add(rows)
    add(rows, BESIDE)
    with rows.change(NOW):
        rows.remove(AT)
        rows.remove_at(BESIDE.loc)
    assert rows.get(AT) is None
    assert rows.get(BESIDE) is None


def test_a_row_may_be_no_smaller_than_asked(rows):
    with rows.change(NOW):
        assert rows.add(AT, b"x", 4_050) == 4_050


def test_what_is_too_long_changes_nothing(rows):
    with pytest.raises(TooLong), rows.change(NOW):  # noqa: PT012 - the change fails as a whole
        rows.add(BESIDE, b"x")
        rows.add(AT, bytes(LADDER[-1]))
    assert not rows.has(BESIDE)


def test_nothing_is_written_outside_a_change(rows):
    with pytest.raises(RuntimeError):
        rows.add(AT, b"x")


# One transaction


def test_a_change_that_fails_leaves_no_trace(rows):
    add(rows)
    with pytest.raises(ZeroDivisionError), rows.change(NOW):  # noqa: PT012 - the change fails as a whole
        rows.replace(AT, b"other")
        rows.add(BESIDE, b"x")
        assert rows.get(BESIDE) == b"x"
        raise ZeroDivisionError
    assert rows.get(AT) == b"hello"
    assert not rows.has(BESIDE)
    assert rows.number == 2


def test_inner_changes_join_the_outer(rows):
    with pytest.raises(ZeroDivisionError), rows.change(NOW):  # noqa: PT012 - the change fails as a whole
        add(rows)
        raise ZeroDivisionError
    assert not rows.has(AT)


def test_an_empty_change_writes_nothing(rows):
    add(rows)
    with rows.change(NOW + 5):
        pass
    assert (rows.number, rows.written_at) == (2, NOW)


def test_a_new_generation_is_written_by_the_next_change_even_an_empty_one(path):
    rows, _ = opened(path)
    with rows.change(NOW):
        pass
    assert rows.number == 1
    rows.close()
    again, found = opened(path)
    assert found.seal is not None
    assert found.seal.generation == FIRST
    again.close()


def test_threads_wait_for_each_other(rows):
    inside = threading.Event()

    def write():
        add(rows)
        inside.set()

    with rows.change(NOW):
        other = threading.Thread(target=write)
        other.start()
        assert not inside.wait(0.05)
    other.join(10)
    assert rows.get(AT) == b"hello"


# What others did to the file


@pytest.fixture
def shared(path):
    rows, _ = opened(path)
    add(rows)
    yield rows
    rows.close()


@pytest.mark.parametrize(
    "statement",
    ["update rec set ct = zeroblob(1000) where loc = {}", "delete from rec where loc = {}"],
    ids=["altered", "deleted"],
)
def test_another_row_than_ours_is_refused(shared, path, statement):
    behind(path, statement.format(AT.loc))
    with pytest.raises(Tampered):
        shared.get(AT)


def test_an_older_row_of_ours_is_refused(shared, path):
    with sqlite3.connect(path) as db:
        old = db.execute("select ct from rec where loc = ?", (AT.loc,)).fetchone()[0]
    db.close()
    with shared.change(NOW):
        shared.replace(AT, b"anew")
    behind(path, "update rec set ct = ? where loc = ?", old, AT.loc)
    assert sealing.unseal(AT, old) == b"hello"
    with pytest.raises(Tampered):
        shared.get(AT)


def test_a_row_that_should_not_be_there_is_refused(shared, path):
    behind(path, "insert into rec (loc, ct) values (?, ?)", BESIDE.loc, sealing.seal(BESIDE, b"x"))
    with pytest.raises(Tampered):
        shared.get(BESIDE)
    with pytest.raises(Tampered), shared.change(NOW):
        shared.add(BESIDE, b"mine")


@pytest.mark.parametrize("act", ["replace", "remove"])
def test_damage_never_stands_in_the_way_of_writing_anew_or_removing(shared, path, act):
    behind(path, "update rec set ct = zeroblob(1000) where loc = ?", AT.loc)
    with shared.change(NOW):
        shared.replace(AT, b"anew") if act == "replace" else shared.remove(AT)
    assert shared.get(AT) == (b"anew" if act == "replace" else None)
    assert shared.scan().fits


def test_a_row_deleted_by_others_can_be_written_anew(shared, path):
    behind(path, "delete from rec where loc = ?", AT.loc)
    with shared.change(NOW):
        shared.replace(AT, b"anew")
    assert shared.scan().fits


# Start


def test_the_file_as_we_left_it_fits(path):
    rows, found = opened(path)
    assert not found.fits
    add(rows)
    rows.close()
    again, found = opened(path)
    assert found.fits
    assert again.get(AT) == b"hello"
    assert again.number == 1
    again.close()


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("delete from rec where loc = ?", (AT.loc,)),
        ("update rec set ct = zeroblob(1000) where loc = ?", (AT.loc,)),
        ("update rec set ct = zeroblob(999) where loc = ?", (AT.loc,)),
        ("update rec set loc = ? where loc = ?", (BESIDE.loc, AT.loc)),
        ("insert into rec (loc, ct) values (?, zeroblob(1000))", (BESIDE.loc,)),
        ("delete from rec where loc = ?", (place(PEPPER, "store").loc,)),
        ("update rec set ct = zeroblob(1000) where loc = ?", (place(PEPPER, "store").loc,)),
    ],
    ids=["deleted", "altered", "cut", "moved", "added", "seal deleted", "seal altered"],
)
def test_a_file_that_others_changed_does_not_fit(shared, path, statement, values):
    shared.close()
    behind(path, statement, *values)
    rows = Rows(path, PEPPER)
    assert not rows.scan().fits
    rows.close()


@pytest.mark.parametrize("change", [{"count": 2}, {"root": bytes(16)}, {"ordered": False}, {"seal": None}])
def test_count_root_order_and_seal_must_all_fit(change):
    root = bytes(range(16))
    told = {"count": 1, "root": root, "seal": StoreSeal(1, 1, root, FIRST), "ordered": True}
    assert Found(**told).fits
    assert not Found(**{**told, **change}).fits


def test_a_seal_of_another_shape_is_no_seal(shared, path):
    at = place(PEPPER, "store")
    shared.close()
    behind(path, "update rec set ct = ? where loc = ?", sealing.seal(at, b"no record"), at.loc)
    rows = Rows(path, PEPPER)
    found = rows.scan()
    assert found.seal is None
    assert not found.fits
    rows.close()


# A disk that refuses


@pytest.mark.parametrize(
    ("code", "error"),
    [(sqlite3.SQLITE_FULL, DiskFull), (sqlite3.SQLITE_READONLY, ReadOnly), (sqlite3.SQLITE_IOERR, ReadOnly)],
)
@pytest.mark.parametrize("word", ["begin", "insert", "commit"])
def test_a_full_disk_does_not_look_like_tampering(path, word, code, error):
    rows, _ = opened(path)
    add(rows)
    true, rows._db = rows._db, Failing(rows._db, **{word: sqlite_error(code)})
    with pytest.raises(error):
        add(rows, BESIDE)
    rows._db = true
    assert not rows.has(BESIDE)
    assert rows.get(AT) == b"hello"
    add(rows, BESIDE)
    assert rows.scan().fits
    assert rows.number == 2
    rows.close()


def test_a_commit_that_failed_after_all_was_written_counts(path):
    """Some errors come after the rows are on the disk: the file decides."""
    rows, _ = opened(path)
    add(rows)

    class Late(Failing):
        def execute(self, statement, *values):
            done = self._db.execute(statement, *values)
            if statement == "commit":
                raise sqlite_error(sqlite3.SQLITE_IOERR)
            return done

    true, rows._db = rows._db, Late(rows._db)
    with pytest.raises(ReadOnly):
        add(rows, BESIDE)
    rows._db = true
    assert rows.get(BESIDE) == b"hello"
    assert rows.number == 2
    assert rows.scan().fits
    rows.close()


def test_a_failed_commit_does_not_make_good_what_others_changed(shared, path):
    behind(path, "update rec set ct = zeroblob(1000) where loc = ?", AT.loc)
    true, shared._db = shared._db, Failing(shared._db, commit=sqlite_error(sqlite3.SQLITE_FULL))
    with pytest.raises(DiskFull):
        add(shared, BESIDE)
    shared._db = true
    assert shared.tag(AT.loc) is not None
    with pytest.raises(Tampered):
        shared.get(AT)
    with shared.change(NOW):
        shared.add(BESIDE, b"x")
    assert not shared.scan().fits


def test_a_file_that_cannot_be_scanned_after_a_failed_commit_leaves_what_was_known(path):
    rows, _ = opened(path)
    add(rows)
    refusals = {"commit": sqlite_error(sqlite3.SQLITE_FULL), "select loc": sqlite_error(sqlite3.SQLITE_IOERR)}
    true, rows._db = rows._db, Failing(rows._db, **refusals)
    with pytest.raises(DiskFull):
        add(rows, BESIDE)
    rows._db = true
    assert rows.get(AT) == b"hello"
    assert not rows.has(BESIDE)
    rows.close()


def test_a_rollback_that_fails_does_not_hide_the_reason(path):
    rows, _ = opened(path)
    true, rows._db = rows._db, Failing(rows._db, rollback=sqlite_error(sqlite3.SQLITE_IOERR))
    with pytest.raises(ZeroDivisionError), rows.change(NOW):
        raise ZeroDivisionError
    rows._db = true
    rows.close()


# The rest


def test_what_sqlite_cannot_read_is_not_opened(path):
    path.write_bytes(b"not a database, whatever its name says" * 200)
    with pytest.raises(StoreUnreadable):
        Rows(path, PEPPER)


def test_the_journal_is_folded_in_and_emptied(path):
    rows, _ = opened(path)
    add(rows)
    journal = path.with_name("store.db-wal")
    assert journal.stat().st_size
    assert rows.checkpoint()
    assert not journal.stat().st_size
    rows.close()


def test_a_journal_that_somebody_reads_is_not_emptied(path):
    rows, _ = opened(path)
    add(rows)
    rows._db.execute("pragma busy_timeout = 0")
    with sqlite3.connect(path, isolation_level=None) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from rec").fetchone()
        add(rows, BESIDE)
        assert not rows.checkpoint()
    reader.close()
    assert rows.checkpoint()
    rows.close()


def test_the_size_counts_what_is_used(rows):
    small = rows.size()
    with rows.change(NOW):
        rows.add(AT, bytes(60_000))
    assert rows.size() - small > 60_000
    with rows.change(NOW):
        rows.remove(AT)
    assert rows.size() <= small + 4096


def test_addresses_out_of_order_do_not_fit():
    rows, _ = opened()

    class Twice(Failing):
        def execute(self, statement, *values):
            if statement.startswith("select loc"):
                return [(Location(5), bytes(1000)), (Location(5), bytes(1000))]
            return self._db.execute(statement, *values)

    rows._db = Twice(rows._db)
    assert not rows.scan().ordered
    rows.close()


def test_at_the_end_a_small_file_is_put_in_order_and_a_large_one_is_left(path, monkeypatch):
    rows, _ = opened(path)
    with rows.change(NOW):
        rows.add(AT, bytes(60_000))
    with rows.change(NOW):
        rows.remove(AT)
    monkeypatch.setattr("portal.vault.rows.VACUUM_BELOW", 0)
    rows.tidy()
    large = path.stat().st_size
    monkeypatch.undo()
    rows.tidy()
    assert path.stat().st_size < large
    assert rows.scan().fits
    rows.close()


def test_what_is_removed_in_a_change_that_asks_for_it_leaves_the_journal_too(path):
    rows, _ = opened(path)
    add(rows)
    journal = path.with_name("store.db-wal")
    with rows.change(NOW):
        rows.remove(AT)
        rows.fold_after()
        assert journal.stat().st_size
    assert not journal.stat().st_size
    add(rows)
    assert journal.stat().st_size
    rows.close()


def test_a_damaged_file_may_hold_anything_in_a_column(shared, path):
    shared.close()
    for value in (5, 1.5, "words", None):
        db = connect(path)
        db.execute("pragma writable_schema = on")
        loose = "create table rec (loc integer primary key, ct)"
        db.execute("update sqlite_schema set sql = ? where name = 'rec'", (loose,))
        db.close()
        behind(path, "update rec set ct = ? where loc = ?", value, AT.loc)
        db = sqlite3.connect(path, isolation_level=None)
        db.execute("pragma writable_schema = on")
        db.execute("update sqlite_schema set sql = ? where name = 'rec'", (SCHEMA,))
        db.close()
        rows = Rows(path, PEPPER)
        assert not rows.scan().fits
        with pytest.raises(Tampered):
            rows.get(AT)
        rows.close()
