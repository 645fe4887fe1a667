"""A family member's first page: that visits are shown, what is new, what is gone, and each way of being closed."""

from collections.abc import Callable

import pytest

from portal.circle import circles, inviting, members, notes, readings
from portal.circle.bodies import Text
from portal.circle.circles import Standing
from portal.circle.kinds import SHAREABLE, Kind
from portal.errors import LinkClosed
from portal.newtypes import ItemId
from portal.ui import state
from portal.ui import words as words_of
from portal.ui.screens import member_front
from portal.vault import letters, reading, shelves
from tests.ui.screens.circle_stage import DAY, Stage, full, open_stage, sams_home, words

stage = pytest.fixture(open_stage)


def test_visits_are_said_before_anything(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.write()
    shown = sams_home(stage)
    assert shown.index("Visits are shown to Robin.") < shown.index("The rain stopped at noon.")


def test_a_new_note_is_marked_and_its_reading_recorded(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    assert '<span class="badge blue">New</span>' in sams_home(stage)
    assert stage.who_read(item) == ["Sam"]


def test_since_the_last_visit(stage: Stage) -> None:
    stage.let_in("Sam")
    sam = stage.people["Sam"]
    first, second = stage.write("One.", "First"), stage.write("Two.", "Second")
    readings.read(sam, stage.link(), now=stage.now)
    stage.next_visit(after=DAY)
    notes.edit(stage.robin, first, Text("First", "One, better."), base=stage.now - DAY, now=stage.now)
    notes.withdraw(stage.robin, second, now=stage.now)
    stage.write("Three.", "Third")
    shown = sams_home(stage)
    assert "Since yesterday" in shown
    assert "1 new, 1 changed. Something you read is no longer shared." in shown
    assert "Second" not in shown


def test_a_change_of_an_old_note_is_told_and_shown(stage: Stage) -> None:
    stage.let_in("Sam")
    first = stage.write("One.", "First")
    for number in range(25):
        stage.later(60)
        stage.write(f"Text {number}.", "Another")
    for page in (1, 2):
        readings.read(stage.people["Sam"], stage.link(), page=page, now=stage.now)
    stage.next_visit(after=DAY)
    change(stage, first, "One, better.")
    shown = sams_home(stage)
    assert "1 changed" in shown
    assert "One, better." in shown
    assert "Text 24." not in shown


def test_nothing_new_is_a_kind_sentence(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.write()
    readings.read(stage.people["Sam"], stage.link(), now=stage.now)
    stage.next_visit(after=DAY)
    assert "Nothing new since yesterday." in sams_home(stage)


def test_a_visit_on_the_same_day_is_called_the_last_visit(stage: Stage) -> None:
    stage.let_in("Sam")
    stage.write()
    readings.read(stage.people["Sam"], stage.link(), now=stage.now)
    stage.next_visit(after=60)
    assert "Nothing new since your last visit." in sams_home(stage)
    stage.write("The sun came out.")
    shown = sams_home(stage)
    assert "Since your last visit" in shown
    assert "Since today" not in shown


def test_nothing_yet(stage: Stage) -> None:
    stage.let_in("Sam")
    shown = sams_home(stage)
    assert "Nothing to read yet." in shown
    assert "That is all right." in shown


@pytest.mark.parametrize(("kind", "leads"), [(Kind.NOTE, "shared"), (Kind.RESOURCE, "library"), (None, "library")])
def test_the_button_leads_to_where_there_is_something(stage: Stage, kind: Kind | None, leads: str) -> None:
    stage.let_in("Sam", kinds=frozenset(map(int, SHAREABLE)))
    if kind:
        stage.write(kind=kind)
    stage.sit("Sam")
    at = stage.open("home")
    (button,) = (one for one in at.button if str(one.key).startswith("home."))
    stage.press(at, str(button.key))
    assert stage.path == leads


def test_a_library_item_is_marked_as_one(stage: Stage) -> None:
    stage.let_in("Sam", kinds=frozenset(map(int, SHAREABLE)))
    stage.write(kind=Kind.RESOURCE)
    shown = sams_home(stage)
    assert "Library</p>" in shown


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
        ("paused", "Sharing is paused."),
        ("ended", "The agreed time is over."),
        ("removed", "You can no longer open this circle."),
        ("refused", "This invitation opened nothing."),
        ("damaged", "Something in this circle is damaged."),
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
        elif what == "damaged":
            damage_the_door(stage)
        else:
            stage.later(91 * DAY)
    shown = sams_home(stage)
    assert sentence in shown
    assert "The rain" not in shown


def damage_the_door(stage: Stage) -> None:
    store, link = stage.robin.store, stage.people["Sam"].state.links[0]
    with store.change(stage.now):
        store.rows.replace(shelves.door_at(link.link), b"something else")


@pytest.mark.parametrize("lang", words_of.LANGUAGES)
@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.OPEN])
def test_every_way_of_being_closed_says_what_is_and_what_to_do(lang: str, standing: Standing) -> None:
    for key in (f"closed.{standing.value}", f"closed.{standing.value}_hint"):
        assert words_of.text(lang, key, name="Robin")


@pytest.mark.parametrize("lang", words_of.LANGUAGES)
def test_a_refusal_promises_no_more_than_there_is(lang: str) -> None:
    said = words_of.text(lang, "error.LinkClosed")
    assert words_of.text(lang, "nav.home") in said
    assert not any(word in said for word in ("space", "espacio"))


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
    monkeypatch.setattr(member_front, "_say", lambda sentence, *_: said.append(sentence))
    link, sam = stage.link(), stage.people["Sam"]
    seen = readings.watch(sam, link, now=stage.now)
    item = stage.write()
    monkeypatch.setattr(state, "viewing", lambda: link)
    member_front.look(link, seen, closed=False)
    assert said == ["1 new note."]
    assert not stage.who_read(item)


@pytest.fixture
def said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """What the look says on Sam's page that shows `shown`, since it was drawn as `seen`."""

    def look(seen: object, *shown: ItemId) -> list[str]:
        found: list[str] = []
        with monkeypatch.context() as patch:
            patch.setattr(member_front, "_say", lambda sentence, *_: found.append(sentence))
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


def test_the_look_calls_each_thing_by_its_kind(stage: Stage, said: Callable[..., list[str]]) -> None:
    stage.let_in("Sam", kinds=frozenset(map(int, SHAREABLE)))
    first, bus = stage.write("One."), stage.write("Every hour.", "Bus times", kind=Kind.RESOURCE)
    readings.read(stage.people["Sam"], stage.link(), kinds=SHAREABLE, now=stage.now)
    seen = sam_sits(stage)
    change(stage, bus, "Every half hour.")
    assert said(seen) == ["1 library item changed."]
    stage.write("Two doors down.", "Shops", kind=Kind.RESOURCE)
    assert said(seen) == ["1 new library item, 1 changed."]
    change(stage, first)
    assert said(seen) == ["1 note changed, 1 new library item, 1 changed."]
    stage.write("Two.")
    assert said(seen) == ["1 new note, 1 changed, 1 new library item, 1 changed."]


def test_the_look_says_only_library_items_where_only_they_are_new(stage: Stage, said: Callable[..., list[str]]) -> None:
    stage.let_in("Sam", kinds=frozenset(map(int, SHAREABLE)))
    seen = sam_sits(stage)
    for title in ("Shops", "Bus times"):
        stage.write("Every hour.", title, kind=Kind.RESOURCE)
    assert said(seen) == ["2 new library items."]


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
    assert not stage.who_read(other)
    stage.press(at, "home.show")
    assert "The sun came out." in words(at)
    assert stage.path == "home"


def test_a_change_of_the_open_note_is_shown_in_its_place_and_anything_else_at_home(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.let_in("Sam")
    item = stage.write("One.")
    seen, away = sam_sits(stage), list[bool]()
    monkeypatch.setattr(member_front, "_say", lambda _, elsewhere: away.append(elsewhere))
    monkeypatch.setattr(state, "viewing", stage.link)
    change(stage, item)
    member_front.look(stage.link(), seen, shown=[item], closed=False)
    stage.write("Two.")
    member_front.look(stage.link(), seen, shown=[item], closed=False)
    assert away == [False, True]


def test_a_withdrawal_on_the_very_first_visit_is_told_too(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    sams_home(stage)
    notes.withdraw(stage.robin, item, now=stage.now)
    assert "Something you read is no longer shared." in sams_home(stage)


def test_the_list_of_notes_leaves_it_to_home_to_tell_what_went(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    sams_home(stage)
    notes.withdraw(stage.robin, item, now=stage.now)
    stage.open("shared")
    stage.next_visit()
    assert "Something you read is no longer shared." in sams_home(stage)


def test_when_something_went_and_nothing_came_the_day_is_said_once(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    readings.read(stage.people["Sam"], stage.link(), now=stage.now)
    stage.later(DAY)
    stage.people["Sam"].begin_visit()
    notes.withdraw(stage.robin, item, now=stage.now)
    shown = sams_home(stage)
    assert shown.count("ince yesterday") == 1
    assert "Nothing new right now." in shown


def test_when_the_only_note_went_nothing_says_that_there_was_none_yet(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    sams_home(stage)
    notes.withdraw(stage.robin, item, now=stage.now)
    shown = sams_home(stage)
    assert "Nothing new right now." in shown
    assert "Nothing to read yet." not in shown


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
    monkeypatch.setattr(reading, "mark_opened", full)
    monkeypatch.setattr(letters, "send", full)

    at = stage.open("home")

    assert "What is new cannot be opened now, because this computer cannot save." in words(at)
    assert "The rain stopped at noon." not in words(at)
    assert [link.proto.label for link in at.get("page_link")][:4] == ["Home", "Notes", "Library", "More"]
