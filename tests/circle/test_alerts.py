"""What a person has to be told first: a doubt about the files, damage, the date."""

import pytest

from portal.circle import alerts, inviting, members, tending
from portal.circle.alerts import Alert, AlertKind
from portal.circle.audiences import EVERYONE
from portal.circle.members import Standing
from portal.errors import ClockBehind, NotSigned, TooManyTries
from portal.vault import accounts, entries
from portal.vault.records import Reason
from tests.circle.story import (
    DAY,
    HOUR,
    LONG,
    MINUTE,
    NOW,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    another_tab,
    doubt,
    invite,
    readers,
    texts,
    write,
)


def told(session, *, now=NOW):
    return [one.kind for one in alerts.alerts(session, now=now)]


def test_in_order_there_is_nothing_to_tell(patient, sam, quiet):
    write(patient, "hello", EVERYONE)

    assert alerts.alerts(patient, now=NOW) == []
    assert alerts.alerts(quiet, now=NOW) == []


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (Reason.CHANGED, AlertKind.CHANGED),
        (Reason.OLDER, AlertKind.OLDER),
        (Reason.NUMBER_MISSING, AlertKind.NUMBER_MISSING),
    ],
)
def test_a_doubt_is_told_with_when_it_began_and_the_newest_entry(store, patient, reason, kind):
    write(patient, "early", now=NOW)
    write(patient, "late", now=NOW + MINUTE)

    doubt(store, reason=reason, now=NOW + HOUR)

    assert alerts.alerts(patient, now=NOW + DAY) == [Alert(kind, NOW + HOUR, NOW + MINUTE)]


def test_a_first_generation_is_no_doubt(store, patient):
    write(patient, "mine")

    doubt(store, reason=Reason.FIRST)

    assert alerts.alerts(patient, now=NOW) == []


def test_a_doubt_is_told_until_it_is_acknowledged_and_again_for_the_next_one(store, patient):
    write(patient, "mine")
    doubt(store)
    assert told(patient) == told(another_tab(patient)) == [AlertKind.OLDER]

    alerts.acknowledge(patient, now=NOW)
    assert told(patient) == told(another_tab(patient)) == []

    doubt(store, reason=Reason.CHANGED)
    assert told(patient) == [AlertKind.CHANGED]


def test_a_doubt_does_not_concern_an_account_with_neither_people_nor_entries(store, patient, sam, paper):
    doubt(store)

    assert told(paper) == told(sam.member) == []
    assert told(patient) == [AlertKind.OLDER]
    tending.tend(patient, NOW)


def test_acknowledging_lets_nobody_in(store, patient, sam):
    doubt(store)

    alerts.acknowledge(patient, now=NOW)
    tending.tend(patient, NOW)

    assert sam.of_patient().standing is Standing.PUT_BACK


def test_an_old_state_put_back_is_told_and_puts_everybody_back(patient, sam):
    write(patient, "hello", EVERYONE)
    with patient.store.change(NOW):
        patient.write(NOW, number=patient.state.number + 7)

    tending.tend(patient, NOW)

    assert alerts.alerts(patient, now=NOW) == [Alert(AlertKind.PEOPLE, NOW, NOW)]
    assert sam.of_patient().standing is Standing.PUT_BACK
    alerts.acknowledge(patient, now=NOW)
    assert told(patient) == []


def test_an_own_page_that_does_not_open_is_told_each_time(store, patient, sam):
    for number in range(60):
        write(patient, f"text {number}", EVERYONE, now=NOW + number)
    assert patient.state.own > 1
    with store.change(NOW):
        store.rows.replace(entries.page_at(patient, 0), b"something else")

    assert told(patient) == [AlertKind.DAMAGED_ENTRY]
    alerts.acknowledge(patient, now=NOW)

    assert told(patient) == [AlertKind.DAMAGED_ENTRY]
    assert alerts.alerts(patient, now=NOW)[0].last_entry == NOW + 59


def test_a_state_that_does_not_open_is_begun_anew_and_told(store, patient):
    write(patient, "mine")
    with store.change(NOW):
        store.rows.replace(patient.state_at, b"something else")
    patient.close()

    again = accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW)
    tending.tend(again, NOW)

    assert told(again) == [AlertKind.DAMAGED_STATE]
    assert entries.index(again).entries
    alerts.acknowledge(again, now=NOW)
    assert told(again) == []


def test_several_things_are_told_with_the_doubt_first(store, patient, sam):
    write(patient, "later", EVERYONE, now=NOW + DAY)
    doubt(store)
    with store.change(NOW):
        patient.write(NOW, number=patient.state.number + 7)
    tending.tend(patient, NOW)

    assert told(patient) == [AlertKind.OLDER, AlertKind.PEOPLE, AlertKind.CLOCK]


# The date


def test_a_clock_more_than_ten_minutes_behind_is_told_with_the_last_time(patient, sam):
    write(patient, "hello", EVERYONE, now=NOW + DAY)

    assert told(patient, now=NOW + DAY - 10 * MINUTE) == []
    assert alerts.alerts(patient, now=NOW) == [Alert(AlertKind.CLOCK, NOW + DAY, NOW + DAY)]
    with pytest.raises(ClockBehind):
        write(patient, "another", EVERYONE, now=NOW)
    assert write(patient, "for me", now=NOW)


def test_confirming_the_date_lets_share_again_and_opens_what_a_wrong_clock_had_ended(patient, sam):
    item = write(patient, "hello", EVERYONE)
    tending.tend(patient, NOW + 365 * DAY)
    assert readers(patient, item) == ()

    alerts.confirm_date(patient, PASSPHRASE, now=NOW)

    assert told(patient) == []
    assert readers(patient, item) == ("Sam",)
    assert texts(sam) == ["hello"]
    assert write(patient, "another", EVERYONE)


def test_confirming_the_date_opens_nobody_paused_or_put_back(store, patient, sam, june):
    members.pause(patient, sam.person, now=NOW)
    tending.tend(patient, NOW + 365 * DAY)
    alerts.confirm_date(patient, PASSPHRASE, now=NOW)
    assert sam.of_patient().standing is Standing.PAUSED

    doubt(store)
    alerts.confirm_date(patient, PASSPHRASE, now=NOW)
    assert june.of_patient().standing is Standing.PUT_BACK


@pytest.mark.parametrize("passphrase", ["", OTHER_PASSPHRASE, LONG], ids=["empty", "wrong", "long"])
def test_the_date_is_confirmed_only_with_the_passphrase(patient, passphrase):
    write(patient, "mine", now=NOW + DAY)

    with pytest.raises(NotSigned):
        alerts.confirm_date(patient, passphrase, now=NOW)

    assert told(patient) == [AlertKind.CLOCK]


def test_guessing_the_passphrase_is_slowed_down(patient):
    for _ in range(5):
        with pytest.raises(NotSigned):
            alerts.confirm_date(patient, OTHER_PASSPHRASE, now=NOW)

    with pytest.raises(TooManyTries):
        alerts.confirm_date(patient, PASSPHRASE, now=NOW)


def test_the_date_of_one_circle_says_nothing_about_another(patient, paper):
    write(patient, "mine", now=NOW + DAY)
    write(paper, "mine", now=NOW + DAY)

    alerts.confirm_date(patient, PASSPHRASE, now=NOW)

    assert told(patient) == []
    assert told(paper) == [AlertKind.CLOCK]
    assert inviting.pending(patient, now=NOW) == []
    assert invite(patient).made == NOW
