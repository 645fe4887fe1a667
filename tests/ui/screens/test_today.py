"""Today: who waits, what is next, the latest note; and the list behind More."""

import re
from collections.abc import Callable

import pytest

from portal.circle import accounts, circles, inviting, members, notes, sample
from portal.circle.bodies import Text
from tests.ui.opened import PRE, Portal, press_entry
from tests.ui.screens.circle_stage import DAY, Stage, open_stage, words

stage = pytest.fixture(open_stage)


def test_an_empty_day_is_kind_and_has_one_action(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("today")

    assert "Nothing needs you now." in page.text
    assert [one.key for one in page.at.button if one.proto.type == "primary"] == ["today.write"]
    assert "Tue 3 Nov" in page.text


def test_who_asks_to_join_stands_first(portal: Portal) -> None:
    page = portal.enter(sample.sample("en", now=portal.now).patient).open("today")

    assert re.search(r"(\w+) asks to join", page.text)
    assert page.source.index("asks to join") < page.source.index("Latest note")


def test_the_latest_note_can_be_opened(portal: Portal) -> None:
    session = portal.account("Maple River")
    item = notes.write(session, Text(title="A better evening", text="The rain **stopped**."), now=portal.now)

    page = portal.enter(session).open("today")

    assert "The rain stopped." in page.text
    assert "A better evening" in page.text
    press_entry(page.at, f"open:{item.hex()}")
    page.run()
    assert portal.signed.spot["open.note"] == item


def test_steps_are_counted_and_stay_hidden(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("today").press("today.step.leave")
    assert "1 of 4 done" in page.text

    page.press("today.hide")

    assert "Next steps" not in page.text
    assert "Next steps" not in portal.open("today").text
    assert accounts.settings(portal.sessions["Maple River"]).steps_hidden


def test_more_has_no_link_to_what_is_not_there(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("more")

    for word in ("Plan", "Check in", "Calendar", "Asks"):
        assert word not in page.text


def test_more_of_a_circle_names_it(portal: Portal) -> None:
    made = sample.sample("en", now=portal.now)
    ticket = portal.desk.issue(made.member, PRE, page="home", sides={"patient": made.patient, "member": made.member})
    portal.sid = portal.desk.exchange(ticket, PRE)
    portal.open("home")

    page = portal.open("more")

    assert "What I can see" in page.text
    assert made.patient.name in page.text


# Who left, and what stays done: a circle with people in it


def test_who_left_is_told_for_two_weeks_with_a_way_to_the_circle(stage: Stage) -> None:
    stage.let_in("Sam")
    assert "left your circle" not in words(stage.open("today"))
    circles.leave(stage.people["Sam"], stage.link(), now=stage.now)

    at = stage.open("today")
    assert "Sam left your circle today." in words(at)
    stage.press(at, "today.left")
    assert stage.path == "circle"

    stage.later(14 * DAY - 60)
    assert "Sam left your circle" in words(stage.open("today"))
    stage.later(60)
    assert "left your circle" not in words(stage.open("today"))


def test_somebody_who_was_removed_is_not_told_as_leaving(stage: Stage) -> None:
    members.remove(stage.robin, stage.let_in("Sam"), now=stage.now)
    assert "left your circle" not in words(stage.open("today"))


def asked(stage: Stage) -> None:
    stage.asks("Sam")


def left(stage: Stage) -> None:
    stage.let_in("Sam")
    circles.leave(stage.people["Sam"], stage.link(), now=stage.now)


def removed(stage: Stage) -> None:
    members.remove(stage.robin, stage.let_in("Sam"), now=stage.now)


def cancelled(stage: Stage) -> None:
    inviting.cancel(stage.robin, stage.invite("Sam").id, now=stage.now)


@pytest.mark.parametrize("went", [asked, left, removed, cancelled])
def test_inviting_somebody_stays_done(stage: Stage, went: Callable[[Stage], None]) -> None:
    assert "0 of 4 done" in words(stage.open("today"))
    went(stage)
    at = stage.open("today")
    assert "1 of 4 done" in words(at)
    assert "today.step.invite" not in {one.key for one in at.button}
