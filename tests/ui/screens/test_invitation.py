"""The finished invitation: code, link, picture; the card names nobody."""

import pytest

from portal.circle import inviting
from portal.ui.screens.invitation import loopback
from tests.ui.screens.circle_stage import Stage, open_stage, words

stage = pytest.fixture(open_stage)


def test_it_shows_code_link_and_picture(stage: Stage) -> None:
    made = stage.invite("Fern")
    shown = words(stage.open("code", made.id))
    parts = [made.code[at : at + 4] for at in range(0, 24, 4)]
    assert all(f"<li>{part}</li>" for part in parts)
    assert f"#J={'-'.join(parts)}" in shown
    assert 'class="qr"' in shown


def test_the_one_that_was_opened_is_shown(stage: Stage) -> None:
    first, second = stage.invite("Fern"), stage.invite("Ana")
    assert "Give this to Fern" in words(stage.open("code", first.id))
    assert "Give this to Ana" in words(stage.open("code", second.id))


def test_the_card_names_nobody(stage: Stage) -> None:
    made = stage.invite("Fern")
    shown = words(stage.open("code", made.id))
    card = shown[shown.index('<div class="sheet">') : shown.index("</ol><p")]
    assert "Fern" not in card
    assert "Robin" not in card


def test_a_used_code_is_no_longer_shown(stage: Stage) -> None:
    made = stage.asks("Sam")
    assert "This invitation is no longer open." in words(stage.open("code", made.id))


def test_a_cancelled_one_is_said(stage: Stage) -> None:
    made = stage.invite("Fern")
    inviting.cancel(stage.robin, made.id, now=stage.now)
    assert "no longer open" in words(stage.open("code", made.id))


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://127.0.0.1:8501", True),
        ("http://localhost:8501", True),
        ("https://notebook.home", False),
        ("http://192.168.1.20", False),
    ],
)
def test_it_knows_an_address_of_this_computer_only(address: str, here: bool) -> None:
    assert loopback(address) is here
