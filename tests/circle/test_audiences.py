"""Lists: EVERYONE first, the patient's own by name; deleting one shares less, never more."""

import pytest

from portal.circle import audiences, inviting, joining, members, notes
from portal.circle.audiences import EVERYONE, Audience, Chosen
from portal.circle.kinds import Kind
from portal.errors import BadName, Gone, LinkClosed, NameTaken
from portal.newtypes import ListId, PersonId
from portal.vault import records
from tests.circle.story import (
    DAY,
    LONG,
    NOW,
    NUL,
    RTL,
    SURROGATE,
    Membership,
    add_list,
    another_tab,
    chosen,
    invite,
    let_in,
    readers,
    texts,
    write,
)

NOBODY = ListId(b"nobody..")
BAD = pytest.mark.parametrize(
    "name",
    ["", "  ", "a" * 31, LONG, NUL, SURROGATE, RTL, "HOUSEHOLD", " household "],
    ids=["empty", "blank", "31", "long", "nul", "half", "rtl", "taken", "taken with spaces"],
)


def names(patient):
    return [one.name for one in audiences.audiences(patient)]


def test_a_circle_begins_with_everyone_alone(patient):
    assert audiences.audiences(patient) == [Audience(EVERYONE, "")]


def test_lists_come_after_everyone_by_name_whatever_their_case(patient):
    for name in ("zoe", "Anna", "bert"):
        add_list(patient, name)

    assert names(patient) == ["", "Anna", "bert", "zoe"]


def test_a_new_list_has_nobody_in_it(patient, sam, household):
    everybody = members.members(patient, now=NOW)
    assert [one.label for one in everybody if household in one.terms.lists] == []
    assert [one.label for one in everybody if EVERYONE in one.terms.lists] == ["Sam"]


@BAD
def test_a_bad_or_taken_name_makes_no_list(patient, household, name):
    with pytest.raises((BadName, NameTaken)):
        audiences.add_audience(patient, name, now=NOW)

    assert names(patient) == ["", "Household"]


@BAD
def test_a_bad_or_taken_name_renames_no_list(patient, household, name):
    near = add_list(patient, "Near")

    with pytest.raises((BadName, NameTaken)):
        audiences.rename_audience(patient, near, name, now=NOW)

    assert names(patient) == ["", "Household", "Near"]


def test_names_are_trimmed_and_composed_and_may_have_thirty_characters(patient):
    add_list(patient, f"  nin\u0303os   {'a' * 24} ")

    assert names(patient)[1] == f"ni\u00f1os {'a' * 24}"


def test_a_list_may_change_the_case_of_its_own_name(patient, household):
    audiences.rename_audience(patient, household, "household", now=NOW)

    assert names(patient) == ["", "household"]


def test_everyone_and_nineteen_lists_is_all_there_can_be(patient, household):
    for number in range(records.LISTS - 2):
        add_list(patient, f"list {number}")

    with pytest.raises(BadName):
        add_list(patient, "one more")

    assert len(names(patient)) == records.LISTS


@pytest.mark.parametrize("audience", [EVERYONE, NOBODY], ids=["everyone", "unknown"])
def test_everyone_and_what_is_not_there_can_be_neither_renamed_nor_deleted(patient, sam, audience):
    before = patient.rows.number

    with pytest.raises(Gone):
        audiences.rename_audience(patient, audience, "Another", now=NOW)
    with pytest.raises(Gone):
        audiences.remove_audience(patient, audience, now=NOW)

    assert patient.rows.number == before


def test_deleting_twice_says_that_it_is_gone(patient, household):
    audiences.remove_audience(patient, household, now=NOW)

    with pytest.raises(Gone):
        audiences.remove_audience(another_tab(patient), household, now=NOW)


def test_two_tabs_lose_no_list(patient):
    tab = another_tab(patient)
    add_list(patient, "One")
    add_list(tab, "Two")

    assert names(patient) == names(tab) == ["", "One", "Two"]


# Deleting a list


@pytest.fixture
def at_home(patient, quiet, household):
    """Sam, in the household alone."""
    return let_in(patient, quiet, lists=frozenset({household}))


