"""Rows and key folder opened together: every doubt is a new generation, and the store goes on."""

import sqlite3
from pathlib import Path

import pytest

from portal.crypto.passphrase import CHEAPEST
from portal.errors import (
    AccountFull,
    AlreadyRunning,
    DiskFull,
    Gone,
    InTheWay,
    KeyFileMissing,
    ReadOnly,
    SettingsMissing,
    StoreFull,
    StoreGone,
    StoreUnreadable,
    Tampered,
    UnsafeFolders,
)
from portal.vault import accounts
from portal.vault import store as module
from portal.vault.hostfile import MIB, Limits
from portal.vault.records import Reason
from portal.vault.store import Store
from tests.vault.story import MINUTE, NOW, PASSPHRASE, sign_up


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def keys(tmp_path):
    return tmp_path / "keys"


def number_file(keys):
    return next(keys.glob("*/number"))


# Start


def test_a_new_store_is_fresh_until_somebody_signs_up(opener):
    assert opener().fresh
    store = opener()
    assert store.fresh
    first, second = sign_up(store, "maple river"), sign_up(store, "lake")
    assert not store.fresh
    assert (first.state.host, second.state.host) == (True, False)
    assert not opener().fresh


def test_the_same_store_goes_on(opener):
    store = opener()
    sign_up(store, "maple river")
    generation, number = store.generation, store.rows.number
    again = opener(NOW + 5)
    assert (again.generation, again.rows.number) == (generation, number)
    accounts.sign_in(again, "maple river", PASSPHRASE, now=NOW + 5)


def test_the_first_generation_is_no_alarm(opener):
    assert opener().generation.reason == Reason.FIRST


def test_changed_rows_begin_a_generation(opener, data):
    store = opener()
    sign_up(store, "maple river")
    before, number = store.generation, store.rows.number
    store.close()
    with sqlite3.connect(data / "store.db") as db:
        db.execute("delete from rec where loc = (select max(loc) from rec)")
    db.close()
    again = opener(NOW + 9)
    assert (again.generation.reason, again.generation.since) == (Reason.CHANGED, NOW + 9)
    assert again.generation.number == before.number + 1
    assert again.generation.id != before.id
    assert again.rows.number == number + 1
    assert opener().generation == again.generation


def test_an_emptied_file_is_no_new_store(opener, data):
    store = opener()
    sign_up(store, "maple river")
    store.close()
    with sqlite3.connect(data / "store.db") as db:
        db.execute("delete from rec")
    db.close()
    again = opener()
    assert again.generation.reason == Reason.CHANGED
    assert not again.fresh


def test_an_older_copy_begins_a_generation(opener, data):
    store = opener()
    store.close()
    old = (data / "store.db").read_bytes()
    sign_up(opener(), "maple river")
    before = opener().generation
    opener().close()
    (data / "store.db").write_bytes(old)
    assert opener().generation.reason == Reason.OLDER
    assert opener().generation.number == before.number + 1


def test_a_lost_number_file_begins_a_generation(opener, keys):
    sign_up(opener(), "maple river")
    opener().close()
    number_file(keys).unlink()
    assert opener().generation.reason == Reason.NUMBER_MISSING
    assert opener().generation.reason == Reason.NUMBER_MISSING  # told, and not begun again


def test_a_number_file_that_lags_is_no_doubt(opener, keys):
    opener()
    old = number_file(keys).read_bytes()
    store = opener()
    sign_up(store, "maple river")
    generation = store.generation
    store.close()
    number_file(keys).write_bytes(old)
    assert opener().generation == generation


def test_a_lost_key_is_never_made_anew(opener, keys):
    opener().close()
    next(keys.glob("*/key")).unlink()
    with pytest.raises(KeyFileMissing) as caught:
        opener()
    assert caught.value.where == next(keys.iterdir()) / "key"
    assert not list(keys.glob("*/key"))


def test_a_database_without_its_settings_gets_no_new_key(opener, data, keys):
    opener().close()
    (data / "settings.toml").unlink()
    with pytest.raises(SettingsMissing) as caught:
        opener()
    assert caught.value.where == data / "settings.toml"
    assert len(list(keys.glob("*/key"))) == 1


def test_a_start_that_was_cut_off_before_the_first_row_is_a_first_start(opener, data, keys):
    opener().close()
    (data / "store.db").unlink()
    number_file(keys).write_bytes(bytes(16))
    assert opener().fresh


