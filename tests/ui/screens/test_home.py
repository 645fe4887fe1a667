"""A family member's first page: that visits are shown, what is new, what is gone, and each way of being closed."""

from collections.abc import Callable

import pytest

from portal.circle import circles, inviting, members, notes, readings
from portal.circle.bodies import Text
from portal.errors import DiskFull, LinkClosed
from portal.newtypes import ItemId
from portal.ui import state
from portal.ui.screens import member_front
from portal.vault import letters, reading
from tests.ui.screens.circle_stage import DAY, Stage, open_stage, words

stage = pytest.fixture(open_stage)


def sams_home(stage: Stage) -> str:
    if stage.front != "Sam":
        stage.sit("Sam")
    return words(stage.open("home"))


def test_visits_are_said_before_anything(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.write()
    shown = sams_home(stage)
    assert shown.index("Visits are shown to Robin.") < shown.index("The rain stopped at noon.")


def test_a_new_note_is_marked_and_its_reading_recorded(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    assert '<span class="badge blue">New</span>' in sams_home(stage)
    readings.take_in(stage.robin, now=stage.now)
    assert [one.label for one in readings.who_read(stage.robin, item)] == ["Sam"]


def test_since_the_last_visit(stage: Stage) -> None:
    stage.let_in("Sam")
    sam = stage.people["Sam"]
    first, second = stage.write("One.", "First"), stage.write("Two.", "Second")
    readings.read(sam, stage.link(), now=stage.now)
    stage.later(DAY)
    sam.begin_visit()
    notes.edit(stage.robin, first, Text("First", "One, better."), base=stage.now - DAY, now=stage.now)
    notes.withdraw(stage.robin, second, now=stage.now)
    stage.write("Three.", "Third")
    shown = sams_home(stage)
    assert "Since yesterday" in shown
    assert "1 new, 1 changed" in shown
    assert "A note is no longer shared." in shown
    assert "Second" not in shown


def test_a_change_of_an_old_note_is_told_and_shown(stage: Stage) -> None:
    stage.let_in("Sam")
    first = stage.write("One.", "First")
    for number in range(25):
        stage.later(60)
        stage.write(f"Text {number}.", "Another")
    for page in (1, 2):
        readings.read(stage.people["Sam"], stage.link(), page=page, now=stage.now)
    stage.later(DAY)
    stage.people["Sam"].begin_visit()
    change(stage, first, "One, better.")
    shown = sams_home(stage)
    assert "1 changed" in shown
    assert "One, better." in shown
    assert "Text 24." not in shown


def test_nothing_new_is_a_kind_sentence(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.write()
    readings.read(stage.people["Sam"], stage.link(), now=stage.now)
    stage.later(DAY)
    stage.people["Sam"].begin_visit()
    assert "Nothing new since yesterday." in sams_home(stage)


def test_nothing_yet(stage: Stage) -> None:
    stage.let_in("Sam")
    shown = sams_home(stage)
    assert "No note for you yet." in shown
    assert "That is all right." in shown


def test_nothing_tells_of_other_readers(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.let_in("June")
    stage.write()
    shown = sams_home(stage)
    assert "June" not in shown
    assert "Household" not in shown


def test_waiting_shows_the_number_and_no_note(stage: Stage) -> None:
    stage.asks("Sam")
    stage.write(readers=None)
    shown = sams_home(stage)
    assert "Waiting for Robin" in shown
    assert "The rain" not in shown


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("paused", "Sharing is paused. You need do nothing."),
        ("ended", "The agreed time is over. Only Robin can renew it."),
        ("removed", "You can no longer open this circle. Your own space stays."),
        ("refused", "This invitation did not lead in. Ask the person who gave it to you."),
    ],
)
def test_each_way_of_being_closed_has_its_sentence(stage: Stage, what: str, sentence: str) -> None:
    if what == "refused":
        inviting.refuse(stage.robin, stage.asks("Sam").id, now=stage.now)
    else:
        sam = stage.let_in("Sam")
        stage.write()
        circles.circles(stage.people["Sam"], now=stage.now)
        if what == "paused":
            members.pause(stage.robin, sam, now=stage.now)
        elif what == "removed":
            members.remove(stage.robin, sam, now=stage.now)
        else:
            stage.later(91 * DAY)
    shown = sams_home(stage)
    assert sentence in shown
    assert "The rain" not in shown


def test_an_open_page_goes_blank_when_access_ends(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    stage.write()
    stage.sit("Sam")
    at = stage.open("home")
    assert "The rain stopped at noon." in words(at)
    members.remove(stage.robin, sam, now=stage.now)
    stage.run(at)
    assert "The rain" not in words(at)
    assert "You can no longer open this circle." in words(at)


def test_the_look_says_that_something_is_new_and_records_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.let_in("Sam")
    stage.sit("Sam")
    said: list[str] = []
    monkeypatch.setattr(member_front, "_say", said.append)
    link, sam = stage.link(), stage.people["Sam"]
    seen = readings.watch(sam, link, now=stage.now)
    item = stage.write()
    monkeypatch.setattr(state, "viewing", lambda: link)
    member_front.look(link, seen, closed=False)
    assert said == ["1 new note."]
    readings.take_in(stage.robin, now=stage.now)
    assert not readings.who_read(stage.robin, item)


@pytest.fixture
def said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """What the look says on Sam's page that shows `shown`, since it was drawn as `seen`."""

    def look(seen: object, *shown: ItemId) -> list[str]:
        found: list[str] = []
        with monkeypatch.context() as patch:
            patch.setattr(member_front, "_say", found.append)
            patch.setattr(state, "viewing", stage.link)
            patch.setattr("streamlit.rerun", lambda: found.append("drawn anew"))
            member_front.look(stage.link(), seen, shown=shown, closed=False)
        return found

    return look


def sam_sits(stage: Stage) -> object:
    """Sam has read everything and sits at a page; return what it was drawn from."""
    sam = stage.people["Sam"]
    readings.read(sam, stage.link(), now=stage.now)
    stage.sit("Sam")
    return readings.watch(sam, stage.link(), now=stage.now)


def change(stage: Stage, item: ItemId, text: str = "The rain stopped at one.") -> None:
    there = notes.note(stage.robin, item, now=stage.now)
    base = there.edited or there.written
    notes.edit(stage.robin, item, Text(there.title, text), base=base, now=stage.now)


def test_the_look_tells_a_change_from_a_new_note(stage: Stage, said: Callable[..., list[str]]) -> None:
    stage.let_in("Sam")
    first, second = stage.write("One."), stage.write("Two.")
    seen = sam_sits(stage)
    change(stage, first)
    assert said(seen, first, second) == ["1 note changed."]
    change(stage, second)
    assert said(seen, first, second) == ["2 notes changed."]
    stage.write("Three.")
    assert said(seen, first, second) == ["1 new note, 2 changed."]


def test_a_page_that_shows_what_was_withdrawn_is_drawn_anew(stage: Stage, said: Callable[..., list[str]]) -> None:
    stage.let_in("Sam")
    item, other = stage.write("One."), stage.write("Two.")
    seen = sam_sits(stage)
    notes.withdraw(stage.robin, item, now=stage.now)
    assert said(seen, other) == []
    assert said(seen, item) == ["drawn anew"]


@pytest.mark.parametrize("path", ["home", "shared", "open"])
def test_a_page_drawn_anew_by_the_look_shows_what_is_gone_no_more_and_opens_nothing(stage: Stage, path: str) -> None:
    stage.let_in("Sam")
    item = stage.write()
    readings.read(stage.people["Sam"], stage.link(), now=stage.now)
    stage.sit("Sam")
    at = stage.open(path, item)
    assert "The rain stopped at noon." in words(at) or path == "home"
    notes.withdraw(stage.robin, item, now=stage.now)
    other = stage.write("The sun came out.")
    at.session_state["ui"].unattended = True

    shown = words(stage.run(at))

    assert "The rain" not in shown
    assert "The sun" not in shown
    assert "1 new note." in shown
    readings.take_in(stage.robin, now=stage.now)
    assert not readings.who_read(stage.robin, other)
    stage.press(at, "home.show")
    assert ("The sun came out." in words(at)) == (path != "open")


def test_a_withdrawal_on_the_very_first_visit_is_told_too(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    sams_home(stage)
    notes.withdraw(stage.robin, item, now=stage.now)
    assert "A note is no longer shared." in sams_home(stage)


def test_the_list_of_notes_leaves_it_to_home_to_tell_what_went(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    sams_home(stage)
    notes.withdraw(stage.robin, item, now=stage.now)
    stage.open("shared")
    stage.people["Sam"].begin_visit()
    assert "A note is no longer shared." in sams_home(stage)


def test_when_the_only_note_went_nothing_says_that_there_was_none_yet(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    sams_home(stage)
    notes.withdraw(stage.robin, item, now=stage.now)
    shown = sams_home(stage)
    assert "Nothing new right now." in shown
    assert "No note for you yet." not in shown


def test_what_was_never_opened_is_not_told_as_withdrawn(stage: Stage) -> None:
    stage.let_in("Sam")
    notes.withdraw(stage.robin, stage.write(), now=stage.now)
    assert "no longer shared" not in sams_home(stage)


def test_a_circle_that_is_over_can_be_taken_off_the_list(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    members.remove(stage.robin, sam, now=stage.now)
    stage.sit("Sam")
    at = stage.open("home")
    stage.press(at, "home.forget")
    assert not circles.circles(stage.people["Sam"], now=stage.now)


def test_a_reading_that_is_refused_shows_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.let_in("Sam")
    stage.write()

    def refuse(*_: object, **__: object) -> None:
        raise LinkClosed

    monkeypatch.setattr(readings, "visit", refuse)
    assert "The rain" not in sams_home(stage)


def test_a_full_computer_opens_nothing_new_and_keeps_the_page_around_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.let_in("Sam")
    stage.write()
    stage.sit("Sam")

    def full(*_: object, **__: object) -> None:
        raise DiskFull

    monkeypatch.setattr(reading, "mark_opened", full)
    monkeypatch.setattr(letters, "send", full)

    at = stage.open("home")

    assert "What is new cannot be opened now, because this computer cannot save." in words(at)
    assert "The rain stopped at noon." not in words(at)
    assert [link.proto.label for link in at.get("page_link")][:4] == ["Home", "Notes", "Library", "More"]
