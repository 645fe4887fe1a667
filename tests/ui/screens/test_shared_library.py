"""What a circle adds to the library, as a member sees it: opened on a press, and gone when access ends."""

from collections.abc import Iterable

import pytest

from portal.circle import members, notes
from portal.circle.kinds import SHAREABLE, Kind
from portal.newtypes import ItemId
from portal.ui.screens import member_front
from tests.ui.screens.circle_stage import Stage, open_stage, words

stage = pytest.fixture(open_stage)


@pytest.fixture
def added(stage: Stage) -> ItemId:
    """Sam may see what Robin adds, and sits in front of the page."""
    stage.let_in("Sam", kinds=frozenset({int(Kind.NOTE), int(Kind.RESOURCE)}))
    item = stage.write("Every hour.", "Bus times", kind=Kind.RESOURCE)
    stage.sit("Sam")
    stage.open("home")  # brings the circle to the front
    return item


def test_it_opens_on_a_press_and_the_look_knows_what_is_shown(
    stage: Stage, added: ItemId, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[ItemId] = []

    def look(*_: object, shown: Iterable[ItemId] = (), **__: object) -> None:
        looked.extend(shown)

    monkeypatch.setattr(member_front, "look_for_news", look)
    at = stage.open("library")
    assert "Every hour." not in words(at)
    assert looked == []

    stage.press(at, "resources.show")

    assert "Every hour." in words(at)
    assert '<span class="badge blue">New</span>' in words(at)
    assert looked == [added]


def test_where_nothing_was_added_nothing_is_offered(stage: Stage) -> None:
    stage.let_in("Sam", kinds=frozenset(map(int, SHAREABLE)))
    stage.write()
    stage.sit("Sam")
    stage.open("home")

    at = stage.open("library")

    assert "Nothing here yet." in words(at)
    assert all(one.key != "resources.show" for one in at.button)


@pytest.mark.parametrize("is_there", [True, False], ids=["something", "nothing"])
def test_it_looks_for_news_before_anything_is_shown(
    stage: Stage, added: ItemId, monkeypatch: pytest.MonkeyPatch, is_there: bool
) -> None:
    if not is_there:
        notes.withdraw(stage.robin, added, now=stage.now)
    looks: list[object] = []
    monkeypatch.setattr(member_front, "look_for_news", lambda *_, **how: looks.append(how))

    stage.open("library")

    assert looks == [{}]


def test_a_pause_says_so_in_its_own_words_and_shows_nothing(stage: Stage, added: ItemId) -> None:
    at = stage.press(stage.open("library"), "resources.show")
    members.pause(stage.robin, members.members(stage.robin, now=stage.now)[0].id, now=stage.now)

    stage.run(at)

    assert "Sharing is paused." in words(at)
    assert "You do not need to do anything." in words(at)
    assert "Visits are shown" not in words(at)
    assert "Every hour." not in words(at)
    assert 'class="problem"' not in words(at)


def test_drawn_anew_by_nobody_it_opens_nothing(stage: Stage, added: ItemId) -> None:
    at = stage.press(stage.open("library"), "resources.show")
    notes.withdraw(stage.robin, added, now=stage.now)
    stage.write("Another.", "More", kind=Kind.RESOURCE)
    at.session_state["ui"].unattended = True

    stage.run(at)

    assert "Every hour." not in words(at)
    assert "Another." not in words(at)
    assert any(one.key == "resources.show" for one in at.button)
