"""After a doubt: who had access is listed, nobody ticked; a tick and the passphrase let in again, nothing else does."""

from dataclasses import replace

import pytest

from portal.circle import members
from portal.circle.members import Member, Standing
from portal.errors import NotSigned
from portal.newtypes import PersonId
from portal.ui.screens import let_in
from tests.ui.screens.circle_stage import PASSPHRASE, Stage, open_stage, words

stage = pytest.fixture(open_stage)


@pytest.fixture
def doubted(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[PersonId], str]]:
    """Two people were put back; what is let in is written down."""
    both = [stage.let_in("Sam"), stage.let_in("June")]
    waiting = [replace(members.member(stage.robin, one, now=stage.now), standing=Standing.PUT_BACK) for one in both]
    asked: list[tuple[list[PersonId], str]] = []

    def again(_: object, chosen: list[PersonId], passphrase: str, *, now: int) -> None:
        if passphrase != PASSPHRASE:
            raise NotSigned
        asked.append((chosen, passphrase))

    def put_back(_: object, *, now: int) -> list[Member]:
        return waiting

    monkeypatch.setattr(members, "put_back", put_back)
    monkeypatch.setattr(members, "let_in_again", again)
    return asked


def test_nobody_is_ticked(stage: Stage, doubted: list[object]) -> None:
    at = stage.open("let-in")
    assert [box.value for box in at.checkbox] == [False, False]
    assert "Nobody can read until you let them in again." in words(at)


def test_a_tick_and_the_passphrase_let_in(stage: Stage, doubted: list[object]) -> None:
    sam = next(one for one in members.members(stage.robin, now=stage.now) if one.label == "Sam")
    at = stage.open("let-in")
    at.checkbox(key=let_in.tick(sam.id)).set_value(True)
    at.text_input(key="letin.passphrase").set_value(PASSPHRASE)
    stage.press(at, "letin.yes")
    assert doubted == [([sam.id], PASSPHRASE)]
    assert "Sam can read again." in words(at)


def test_a_wrong_passphrase_lets_nobody_in_and_keeps_the_ticks(stage: Stage, doubted: list[object]) -> None:
    sam = next(one for one in members.members(stage.robin, now=stage.now) if one.label == "Sam")
    at = stage.open("let-in")
    at.checkbox(key=let_in.tick(sam.id)).set_value(True)
    at.text_input(key="letin.passphrase").set_value("not it")
    stage.press(at, "letin.yes")
    assert doubted == []
    assert "The passphrase does not match. Check it; the ticks are kept." in words(at)
    assert at.checkbox(key=let_in.tick(sam.id)).value
    assert at.text_input(key="letin.passphrase").value == ""


def test_no_tick_is_refused(stage: Stage, doubted: list[object]) -> None:
    at = stage.open("let-in")
    at.text_input(key="letin.passphrase").set_value(PASSPHRASE)
    stage.press(at, "letin.yes")
    assert doubted == []
    assert "Tick at least one person." in words(at)


def test_nobody_waits(stage: Stage) -> None:
    assert "Nobody waits here." in words(stage.open("let-in"))
