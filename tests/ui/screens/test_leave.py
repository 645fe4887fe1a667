"""Leaving a circle: asked once, said plainly, and the other side sees it."""

import pytest

from portal.circle import circles, members, tending
from tests.ui.screens.circle_stage import Stage, open_stage, words

stage = pytest.fixture(open_stage)


def test_leaving_asks_and_then_leaves(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.sit("Sam")
    at = stage.open("leave")
    stage.press(at, "leave.ask")
    assert circles.circles(stage.people["Sam"], now=stage.now)  # not before the answer
    assert "After this you open nothing from Robin. Robin sees that you left." in words(at)
    stage.press(at, "leave.really.do")
    assert not circles.circles(stage.people["Sam"], now=stage.now)
    assert "You left." in words(at)

    tending.tend(stage.robin, stage.now)
    stage.sit("robin")
    assert [one.label for one in members.departures(stage.robin)] == ["Sam"]
    assert "Sam left" in words(stage.open("circle"))


def test_a_paused_circle_can_be_left(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    members.pause(stage.robin, sam, now=stage.now)
    stage.sit("Sam")
    at = stage.open("leave")
    stage.press(at, "leave.ask")
    stage.press(at, "leave.really.do")
    assert not circles.circles(stage.people["Sam"], now=stage.now)


def test_a_circle_that_is_no_longer_there_is_refused(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.sit("Sam")
    at = stage.open("leave")
    circles.leave(stage.people["Sam"], stage.link(), now=stage.now)  # in another tab
    stage.press(at, "leave.ask")
    assert stage.path == "today" or "problem" in words(at)


@pytest.mark.parametrize("path", ["leave", "what-i-see"])
def test_the_way_back_leads_where_the_page_is_reached_from(stage: Stage, path: str) -> None:
    stage.let_in("Sam")
    stage.sit("Sam")
    back = stage.open(path).get("page_link")[-1 if path == "leave" else -2]
    assert (back.proto.label, back.proto.page) == ("More", "more")
