"""After sharing: who can read it, a sentence to send them, and the way back; the same for notes and for the library."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from portal.circle import notes
from portal.circle.audiences import Chosen
from portal.circle.bodies import Text
from portal.circle.kinds import Kind
from portal.newtypes import ItemId
from portal.vault import people
from tests.ui.screens.circle_stage import Stage, open_stage, words

KINDS = frozenset({int(Kind.NOTE), int(Kind.RESOURCE)})
SENTENCE = "There is something new for you when you have a quiet moment."


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    yield from open_stage(monkeypatch)


def only(stage: Stage) -> notes.Note:
    return notes.notes(stage.robin, kind=Kind.RESOURCE, now=stage.now).items[0]


def choose(stage: Stage, at: AppTest, key: str, *codes: str) -> None:
    at.button_group(key=key).set_value(list(codes))
    stage.run(at)


def test_a_shared_link_says_who_can_read_it_and_can_be_taken_back(stage: Stage) -> None:
    sam = stage.let_in("Sam", kinds=KINDS)
    at = stage.open("add")
    at.text_input(key="add.url").set_value("https://bus.example")
    choose(stage, at, "add.readers", f"person-{sam.hex()}")
    stage.press(at, "add.share")
    assert "Sam can read it." in words(at)
    assert SENTENCE in words(at)

    stage.press(at, "outcome.undo")

    assert only(stage).readers == ()
    assert "Only you can read it now." in words(at)


def test_an_edited_text_of_the_library_comes_back_with_its_readers(stage: Stage) -> None:
    sam = stage.let_in("Sam", kinds=KINDS)
    before = Text("Bus", "Every hour.", "https://bus.example")
    item = notes.write(stage.robin, before, kind=Kind.RESOURCE, now=stage.now)
    stage.later(60)
    at = stage.open("library")
    stage.press(at, f"resources.{item.hex()}.edit")
    at.text_area(key="add.text").set_value("Every two hours.")
    at.text_input(key="add.url").set_value("")
    choose(stage, at, "add.readers", f"person-{sam.hex()}")
    stage.press(at, "add.share")
    assert (only(stage).text, only(stage).readers) == ("Every two hours.", ("Sam",))
    assert "It is changed." in words(at)
    assert "Sam can read it." in words(at)
    stage.later(60)

    stage.press(at, "outcome.undo")

    assert (only(stage).text, only(stage).url, only(stage).readers) == (before.text, before.url, ())


def kept(stage: Stage) -> ItemId:
    return stage.write(readers=Chosen())


def test_a_note_shared_later_is_told_like_a_new_one(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    item = kept(stage)
    at = stage.open("note", item)
    stage.press(at, "note.open_sharing")
    assert {"note.edit", "note.erase"}.isdisjoint(button.key for button in at.button)
    choose(stage, at, "note.readers", f"person-{sam.hex()}")
    stage.press(at, "note.share")
    assert "Sam can read it." in words(at)
    assert SENTENCE in words(at)

    stage.press(at, "outcome.undo")

    assert notes.note(stage.robin, item, now=stage.now).readers == ()


def test_the_way_back_leads_to_those_who_could_read_it_before(stage: Stage) -> None:
    sam, fern = stage.let_in("Sam"), stage.let_in("Fern")
    item = stage.write(readers=Chosen(people=frozenset({sam})))
    at = stage.open("note", item)
    stage.press(at, "note.open_sharing")
    choose(stage, at, "note.readers", f"person-{sam.hex()}", f"person-{fern.hex()}")
    stage.press(at, "note.share")

    stage.press(at, "outcome.undo")

    assert notes.note(stage.robin, item, now=stage.now).readers == ("Sam",)
    assert "Sam can read it." in words(at)


def test_two_people_of_one_name_are_two_options(stage: Stage) -> None:
    stage.let_in("Fern")
    other = stage.let_in("June")
    with stage.robin.store.change(stage.now):
        people.change(stage.robin, other, stage.now, label="Fern")  # as it was before names were told apart
    at = stage.open("write")

    assert {"Fern", "Fern (2)"} <= set(at.button_group(key="write.readers").options)
