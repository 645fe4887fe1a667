"""The member's copy of the agreement: kinds, dates and purpose; never a group or another person."""

import pytest

from portal.circle import circles
from tests.ui.screens.circle_stage import Stage, open_stage, words

stage = pytest.fixture(open_stage)


def test_it_says_what_why_and_until_when(stage: Stage) -> None:
    stage.let_in("Sam", purposes=("request", "own:for the garden"))
    stage.sit("Sam")
    shown = words(stage.open("what-i-see"))
    purposes = "At Robin’s own request; for the garden"
    for said in ("Notes chosen for you", "everything chosen so far", purposes, "Private. Do not pass it on."):
        assert said in shown
    assert "Household" not in shown


def test_the_name_of_the_notebook_is_the_members_own(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.sit("Sam")
    at = stage.open("what-i-see")
    at.text_input(key="seen.name").set_value("My sister")
    stage.press(at, "seen.rename_save")
    assert circles.circles(stage.people["Sam"], now=stage.now)[0].label == "My sister"


def test_a_telling_name_is_refused(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.sit("Sam")
    at = stage.open("what-i-see")
    at.text_input(key="seen.name").set_value("robin@example.org")
    stage.press(at, "seen.rename_save")
    assert "looks like an e-mail" in words(at)


def test_a_circle_that_waits_shows_no_agreement(stage: Stage) -> None:
    stage.asks("Sam")
    stage.sit("Sam")
    assert "Waiting for Robin" in words(stage.open("what-i-see"))
