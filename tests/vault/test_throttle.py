"""Back-off for guesses: grows to a minute, forgets nothing too early, keeps nobody out for good."""

import pytest

from portal.errors import TooManyTries
from portal.newtypes import Secret
from portal.vault import throttle as module
from portal.vault.throttle import Bucket, Throttle

NOW = 1_800_000_000


@pytest.fixture
def throttle():
    return Throttle(Secret(b"p" * 32))


def wait(throttle, name, now=NOW):
    try:
        throttle.check(name, now)
    except TooManyTries as refusal:
        return refusal.wait
    return 0


def test_four_failures_are_free_and_then_the_wait_doubles_to_a_minute(throttle):
    waits = []
    for _ in range(12):
        throttle.failed("lake", NOW)
        waits.append(wait(throttle, "lake"))
    assert waits == [0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]


def test_the_wait_ends(throttle):
    for _ in range(5):
        throttle.failed("lake", NOW)
    assert wait(throttle, "lake", NOW + 1) == 1
    assert wait(throttle, "lake", NOW + 2) == 0


def test_a_name_counts_however_it_is_typed_and_others_do_not(throttle):
    for _ in range(5):
        throttle.failed("Lake", NOW)
    assert wait(throttle, "lAKE")
    assert not wait(throttle, "river")


def test_success_forgets(throttle):
    for _ in range(5):
        throttle.failed("lake", NOW)
    throttle.succeeded("lake")
    throttle.succeeded("lake")
    assert not wait(throttle, "lake")


def test_a_clock_set_back_keeps_nobody_out(throttle):
    for _ in range(9):
        throttle.failed("lake", NOW)
    assert not wait(throttle, "lake", NOW - 3600)


def test_only_so_many_names_are_remembered_and_the_oldest_go(throttle, monkeypatch):
    monkeypatch.setattr(module, "NAMES", 3)
    for name in ("a", "b", "c", "a", "d"):
        throttle.failed(name, NOW)
    assert len(throttle._names) == 3
    assert throttle._names[throttle._key("a")].failures == 2
    assert throttle._key("b") not in throttle._names


def test_names_are_kept_as_keyed_hashes(throttle):
    throttle.failed("lake", NOW)
    assert b"lake" not in next(iter(throttle._names))


def test_a_bucket_lets_so_many_through_in_a_minute():
    bucket = Bucket(2)
    bucket.take(NOW)
    bucket.take(NOW + 20)
    with pytest.raises(TooManyTries) as refusal:
        bucket.take(NOW + 30)
    assert refusal.value.wait == 30
    bucket.take(NOW + 60)
    with pytest.raises(TooManyTries):
        bucket.take(NOW + 60)


def test_a_bucket_after_the_clock_was_set_back_is_not_shut():
    bucket = Bucket(1)
    bucket.take(NOW)
    bucket.take(NOW - 3600)
