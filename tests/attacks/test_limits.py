"""Attack 33: too many accounts, too many letters, a full store, a full disk. A sentence, and nothing half written."""

import os
import shutil
import subprocess
from contextlib import contextmanager

import pytest

from portal.crypto import codes
from portal.errors import (
    AccountFull,
    DailyLimit,
    DiskFull,
    PortalError,
    ReadOnly,
    SignUpsClosed,
    StoreFull,
)
from portal.vault import accounts, drafts, entries, letters, reading, sharing, upkeep
from portal.vault.hostfile import MIB, Limits
from portal.vault.records import Letter
from portal.vault.store import SPARE, Store
from portal.vault.throttle import Bucket
from tests.vault.checks import check_store
from tests.vault.story import FAMILY, NOTE, NOW, PASSPHRASE, let_in, sign_up, stored, texts, waiting, write


def test_33_of_a_thousand_sign_ups_ten_an_hour_get_through(store):
    store.sign_ups = Bucket(10, span=3600)
    made = 0
    for number in range(1000):
        try:
            accounts.sign_up(store, f"one {number}", PASSPHRASE, codes.make(codes.RECOVERY), now=NOW + number)
            made += 1
        except SignUpsClosed:
            pass
    assert made == 10
    assert store.rows.scan().count == 40


def flood(one, count):
    for number in range(count):
        letters.send(one.member, one.link, Letter(7, NOW, text=f"{number}"), now=NOW)
    rounds = 0
    while waiting(one.patient):
        upkeep.take_in(one.patient, NOW)
        rounds += 1
    received = list(letters.inbox_run(one.patient).newest_first(one.patient.state.inbox))
    assert [got.text for got in received] == [str(number) for number in reversed(range(count))]
    return rounds


def test_33_a_flood_of_letters_is_taken_in_by_and_by(circle):
    assert flood(circle, 450) == 3


@pytest.mark.long
def test_33_ten_thousand_letters(circle):
    assert flood(circle, 10_000) == 50


def test_33_pages_a_day(patient, circle, monkeypatch):
    monkeypatch.setattr(reading, "PAGES_A_DAY", 3)
    for number in range(4):
        write(patient, str(number), FAMILY, now=NOW + number)
        if number < 3:
            assert len(texts(circle, now=NOW + number)) == number + 1
    with pytest.raises(DailyLimit):
        texts(circle, now=NOW + 4)
    assert not circle.of_member().pages_today > 3


@pytest.mark.parametrize(
    ("limits", "error"), [(Limits(account=2000, newcomer=2000), AccountFull), (Limits(store=1), StoreFull)]
)
def test_33_a_full_store_refuses_more_and_everything_else_goes_on(store, patient, circle, limits, error):
    item = write(patient, "a", FAMILY)
    write(patient, "b", FAMILY)
    store.limits = limits
    number = store.rows.number
    with pytest.raises(error):
        write(patient, "c" * 2000, FAMILY)
    with pytest.raises(error):
        sharing.edit(patient, item, b"c" * 2000, base=NOW, now=NOW)
    assert store.rows.number == number
    assert sorted(texts(circle)) == ["a", "b"]
    drafts.begin(patient, NOTE, b"", b"dear" * 100, now=NOW)
    accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW)
    sharing.withdraw(patient, item, now=NOW)
    sharing.erase(patient, item, now=NOW)
    reading.leave(circle.member, circle.link, now=NOW)
    upkeep.settle_all(patient, NOW)
    assert patient.state.people == []


# A full disk


class Full:
    """A file that may not grow: SQLite's own bound on pages."""

    def __init__(self, store):
        self._db = store.rows._db

    def set(self, full):
        count = self._db.execute("pragma page_count").fetchone()[0]
        self._db.execute(f"pragma max_page_count = {count if full else 2**30}")


def fill(store, patient, most=4000):
    for number in range(most):
        try:
            write(patient, "x" * 3000, FAMILY, now=NOW + 1 + number)  # after what was written first
        except (DiskFull, ReadOnly):
            return number
    raise AssertionError("it never filled")


def test_33_a_file_that_cannot_grow_is_a_sentence_and_no_false_alarm(opener):
    store = opener()
    patient = sign_up(store, "maple river")
    one = let_in(patient, sign_up(store, "lake"))
    write(patient, "a", FAMILY)
    disk = Full(store)
    disk.set(True)
    count = fill(store, patient)
    index = entries.index(patient).entries
    assert len(index) == count + 1
    assert all(entries.read_body(patient, entry.key, entry.hash) for entry in index)
    assert len(stored(one)) == count + 1
    upkeep.remove(patient, one.person, now=NOW + 9000)
    accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW + 9000)
    check_store(store)
    disk.set(False)
    write(patient, "and on", now=NOW + 9001)
    again = opener(NOW + 9002)
    assert again.generation.number == 1
    assert again.rows.scan().fits


def write_for_ever(file):
    while True:
        file.write(bytes(4096))


@contextmanager
def small_disk(path, size):
    path.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(path)],  # noqa: S607 - the system's own
        capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", str(path)], check=False)  # noqa: S607


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0 or not shutil.which("mount"), reason="needs root to mount")
def test_33_a_full_disk_and_the_spare_file(tmp_path):
    with small_disk(tmp_path / "disk", 12 * MIB) as disk:
        store = Store.on_disk(disk / "data", tmp_path / "keys", now=NOW)
        patient = sign_up(store, "maple river")
        one = let_in(patient, sign_up(store, "lake"))
        write(patient, "a", FAMILY)
        texts(one)
        upkeep.take_in(patient, NOW)
        spare = disk / "data" / "spare"
        spare.write_bytes(bytes(SPARE))
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
            write_for_ever(file)
        count = fill(store, patient)  # the last one was refused
        assert len(stored(one)) == count + 1
        assert [shown.body for shown in reading.show(one.member, one.link, [stored(one)[0].id], now=NOW)] == [b"a"]
        accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW + 9000).close()
        assert spare.exists()
        upkeep.remove(patient, one.person, now=NOW + 9000)
        assert not spare.exists()
        assert patient.state.people == []
        check_store(store)
        filler.unlink()
        store.close()
        again = Store.on_disk(disk / "data", tmp_path / "keys", now=NOW + 9001)
        assert again.generation.number == 1
        write(accounts.sign_in(again, "maple river", PASSPHRASE, now=NOW + 9001), "and on", now=NOW + 9001)
        again.close()


def test_33_where_nothing_can_be_written_what_was_read_can_be_read_again(prey, monkeypatch):
    before = texts(prey.one)

    def refuse(*_):
        raise DiskFull

    monkeypatch.setattr(prey.store.rows, "_write", refuse)
    assert texts(prey.one) == before
    accounts.sign_in(prey.store, "maple river", PASSPHRASE, now=NOW + 5)
    with pytest.raises(PortalError):
        write(prey.patient, "new")
    monkeypatch.undo()
    assert prey.store.rows.scan().fits
