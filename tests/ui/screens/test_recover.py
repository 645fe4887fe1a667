"""Get back in: the old pair works until the new spare key came back."""

import re

import pytest

from portal.circle import accounts, naming
from portal.errors import SignInFailed
from portal.ui import state
from tests.ui.opened import PASSPHRASE, PRE, Page, Portal

NAME = "Blue Doorway"


def fill(portal: Portal, key: str, name: str = NAME) -> Page:
    page = portal.open("back-in")
    return page.type("back-in.name", name).type("back-in.key", key).press("back-in.next")


def give_back(page: Page) -> Page:
    groups = re.findall(r"<li>([A-Z0-9]{4})</li>", page.source)
    page.press("back-in.kept")
    return page.type("back-in.group3", groups[2]).type("back-in.group7", groups[6]).press("back-in.open")


def test_the_spare_key_opens_and_is_replaced(portal: Portal) -> None:
    key = accounts.new_spare_key()
    accounts.sign_up(portal.store, NAME, PASSPHRASE, key, now=portal.now)

    page = give_back(fill(portal, "-".join(accounts.groups(key)).lower()))

    assert 'action="/s/open"' in page.source
    with pytest.raises(SignInFailed):
        accounts.sign_in(portal.store, NAME, PASSPHRASE, now=portal.now)


@pytest.mark.parametrize("name", [NAME, "Quiet Harbour"])
def test_a_spare_key_that_belongs_to_another_name_is_refused_before_a_new_one_is_shown(
    portal: Portal, name: str
) -> None:
    key = accounts.new_spare_key()
    portal.account(NAME)
    accounts.sign_up(portal.store, "Green Gate", PASSPHRASE, key, now=portal.now)

    page = fill(portal, key, name)

    assert page.h1 == "Get back in"
    assert "These two do not match. Check both." in page.text
    assert "back-in.kept" not in page.keys
    assert (page.value("back-in.name"), page.value("back-in.key")) == (name, key)
    assert accounts.sign_in(portal.store, NAME, PASSPHRASE, now=portal.now).name == NAME


def late(portal: Portal) -> tuple[Page, str]:
    """The spare key is replaced in another browser while the new one is being noted here."""
    key, other = accounts.new_spare_key(), accounts.new_spare_key()
    session = accounts.sign_up(portal.store, NAME, PASSPHRASE, key, now=portal.now)
    page = fill(portal, key)
    accounts.replace_spare_key(session, PASSPHRASE, other, now=portal.now)
    return give_back(page), key


def test_a_late_refusal_keeps_the_own_passphrase_too(portal: Portal) -> None:
    key = accounts.new_spare_key()
    session = accounts.sign_up(portal.store, NAME, PASSPHRASE, key, now=portal.now)
    page = portal.open("back-in").type("back-in.name", NAME).type("back-in.key", key)
    page.at.segmented_control(key="back-in.how").set_value("own").run()
    page.type("back-in.own", "nine calm otters sleep on stones").press("back-in.next")
    accounts.replace_spare_key(session, PASSPHRASE, accounts.new_spare_key(), now=portal.now)

    assert give_back(page).value("back-in.own") == "nine calm otters sleep on stones"


def test_a_late_refusal_changes_nothing_and_keeps_what_was_typed(portal: Portal) -> None:
    page, key = late(portal)

    assert page.h1 == "Get back in"
    assert "These two do not match. Check both." in page.text
    assert (page.value("back-in.name"), page.value("back-in.key")) == (NAME, key)
    assert accounts.sign_in(portal.store, NAME, PASSPHRASE, now=portal.now).name == NAME


def test_a_mistyped_spare_key_is_said_at_its_field(portal: Portal) -> None:
    page = fill(portal, "0" * 31 + "1")  # before anything new is shown

    assert 'data-field="back-in-key"' in page.source
    assert "One character looks wrong." in page.text


@pytest.mark.parametrize("typed", ["", "  "])
def test_an_empty_field_asks_for_the_spare_key(portal: Portal, typed: str) -> None:
    page = fill(portal, typed)

    assert 'data-field="back-in-key"' in page.source
    assert "Type your spare key first." in page.text
    assert "A code has" not in page.text


def test_a_spare_key_of_another_length_is_said_at_its_field(portal: Portal) -> None:
    page = fill(portal, "ABCD")

    assert 'data-field="back-in-key"' in page.source
    assert "A code has 32 characters; this has 4." in page.text


def test_without_a_name_no_new_key_is_shown(portal: Portal) -> None:
    page = portal.open("back-in").type("back-in.key", accounts.new_spare_key()).press("back-in.next")

    assert 'data-field="back-in-name"' in page.source
    assert "back-in.kept" not in page.keys


ANEW = "This starts over"


def test_loaded_anew_the_page_says_which_of_the_two_keys_opens(portal: Portal) -> None:
    key = accounts.new_spare_key()
    accounts.sign_up(portal.store, NAME, PASSPHRASE, key, now=portal.now)
    assert ANEW not in portal.open("back-in").text
    fill(portal, key)

    page = portal.open("back-in")

    assert ANEW in page.text
    assert "Your old spare key still works." in page.text
    assert ANEW not in portal.open("start").text
    page = give_back(fill(portal, key))
    assert 'action="/s/open"' in page.source
    assert not portal.desk.begun(PRE, "back-in")


def test_a_refusal_that_leads_back_does_not_say_that_it_starts_over(portal: Portal) -> None:
    page, _ = late(portal)

    assert page.h1 == "Get back in"
    assert ANEW not in page.text


def test_a_spanish_page_offers_spanish_words(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "browser_lang", lambda: "es")

    words = re.findall(r'class="words">([^<]+)<', portal.open("back-in").source)[0].split()

    assert len(words) == 7
    assert set(words) <= set(naming._passphrase_words("es"))
