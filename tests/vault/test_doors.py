"""The doors: nothing without an open one, and an open page hears of what changes."""

import pytest

from portal.errors import LinkClosed
from portal.vault import doors, invitations, reading, sharing, shelves, upkeep
from portal.vault.doors import Standing
from portal.vault.records import PersonState
from tests.vault.story import DAY, FAMILY, NOW, YEAR, confirm, invite, join, permit, texts, write


def standing(one, now=NOW):
    return doors.standing(one.member, one.of_member(), now)


# Standing


def test_a_link_waits_until_it_is_confirmed(store, patient, member):
    made = invite(patient)
    link = join(member, made)
    assert doors.standing(member, link, NOW) is Standing.WAITING
    confirm(patient, made.id, starts=NOW + DAY)
    assert doors.standing(member, link, NOW) is Standing.NOT_YET
    assert doors.standing(member, link, NOW + DAY) is Standing.OPEN
    assert doors.standing(member, link, NOW + YEAR) is Standing.ENDED


def test_a_refused_link_was_not_let_in(patient, member):
    made = invite(patient)
    link = join(member, made)
    invitations.end(patient, made.id, now=NOW)
    assert doors.standing(member, link, NOW) is Standing.NOT_LET_IN


@pytest.mark.parametrize(
    ("state", "told"), [(PersonState.PAUSED, Standing.PAUSED), (PersonState.PUT_BACK, Standing.PUT_BACK)]
)
def test_a_closed_door_says_why_and_opens_nothing(patient, circle, state, told):
    item = write(patient, "a", FAMILY)
    permit(circle, state=state)
    assert standing(circle) is told
    for act in (
        lambda: reading.slips(circle.member, circle.of_member(), NOW),
        lambda: reading.newest(circle.member, circle.of_member(), NOW, kinds=(), skip=0, count=20),
        lambda: reading.show(circle.member, circle.link, [item], now=NOW),
        lambda: reading.unread(circle.member, circle.of_member(), NOW),
    ):
        with pytest.raises(LinkClosed):
            act()


def test_after_the_end_a_member_is_refused_whatever_the_shelf_holds(patient, circle):
    write(patient, "a", FAMILY)
    assert standing(circle, NOW + YEAR) is Standing.ENDED
    with pytest.raises(LinkClosed):
        texts(circle, now=NOW + YEAR)
    shelves.settle(patient, NOW + YEAR)
    assert standing(circle, NOW) is Standing.ENDED


def test_a_door_of_another_generation_reads_as_put_back(store, patient, circle):
    permit(circle, generation=b"another.")
    assert standing(circle) is Standing.PUT_BACK


def test_a_door_that_does_not_open_fails_closed(store, patient, circle):
    with store.change(NOW):
        store.rows.replace(shelves.door_at(circle.secret), b"no record")
    assert standing(circle) is Standing.DAMAGED
    with pytest.raises(LinkClosed):
        reading.slips(circle.member, circle.of_member(), NOW)
    assert not doors.watch(circle.member, circle.link, NOW).open
    shelves.settle(patient, NOW)


def test_who_was_removed_reads_so_once_they_had_been_in(patient, circle):
    link = circle.of_member()
    upkeep.remove(patient, circle.person, now=NOW)
    assert doors.standing(circle.member, link, NOW) is Standing.NOT_LET_IN
    reading.mark_opened(circle.member, link, now=NOW)
    assert standing(circle) is Standing.REMOVED
    number = patient.rows.number
    reading.mark_opened(circle.member, circle.of_member(), now=NOW)
    assert patient.rows.number == number


def test_the_end_is_what_the_door_says_and_nothing_without_one(store, patient, circle):
    link = circle.of_member()
    assert doors.ends(circle.member, link) == NOW + YEAR
    with store.change(NOW):
        store.rows.replace(shelves.door_at(circle.secret), b"no record")
    assert doors.ends(circle.member, link) == 0
    upkeep.remove(patient, circle.person, now=NOW)
    assert doors.ends(circle.member, link) == 0


# A poll


def test_a_poll_sees_changes_without_opening_anything(store, patient, circle, monkeypatch):
    write(patient, "a", FAMILY)
    seen = doors.watch(circle.member, circle.link, NOW)
    opened = []
    monkeypatch.setattr(store.rows, "get", lambda *_: opened.append(1))
    assert doors.same(circle.member, seen, NOW + 5)
    assert not doors.same(circle.member, seen, NOW + YEAR)
    assert not opened
    monkeypatch.undo()
    write(patient, "b", FAMILY)
    assert not doors.same(circle.member, seen, NOW + 5)


@pytest.mark.parametrize("act", ["edit", "pause", "remove"])
def test_a_poll_sees(patient, circle, act):
    item = write(patient, "a", FAMILY)
    seen = doors.watch(circle.member, circle.link, NOW)
    match act:
        case "edit":
            sharing.edit(patient, item, b"b", base=NOW, now=NOW + 9)
        case "pause":
            permit(circle, state=PersonState.PAUSED)
        case "remove":
            upkeep.remove(patient, circle.person, now=NOW)
    assert not doors.same(circle.member, seen, NOW)


def test_a_poll_of_a_waiting_link_sees_the_confirmation(patient, member):
    made = invite(patient)
    link = join(member, made)
    seen = doors.watch(member, link.id, NOW)
    assert doors.same(member, seen, NOW + YEAR)
    confirm(patient, made.id)
    assert not doors.same(member, seen, NOW)


def test_a_poll_looks_again_after_every_transaction_of_others(store, patient, circle):
    write(patient, "a", FAMILY)
    seen = doors.watch(circle.member, circle.link, NOW)
    write(patient, "mine alone")
    assert doors.same(circle.member, seen, NOW)
    write(patient, "b", FAMILY)
    assert not doors.same(circle.member, seen, NOW)
    assert not doors.same(circle.member, seen, NOW)