@pytest.mark.parametrize("left", ["nothing", "an empty file", "a journal"])
@pytest.mark.parametrize("numbered", [True, False], ids=["number", "no number"])
def test_a_database_that_is_gone_is_never_made_anew(opener, data, keys, left, numbered):
    sign_up(opener(), "maple river")
    opener().close()
    database, journal = data / "store.db", data / "store.db-wal"
    database.unlink()
    if left == "an empty file":
        database.touch()
    if left == "a journal":
        journal.write_bytes(b"kept")
    if not numbered:
        number_file(keys).unlink()
    for _ in range(2):
        with pytest.raises(StoreGone) as caught:
            opener()
        assert caught.value.where == database
    assert database.exists() == (left == "an empty file")
    assert not journal.exists() or journal.read_bytes() == b"kept"


def test_a_database_put_back_from_a_copy_is_opened(opener, data):
    sign_up(opener(), "maple river")
    opener().close()
    (data / "store.db").rename(data / "copy")
    with pytest.raises(StoreGone):
        opener()
    (data / "copy").rename(data / "store.db")
    accounts.sign_in(opener(), "maple river", PASSPHRASE, now=NOW)


@pytest.mark.parametrize("cut_off_in", ["create", "write", "touch", "begin"])
def test_a_first_start_that_was_cut_off_anywhere_is_begun_again(opener, data, monkeypatch, cut_off_in):
    where = {
        "create": (module.hostfile, "write"),
        "write": (module, "_rows"),
        "touch": (module, "Rows"),
        "begin": (module.Store, "_start"),
    }

    def end(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(*where[cut_off_in], end)
    with pytest.raises(KeyboardInterrupt):
        opener()
    monkeypatch.undo()
    monkeypatch.setattr(module, "STANDARD", CHEAPEST)
    assert opener().fresh


def test_data_and_settings_gone_together_are_a_new_store(opener, data):
    opener().close()
    for name in ("store.db", "settings.toml"):
        (data / name).unlink()
    assert opener().fresh


@pytest.mark.parametrize("name", ["store.db", "lock", "settings.toml"])
def test_a_folder_in_the_place_of_a_file_is_named(opener, data, name):
    opener().close()
    (data / name).unlink()
    (data / name).mkdir()
    with pytest.raises(StoreUnreadable if name == "settings.toml" else InTheWay) as caught:
        opener()
    assert caught.value.where == data / name


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path):
    data, keys = tmp_path / "data", tmp_path / "keys"
    data.touch()
    with pytest.raises(InTheWay) as caught:
        Store.on_disk(data, keys, now=NOW)
    assert caught.value.where == data
    data.unlink()
    keys.touch()
    with pytest.raises(InTheWay) as caught:
        Store.on_disk(data, keys, now=NOW)
    assert caught.value.where == keys


def test_a_key_that_cannot_be_read_is_not_called_missing(opener, keys, monkeypatch):
    opener().close()
    key = next(keys.glob("*/key"))
    read = Path.read_bytes

    def closed(path):
        if path == key:
            raise PermissionError(13, "no")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(ReadOnly) as caught:
        opener()
    assert caught.value.where == key


def test_a_failing_disk_is_a_refusal_too(opener, data, monkeypatch):
    def fail(*_):
        raise OSError(5, "no")

    monkeypatch.setattr(module, "hold", fail)
    with pytest.raises(ReadOnly) as caught:
        opener()
    assert caught.value.where == data / "lock"


def test_the_start_says_what_it_found_once(opener, data, keys):
    assert opener().noticed == ["EMPTY"]
    sign_up(opener(), "maple river")
    assert opener().noticed == []
    opener().close()
    number_file(keys).unlink()
    assert opener().noticed == ["NUMBER_MISSING"]
    assert opener().noticed == []
    old = opener()
    old.close()
    with sqlite3.connect(data / "store.db") as db:
        db.execute("delete from rec where loc = (select max(loc) from rec)")
    db.close()
    assert opener().noticed == ["CHANGED"]


def test_a_key_folder_that_cannot_be_written_is_noticed_at_start_and_when_it_can_again(opener, monkeypatch):
    opener().close()
    for refusal in (ReadOnly(), OSError(5, "no")):

        def refuse(*_, refusal=refusal):
            raise refusal

        monkeypatch.setattr(module.KeyFolder, "write_number", refuse)
        store = opener()
        assert store.noticed[0] == "BEHIND"
        monkeypatch.undo()
        monkeypatch.setattr(module, "STANDARD", CHEAPEST)
        sign_up(store, "maple river" if isinstance(refusal, ReadOnly) else "lake")
        store.tick(NOW + 6)
        assert store.noticed == []


def test_folders_within_each_other_are_refused(tmp_path):
    with pytest.raises(UnsafeFolders):
        Store.on_disk(tmp_path / "data", tmp_path / "data" / "keys", now=NOW)


