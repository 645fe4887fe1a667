"""One person: less works at once, more is signed, what they saw, the permission as signed, the name."""

from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from portal.circle import audiences, members, readings
from portal.circle.members import Standing
from portal.newtypes import ListId
from tests.ui.screens.circle_stage import DAY, PASSPHRASE, Stage, open_stage, words

stage = pytest.fixture(open_stage)


def day_of(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


def test_less_works_at_once(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    at = stage.open("person", sam)
    at.button_group(key="person.lists").set_value([])
    stage.press(at, "person.apply")
    assert members.member(stage.robin, sam, now=stage.now).terms.lists == frozenset()
    assert "Sam may see only this now. An open page follows within seconds." in words(at)


def test_less_works_on_the_last_day_too_and_the_end_stays(stage: Stage) -> None:
    sam = stage.let_in("Sam", ends=stage.now + 3600)
    at = stage.open("person", sam)
    assert at.date_input(key="person.end").value == day_of(stage.now)
    at.button_group(key="person.lists").set_value([])

    stage.press(at, "person.apply")

    terms = members.member(stage.robin, sam, now=stage.now).terms
    assert (terms.lists, terms.ends) == (frozenset(), stage.now + 3600)
    assert "problem" not in words(at)


def widen(stage: Stage, passphrase: str) -> tuple[AppTest, frozenset[ListId], ListId]:
    sam = stage.let_in("Sam")
    made = audiences.add_audience(stage.robin, "Inner circle", now=stage.now)
    at = stage.open("person", sam)
    at.button_group(key="person.lists").set_value([f"list-{stage.household.hex()}", f"list-{made.hex()}"])
    stage.press(at, "person.apply")
    assert "Read it through and sign" in words(at)
    assert "Inner circle" in words(at)
    assert members.member(stage.robin, sam, now=stage.now).terms.lists == {stage.household}  # not before the signature
    at.text_input(key="person.passphrase").set_value(passphrase)
    at.text_input(key="person.signature").set_value("Robin")
    stage.press(at, "person.sign")
    return at, members.member(stage.robin, sam, now=stage.now).terms.lists, made


def test_more_is_read_through_and_signed(stage: Stage) -> None:
    at, lists, made = widen(stage, PASSPHRASE)
    assert lists == {stage.household, made}
    assert "You signed. Sam may see this from now on." in words(at)


def test_more_for_somebody_who_is_paused_waits_for_the_resume(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    members.pause(stage.robin, sam, now=stage.now)
    at = stage.open("person", sam)
    at.date_input(key="person.end").set_value(day_of(stage.now + 300 * DAY))
    stage.press(at, "person.apply")
    at.text_input(key="person.passphrase").set_value(PASSPHRASE)
    at.text_input(key="person.signature").set_value("Robin")
    stage.press(at, "person.sign")
    assert "You signed. Sam may see this once you press Resume." in words(at)
    assert members.member(stage.robin, sam, now=stage.now).standing is Standing.PAUSED


def test_a_wrong_passphrase_gives_nothing_more(stage: Stage) -> None:
    at, lists, _ = widen(stage, "not the right words here")
    assert lists == {stage.household}
    assert "problem" in words(at)


def test_a_later_end_is_signed_like_a_widening(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    at = stage.open("person", sam)
    at.date_input(key="person.end").set_value((datetime.fromtimestamp(stage.now, UTC) + timedelta(days=300)).date())
    stage.press(at, "person.apply")
    assert "Read it through and sign" in words(at)
    stage.press(at, "person.sign_back")
    assert "Change what Sam may see" in words(at)


def test_nothing_to_see_at_all_is_refused(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    at = stage.open("person", sam)
    at.button_group(key="person.kinds").set_value([])
    stage.press(at, "person.apply")
    assert "Choose what this person may see." in words(at)


def test_what_they_saw_is_said_by_day(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    stage.write()
    readings.read(stage.people["Sam"], stage.link(), now=stage.now)
    readings.take_in(stage.robin, now=stage.now)
    at = stage.open("person", sam)
    at.session_state["person.saw"] = True
    stage.run(at)
    assert "A better evening, today" in words(at)


def test_the_permission_is_shown_as_it_was_signed(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    at = stage.open("person", sam)
    at.session_state["person.signed"] = True
    stage.run(at)
    assert "as read" in words(at)
    assert "as Robin." in words(at)


def test_the_name_can_be_changed(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    at = stage.open("person", sam)
    at.text_input(key="person.name").set_value("Sammy")
    stage.press(at, "person.name_save")
    assert members.member(stage.robin, sam, now=stage.now).label == "Sammy"


def test_somebody_who_is_gone_is_said(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    members.remove(stage.robin, sam, now=stage.now)
    assert "This person is no longer in your circle." in words(stage.open("person", sam))


def test_an_ended_permission_is_renewed_by_a_signature(stage: Stage) -> None:
    sam = stage.let_in("Sam", ends=stage.now + 30 * DAY)
    stage.later(40 * DAY)
    at = stage.open("circle")
    assert "permission ended" in words(at)
    stage.press(at, f"circle.change.person{sam.hex()}")
    assert "Renew the permission of Sam" in words(at)
    assert "The agreed time is over." in words(at)
    assert "What Sam could see" in words(at)
    assert "Pausing works" not in words(at)  # there is nothing to pause
    assert at.button(key="person.apply").label == "Renew permission"
    assert at.date_input(key="person.end").value == day_of(stage.now + 30 * DAY)  # as long again
    stage.press(at, "person.apply")
    assert "This gives Sam a new permission." in words(at)
    at.text_input(key="person.passphrase").set_value(PASSPHRASE)
    at.text_input(key="person.signature").set_value("robin")
    stage.press(at, "person.sign")
    assert members.member(stage.robin, sam, now=stage.now).standing is Standing.OPEN
    assert day_of(members.member(stage.robin, sam, now=stage.now).terms.ends) == day_of(stage.now + 30 * DAY)


@pytest.mark.parametrize(("lasted", "proposed"), [(3600, 1), (732, 730)], ids=["an hour", "two leap years"])
def test_a_renewal_proposes_a_day_at_least_and_two_years_at_most(stage: Stage, lasted: int, proposed: int) -> None:
    sam = stage.let_in("Sam", ends=stage.now + (lasted if lasted == 3600 else lasted * DAY))
    stage.later(740 * DAY)
    at = stage.open("person", sam)
    assert at.date_input(key="person.end").value == day_of(stage.now + proposed * DAY)


def test_a_permission_that_ends_while_its_page_is_open_can_be_renewed_there(stage: Stage) -> None:
    sam = stage.let_in("Sam", ends=stage.now + 3600)
    at = stage.open("person", sam)
    stage.later(DAY)
    stage.run(at)
    assert at.date_input(key="person.end").value == day_of(stage.now + DAY)
    stage.press(at, "person.apply")
    assert "Read it through and sign" in words(at)
