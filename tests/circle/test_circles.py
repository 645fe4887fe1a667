"""The member's side of a circle: what it is called, how it stands, and the way out."""

import pytest

from portal.circle import circles, inviting, members, notes, tending
from portal.circle.audiences import EVERYONE
from portal.circle.circles import Agreement, Circle, Standing
from portal.circle.kinds import Kind
from portal.errors import BadName, Gone, Tampered, TellingName
from portal.newtypes import LinkId
from portal.vault import shelves, upkeep
from tests.circle.story import (
    DAY,
    LONG,
    NOW,
    NUL,
    RTL,
    SURROGATE,
    another_tab,
    ask,
    doubt,
    let_in,
    texts,
    write,
)

NO_CIRCLE = LinkId(b"nothing.")


def test_circles_come_in_the_order_of_joining(store, patient, quiet, paper):
    first = let_in(quiet, patient, label="Maple")
    second = let_in(paper, patient, label="Maple")

    assert [one.id for one in circles.circles(patient, now=NOW)] == [first.link, second.link]
    assert circles.circles(paper, now=NOW) == []


def test_a_circle_shows_its_name_its_end_and_no_number_once_it_is_open(sam):
    assert sam.of_member() == Circle(
        id=sam.link,
        name="maple river",
        label="maple river",
        standing=Standing.OPEN,
        ends=NOW + 90 * DAY,
        number="",
        asked=NOW,
    )


def test_each_turn_of_a_circle_has_its_standing(store, patient, quiet):
    made, link = ask(patient, quiet)

    def standing(now=NOW):
        return circles.circle(quiet, link, now=now).standing

    assert standing() is Standing.WAITING
    person = inviting.confirm(patient, made.id, now=NOW)
    assert standing(NOW - 1) is Standing.NOT_YET
    assert standing() is Standing.OPEN
    assert standing(NOW + 90 * DAY) is Standing.ENDED
    members.pause(patient, person.id, now=NOW)
    assert standing() is Standing.PAUSED
    doubt(store)
    assert standing() is Standing.PUT_BACK
    members.remove(patient, person.id, now=NOW)
    assert standing() is Standing.REMOVED


def test_an_ask_that_was_refused_reads_as_not_let_in(patient, quiet):
    made, link = ask(patient, quiet)
    inviting.refuse(patient, made.id, now=NOW)

    assert circles.circle(quiet, link, now=NOW).standing is Standing.NOT_LET_IN


def test_a_damaged_door_closes(store, sam):
    with store.change(NOW):
        store.rows.replace(shelves.door_at(sam.record.link), b"something else")

    assert sam.of_member().standing is Standing.DAMAGED
    assert sam.of_member().ends == 0
    tending.tend(sam.patient, NOW)


def test_that_it_was_open_once_is_written_once(sam):
    before = sam.member.rows.number

    sam.of_member()
    sam.of_member()

    assert sam.member.rows.number == before + 1


@pytest.mark.parametrize(
    "use",
    [
        lambda one: circles.circle(one, NO_CIRCLE, now=NOW),
        lambda one: circles.rename_circle(one, NO_CIRCLE, "Maple", now=NOW),
        lambda one: circles.leave(one, NO_CIRCLE, now=NOW),
        lambda one: circles.agreement(one, NO_CIRCLE),
    ],
    ids=["circle", "rename", "leave", "agreement"],
)
def test_a_circle_that_is_not_there_is_gone_for_every_use(sam, use):
    with pytest.raises(Gone):
        use(sam.member)


# The member's own name for it


def test_the_members_own_name_is_theirs_alone(patient, sam):
    before = members.members(patient, now=NOW)

    circles.rename_circle(sam.member, sam.link, "  My  sister ", now=NOW)

    assert (sam.of_member().label, sam.of_member().name) == ("My sister", "maple river")
    assert members.members(patient, now=NOW) == before


@pytest.mark.parametrize(
    ("label", "error"),
    [
        ("", BadName),
        (NUL, BadName),
        (SURROGATE, BadName),
        (RTL, BadName),
        (LONG, BadName),
        ("a@example.org", TellingName),
    ],
    ids=["empty", "nul", "half", "rtl", "long", "mail"],
)
def test_a_bad_name_for_a_circle_is_refused(sam, label, error):
    with pytest.raises(error):
        circles.rename_circle(sam.member, sam.link, label, now=NOW)

    assert sam.of_member().label == "maple river"


