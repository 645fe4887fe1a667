"""Who has read what: one line a name, and nobody who has read is forgotten when they go."""

import pytest

from portal.circle import circles, members, notes, readership, readings
from portal.circle.audiences import EVERYONE
from portal.circle.readership import Stay
from portal.errors import Gone
from portal.newtypes import ItemId
from portal.vault import letters, people
from tests.circle.story import HOUR, MINUTE, NOW, edit, let_in, who_read, write


def read(one, *, now):
    readings.read(one.member, one.link, now=now)
    readings.take_in(one.patient, now=now)


def told(patient, item, *, now=NOW + HOUR):
    """Return each line as it matters here: name, where they are, whether they may read, when they did."""
    return [(one.label, one.stay, one.able, one.day) for one in readership.readership(patient, item, now=now)]


def test_who_may_read_is_told_with_and_without_a_reading(patient, sam, june):
    item = write(patient, "hello", EVERYONE, june.person)
    read(sam, now=NOW + MINUTE)

    assert told(patient, item) == [("June", Stay.HERE, True, 0), ("Sam", Stay.HERE, True, NOW + MINUTE)]


def test_who_was_removed_is_told_by_name_and_when_they_read(patient, sam):
    item = write(patient, "hello", EVERYONE)
    readings.read(sam.member, sam.link, now=NOW + MINUTE)  # taken in by the removal itself
    members.remove(patient, sam.person, now=NOW + 2 * MINUTE)

    assert told(patient, item) == [("Sam", Stay.REMOVED, False, NOW + MINUTE)]
    assert [one.label for one in who_read(patient, item)] == ["Sam"]
    assert members.departures(patient) == []


def test_who_left_is_told_too_and_as_somebody_who_left(patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam, now=NOW + MINUTE)
    circles.leave(sam.member, sam.link, now=NOW + 2 * MINUTE)
    readings.take_in(patient, now=NOW + 2 * MINUTE)

    assert told(patient, item) == [("Sam", Stay.LEFT, False, NOW + MINUTE)]


def test_a_wish_to_leave_that_the_removal_finds_counts_as_leaving(patient, sam):
    item = write(patient, "hello", EVERYONE)
    readings.read(sam.member, sam.link, now=NOW + MINUTE)
    circles.leave(sam.member, sam.link, now=NOW + 2 * MINUTE)
    members.remove(patient, sam.person, now=NOW + 3 * MINUTE)

    assert told(patient, item) == [("Sam", Stay.LEFT, False, NOW + MINUTE)]
    assert [one.label for one in members.departures(patient)] == ["Sam"]


def test_the_name_is_the_one_that_was_given_last(patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam, now=NOW)
    members.rename_member(patient, sam.person, "Sammy", now=NOW)
    members.remove(patient, sam.person, now=NOW)

    assert [name for name, *_ in told(patient, item)] == ["Sammy"]


def test_who_never_read_it_is_not_told_after_going(patient, sam):
    item = write(patient, "hello", EVERYONE)
    members.remove(patient, sam.person, now=NOW)

    assert told(patient, item) == []


def test_somebody_let_in_again_is_told_once(patient, quiet, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam, now=NOW + MINUTE)
    members.remove(patient, sam.person, now=NOW + 2 * MINUTE)
    again = let_in(patient, quiet, now=NOW + 3 * MINUTE)

    (one,) = readership.readership(patient, item, now=NOW + HOUR)
    assert (one.person, one.stay, one.able, one.day, one.formerly) == (
        again.person, Stay.HERE, True, NOW + MINUTE, True,
    )  # fmt: skip

    read(again, now=NOW + HOUR)
    (one,) = readership.readership(patient, item, now=NOW + HOUR)
    assert (one.day, one.formerly) == (NOW + HOUR, False)


def test_somebody_removed_twice_is_told_once_as_they_went_last(patient, quiet, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam, now=NOW + MINUTE)
    members.remove(patient, sam.person, now=NOW + 2 * MINUTE)
    again = let_in(patient, quiet, now=NOW + 3 * MINUTE)
    circles.leave(again.member, again.link, now=NOW + 4 * MINUTE)
    readings.take_in(patient, now=NOW + 4 * MINUTE)

    assert told(patient, item) == [("Sam", Stay.LEFT, False, NOW + MINUTE)]


def test_two_people_of_one_name_are_two_lines(patient, sam, june):
    item = write(patient, "hello", EVERYONE, june.person)
    with patient.store.change(NOW):
        people.change(patient, june.person, NOW, label="sam")  # as it was before names were told apart
    read(sam, now=NOW)

    assert [(name, day) for name, _, _, day in told(patient, item)] == [("Sam", NOW), ("sam", 0)]


def test_who_may_read_it_no_more_is_told_with_what_they_read(patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam, now=NOW)
    notes.withdraw(patient, item, now=NOW)
    assert told(patient, item) == [("Sam", Stay.HERE, False, NOW)]

    notes.share(patient, item, notes.note(patient, item, now=NOW).chosen, now=NOW)
    members.pause(patient, sam.person, now=NOW)
    assert told(patient, item) == [("Sam", Stay.HERE, False, NOW)]


def test_a_reading_of_an_earlier_text_is_told_as_one(patient, sam):
    item = write(patient, "hello", EVERYONE)
    read(sam, now=NOW)
    edit(patient, item, "hello again", now=NOW + HOUR)
    members.remove(patient, sam.person, now=NOW + HOUR)

    (one,) = readership.readership(patient, item, now=NOW + HOUR)
    assert (one.label, one.day, one.earlier, one.stay) == ("Sam", NOW, True, Stay.REMOVED)


def test_a_reading_whose_reader_cannot_be_named_stays(store, patient, sam, june):
    item = write(patient, "hello", EVERYONE, june.person)
    read(sam, now=NOW)
    read(june, now=NOW + MINUTE)
    for one in (sam, june):
        members.remove(patient, one.person, now=NOW + MINUTE)
    with store.change(NOW):
        store.rows.replace(letters.inbox_run(patient).at(0), b"no record", 4_050)

    assert told(patient, item) == [("", Stay.UNKNOWN, False, NOW)]


def test_an_entry_that_is_gone_has_no_readers(patient):
    with pytest.raises(Gone):
        readership.readership(patient, ItemId(bytes(16)), now=NOW)
