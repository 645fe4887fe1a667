"""One server a store. The lines for Windows (`msvcrt`) run nowhere but there and are not covered."""

import errno
import os

import pytest

from portal.errors import AlreadyRunning, DiskFull, ReadOnly
from portal.vault import locking


def test_a_second_one_is_refused_until_the_first_lets_go(tmp_path):
    first = locking.hold(tmp_path / "lock")
    with pytest.raises(AlreadyRunning):
        locking.hold(tmp_path / "lock")
    locking.let_go(first)
    locking.let_go(locking.hold(tmp_path / "lock"))


def test_a_refused_one_leaves_no_handle_open(tmp_path):
    first = locking.hold(tmp_path / "lock")
    with pytest.raises(AlreadyRunning):
        locking.hold(tmp_path / "lock")
    again = os.dup(first)
    assert again == first + 1
    os.close(again)
    locking.let_go(first)


def test_a_lock_that_cannot_be_made_is_a_refusal(tmp_path):
    with pytest.raises(ReadOnly):
        locking.hold(tmp_path / "nowhere" / "lock")


def test_a_full_disk_is_told_as_such(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "no")

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(DiskFull):
        locking.hold(tmp_path / "lock")
