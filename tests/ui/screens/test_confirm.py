"""Comparing: the number in groups, what they will see, let in, refuse, not now."""

import pytest

from portal.circle import circles, inviting, members
from tests.ui.screens.circle_stage import Stage, open_stage, words

stage = pytest.fixture(open_stage)


def test_both_screens_show_the_same_number(stage: Stage) -> None:
    made = stage.asks("Sam")
    number = circles.circles(stage.people["Sam"], now=stage.now)[0].number
    shown = words(stage.open("compare", made.id))
    assert len(number) == 30
    for at in range(0, 30, 5):
        assert f"<li>{number[at : at + 5]}</li>" in shown
    stage.sit("Sam")
    other = words(stage.open("home"))
    for at in range(0, 30, 5):
        assert f"<li>{number[at : at + 5]}</li>" in other


def test_letting_in_lets_in(stage: Stage) -> None:
    made = stage.asks("Sam")
    at = stage.open("compare", made.id)
    assert "refuse: somebody else used it" in words(at)
    stage.press(at, "compare.match")
    assert [one.label for one in members.members(stage.robin, now=stage.now)] == ["Sam"]
    assert stage.path == "circle"
    assert "Sam is in your circle." in words(at)


def test_not_now_leaves_everything(stage: Stage) -> None:
    made = stage.asks("Sam")
    at = stage.open("compare", made.id)
    stage.press(at, "compare.later")
    assert not members.members(stage.robin, now=stage.now)
    assert [ask.id for ask in inviting.asks(stage.robin)] == [made.id]


def test_refusing_asks_first_and_then_refuses(stage: Stage) -> None:
    made = stage.asks("Sam")
    at = stage.open("compare", made.id)
    stage.press(at, "compare.differ")
    assert inviting.asks(stage.robin)
    stage.press(at, "compare.refuse.do")
    assert not inviting.asks(stage.robin)
    assert not members.members(stage.robin, now=stage.now)


def test_an_answered_request_is_said(stage: Stage) -> None:
    made = stage.asks("Sam")
    inviting.confirm(stage.robin, made.id, now=stage.now)
    assert "Nobody waits here now." in words(stage.open("compare", made.id))
