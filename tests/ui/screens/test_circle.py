"""The circle: who waits, who is in it, pausing with the way back, removing, groups, invitations."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from portal.circle import accounts, audiences, circles, inviting, members
from portal.circle.accounts import Settings
from portal.circle.audiences import EVERYONE
from portal.circle.kinds import Kind
from portal.circle.members import Standing
from portal.newtypes import PersonId
from portal.ui import state
from tests.ui.screens.circle_stage import DAY, Stage, open_stage, words

stage = pytest.fixture(open_stage)


def standing(stage: Stage, person: PersonId) -> Standing:
    return members.member(stage.robin, person, now=stage.now).standing


def test_alone_it_is_a_kind_sentence(stage: Stage) -> None:
    at = stage.open("circle")
    assert "Only you are here." in words(at)
    stage.press(at, "circle.invite")
    assert stage.path == "invite"


def test_who_waits_and_who_is_in_it(stage: Stage) -> None:
    stage.let_in("June")
    made = stage.asks("Sam")
    at = stage.open("circle")
    shown = words(at)
    assert shown.index("asks to join") < shown.index("June")
    assert "brother · permission to" in shown
    stage.press(at, f"circle.ask{made.id.hex()}")
    assert stage.path == "compare"


def test_what_somebody_reads_is_one_plain_sentence(stage: Stage) -> None:
    stage.let_in("Sam", kinds=frozenset({int(Kind.NOTE), int(Kind.RESOURCE)}))
    stage.let_in("June", lists=frozenset())
    shown = words(stage.open("circle"))
    assert "Reads notes and library additions that you share with Sam or with Household." in shown
    assert "Reads notes that you share with June by name." in shown
    stage.later(100 * DAY)
    shown = words(stage.open("circle"))
    assert "Could read notes and library additions that you shared with Sam or with Household." in shown
    assert "Could read notes that you shared with June by name." in shown


@pytest.mark.parametrize(
    ("zone", "hours", "said"),
    [
        ("UTC", 15, "Ends today"),
        ("UTC", 17, "Ends tomorrow"),
        ("UTC", 41, "Ends in 2 days"),
        ("America/Los_Angeles", 17, "Ends today"),
        ("Asia/Tokyo", 15, "Ends tomorrow"),
    ],
)
def test_the_end_is_told_by_the_days_of_the_readers_calendar(stage: Stage, zone: str, hours: int, said: str) -> None:
    accounts.save_settings(stage.robin, Settings(lang="en", zone=zone), now=stage.now)  # it is 08:00 in UTC
    stage.let_in("Sam", ends=stage.now + hours * 3600)
    assert said in words(stage.open("circle"))


def test_an_end_far_away_is_not_told_in_days(stage: Stage) -> None:
    stage.let_in("Sam", ends=stage.now + 15 * DAY)
    assert "Ends in" not in words(stage.open("circle"))


def test_the_limit_of_pausing_is_told_as_it_is(stage: Stage) -> None:
    stage.let_in("Sam")
    assert "Pausing works at once: an open page goes blank within seconds." in words(stage.open("circle"))


def test_pausing_works_at_once_and_can_be_undone(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    at = stage.open("circle")
    stage.press(at, f"circle.pause.person{sam.hex()}")
    assert standing(stage, sam) is Standing.PAUSED
    assert "What was read stays with Sam." in words(at)
    stage.press(at, "outcome.undo")
    assert standing(stage, sam) is Standing.OPEN


def test_everybody_can_be_paused_at_once(stage: Stage) -> None:
    both = [stage.let_in("Sam"), stage.let_in("June")]
    at = stage.open("circle")
    stage.press(at, "circle.pause_all")
    assert {standing(stage, one) for one in both} == {Standing.PAUSED}
    stage.press(at, "circle.resume_all")
    assert {standing(stage, one) for one in both} == {Standing.OPEN}


def remove(stage: Stage, sam: PersonId) -> AppTest:
    at = stage.open("person", sam)
    return stage.press(at, "person.remove")


def test_removing_pauses_before_it_asks(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    remove(stage, sam)
    assert standing(stage, sam) is Standing.PAUSED


def test_removing_removes(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    at = remove(stage, sam)
    stage.press(at, "circle.remove.yes")
    assert not members.members(stage.robin, now=stage.now)
    assert "What was read, copied or printed stays with Sam." in words(at)
    assert stage.path == "circle"


def test_the_question_and_the_answer_say_what_removing_does(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    at = remove(stage, sam)
    assert "Sam is paused already and opens nothing. After this Sam needs a new invitation." in words(at)
    stage.press(at, "circle.remove.yes")
    assert "Sam opens nothing from now on." in words(at)


def test_removing_can_be_undone_in_the_question(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    at = remove(stage, sam)
    stage.press(at, "circle.remove.undo")
    assert standing(stage, sam) is Standing.OPEN


def test_keeping_paused_keeps_paused_and_can_be_undone(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    at = remove(stage, sam)
    stage.press(at, "circle.remove.keep")
    assert standing(stage, sam) is Standing.PAUSED
    assert "Sam is still in your circle, paused." in words(at)
    stage.press(at, "outcome.undo")
    assert standing(stage, sam) is Standing.OPEN


def test_closing_the_question_is_told_and_can_be_undone(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    sam = stage.let_in("Sam")
    closing = list[Callable[[], None]]()

    def dialog(_title: str, on_dismiss: Callable[[], None]) -> Callable[[object], object]:
        closing.append(on_dismiss)
        return lambda box: box

    monkeypatch.setattr("streamlit.dialog", dialog)
    at = remove(stage, sam)
    memory = at.session_state["ui"]
    monkeypatch.setattr(state.memory, "ui", lambda: memory)
    monkeypatch.setattr(state, "ui", lambda: memory)

    closing[0]()

    stage.run(at)
    assert standing(stage, sam) is Standing.PAUSED
    assert "Sam is still in your circle, paused." in words(at)
    stage.press(at, "outcome.undo")
    assert standing(stage, sam) is Standing.OPEN


def test_removing_somebody_who_cannot_read_pauses_nobody(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    stage.later(100 * DAY)
    at = remove(stage, sam)
    assert "Sam cannot read now." in words(at)
    assert "paused" not in words(at)
    assert "circle.remove.undo" not in {one.key for one in at.button}
    stage.press(at, "circle.remove.keep_shut")
    assert standing(stage, sam) is Standing.ENDED
    assert "still in your circle" not in words(at)


def test_removing_somebody_who_was_paused_before_has_nothing_to_undo(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    members.pause(stage.robin, sam, now=stage.now)
    at = remove(stage, sam)
    assert "circle.remove.undo" not in {one.key for one in at.button}
    stage.press(at, "circle.remove.keep")
    assert "still in your circle" not in words(at)


def test_a_group_can_be_added_renamed_and_removed(stage: Stage) -> None:
    stage.let_in("Sam")
    at = stage.open("circle")
    at.text_input(key="circle.group_add").set_value("Inner circle")
    stage.press(at, "circle.group_save")
    made = next(one for one in audiences.audiences(stage.robin) if one.name == "Inner circle")
    key = f"group{made.id.hex()}"
    at.text_input(key=f"circle.name.{key}").set_value("Closest")
    stage.press(at, f"circle.rename.{key}")
    assert "Closest" in {one.name for one in audiences.audiences(stage.robin)}
    stage.press(at, f"circle.remove.{key}")
    stage.press(at, "circle.group_remove.do")
    assert "Closest" not in {one.name for one in audiences.audiences(stage.robin)}


def test_a_group_without_a_name_is_refused(stage: Stage) -> None:
    stage.let_in("Sam")
    at = stage.open("circle")
    stage.press(at, "circle.group_save")
    assert "Give the group a name first." in words(at)


def test_a_group_says_who_is_in_it(stage: Stage) -> None:
    stage.let_in("Sam")
    assert "In it: Sam" in words(stage.open("circle"))


def test_an_empty_group_says_why(stage: Stage) -> None:
    assert "Nobody is in it yet: no permission names this group." in words(stage.open("circle"))


def test_everyone_says_who_is_in_it_and_why_somebody_is_not(stage: Stage) -> None:
    stage.let_in("Sam")
    shown = words(stage.open("circle"))
    assert "It means all whose permission names it, not all in your circle." in shown
    assert "press Change at the person" in shown

    stage.let_in("June", lists=frozenset({EVERYONE}))
    shown = words(stage.open("circle"))
    assert "In it: June. Not in it: Sam, because their permission does not name this group." in shown


def test_everyone_with_all_in_it_names_them(stage: Stage) -> None:
    stage.let_in("Sam", lists=frozenset({EVERYONE}))
    shown = words(stage.open("circle"))
    assert "In it: Sam<" in shown
    assert "Not in it" not in shown


def test_alone_with_a_group_the_hint_speaks_of_inviting(stage: Stage) -> None:
    shown = words(stage.open("circle"))
    assert "choose it when you invite." in shown
    assert "press Change" not in shown


def test_an_invitation_can_be_extended_replaced_and_cancelled(stage: Stage) -> None:
    made = stage.invite("Fern")
    key = f"invitation{made.id.hex()}"
    stage.later(60)
    at = stage.open("circle")
    stage.press(at, f"circle.extend.{key}")
    assert inviting.pending(stage.robin, now=stage.now)[0].ends == stage.now + 7 * DAY
    stage.press(at, f"circle.replace.{key}")
    (fresh,) = inviting.pending(stage.robin, now=stage.now)
    assert fresh.code != made.code
    assert stage.path == "code"
    at = stage.open("circle")
    stage.press(at, f"circle.cancel.invitation{fresh.id.hex()}")
    assert not inviting.pending(stage.robin, now=stage.now)
    assert "Fern: made today, cancelled today" in words(at)


def test_an_invitation_that_was_used_meanwhile_is_not_cancelled(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    made = stage.invite("Fern")
    at = stage.open("circle")
    inviting.cancel(stage.robin, made.id, now=stage.now)  # in another tab
    stage.press(at, f"circle.extend.invitation{made.id.hex()}")
    assert "problem" in words(at)


def test_somebody_who_left_is_gone_at_the_next_look(stage: Stage) -> None:
    stage.let_in("Sam")
    assert "Sam left" not in words(stage.open("circle"))
    circles.leave(stage.people["Sam"], stage.link(), now=stage.now)

    assert "Sam left today" in words(stage.open("circle"))
    assert members.members(stage.robin, now=stage.now) == []