def test_one_server_a_store_and_a_refused_start_lets_go_of_the_lock(opener, data, keys):
    store = opener()
    with pytest.raises(AlreadyRunning):
        Store.on_disk(data, keys, now=NOW)
    store.close()
    (data / "settings.toml").write_text("nonsense")
    for _ in range(2):
        with pytest.raises(StoreUnreadable):
            Store.on_disk(data, keys, now=NOW)


def test_a_closed_store_reads_nothing(opener):
    store = opener()
    store.close()
    with pytest.raises(Tampered):
        store.rows.size()


# Timed work


def test_the_number_file_follows_within_seconds(opener, keys):
    store = opener()
    sign_up(store, "maple river")
    store.tick(NOW + 1)
    assert number_file(keys).read_bytes()[-1] < store.rows.number
    store.tick(NOW + 6)
    assert number_file(keys).read_bytes()[-1] == store.rows.number


def test_a_number_that_cannot_be_written_stops_nothing(opener, monkeypatch):
    store = opener()
    sign_up(store, "maple river")

    def refuse(*_):
        raise DiskFull

    monkeypatch.setattr(module.KeyFolder, "write_number", refuse)
    store.tick(NOW + 6)


def test_the_journal_is_folded_in_when_it_was_quiet(opener, data):
    store = opener()
    sign_up(store, "maple river")
    journal = data / "store.db-wal"
    store.tick(NOW + 29)
    assert journal.stat().st_size
    store.tick(NOW + 30)
    assert not journal.stat().st_size
    assert store.rows.written_at == 0


def test_a_journal_that_could_not_be_folded_in_is_tried_again(opener, monkeypatch):
    store = opener()
    sign_up(store, "maple river")
    answers = [False, True]
    monkeypatch.setattr(store.rows, "checkpoint", lambda: answers.pop(0))
    store.tick(NOW + 30)
    store.tick(NOW + 31)
    assert len(answers) == 1
    store.tick(NOW + 60)
    assert not answers
    monkeypatch.undo()


def test_open_sessions_are_tended_each_minute(store):
    seen = []
    session, other = sign_up(store, "maple river"), sign_up(store, "lake")
    store.tick(NOW)
    store.each_minute = lambda one, now: seen.append((one, now))
    other.closed = True
    for now in (NOW + 59, NOW + 60, NOW + 61, NOW + 3600, NOW):
        store.tick(now)
    assert seen == [(session, NOW + 60), (session, NOW + 3600), (session, NOW)]
    other.closed = False


def test_a_session_that_cannot_be_tended_does_not_stop_the_others(store):
    seen = []
    sessions = {sign_up(store, "maple river"), sign_up(store, "lake")}

    def tend(session, _):
        seen.append(session)
        raise Gone

    store.each_minute = tend
    store.tick(NOW + MINUTE)
    assert set(seen) == sessions


def test_without_work_for_it_a_session_is_left_alone(store, patient):
    number = store.rows.number
    store.tick(NOW + MINUTE)
    assert store.rows.number == number


# Room


def test_a_spare_file_is_given_up_only_when_narrowing_on_a_full_disk(opener, data, monkeypatch):
    store, spare = opener(), data / "spare"
    assert spare.stat().st_size == module.SPARE
    monkeypatch.setattr(module, "free_bytes", lambda _: 0)
    with store.change(NOW):
        pass
    assert spare.exists()
    with store.change(NOW, narrowing=True):
        pass
    assert not spare.exists()
    sign_up(store, "maple river")
    store.tick(NOW + 30)
    assert not spare.exists()
    monkeypatch.undo()
    sign_up(store, "lake", now=NOW + 40)
    store.tick(NOW + 80)
    assert spare.exists()


def test_a_spare_file_that_cannot_be_made_stops_nothing(opener, data, monkeypatch):
    def refuse(*_):
        raise DiskFull

    store = opener()
    (data / "spare").unlink()
    monkeypatch.setattr(module, "private_file", refuse)
    store._make_spare()
    assert not (data / "spare").exists()


def test_limits_of_account_and_store(store):
    store.limits = Limits(newcomer=10, account=20, store=MIB)
    store.check_room(5, 5, admitted=False)
    store.check_room(5, 15, admitted=True)
    with pytest.raises(AccountFull):
        store.check_room(5, 6, admitted=False)
    with pytest.raises(AccountFull):
        store.check_room(5, 16, admitted=True)
    store.limits = Limits(store=store.rows.size())
    with pytest.raises(StoreFull):
        store.check_room(0, 1, admitted=True)


def test_a_hosts_limits_are_taken_from_the_file(opener, data):
    opener().close()
    with (data / "settings.toml").open("a") as file:
        file.write("[limits]\nsign_ups = 1\n")
    assert opener().limits.sign_ups == 1
