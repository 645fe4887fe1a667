"""Who asks to join while a page stays open: said once, beside whatever the page shows already."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import portal.ui
from portal.ui import knocks
from tests.ui.screens.circle_stage import Stage, open_stage, words

stage = pytest.fixture(open_stage)
CSS = Path(portal.ui.__file__).parent / "web" / "portal.css"


def drawn_before(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the page that is opened next be one that was drawn as things stand now."""
    seen = knocks.look(stage.robin)
    monkeypatch.setattr(knocks, "look", lambda _session: seen)


def knocking(at: AppTest) -> list[str]:
    return [one.key for one in at.button if one.key and one.key.startswith("knock.")]


@pytest.mark.parametrize("path", ["today", "circle", "settings"])
def test_who_asks_after_the_page_was_drawn_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    drawn_before(stage, monkeypatch)
    made = stage.asks("Sam")
    at = stage.open(path)
    assert knocking(at) == [f"knock.knock-{made.id.hex()}"]
    assert "Sam asks to join" in words(at)


@pytest.mark.parametrize(("path", "several"), [("today", 1), ("circle", 1), ("settings", 2)])
def test_who_stands_on_the_page_already_is_not_said_twice(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, path: str, several: int
) -> None:
    stage.asks("June")
    drawn_before(stage, monkeypatch)
    made = stage.asks("Sam")
    found = knocking(stage.open(path))
    assert f"knock.knock-{made.id.hex()}" in found
    assert len(found) == several


def test_an_empty_day_hides_its_sentence_beside_a_knock(stage: Stage) -> None:
    assert "Nothing needs you now." in words(stage.open("today"))
    assert "#root:has(.st-key-knock .stButton) .st-key-nothing { display:none; }" in CSS.read_text()
