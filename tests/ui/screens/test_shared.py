"""All notes of a family member: by day, 20 a page, and a search through what was opened."""

import pytest

from portal.circle import notes, readings
from tests.ui.screens.circle_stage import Stage, open_stage, words

stage = pytest.fixture(open_stage)


def test_notes_stand_by_day(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.write()
    stage.sit("Sam")
    shown = words(stage.open("shared"))
    assert "Today" in shown
    assert "The rain stopped at noon." in shown
    assert "Household" not in shown


def test_twenty_a_page(stage: Stage) -> None:
    stage.let_in("Sam")
    for number in range(21):
        stage.write(f"Text {number}.", f"Title {number}")
        stage.now += 1
    stage.sit("Sam")
    at = stage.open("shared")
    assert "Title 20" in words(at)
    assert "Title 0<" not in words(at)
    at.session_state["shared.page"] = 2
    stage.run(at)
    assert "Title 0<" in words(at)


@pytest.mark.parametrize("words_sought", ["", "text"])
def test_a_page_that_is_no_more_is_the_first(stage: Stage, words_sought: str) -> None:
    stage.let_in("Sam")
    items = [stage.write(f"Text {number}.", f"Title {number}") for number in range(21)]
    stage.sit("Sam")
    for page in (1, 2):
        readings.read(stage.people["Sam"], stage.link(), page=page, now=stage.now)
    at = stage.open("shared")
    at.text_input(key="shared.search").set_value(words_sought)
    at.session_state["shared.page"] = 2
    stage.run(at)
    notes.withdraw(stage.robin, items[-1], now=stage.now)
    at.session_state["shared.page"] = 2
    shown = words(stage.run(at))
    assert "Title 19" in shown
    assert "No note for you yet." not in shown


def test_search_looks_only_through_what_was_opened(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.write("Soup and rain.", "Supper")
    stage.sit("Sam")
    at = stage.open("shared")
    stage.write("Soup again.", "Not opened")
    at.text_input(key="shared.search").set_value("soup")
    stage.run(at)
    assert "Supper" in words(at)
    assert "Not opened" not in words(at)


def test_search_says_when_nothing_fits(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.write()
    stage.sit("Sam")
    at = stage.open("shared")
    at.text_input(key="shared.search").set_value("nowhere")
    stage.run(at)
    assert "Nothing you opened fits." in words(at)
    stage.press(at, "shared.all")
    assert "The rain" in words(at)


def test_nothing_yet(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.sit("Sam")
    assert "No note for you yet." in words(stage.open("shared"))
    readings.take_in(stage.robin, now=stage.now)
