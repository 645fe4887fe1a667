"""The list of notes: pinned first, searched, filtered, paged; drafts on top; erasing asks."""

import pytest

from portal.circle import drafts, notes
from portal.circle.audiences import Chosen
from portal.circle.bodies import Text
from tests.ui.screens.circle_stage import DAY, Stage, open_stage, words

stage = pytest.fixture(open_stage)


def test_an_empty_list_is_one_kind_sentence_and_one_action(stage: Stage) -> None:
    at = stage.open("notes")
    assert "Three sentences are enough." in words(at)
    assert not [field for field in at.text_input if field.key == "notes.search"]
    stage.press(at, "notes.write")
    assert stage.path == "write"


def test_notes_stand_by_day_with_their_readers_and_marks(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.write("Rain all day.", "Yesterday’s note")
    stage.later(DAY)
    notes.pin(stage.robin, stage.write("A pinned text.", "Kept", readers=Chosen()), True, now=stage.now)
    shown = words(stage.open("notes"))
    assert shown.index("Pinned") < shown.index("Kept") < shown.index("Yesterday") < shown.index("Rain all day.")
    assert "Only me" in shown
    assert '<span class="badge green">Shared</span>' in shown


def test_search_finds_words_and_says_when_nothing_fits(stage: Stage) -> None:
    stage.write("Soup with Sam.", "Supper", readers=Chosen())
    stage.write("A long walk.", "Outside", readers=Chosen())
    at = stage.open("notes")
    at.text_input(key="notes.search").set_value("soup")
    stage.run(at)
    assert "Supper" in words(at)
    assert "Outside" not in words(at)
    at.text_input(key="notes.search").set_value("nowhere")
    stage.run(at)
    assert "No note fits." in words(at)
    stage.press(at, "notes.show_all")
    assert "Outside" in words(at)


def test_tags_and_readers_filter(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.write("Slept well.", "Night", readers=Chosen(), tags=("Sleep",))
    stage.write("To the household.", "Day")
    at = stage.open("notes")
    at.button_group(key="notes.tag").set_value("Sleep")
    stage.run(at)
    assert "Night" in words(at)
    assert "To the household." not in words(at)
    at.button_group(key="notes.tag").set_value("all")
    at.selectbox(key="notes.reader").set_value(f"list-{stage.household.hex()}")
    stage.run(at)
    assert "To the household." in words(at)
    assert "Slept well." not in words(at)
    at.selectbox(key="notes.reader").set_value("me")
    stage.run(at)
    assert "Slept well." in words(at)
    assert "To the household." not in words(at)


def test_twenty_a_page(stage: Stage) -> None:
    for number in range(21):
        stage.write(f"Text {number}.", f"Title {number}", readers=Chosen())
        stage.later(60)
    at = stage.open("notes")
    assert "Title 20" in words(at)
    assert "Title 0<" not in words(at)
    at.session_state["notes.page"] = 2
    stage.run(at)
    assert "Title 0<" in words(at)


def test_a_draft_stands_on_top_and_opens(stage: Stage) -> None:
    draft = drafts.save(stage.robin, Text("", "Half a sent"), now=stage.now)
    at = stage.open("notes")
    assert "Half a sent" in words(at)
    stage.press(at, f"write.draft{draft.page.hex()}")
    assert stage.path == "write"
    assert at.text_area(key="write.text").value == "Half a sent"


def test_text_of_people_is_never_markup(stage: Stage) -> None:
    stage.write("<img src=x onerror=alert(1)>", "<b>bold</b>", readers=Chosen())
    shown = words(stage.open("notes"))
    assert "<img" not in shown
    assert "<b>" not in shown


def test_a_damaged_note_is_said_and_the_rest_stays(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.write("Whole.", "Whole", readers=Chosen())
    stage.write("Broken.", "Broken", readers=Chosen())
    real = notes._body
    monkeypatch.setattr(notes, "_body", lambda s, e: body if (body := real(s, e)) and body.title == "Whole" else None)
    shown = words(stage.open("notes"))
    assert "One entry is damaged." in shown
    assert "Whole" in shown
