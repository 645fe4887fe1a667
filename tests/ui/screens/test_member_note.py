"""One note as a family member reads it."""

import pytest
from streamlit.testing.v1 import AppTest

from portal.circle import notes
from portal.circle.audiences import Chosen
from portal.circle.bodies import Text
from portal.circle.kinds import SHAREABLE, Kind
from portal.newtypes import ItemId
from portal.ui import frame
from tests.ui.opened import press_entry
from tests.ui.screens.circle_stage import Stage, open_stage, words

stage = pytest.fixture(open_stage)


def opened_from(stage: Stage, page: str, item: ItemId) -> AppTest:
    """Press Open on the list of `page`."""
    stage.sit("Sam")
    return stage.run(press_entry(stage.open(page), f"open:{bytes(item).hex()}"))


def way_back(at: AppTest) -> str:
    """The word on the link above the heading."""
    return next(str(one.proto.label) for one in at.get("page_link") if one.proto.icon)


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
    assert stage.who_read(item) == ["Sam"]


def test_one_that_was_withdrawn_is_said(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    stage.sit("Sam")
    at = stage.open("open", item)
    notes.withdraw(stage.robin, item, now=stage.now)
    stage.run(at)
    assert "This is no longer shared." in words(at)
    assert "The rain" not in words(at)


def test_one_that_was_never_shared_reads_the_same(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write(readers=Chosen())
    stage.sit("Sam")
    shown = words(stage.open("open", item))
    assert "This is no longer shared." in shown
    assert "The rain" not in shown


@pytest.mark.parametrize(("page", "word"), [("home", "Home"), ("shared", "Notes")])
def test_the_way_back_leads_where_it_was_opened(stage: Stage, page: str, word: str) -> None:
    stage.let_in("Sam")
    item = stage.write()
    at = opened_from(stage, page, item)
    assert stage.path == "open"
    assert way_back(at) == word
    notes.withdraw(stage.robin, item, now=stage.now)
    assert way_back(stage.run(at)) == word


def test_a_page_that_nobody_opened_from_a_list_leads_home(stage: Stage) -> None:
    stage.let_in("Sam")
    item = stage.write()
    stage.sit("Sam")
    assert way_back(stage.open("open", item)) == "Home"


@pytest.mark.parametrize(
    ("kind", "text", "heading", "tab"),
    [
        (Kind.NOTE, Text("", "Soup."), "A note", "open"),
        (Kind.RESOURCE, Text("", "Every hour."), "Without a title", "reading"),
        (Kind.RESOURCE, Text("", "", "https://example.org/bus?line=2"), "example.org", "reading"),
    ],
)
def test_what_has_no_title_is_called_by_its_kind(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, kind: Kind, text: Text, heading: str, tab: str
) -> None:
    named: list[str] = []
    monkeypatch.setattr(frame, "name", named.append)
    stage.let_in("Sam", kinds=frozenset(map(int, SHAREABLE)))
    readers = Chosen(lists=frozenset({stage.household}))
    item = notes.write(stage.robin, text, kind=kind, readers=readers, now=stage.now)
    at = opened_from(stage, "home", item)
    assert f"<h1>{heading}</h1>" in words(at)
    assert named[-1] == tab
