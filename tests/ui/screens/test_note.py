"""One note: who can read it and who did, sharing, withdrawing with the way back, erasing."""

import pytest

from portal.circle import circles, inviting, joining, members, notes, readings
from portal.circle.audiences import Chosen
from portal.circle.bodies import Text
from portal.errors import Gone
from portal.newtypes import PersonId
from portal.ui.screens import note_acts
from tests.ui.screens.circle_stage import DAY, Stage, open_stage, words

stage = pytest.fixture(open_stage)


def test_it_says_by_day_who_has_read(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    assert "not shown yet" in words(stage.open("note", item))
    readings.read(stage.people["Sam"], stage.link(), now=stage.now)
    readings.take_in(stage.robin, now=stage.now)
    assert "read today" in words(stage.open("note", item))


def sam_read(stage: Stage) -> tuple[bytes, bytes]:
    """Let Sam in and let Sam read a note; return the note and the person."""
    person, item = stage.let_in("Sam"), stage.write()
    readings.read(stage.people["Sam"], stage.link(), now=stage.now)
    return item, person


def test_who_was_removed_still_stands_there_with_what_they_read(stage: Stage) -> None:
    item, person = sam_read(stage)
    members.remove(stage.robin, PersonId(person), now=stage.now)
    shown = words(stage.open("note", item))
    assert "Who read it before" in shown
    assert "<p>Sam</p>" in shown
    assert "read today · you removed Sam" in shown


def test_who_left_still_stands_there_with_what_they_read(stage: Stage) -> None:
    item, _ = sam_read(stage)
    circles.leave(stage.people["Sam"], stage.link(), now=stage.now)
    shown = words(stage.open("note", item))
    assert "read today · left your circle" in shown


def test_who_comes_back_stands_there_once(stage: Stage) -> None:
    item, person = sam_read(stage)
    members.remove(stage.robin, PersonId(person), now=stage.now)
    stage.later(DAY)
    made = stage.invite("Sam")
    joining.join(stage.people["Sam"], made.code, "Sam", now=stage.now)
    inviting.confirm(stage.robin, made.id, now=stage.now)
    shown = words(stage.open("note", item))
    assert shown.count("<p>Sam</p>") == 1
    assert "read yesterday, before you let this person in again" in shown


def test_what_was_read_stays_told_after_withdrawing(stage: Stage) -> None:
    item, _ = sam_read(stage)
    at = stage.open("note", item)
    stage.press(at, "note.withdraw")
    assert "Only you can read this." in words(at)
    assert "read today · cannot read it now" in words(at)


def test_withdrawing_works_at_once_and_can_be_undone(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    at = stage.open("note", item)
    stage.press(at, "note.withdraw")
    assert "Only you can read it now." in words(at)
    assert "What was read, copied or printed stays with the reader." in words(at)
    assert not notes.note(stage.robin, item, now=stage.now).readers
    stage.press(at, "outcome.undo")
    assert notes.note(stage.robin, item, now=stage.now).readers == ("Sam",)


def test_one_person_can_be_taken_off(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    item = stage.write(readers=Chosen(people=frozenset({sam})))
    at = stage.open("note", item)
    stage.press(at, f"note.reader{sam.hex()}")
    assert not notes.note(stage.robin, item, now=stage.now).readers
    assert "Sam opens this no more." in words(at)


def test_it_can_be_shared_with_more_people_named_before(stage: Stage) -> None:
    sam = stage.let_in("Sam", lists=frozenset())
    item = stage.write(readers=Chosen())
    at = stage.open("note", item)
    stage.press(at, "note.open_sharing")
    assert at.button_group(key="note.readers").value == []
    at.button_group(key="note.readers").set_value([f"person-{sam.hex()}"])
    stage.run(at)
    assert "Sam will read it." in words(at)
    stage.press(at, "note.share")
    assert notes.note(stage.robin, item, now=stage.now).readers == ("Sam",)


def test_sharing_with_nobody_chosen_is_refused(stage: Stage) -> None:
    item = stage.write(readers=Chosen())
    at = stage.open("note", item)
    stage.press(at, "note.open_sharing")
    stage.press(at, "note.share")
    assert "Choose who can read this" in words(at)


def test_pinning_can_be_undone(stage: Stage) -> None:
    item = stage.write(readers=Chosen())
    at = stage.open("note", item)
    stage.press(at, "note.pin")
    assert notes.note(stage.robin, item, now=stage.now).pin
    stage.press(at, "outcome.undo")
    assert not notes.note(stage.robin, item, now=stage.now).pin


def test_earlier_versions_open_on_demand(stage: Stage) -> None:
    item = stage.write("The first words.", readers=Chosen())
    stage.later(60)
    notes.edit(stage.robin, item, Text("", "The second words."), base=stage.now - 60, now=stage.now)
    at = stage.open("note", item)
    assert "The first words." not in words(at)
    at.session_state["note.earlier"] = True
    stage.run(at)
    assert "The first words." in words(at)


def test_erasing_asks_first(stage: Stage) -> None:
    item = stage.write(readers=Chosen())
    at = stage.open("note", item)
    stage.press(at, "note.ask_erase")
    assert "Nobody can bring it back." in words(at)
    assert notes.note(stage.robin, item, now=stage.now)  # nothing happened yet


def test_erasing_erases(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    item = stage.write(readers=Chosen())
    at = stage.open("note", item)
    stage.press(at, "note.ask_erase")
    at.button(key="note.erase.do").click()
    stage.run(at)
    with pytest.raises(Gone):
        notes.note(stage.robin, item, now=stage.now)
    assert note_acts.ASKED


def test_a_note_that_is_gone_is_said(stage: Stage) -> None:
    item = stage.write(readers=Chosen())
    notes.erase(stage.robin, item, now=stage.now)
    assert "This note is no longer there." in words(stage.open("note", item))
