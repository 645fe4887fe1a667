"""What is due at sign-in and each minute: done once, in an order in which nobody is lost."""

import pytest

from portal.circle import accounts, circles, inviting, members, tending
from portal.circle.audiences import EVERYONE
from portal.circle.circles import Standing
from portal.errors import DiskFull
from portal.vault import shelves
from tests.circle.story import DAY, MINUTE, NOW, PASSPHRASE, another_tab, ask, invite, texts, who_read, write


def test_nothing_is_written_when_nothing_is_due(patient, sam):
    tending.tend(patient, NOW)
    before = patient.rows.number

    tending.tend(patient, NOW)
    tending.tend(patient, NOW + DAY)

    assert patient.rows.number == before


def test_a_join_is_taken_in_before_its_code_expires(patient, quiet, paper):
    used, _ = ask(patient, quiet)
    unused = invite(patient)

    tending.tend(patient, NOW + 7 * DAY)

    assert [one.id for one in inviting.asks(patient)] == [used.id]
    assert unused.id not in {one.id for one in patient.state.invitations}
    assert [one.how for one in inviting.history(patient)] == ["expired"]


def test_a_code_expires_at_its_end_and_no_second_before(patient):
    made = invite(patient)

    tending.tend(patient, made.ends - 1)
    assert inviting.history(patient) == []

    tending.tend(patient, made.ends)
    tending.tend(patient, made.ends)
    assert len(inviting.history(patient)) == 1


def test_signing_in_takes_in_what_members_sent(patient, sam):
    item = write(patient, "hello", EVERYONE)
    texts(sam)
    assert who_read(patient, item) == []

    again = another_tab(patient)

    assert [one.label for one in who_read(again, item)] == ["Sam"]


def test_recovering_takes_in_what_members_sent(store, quiet):
    key = accounts.new_spare_key()
    accounts.sign_up(store, "paper lantern", PASSPHRASE, key, now=NOW)
    session = accounts.sign_in(store, "paper lantern", PASSPHRASE, now=NOW)
    expired = invite(session)
    fresh = accounts.new_spare_key()

    again = accounts.recover(store, "paper lantern", key, "seven brown kettles sing alone", fresh, now=NOW + 8 * DAY)

    assert [one.how for one in inviting.history(again)] == ["expired"]
    assert expired.id not in {one.id for one in again.state.invitations}


def test_each_minute_every_open_session_is_tended(store, patient, sam):
    item = write(patient, "hello", EVERYONE)
    store.tick(NOW)
    texts(sam)

    store.tick(NOW + MINUTE - 1)
    assert who_read(patient, item) == []
    store.tick(NOW + MINUTE)
    assert [one.label for one in who_read(patient, item)] == ["Sam"]


def test_a_session_that_has_ended_is_not_tended(store, patient):
    made = invite(patient)
    tab = another_tab(patient)
    patient.close()

    store.tick(NOW + 7 * DAY)

    assert [one.how for one in inviting.history(tab)] == ["expired"]
    assert made.id not in {one.id for one in tab.state.invitations}


def test_at_the_end_of_a_permission_the_shelf_is_emptied(patient, sam):
    write(patient, "hello", EVERYONE)
    end = NOW + 90 * DAY

    tending.tend(patient, end)

    door = shelves.read_door(patient.rows, sam.record.link)
    assert door is not None
    assert door.pages == 0
    assert not patient.rows.has(shelves.page_at(sam.record.link, 0))


def test_whoever_left_is_let_go(patient, sam):
    circles.leave(sam.member, sam.link, now=NOW)

    tending.tend(patient, NOW)

    assert members.members(patient, now=NOW) == []


def test_signing_in_goes_on_when_its_own_writes_fail(monkeypatch, patient):
    def full(_session, _now):
        raise DiskFull

    monkeypatch.setattr(tending, "tend", full)

    assert another_tab(patient).account == patient.account


def test_only_refusals_are_passed_over_quietly(monkeypatch, patient):
    def broken(_session, _now):
        raise RuntimeError

    monkeypatch.setattr(tending, "tend", broken)

    with pytest.raises(RuntimeError):
        tending.tend_quietly(patient, NOW)


def test_a_row_that_does_not_open_stops_nothing_else(store, patient, sam, june):
    item = write(patient, "hello", EVERYONE, june.person)
    with store.change(NOW):
        store.rows.replace(shelves.door_at(sam.record.link), b"something else")
    texts(june)

    tending.tend(patient, NOW)

    assert sam.of_member().standing is Standing.OPEN
    assert [one.label for one in who_read(patient, item)] == ["June"]
