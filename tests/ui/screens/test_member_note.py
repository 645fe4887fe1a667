"""One note as a family member reads it."""

import pytest

from portal.circle import notes, readings
from portal.circle.audiences import Chosen
from tests.ui.screens.circle_stage import Stage, open_stage, words

stage = pytest.fixture(open_stage)


def test_it_shows_the_text_and_records_one_reading(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write("A **bold** word and a [link](https://example.org/x).")
    stage.sit("Sam")
    at = stage.open("open", item)
    stage.run(at)
    shown = words(at)
    assert "<strong>bold</strong>" in shown
    assert "(https://example.org/x)" in shown
    assert "Household" not in shown
    readings.take_in(stage.robin, now=stage.now)
    assert len(readings.who_read(stage.robin, item)) == 1


def test_one_that_was_withdrawn_is_said(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    stage.sit("Sam")
    at = stage.open("open", item)
    notes.withdraw(stage.robin, item, now=stage.now)
    stage.run(at)
    assert "This note is no longer shared." in words(at)
    assert "The rain" not in words(at)


def test_one_that_was_never_shared_reads_the_same(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write(readers=Chosen())
    stage.sit("Sam")
    shown = words(stage.open("open", item))
    assert "This note is no longer shared." in shown
    assert "The rain" not in shown
