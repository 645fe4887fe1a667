"""More: what has no place in the row of links, and the way out."""

from collections.abc import Iterator

import pytest

from portal.ui.screens import member_front
from tests.ui.screens.circle_stage import Stage, open_stage, words


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    yield from open_stage(monkeypatch)


def test_signing_out_is_two_presses_from_every_page(stage: Stage) -> None:
    shown = words(stage.open("more"))

    assert 'action="/s/close"' in shown
    assert "Sign out" in shown


def test_a_relatives_page_looks_for_news_too(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[object] = []
    monkeypatch.setattr(member_front, "look_for_news", lambda *_, **how: looks.append(how))
    stage.let_in("Sam")
    stage.sit("Sam")
    stage.open("home")
    looks.clear()

    stage.open("more")

    assert looks == [{"closed": False}]
