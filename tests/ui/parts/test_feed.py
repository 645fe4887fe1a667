"""Lists of entries: a press does what its button says, once; what the page did not draw is ignored."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from portal.circle import notes
from portal.circle.audiences import Chosen
from portal.newtypes import ItemId
from portal.ui.parts import feed
from tests.ui.opened import hear, press_entry
from tests.ui.screens.circle_stage import Stage, open_stage, words

stage = pytest.fixture(open_stage)


def pinned(stage: Stage, item: ItemId) -> bool:
    return bool(notes.note(stage.robin, item, now=stage.now).pin)


def test_open_opens(stage: Stage) -> None:
    item = stage.write(readers=Chosen())
    at = stage.open("notes")

    stage.run(press_entry(at, f"open:{item.hex()}"))

    assert stage.path == "note"
    assert "The rain stopped at noon." in words(at)


def test_a_choice_acts_on_its_own_entry_and_the_way_back_is_offered(stage: Stage) -> None:
    first, second = stage.write(readers=Chosen()), stage.write(readers=Chosen())
    at = stage.open("notes")

    stage.run(press_entry(at, f"pin:{second.hex()}"))

    assert (pinned(stage, first), pinned(stage, second)) == (False, True)
    assert [one.label for one in at.button if one.label == "Undo"]
    stage.run(press_entry(at, f"unpin:{second.hex()}"))
    assert not pinned(stage, second)


def test_erasing_asks_first(stage: Stage) -> None:
    item = stage.write(readers=Chosen())
    at = stage.open("notes")

    stage.run(press_entry(at, f"erase:{item.hex()}"))

    assert notes.note(stage.robin, item, now=stage.now)
    assert "note.erase.do" in {one.key for one in at.button}


@pytest.mark.parametrize("press", ["open:{secret}:9", "pin:{drawn}:9", "erase:{drawn}:9", "open:{drawn}00:9"])
def test_what_the_page_did_not_draw_is_ignored_quietly(stage: Stage, press: str) -> None:
    stage.let_in("Sam")
    drawn, secret = stage.write(), stage.write("Only mine.", readers=Chosen())
    stage.sit("Sam")
    at = stage.open("shared")

    stage.run(hear(at, press.format(drawn=drawn.hex(), secret=secret.hex())))

    assert stage.path == "shared"
    assert not at.session_state["ui"].problems
    assert "Only mine." not in words(at)
    stage.run(press_entry(at, f"open:{drawn.hex()}"))
    assert stage.path == "open"


@pytest.mark.parametrize(
    "press", ["", "open", "open:{0}", "open:{0}:", "open:{0}:-1", "open:{0}:1e9", "OPEN:{0}:9", "<b>"]
)
def test_what_is_no_press_is_ignored_quietly(stage: Stage, press: str) -> None:
    item = stage.write(readers=Chosen())
    at = stage.open("notes")

    stage.run(hear(at, press.format(item.hex())))

    assert stage.path == "notes"


def test_one_press_acts_once_and_the_same_button_can_be_pressed_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[bytes] = []
    monkeypatch.setattr(feed, "_open", lambda _, item: opened.append(item))
    item = stage.write(readers=Chosen())
    at = stage.open("notes")
    press = f"open:{item.hex()}"

    stage.run(hear(at, f"{press}:5"))
    stage.run(hear(at, f"{press}:5 {press}:5"))
    stage.run(hear(at, f"{press}:4"))
    assert opened == [item]
    stage.run(hear(at, f"{press}:6"))
    assert opened == [item, item]


def test_several_presses_that_arrive_together_all_act(stage: Stage) -> None:
    first, second = stage.write(readers=Chosen()), stage.write(readers=Chosen())
    at = stage.open("notes")

    stage.run(hear(at, f"pin:{first.hex()}:5 pin:{second.hex()}:6"))

    assert pinned(stage, first)
    assert pinned(stage, second)
    assert heard(at) == "6"


def heard(at: AppTest) -> str:
    found = re.search('data-heard="([0-9]+)"', words(at))
    assert found
    return found[1]


def test_a_long_note_costs_no_more_than_its_four_lines(stage: Stage) -> None:
    stage.write("Soup and rain. " * 4_000, readers=Chosen())

    shown = words(stage.open("notes"))

    assert shown.count("Soup and rain.") == 600 // len("Soup and rain. ")


def test_the_list_is_one_element_with_one_field(stage: Stage) -> None:
    for _ in range(20):
        stage.write(readers=Chosen())
    at = stage.open("notes")

    assert len([body for body in at.get("html") if 'class="entry"' in str(body.proto.body)]) == 1
    assert words(at).count('class="entry"') == 20
    assert words(at).count('id="choices"') == 1
