"""Attack 31: a permission ends while pages are open; clocks go back and ahead."""

import pytest

from portal.errors import ClockBehind, LinkClosed
from portal.vault import doors, entries, people, shelves, upkeep
from portal.vault.records import PersonState
from tests.vault.story import (
    DAY,
    FAMILY,
    HOUR,
    MINUTE,
    NOTE,
    NOW,
    RESOURCE,
    YEAR,
    let_in,
    sign_up,
    stored,
    texts,
    write,
)


@pytest.fixture
def page(store, patient, circle):
    """What the member's open page was drawn from; the patient's tab stays open too."""
    store.each_minute = upkeep.settle_all
    store.tick(NOW)
    write(patient, "a note", FAMILY)
    write(patient, "a resource", FAMILY, kind=RESOURCE)
    assert sorted(texts(circle)) == ["a note", "a resource"]
    upkeep.take_in(patient, NOW)
    return doors.watch(circle.member, circle.link, NOW)


def permit(circle, now, **fields):
    with circle.patient.store.change(now):
        people.permit(circle.patient, circle.person, now, **fields)
        shelves.settle(circle.patient, now, [circle.of_patient()], narrowing=True)


def confirm_date(patient, now):
    with patient.store.change(now):
        patient.set_last(now)
        shelves.settle(patient, now)


def test_31_expired(store, patient, circle, page):
    end = NOW + YEAR
    assert doors.same(circle.member, page, end - 1)
    assert not doors.same(circle.member, page, end)
    with pytest.raises(LinkClosed):
        texts(circle, now=end)
    assert len(stored(circle)) == 2
    store.tick(end)
    assert stored(circle) == []


@pytest.mark.parametrize("how", ["removed", "paused", "narrowed"])
def test_31_closed_by_the_patient(store, patient, circle, page, how):
    match how:
        case "removed":
            upkeep.remove(patient, circle.person, now=NOW + 9)
        case "paused":
            permit(circle, NOW + 9, state=PersonState.PAUSED)
        case "narrowed":
            permit(circle, NOW + 9, kinds=[NOTE])
    assert not doors.same(circle.member, page, NOW + 10)
    if how == "narrowed":
        assert texts(circle, now=NOW + 10) == ["a note"]
        return
    with pytest.raises(LinkClosed):
        texts(circle, now=NOW + 10)


@pytest.mark.parametrize("back", [HOUR, YEAR])
def test_31_a_clock_set_back_lengthens_nothing_and_closes_publishing(store, patient, member, back):
    one = let_in(patient, member, ends=NOW + 2 * DAY)
    other = let_in(patient, sign_up(store, "canal"), label="Kim", starts=NOW - 2 * YEAR)
    write(patient, "a note", FAMILY)
    upkeep.settle_all(patient, NOW + 2 * DAY)
    assert stored(one) == []
    now = NOW + 2 * DAY - back
    upkeep.settle_all(patient, now)
    write(patient, "mine", now=now)
    assert stored(one) == []
    with pytest.raises(LinkClosed):
        texts(one, now=now)
    with pytest.raises(ClockBehind):
        write(patient, "shared", FAMILY, now=now)
    assert [slip.written for slip in stored(other)] == [NOW]
    confirm_date(patient, now)
    write(patient, "shared after all", FAMILY, now=now)
    assert len(stored(other)) == 2


def test_31_an_end_that_passed_between_visits_counts_from_the_next_transaction_on(store, patient, member):
    """The clock is past the end, then set back, before anything was written: sharing ends it all the same."""
    one = let_in(patient, member, ends=NOW + DAY)
    write(patient, "a note", FAMILY)
    write(patient, "later", FAMILY, now=NOW + DAY)
    upkeep.settle_all(patient, NOW + DAY - HOUR)
    assert stored(one) == []


def test_31_ten_years_ahead_and_back_ends_permissions_only_until_the_date_is_confirmed(store, patient, circle):
    other_patient = sign_up(store, "hill")
    theirs = let_in(other_patient, sign_up(store, "canal"), label="Kim")
    write(patient, "a note", FAMILY)
    write(other_patient, "their note", FAMILY)
    untouched = stored(theirs)
    upkeep.settle_all(patient, NOW + 10 * YEAR)
    mine = write(patient, "written then", now=NOW + 10 * YEAR)
    assert stored(circle) == []
    upkeep.settle_all(patient, NOW + MINUTE)
    with pytest.raises(ClockBehind):
        write(patient, "shared", FAMILY, now=NOW + MINUTE)
    assert stored(circle) == []
    confirm_date(patient, NOW + MINUTE)
    assert texts(circle, now=NOW + MINUTE) == ["a note"]
    write(patient, "shared", FAMILY, now=NOW + MINUTE)
    assert texts(circle, now=NOW + MINUTE) == ["a note", "shared"]
    assert entries.find(patient, mine)[1].written == NOW + 10 * YEAR
    assert stored(theirs) == untouched
    assert texts(theirs, now=NOW + MINUTE) == ["their note"]


def test_31_a_member_with_another_clock_reads_nothing_past_the_end(patient, circle):
    write(patient, "a note", FAMILY)
    for now, opens in ((NOW - 1, False), (NOW, True), (NOW + YEAR - 1, True), (NOW + YEAR, False)):
        if opens:
            assert texts(circle, now=now) == ["a note"]
        else:
            with pytest.raises(LinkClosed):
                texts(circle, now=now)
    with patient.store.change(NOW + YEAR):
        patient.write(NOW + YEAR)
        shelves.settle(patient, NOW + YEAR)
