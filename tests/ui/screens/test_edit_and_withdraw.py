"""One note from sharing to sharing again, walked as both people: what each of them is told at each step."""

import pytest
from streamlit.testing.v1 import AppTest

from portal.circle import notes
from portal.circle.audiences import Chosen
from portal.newtypes import ItemId
from tests.ui.screens.circle_stage import Stage, open_stage, sams_home, words

stage = pytest.fixture(open_stage)
MINUTE = 60
FIRST, SECOND, THIRD = "The rain stopped at noon.", "The rain stopped at one.", "The rain stopped at two."


def robins_page(stage: Stage, item: ItemId) -> AppTest:
    stage.sit("robin")
    return stage.open("note", item)


def share(stage: Stage) -> ItemId:
    at = stage.open("write")
    at.text_area(key="write.text").set_value(FIRST)
    at.button_group(key="write.readers").set_value([f"list-{stage.household.hex()}"])
    stage.run(at)
    stage.press(at, "write.share")
    assert "Sam can read it." in words(at)
    (note,) = notes.notes(stage.robin, now=stage.now).items
    return note.id


def edit(stage: Stage, item: ItemId, text: str) -> None:
    at = robins_page(stage, item)
    stage.press(at, "note.edit")
    assert "Sam will read the new text." in words(at)
    at.text_area(key="write.text").set_value(text)
    stage.run(at)
    stage.press(at, "write.share")
    assert "The note is changed." in words(at)


def read_and_withdrawn(stage: Stage) -> tuple[ItemId, AppTest]:
    """A note that Sam has read is shared no longer; return it, and Robin's page of it."""
    stage.let_in("Sam")
    item = share(stage)
    sams_home(stage)
    stage.next_visit(after=MINUTE)
    at = robins_page(stage, item)
    stage.press(at, "note.withdraw")
    return item, at


def test_an_edit_before_anybody_read_is_one_new_note(stage: Stage) -> None:
    stage.let_in("Sam")
    item = share(stage)
    stage.later(5 * MINUTE)
    edit(stage, item, SECOND)
    assert "not shown yet" in words(robins_page(stage, item))

    shown = sams_home(stage)

    assert SECOND in shown
    assert FIRST not in shown
    assert '<span class="badge blue">New</span>' in shown
    assert "Changed</span>" not in shown
    assert "read today" in words(robins_page(stage, item))


@pytest.mark.parametrize("minutes", [5, 40])
def test_an_edit_of_what_was_read_is_told_as_a_change(stage: Stage, minutes: int) -> None:
    stage.let_in("Sam")
    item = share(stage)
    stage.later(MINUTE)
    sams_home(stage)
    stage.next_visit(after=minutes * MINUTE)
    edit(stage, item, SECOND)
    assert "read today, before your change" in words(robins_page(stage, item))

    shown = sams_home(stage)

    assert "Since your last visit" in shown
    assert "1 changed" in shown
    assert "1 new" not in shown
    assert SECOND in shown
    assert "edited" in shown
    told = words(robins_page(stage, item))
    assert "read today" in told
    assert "before your change" not in told


def test_what_was_withdrawn_and_shared_again_is_told_to_both(stage: Stage) -> None:
    item, at = read_and_withdrawn(stage)
    assert "What was read, copied or printed stays with the reader." in words(at)
    assert "read today · cannot read it now" in words(at)
    undone = words(sams_home_and_open(stage, item))
    assert "This is no longer shared." in undone
    assert FIRST not in undone

    stage.sit("robin")
    stage.press(at, "outcome.undo")

    assert "Sam can read it again." in words(at)
    assert "cannot read it now" not in words(at)
    shown = sams_home(stage)
    assert FIRST in shown
    assert "no longer shared" not in shown
    assert '<span class="badge blue">New</span>' in shown


def sams_home_and_open(stage: Stage, item: ItemId) -> AppTest:
    shown = sams_home(stage)
    assert "Something you read is no longer shared." in shown
    assert FIRST not in shown
    return stage.open("open", item)


def test_an_edit_while_nobody_could_read_it_is_a_change_when_it_comes_back(stage: Stage) -> None:
    item, at = read_and_withdrawn(stage)
    stage.later(MINUTE)
    stage.press(at, "note.edit")
    at.text_area(key="write.text").set_value(THIRD)
    stage.run(at)
    stage.press(at, "write.share")
    assert "Only you can read this." in words(at)
    notes.share(stage.robin, item, Chosen(lists=frozenset({stage.household})), now=stage.now)

    shown = sams_home(stage)

    assert "1 changed" in shown
    assert THIRD in shown
    assert "no longer shared" not in shown