def test_two_tabs_lose_no_update(sam, patient):
    write(patient, "hello", EVERYONE)
    tab = another_tab(sam.member)

    circles.rename_circle(sam.member, sam.link, "Maple", now=NOW)
    assert texts(sam) == ["hello"]
    circles.rename_circle(tab, sam.link, "My sister", now=NOW)

    assert sam.of_member().label == "My sister"
    assert tab.state.links == sam.member.state.links
    assert sam.held.letters == 1


# The member's copy of the consent


def test_the_agreement_is_the_members_copy_of_what_was_signed(patient, quiet):
    sam = let_in(patient, quiet, kinds=frozenset({Kind.NOTE}), everything=False, purposes=("care",), event="we move")

    assert circles.agreement(quiet, sam.link) == Agreement(
        kinds=frozenset({Kind.NOTE}),
        everything=False,
        purposes=("care",),
        since=NOW,
        until=NOW + 90 * DAY,
        event="we move",
        signed=NOW,
    )


def test_the_agreement_can_be_read_while_paused(patient, sam):
    before = circles.agreement(sam.member, sam.link)
    members.pause(patient, sam.person, now=NOW)

    assert circles.agreement(sam.member, sam.link) == before


def test_a_damaged_agreement_is_tampered_and_comes_back_with_the_next_change(store, patient, sam):
    with store.change(NOW):
        store.rows.replace(upkeep.consent_at(sam.record.link), b"something else")

    with pytest.raises(Tampered):
        circles.agreement(sam.member, sam.link)
    members.pause(patient, sam.person, now=NOW)

    assert circles.agreement(sam.member, sam.link).signed == NOW


# Leaving


def test_whoever_leaves_is_gone_at_once_and_the_patient_is_told(patient, sam):
    write(patient, "hello", EVERYONE)
    texts(sam)

    circles.leave(sam.member, sam.link, now=NOW)
    assert circles.circles(sam.member, now=NOW) == []
    tending.tend(patient, NOW)

    assert members.members(patient, now=NOW) == []
    assert [one.label for one in members.departures(patient)] == ["Sam"]


def test_leaving_twice_is_gone(sam):
    circles.leave(sam.member, sam.link, now=NOW)

    with pytest.raises(Gone):
        circles.leave(another_tab(sam.member), sam.link, now=NOW)


@pytest.mark.parametrize("state", ["paused", "ended", "put back"])
def test_a_closed_circle_can_be_left_too(store, patient, sam, state):
    now = NOW
    if state == "paused":
        members.pause(patient, sam.person, now=NOW)
    elif state == "ended":
        now = NOW + 90 * DAY
    else:
        doubt(store)

    circles.leave(sam.member, sam.link, now=now)
    tending.tend(patient, now)

    assert members.members(patient, now=now) == []
    assert len(members.departures(patient)) == 1


def test_a_removed_circle_is_forgotten(patient, sam):
    sam.of_member()
    members.remove(patient, sam.person, now=NOW)

    circles.leave(sam.member, sam.link, now=NOW)

    assert circles.circles(sam.member, now=NOW) == []
    assert members.departures(patient) == []


def test_taking_an_ask_back_leaves_nothing_to_confirm(patient, quiet):
    made, link = ask(patient, quiet)

    circles.leave(quiet, link, now=NOW)

    assert inviting.asks(patient) == []
    with pytest.raises(Gone):
        inviting.confirm(patient, made.id, now=NOW)
    tending.tend(patient, NOW)
    assert [one.how for one in inviting.history(patient)] == ["expired"]


def test_leaving_takes_what_was_shared_with_them_alone_from_nobody_else(patient, sam, june):
    item = write(patient, "for both", sam.person, june.person)

    circles.leave(sam.member, sam.link, now=NOW)
    tending.tend(patient, NOW)

    assert texts(june) == ["for both"]
    assert notes.note(patient, item, now=NOW).readers == ("June",)
