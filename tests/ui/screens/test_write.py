"""Writing: readers named before sharing, every refusal keeps the words, and a double press shares once."""

import pytest

from portal.circle import drafts, notes
from portal.circle.bodies import Text
from portal.newtypes import ItemId
from portal.ui.screens import note_acts, write
from portal.ui.screens.composer import NOTE
from tests.ui.screens.circle_stage import Stage, open_stage, words

stage = pytest.fixture(open_stage)


def readers(stage: Stage) -> str:
    return f"list-{stage.household.hex()}"


def test_a_note_goes_to_the_readers_that_were_named(stage: Stage) -> None:
    stage.let_in("Sam")
    at = stage.open("write")
    at.text_area(key="write.text").set_value("We walked by the river.")
    at.button_group(key="write.readers").set_value([readers(stage)])
    stage.run(at)
    assert "Sam will read it." in words(at)

    stage.press(at, "write.share")

    (note,) = notes.notes(stage.robin, now=stage.now).items
    assert (note.text, note.readers) == ("We walked by the river.", ("Sam",))
    assert stage.path == "notes"
    assert "Sam can read it." in words(at)
    assert "There is something new for you" in words(at)


def test_nothing_that_shares_is_chosen_in_a_fresh_form(stage: Stage) -> None:
    at = stage.open("write")
    assert at.button_group(key="write.readers").value == []
    assert "Nobody is chosen yet." in words(at)


def test_an_empty_note_is_refused_and_the_choice_stays(stage: Stage) -> None:
    at = stage.open("write")
    at.button_group(key="write.readers").set_value(["me"])
    stage.run(at)
    stage.press(at, "write.share")
    assert words(at).count("Write a few words first.") == 2  # in the box and at the field
    assert at.button_group(key="write.readers").value == ["me"]


def test_nobody_chosen_keeps_the_words(stage: Stage) -> None:
    at = stage.open("write")
    at.text_area(key="write.text").set_value("For whom?")
    stage.press(at, "write.share")
    assert at.text_area(key="write.text").value == "For whom?"
    assert "Choose who can read this" in words(at)
    assert not notes.notes(stage.robin, now=stage.now).items


def test_a_group_that_nobody_can_read_in_keeps_the_words(stage: Stage) -> None:
    at = stage.open("write")
    at.text_area(key="write.text").set_value("To an empty room.")
    at.button_group(key="write.readers").set_value([readers(stage)])
    stage.run(at)
    stage.press(at, "write.share")
    assert at.text_area(key="write.text").value == "To an empty room."
    assert not notes.notes(stage.robin, now=stage.now).items


def test_too_long_says_how_much_and_keeps_every_sign(stage: Stage) -> None:
    at = stage.open("write")
    at.text_area(key="write.text").set_value("a" * 70_000)
    at.button_group(key="write.readers").set_value(["me"])
    stage.run(at)
    stage.press(at, "write.share")
    assert "characters too many" in words(at)
    assert len(at.text_area(key="write.text").value or "") == 70_000


def test_typing_saves_a_draft_that_comes_back(stage: Stage) -> None:
    at = stage.open("write")
    at.text_area(key="write.text").set_value("Half a sent")
    stage.run(at)
    assert "Only you can read it." in words(at)
    assert [draft.text for draft in drafts.drafts(stage.robin)] == ["Half a sent"]

    again = stage.open("write")  # another tab, the same browser
    assert again.text_area(key="write.text").value == "Half a sent"


def test_keeping_a_draft_keeps_it(stage: Stage) -> None:
    at = stage.open("write")
    at.text_area(key="write.text").set_value("Later.")
    stage.press(at, "write.keep")
    assert stage.path == "notes"
    assert [draft.text for draft in drafts.drafts(stage.robin)] == ["Later."]


