"""Attacks 21, 22, 23: guessing, crowding, weakening."""

import inspect
import math
import threading
import time
from contextlib import suppress
from statistics import NormalDist, median

import pytest

from portal.crypto import codes
from portal.crypto import passphrase as crypto
from portal.crypto.passphrase import CHEAPEST, QUEUE, Gate, Profile
from portal.errors import (
    Busy,
    ChooseAnotherPassphrase,
    KeyFileMissing,
    SignInFailed,
    StoreUnreadable,
    TooManyTries,
)
from portal.vault import accounts
from portal.vault import store as store_module
from portal.vault.keyfolder import store_id
from portal.vault.records import Reason
from portal.vault.session import account_place
from portal.vault.store import Store
from tests.vault.story import NOW, PASSPHRASE, sign_up

WRONG = "copper kettles sing before noon"
PATIENCE = 30


# 21


def p_value(one, other):
    """Mann-Whitney's two-sided p: how likely two samples of one kind differ at least so much."""
    both = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    rank_sum = sum(rank for rank, (_, which) in enumerate(both, 1) if which == 0)
    m, n = len(one), len(other)
    u = rank_sum - m * (m + 1) / 2
    spread = math.sqrt(m * n * (m + n + 1) / 12)
    return 2 * (1 - NormalDist().cdf(abs(u - m * n / 2) / spread))


def took(act):
    start = time.perf_counter_ns()
    with suppress(SignInFailed, ChooseAnotherPassphrase):
        act()
    return time.perf_counter_ns() - start


def time_of_names(store, monkeypatch, leak):
    """Return p for the times of a known and an unknown name, Argon2 removed; with `leak`, the known one costs a look.

    Medians of blocks are compared, not single tries: on a busy computer neighbours resemble each
    other, and two unknown names "differ" as often. Each try has an address of its own.
    """
    names = ("maple river", "maple rover")
    roots = {name: [store.stretch(name, WRONG + str(number)) for number in range(2_000)] for name in names}
    turn = [0]

    def stretch(self, name, _):
        if leak and name == names[0]:
            self.rows._db.execute("select 1 from rec where loc = 5").fetchone()
        return roots[name][turn[0] % 2_000]

    monkeypatch.setattr(Store, "stretch", stretch)
    monkeypatch.setattr(store.throttle, "failed", lambda *_: None)
    medians = {name: [] for name in names}
    for _ in range(80):
        times = {name: [] for name in names}
        for _ in range(100):
            turn[0] += 1
            for name in sorted(names, reverse=bool(turn[0] % 2)):
                times[name].append(took(lambda name=name: accounts.sign_in(store, name, WRONG, now=NOW)))
        for name in names:
            medians[name].append(median(times[name]))
    return p_value(*medians.values())


@pytest.mark.long
def test_21_known_and_unknown_names_take_the_same_time(opener, monkeypatch):
    store = opener()
    sign_up(store, "maple river")
    assert time_of_names(store, monkeypatch, leak=False) > 0.01


@pytest.mark.long
def test_21_one_look_more_for_a_known_name_would_be_noticed(opener, monkeypatch):
    store = opener()
    sign_up(store, "maple river")
    assert time_of_names(store, monkeypatch, leak=True) < 0.001


def test_21_a_known_name_touches_the_same_rows_as_an_unknown_one(store, patient, monkeypatch):
    looked = []
    get = store.rows.get
    monkeypatch.setattr(store.rows, "get", lambda at: looked.append(at.loc) or get(at))
    for name in ("maple river", "nobody at all"):
        with pytest.raises(SignInFailed):
            accounts.sign_in(store, name, WRONG, now=NOW)
    assert len(looked) == 2
    assert len(set(looked)) == 2


def test_21_the_measure_tells_samples_apart():
    assert p_value(range(100), range(100)) > 0.9
    assert p_value(range(100), range(40, 140)) < 0.001


# 22


def test_22_of_fifty_at_once_most_are_told_busy_and_nobody_waits_for_good(store, patient, monkeypatch):
    monkeypatch.setattr(crypto, "GATE", Gate(1))
    outcomes, queued = [], threading.Semaphore(0)

    def try_it():
        try:
            accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW)
            outcomes.append("in")
        except Busy:
            outcomes.append("busy")
            queued.release()

    threads = [threading.Thread(target=try_it) for _ in range(50)]
    with crypto.GATE.turn():
        for thread in threads:
            thread.start()
        for _ in range(50 - QUEUE):
            assert queued.acquire(timeout=PATIENCE)
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(outcomes) == ["busy"] * (50 - QUEUE) + ["in"] * QUEUE


