"""A patient's state changed under our hands: begun anew, and nobody reads on behind a door whose key is lost."""

import sqlite3
from pathlib import Path

import pytest

from portal.vault import accounts, doors
from portal.vault.doors import Standing
from portal.vault.records import ALARM_STATE, Reason
from tests.vault.story import FAMILY, NOW, PASSPHRASE, let_in, sign_up, write


@pytest.fixture
def damaged(opener, tmp_path: Path):
    """A circle on disk; then a byte of the patient's state is changed while the store is open."""
    disk = opener()
    patient, member = sign_up(disk, "maple river"), sign_up(disk, "lake")
    one = let_in(patient, member)
    write(patient, "note", FAMILY, now=NOW)
    disk.rows.checkpoint()
    loc = patient.state_at.loc
    patient.close()
    with sqlite3.connect(tmp_path / "data" / "store.db") as other:
        ct = bytearray(other.execute("select ct from rec where loc = ?", (loc,)).fetchone()[0])
        ct[100] ^= 1
        other.execute("update rec set ct = ? where loc = ?", (bytes(ct), loc))
    other.close()
    return one


def test_the_doors_of_a_lost_state_read_as_put_back(damaged):
    disk = damaged.member.store
    before = disk.generation

    session = accounts.sign_in(disk, "maple river", PASSPHRASE, now=NOW + 60)

    assert session.state.alarm == ALARM_STATE
    assert disk.generation.number == before.number + 1
    assert disk.generation.reason == Reason.CHANGED
    assert doors.standing(damaged.member, damaged.of_member(), NOW + 61) is Standing.PUT_BACK
    assert disk.rows.scan().fits


def test_a_state_damaged_before_the_start_begins_no_second_generation(opener, damaged):
    again = opener(NOW + 10)
    number = again.generation.number

    session = accounts.sign_in(again, "maple river", PASSPHRASE, now=NOW + 60)

    assert session.state.alarm == ALARM_STATE
    assert again.generation.number == number == 2
