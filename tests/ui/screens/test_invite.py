"""Inviting: six steps, nothing chosen at the start, Back keeps answers, and a signature of one's own."""

import pytest
from streamlit.testing.v1 import AppTest

from portal.circle import inviting
from tests.ui.screens.circle_stage import PASSPHRASE, Stage, open_stage, words

stage = pytest.fixture(open_stage)


def go_on(stage: Stage, at: AppTest) -> AppTest:
    return stage.press(at, "invite.go_on")


def to_what(stage: Stage) -> AppTest:
    at = stage.open("invite")
    at.text_input(key="invite.label").set_value("Fern")
    at.text_input(key="invite.relation").set_value("sister")
    return go_on(stage, at)


def to_reading(stage: Stage) -> AppTest:
    at = to_what(stage)
    at.radio(key="invite.template").set_value("group")
    stage.run(at)
    at.button_group(key="invite.lists").set_value([f"list-{stage.household.hex()}"])
    at.button_group(key="invite.since").set_value("from_today")
    go_on(stage, at)
    at.button_group(key="invite.period").set_value("90")
    at.text_input(key="invite.event").set_value("when the school year is over")
    go_on(stage, at)
    at.button_group(key="invite.purposes").set_value(["support"])
    return go_on(stage, at)


def sign(stage: Stage, at: AppTest, passphrase: str, name: str) -> AppTest:
    at.text_input(key="invite.passphrase").set_value(passphrase)
    at.text_input(key="invite.signature").set_value(name)
    return stage.press(at, "invite.make")


def test_six_steps_make_an_invitation_as_read(stage: Stage) -> None:
    at = to_reading(stage)
    shown = words(at)
    for said in ("Fern, sister", "Household", "From the day of signing on", "when the school year is over", "no legal"):
        assert said in shown or said == "no legal"
    assert "It is not legal advice." in shown
    assert "Is anyone pushing you?" in shown
    go_on(stage, at)
    sign(stage, at, PASSPHRASE, "Robin")

    (made,) = inviting.pending(stage.robin, now=stage.now)
    assert (made.label, made.relation, made.terms.purposes) == ("Fern", "sister", ("support",))
    assert made.terms.lists == {stage.household}
    assert not made.terms.everything
    assert made.terms.event == "when the school year is over"
    assert 89 < (made.terms.ends - stage.now) / 86_400 < 91
    assert stage.path == "code"
    assert "Give this to Fern" in words(at)


def test_nothing_is_chosen_at_the_start(stage: Stage) -> None:
    at = to_what(stage)
    assert at.radio(key="invite.template").value is None
    assert at.button_group(key="invite.since").value is None
    assert not at.checkbox(key="invite.resource").value


@pytest.mark.parametrize("step", ["who", "what"])
def test_a_step_that_is_not_complete_says_so(stage: Stage, step: str) -> None:
    at = stage.open("invite") if step == "who" else to_what(stage)
    go_on(stage, at)
    said = {"who": "Give this person a name first.", "what": "Choose what this person may see."}[step]
    assert words(at).count(said) == 2


def test_back_keeps_the_answers(stage: Stage) -> None:
    at = to_what(stage)
    at.radio(key="invite.template").set_value("one")
    stage.run(at)
    stage.press(at, "invite.back")
    assert at.text_input(key="invite.label").value == "Fern"
    go_on(stage, at)
    assert at.radio(key="invite.template").value == "one"


def test_save_and_stop_keeps_the_answers(stage: Stage) -> None:
    at = to_what(stage)
    stage.press(at, "invite.stop")
    assert stage.path == "circle"
    stage.press(at, "circle.begun")
    assert "What may Fern see?" in words(at)


def test_a_change_leads_back_to_reading(stage: Stage) -> None:
    at = to_reading(stage)
    stage.press(at, "invite.to_who")
    at.text_input(key="invite.label").set_value("Ana")
    go_on(stage, at)
    assert "Ana, sister" in words(at)


def test_whoever_is_pushed_can_share_less_or_stop(stage: Stage) -> None:
    at = to_reading(stage)
    stage.press(at, "invite.less")
    assert "What may Fern see?" in words(at)
    go_on(stage, at)
    stage.press(at, "invite.stop_all")
    assert "nobody was told" in words(at)
    stage.press(at, "circle.invite")
    assert at.text_input(key="invite.label").value == ""


@pytest.mark.parametrize(("passphrase", "name"), [("not this one at all", "Robin"), (PASSPHRASE, "Somebody")])
def test_a_wrong_signature_makes_nothing_and_only_the_passphrase_empties(
    stage: Stage, passphrase: str, name: str
) -> None:
    at = go_on(stage, to_reading(stage))
    sign(stage, at, passphrase, name)
    assert not inviting.pending(stage.robin, now=stage.now)
    assert at.text_input(key="invite.passphrase").value == ""
    assert at.text_input(key="invite.signature").value == name
    assert "problem" in words(at)


def test_a_new_group_can_be_named_on_the_way(stage: Stage) -> None:
    at = to_what(stage)
    at.radio(key="invite.template").set_value("group")
    stage.run(at)
    at.text_input(key="invite.new_group").set_value("Inner circle")
    at.button_group(key="invite.since").set_value("everything")
    go_on(stage, at)
    at.button_group(key="invite.period").set_value("30")
    go_on(stage, at)
    at.button_group(key="invite.purposes").set_value(["care"])
    go_on(stage, at)
    assert "Inner circle" in words(at)
