"""Start a notebook: nothing is made before the spare key came back, and nothing typed is lost on the way."""

import re

import pytest

from portal.circle import accounts, naming
from portal.errors import SignUpsClosed
from portal.ui import state
from tests.ui.opened import PASSPHRASE, PRE, Page, Portal


def spare_key(page: Page) -> list[str]:
    return re.findall(r"<li>([A-Z0-9]{4})</li>", page.source)


def offered(page: Page) -> list[str]:
    found: list[str] = re.findall(r'class="words">([^<]+)<', page.source)
    return found[0].split()


def to_the_key(portal: Portal, name: str = "Blue Doorway") -> Page:
    page = portal.open("start")
    return page.type("start.name", name).press("start.next").press("start.next")


def to_the_question(portal: Portal) -> tuple[Page, list[str]]:
    page = to_the_key(portal)
    groups = spare_key(page)
    return page.press("start.next"), groups


def test_a_name_is_offered_and_another_one_on_a_press(portal: Portal) -> None:
    page = portal.open("start")
    first = page.value("start.name")

    page.press("start.other")

    assert len(first.split()) == 2
    assert page.value("start.name") != first


def test_the_whole_way_makes_an_account_and_a_ticket(portal: Portal) -> None:
    page = portal.open("start").type("start.name", "Blue Doorway").press("start.next")
    words = re.findall(r'class="words">([^<]+)<', page.source)[0]
    page.press("start.next")
    groups = spare_key(page)
    assert len(groups) == 8
    page.press("start.next").type("start.group3", groups[2].lower()).type("start.group7", f" {groups[6]}-")

    page.press("start.open")

    assert 'action="/s/open"' in page.source
    assert accounts.sign_in(portal.store, "blue doorway", words, now=portal.now).name == "Blue Doorway"
    kept = page.at.session_state["ui"].answers
    assert "start" not in kept


def test_a_wrong_group_makes_nothing(portal: Portal) -> None:
    page, groups = to_the_question(portal)

    page.type("start.group3", groups[2]).type("start.group7", "0000").press("start.open")

    assert "One character looks wrong. Compare group by group." in page.text
    assert page.value("start.group3") == groups[2]
    assert portal.store.fresh


def test_show_again_shows_the_same_key(portal: Portal) -> None:
    page, groups = to_the_question(portal)

    assert spare_key(page.press("start.show")) == groups


def test_a_name_that_points_to_somebody_is_refused_and_kept(portal: Portal) -> None:
    page = portal.open("start").type("start.name", "fern@example.org").press("start.next")

    assert page.h1 == "Pick a name"
    assert "This looks like an e-mail or phone." in page.text
    assert page.value("start.name") == "fern@example.org"


def test_the_way_back_finds_the_own_passphrase_again(portal: Portal) -> None:
    page = portal.open("start").type("start.name", "Blue Doorway").press("start.next")
    page.at.segmented_control(key="start.how").set_value("own").run()
    page.type("start.own", PASSPHRASE).press("start.next").press("start.back")
    assert page.value("start.own") == PASSPHRASE
    groups = spare_key(page.press("start.next"))
    page.press("start.next").type("start.group3", groups[2]).type("start.group7", groups[6]).press("start.open")

    assert accounts.sign_in(portal.store, "Blue Doorway", PASSPHRASE, now=portal.now)


def test_an_own_passphrase_has_a_meter_and_must_be_strong(portal: Portal) -> None:
    page = portal.open("start").press("start.next")
    page.at.segmented_control(key="start.how").set_value("own").run()

    page.type("start.own", "short").press("start.next")
    assert page.source.count("Use 15 characters or more, or the six words.") == 3  # the box, the field, the meter
    assert page.h1 == "Choose a passphrase"

    page.type("start.own", PASSPHRASE).press("start.next")
    assert page.h1 == "Keep your spare key"