def test_a_shared_note_leaves_no_draft_and_an_empty_editor(stage: Stage) -> None:
    at = stage.open("write")
    at.text_area(key="write.text").set_value("Mine.")
    at.button_group(key="write.readers").set_value(["me"])
    stage.run(at)
    stage.press(at, "write.share")
    assert not drafts.drafts(stage.robin)
    stage.press(at, "notes.write")
    assert at.text_area(key="write.text").value == ""


def test_a_second_press_shares_nothing_more(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    at = stage.open("write")
    at.text_area(key="write.text").set_value("Once.")
    at.button_group(key="write.readers").set_value(["me"])
    stage.run(at)
    share = write._share

    def twice() -> None:
        share()
        share()

    monkeypatch.setattr(write, "_share", twice)
    stage.run(at)
    stage.press(at, "write.share")
    assert notes.notes(stage.robin, now=stage.now).total == 1
    assert "The note is kept. Only you can read it." in words(at)  # the second press said nothing


def test_only_me_and_anybody_else_exclude_each_other(stage: Stage) -> None:
    at = stage.open("write")
    at.button_group(key="write.readers").set_value([readers(stage)])
    stage.run(at)
    at.button_group(key="write.readers").set_value([readers(stage), "me"])
    stage.run(at)
    assert at.button_group(key="write.readers").value == ["me"]
    at.button_group(key="write.readers").set_value(["me", readers(stage)])
    stage.run(at)
    assert at.button_group(key="write.readers").value == [readers(stage)]


def test_two_tabs_keep_both_texts_and_let_choose(stage: Stage) -> None:
    one = stage.open("write")
    one.text_area(key="write.text").set_value("First.")
    stage.run(one)
    other = stage.open("write")
    other.text_area(key="write.text").set_value("From the other tab.")
    stage.run(other)

    one.text_area(key="write.text").set_value("First, longer.")
    stage.run(one)

    assert "Changed in another tab" in words(one)
    assert {draft.text for draft in drafts.drafts(stage.robin)} == {"First, longer.", "From the other tab."}
    assert one.text_area(key="write.text").value == "First, longer."
    stage.press(one, "write.other")
    assert one.text_area(key="write.text").value == "From the other tab."


def edit(stage: Stage, item: bytes) -> None:
    stage.remember("write", NOTE + item.hex())


def test_an_edit_names_its_readers_and_keeps_earlier_versions(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write("Before.")
    edit(stage, item)
    stage.later(60)
    at = stage.open("write")
    assert "Sam will read the new text." in words(at)
    at.text_area(key="write.text").set_value("After.")
    stage.press(at, "write.share")
    note = notes.note(stage.robin, item, now=stage.now)
    assert (note.text, note.readers, note.versions) == ("After.", ("Sam",), 1)
    assert stage.path == "note"


def test_an_edit_is_undone_once_however_often_it_is_pressed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_back = note_acts.bring_back

    def twice(item: ItemId, edited: int) -> None:
        bring_back(item, edited)
        stage.later(1)
        bring_back(item, edited)

    monkeypatch.setattr(note_acts, "bring_back", twice)
    item = stage.write("Before.", readers=None)
    edit(stage, item)
    stage.later(60)
    at = stage.open("write")
    at.text_area(key="write.text").set_value("After.")
    stage.press(at, "write.share")
    stage.later(60)

    stage.press(at, "outcome.undo")

    note = notes.note(stage.robin, item, now=stage.now)
    assert (note.text, note.versions) == ("Before.", 2)


def test_an_edit_over_another_edit_loses_neither(stage: Stage) -> None:
    item = stage.write("Before.", readers=None)
    edit(stage, item)
    at = stage.open("write")
    stage.later(60)
    notes.edit(stage.robin, item, Text("", "From the other tab."), base=stage.now - 60, now=stage.now)
    at.text_area(key="write.text").set_value("Mine.")
    stage.press(at, "write.share")
    assert "From the other tab." in words(at)
    assert at.text_area(key="write.text").value == "Mine."
    stage.press(at, "write.mine")
    stage.later(60)
    stage.press(at, "write.share")
    assert notes.note(stage.robin, item, now=stage.now).text == "Mine."