def test_what_was_shared_with_a_deleted_list_alone_is_shared_with_nobody(patient, at_home, household):
    item = write(patient, "for the household", household)
    assert texts(at_home) == ["for the household"]

    audiences.remove_audience(patient, household, now=NOW)

    assert texts(at_home) == []
    assert readers(patient, item) == ()
    assert notes.note(patient, item, now=NOW).chosen == Chosen()
    assert at_home.of_patient().terms.lists == frozenset()


def test_what_was_shared_otherwise_too_stays(patient, at_home, household):
    item = write(patient, "for both", household, at_home.person)

    audiences.remove_audience(patient, household, now=NOW)

    assert texts(at_home) == ["for both"]
    assert notes.note(patient, item, now=NOW).chosen == chosen(at_home.person)


def test_a_deleted_list_empties_a_paused_person_too(patient, at_home, household):
    write(patient, "for the household", household)
    members.pause(patient, at_home.person, now=NOW)
    audiences.remove_audience(patient, household, now=NOW)
    members.resume(patient, at_home.person, now=NOW)

    assert texts(at_home) == []


def test_somebody_invited_into_a_list_that_is_deleted_before_the_yes_gets_nothing_of_it(
    patient, quiet, paper, household
):
    let_in(patient, paper, label="June", lists=frozenset({household}))
    item = write(patient, "for the household", household)
    made = invite(patient, lists=frozenset({household}))
    link = joining.join(quiet, made.code, "Sam", now=NOW)
    audiences.remove_audience(patient, household, now=NOW)

    person = inviting.confirm(patient, made.id, now=NOW)

    assert person.terms.lists == frozenset()
    assert texts(Membership(patient, quiet, person.id, link)) == []
    assert readers(patient, item) == ()


# Who would read it


def test_the_preview_names_those_who_would_really_read_it(patient, sam, june, household):
    def told(*refs, kind=Kind.NOTE, now=NOW):
        return audiences.readers_today(patient, chosen(*refs), kind, now=now)

    assert told() == []
    assert told(EVERYONE) == ["Sam"]
    assert told(june.person) == ["June"]
    assert told(EVERYONE, june.person, sam.person) == ["June", "Sam"]
    assert told(household) == []
    assert told(NOBODY) == []
    assert told(EVERYONE, kind=Kind.CONSENT) == []
    assert told(EVERYONE, now=NOW + 90 * DAY) == []

    members.pause(patient, sam.person, now=NOW)
    assert told(EVERYONE, sam.person) == []


def test_the_preview_writes_nothing(patient, sam):
    before = patient.rows.number

    audiences.readers_today(patient, chosen(EVERYONE), Kind.NOTE, now=NOW)

    assert patient.rows.number == before


def test_what_was_chosen_leaves_out_lists_and_people_that_are_gone(patient, sam, june, household):
    refs = [EVERYONE, household, sam.person, NOBODY, PersonId(b"no one..")]
    assert audiences.chosen(refs, patient) == chosen(EVERYONE, household, sam.person)

    members.remove(patient, sam.person, now=NOW)
    audiences.remove_audience(patient, household, now=NOW)

    assert audiences.chosen(refs, patient) == chosen(EVERYONE)
    with pytest.raises(LinkClosed):
        texts(sam)


def test_chosen_readers_come_in_one_order(sam, household):
    assert chosen(sam.person, household).refs == sorted([sam.person, household])
    assert Chosen().refs == []


def test_a_group_is_not_called_like_a_person_nor_a_person_like_a_group(patient, sam, june, household):
    with pytest.raises(NameTaken):
        audiences.add_audience(patient, "sam", now=NOW)
    with pytest.raises(NameTaken):
        members.rename_member(patient, sam.person, " JUNE ", now=NOW)
    with pytest.raises(NameTaken):
        members.rename_member(patient, sam.person, "household", now=NOW)

    members.rename_member(patient, sam.person, "SAM", now=NOW)

    assert members.member(patient, sam.person, now=NOW).label == "SAM"