LONG = "This is longer than 256 characters. Shorten it, or use the six words."
NAMED = "Your name is in it, so it is easy to guess. Leave your name out, or use the six words."
COMMON = "This is easy to guess. Add words that do not belong together, or use the six words."


@pytest.mark.parametrize(
    ("typed", "said"), [("x" * 257, LONG), ("Blue Doorway blue doorway", NAMED), ("passwordpassword", COMMON)]
)
def test_each_weakness_has_its_sentence_and_the_meter_says_the_same(portal: Portal, typed: str, said: str) -> None:
    page = portal.open("start").type("start.name", "Blue Doorway").press("start.next")
    page.at.segmented_control(key="start.how").set_value("own").run()

    page.type("start.own", typed).run()
    assert page.source.count(said) == 1
    page.press("start.next")

    assert page.source.count(said) == 3
    assert page.value("start.own") == typed


def test_a_good_passphrase_is_called_good(portal: Portal) -> None:
    page = portal.open("start").press("start.next")
    page.at.segmented_control(key="start.how").set_value("own").run()

    page.type("start.own", PASSPHRASE).run()

    assert "Strength: very good" in page.text


def test_a_spanish_page_offers_seven_spanish_words(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "browser_lang", lambda: "es")
    page = portal.open("start").press("start.next")

    first, second = offered(page), offered(page.press("start.again"))

    for words in (first, second):
        assert len(words) == 7
        assert set(words) <= set(naming._passphrase_words("es"))
    assert first != second
    assert "Siete palabras" in str(page.at.segmented_control(key="start.how").options)
    assert "Apunta ahora las siete palabras." in page.text
    page.at.segmented_control(key="start.how").set_value("own").run()
    assert "Usa 15 caracteres o más, o las siete palabras." in page.type("start.own", "corta").run().text


def test_the_printed_sheet_names_nothing_but_address_name_and_key(portal: Portal) -> None:
    page = to_the_key(portal)

    assert "Blue Doorway" in page.text
    assert "data-print" in page.source
    assert not page.at.get("download_button")


ANEW = "This starts over"


def test_loaded_anew_after_the_key_was_shown_the_first_step_says_that_it_opens_nothing(portal: Portal) -> None:
    to_the_key(portal)

    page = portal.open("start")

    assert page.h1 == "Pick a name"
    assert ANEW in page.text
    assert "A spare key or words noted then open nothing." in page.text
    assert page.value("start.name") != "Blue Doorway"
    assert ANEW not in page.press("start.next").text
    assert ANEW in to_the_key(portal).turn_to("back-in").turn_to("start").text


def test_nothing_is_said_to_start_over_before_a_key_was_shown_or_while_it_is_at_hand(portal: Portal) -> None:
    portal.open("start").press("start.next")
    assert ANEW not in portal.open("start").text

    page = to_the_key(portal).press("start.back").press("start.back")

    assert page.h1 == "Pick a name"
    assert ANEW not in page.text
    assert ANEW not in portal.open("back-in").text


def test_once_signed_up_nothing_is_left_to_throw_away(portal: Portal) -> None:
    page, groups = to_the_question(portal)

    page.type("start.group3", groups[2]).type("start.group7", groups[6]).press("start.open")

    assert 'action="/s/open"' in page.source
    assert not portal.desk.begun(PRE, "start")
    assert ANEW not in portal.open("start").text


def test_a_refusal_at_the_end_is_said_and_everything_is_kept(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    page, groups = to_the_question(portal)

    def closed(*_: object, **__: object) -> None:
        raise SignUpsClosed

    monkeypatch.setattr(accounts, "sign_up", closed)
    page.type("start.group3", groups[2]).type("start.group7", groups[6]).press("start.open")

    assert "Many notebooks were started here in the last hour." in page.text
    assert page.value("start.group3") == groups[2]
    assert page.at.session_state["ui"].answers["start"]["name"] == "Blue Doorway"