def test_22_twenty_wrong_passphrases_slow_down_and_write_nothing(prey):
    for number in range(20):
        with pytest.raises((SignInFailed, TooManyTries)):
            accounts.sign_in(prey.store, "maple river", WRONG, now=NOW + number)
    before = prey.files.everything()
    waits = []
    for _ in range(20):
        try:
            accounts.sign_in(prey.store, "maple river", WRONG, now=NOW + 21)
        except TooManyTries as refusal:
            waits.append(refusal.wait)
        except SignInFailed:
            pass
    assert len(waits) >= 19
    assert all(0 < wait <= 60 for wait in waits)
    assert prey.files.everything() == before


def test_22_a_stranger_who_hammers_keeps_the_owner_out_for_a_minute_at_most(store, patient):
    with suppress(SignInFailed, TooManyTries):
        for number in range(1000):
            with suppress(SignInFailed, TooManyTries):
                accounts.sign_in(store, "maple river", WRONG, now=NOW + number)
    accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW + 1000 + 60)


@pytest.mark.long
def test_22_fifty_at_once_stay_within_memory(tmp_path, monkeypatch):
    import resource  # noqa: PLC0415 - not on every platform

    monkeypatch.setattr(store_module, "STANDARD", crypto.STANDARD)
    store = Store.on_disk(tmp_path / "data", tmp_path / "keys", now=NOW)
    sign_up(store, "maple river")
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def try_it():
        with suppress(Busy):
            accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW)

    threads = [threading.Thread(target=try_it) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < base + 300 * 1024
    store.close()


# 23


def test_23_a_store_with_a_path_takes_no_weaker_derivation(tmp_path, monkeypatch):
    assert crypto.STANDARD.memory >= 19 * 1024
    assert crypto.STANDARD.iterations >= 2
    assert set(inspect.signature(Store.on_disk).parameters) == {"data", "config", "now"}
    monkeypatch.setattr(store_module, "STANDARD", crypto.STANDARD)
    store = Store.on_disk(tmp_path / "data", tmp_path / "keys", now=NOW)
    assert store._profile == Profile(iterations=3, memory=128 * 1024)
    store.close()


def test_23_a_row_of_a_weaker_derivation_is_not_found(prey, monkeypatch):
    weaker = crypto.stretch(prey.store._pepper, "maple river", PASSPHRASE, Profile(1, 32))
    assert weaker != prey.store.stretch("maple river", PASSPHRASE)
    assert not prey.store.rows.has(account_place(weaker))
    monkeypatch.setattr(prey.store, "_profile", Profile(1, 32))
    with pytest.raises(SignInFailed):
        accounts.sign_in(prey.store, "maple river", PASSPHRASE, now=NOW)
    assert Profile(1, 64) == CHEAPEST


@pytest.mark.parametrize("version", [0, 2, 99])
def test_23_another_user_version_is_not_opened(prey, version):
    prey.stop()
    with prey.files.sql() as db:
        db.execute(f"pragma user_version = {version}")
    with pytest.raises(StoreUnreadable):
        prey.start()


@pytest.mark.parametrize("key", [None, b"", bytes(32), bytes(range(32))])
def test_23_without_its_key_file_a_store_is_not_opened_and_no_new_one_is_made(prey, key):
    prey.stop()
    file = next(prey.files.keys.glob("*/key"))
    file.unlink() if key is None else file.write_bytes(key)
    rows = prey.files.rows()
    with pytest.raises(KeyFileMissing):
        prey.start()
    assert prey.files.rows() == rows
    assert [found.read_bytes() for found in prey.files.keys.glob("*/key")] == ([] if key is None else [key])


def test_23_the_settings_of_another_store_are_not_taken(prey):
    prey.stop()
    settings = prey.files.data / "settings.toml"
    settings.write_text(f'store = "{store_id(bytes(32))}"\n')
    with pytest.raises(KeyFileMissing):
        prey.start()


def test_23_without_its_number_file_a_store_goes_on_in_a_new_generation(prey):
    prey.stop()
    next(prey.files.keys.glob("*/number")).unlink()
    assert prey.start().generation.reason == Reason.NUMBER_MISSING
    prey.sign_in()


def test_23_no_name_or_code_is_an_oracle(store, patient):
    with pytest.raises(SignInFailed) as unknown:
        accounts.sign_in(store, "nobody", PASSPHRASE, now=NOW)
    with pytest.raises(SignInFailed) as known:
        accounts.sign_in(store, "maple river", WRONG, now=NOW)
    with pytest.raises(SignInFailed) as code:
        accounts.recover(store, "maple river", codes.make(codes.RECOVERY), WRONG, codes.make(codes.RECOVERY), now=NOW)
    assert {str(one.value) for one in (unknown, known, code)} == {""}
    sign_up(store, "maple river", passphrase=WRONG)
