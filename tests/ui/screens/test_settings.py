"""Settings, a new passphrase, a new spare key, and signing out everywhere."""

import re

import pytest

from portal.circle import accounts, naming
from portal.errors import SignInFailed
from tests.ui.opened import PASSPHRASE, PRE, Portal

NEW = "eleven brave lanterns over the harbour"


def test_what_was_set_is_kept_and_takes_effect(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("settings")
    page.at.number_input(key="settings.lock").set_value(3)
    page.at.segmented_control(key="settings.clock").set_value("12")
    page.type("settings.away", "https://news.example").press("settings.save")

    kept = accounts.settings(portal.sessions["Maple River"])
    assert (kept.lock_minutes, kept.clock12, kept.away) == (3, True, "https://news.example")
    assert "Your settings are saved." in page.text
    assert portal.signed.until == portal.now + 180


def test_another_language_speaks_at_once(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("settings")
    page.at.segmented_control(key="settings.lang").set_value("es")

    page.press("settings.save")

    assert page.h1 == "Ajustes"
    assert 'action="/s/lang" data-send' in page.source
    assert "data-send" not in portal.open("settings").source


def test_leave_now_goes_nowhere_without_https(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("settings").type("settings.away", "javascript:alert(1)")

    page.press("settings.save")

    assert 'data-field="settings-away"' in page.source
    assert accounts.settings(portal.sessions["Maple River"]).away == ""


def test_a_new_passphrase_needs_the_old_one(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("settings").press("settings.passphrase")
    page.at.segmented_control(key="settings.how").set_value("own").run()

    page.type("settings.own", NEW).type("settings.old", "not the one in force").press("settings.do")
    assert 'data-field="settings-old"' in page.source
    assert page.value("settings.own") == NEW
    assert "This is not your passphrase now. Nothing was changed." in page.text

    page.type("settings.old", PASSPHRASE).press("settings.do")
    assert "Your passphrase is changed." in page.text
    with pytest.raises(SignInFailed):
        accounts.sign_in(portal.store, "Maple River", PASSPHRASE, now=portal.now)
    assert accounts.sign_in(portal.store, "Maple River", NEW, now=portal.now)


def test_the_passphrase_in_force_is_no_new_one(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("settings").press("settings.passphrase")
    page.at.segmented_control(key="settings.how").set_value("own").run()

    page.type("settings.own", PASSPHRASE).type("settings.old", PASSPHRASE).press("settings.do")

    assert 'data-field="settings-own"' in page.source
    assert "This is the passphrase you have now." in page.text


def test_a_new_passphrase_ends_the_other_browsers(portal: Portal) -> None:
    other = accounts.sign_in(portal.store, portal.account("Maple River").name, PASSPHRASE, now=portal.now)
    elsewhere = portal.desk.exchange(portal.desk.issue(other, "q" * 32), "q" * 32)
    portal.desk.lock(str(elsewhere))
    page = portal.signed_in("Maple River").open("settings").press("settings.passphrase")

    page.type("settings.old", PASSPHRASE).press("settings.do")

    assert portal.desk.locked(elsewhere) is None
    assert other.closed
    assert portal.desk.person(portal.sid) is not None


def test_a_new_spare_key_is_asked_back_before_the_old_one_goes(portal: Portal) -> None:
    key = accounts.new_spare_key()
    session = accounts.sign_up(portal.store, "Maple River", PASSPHRASE, key, now=portal.now)
    page = portal.enter(session).open("settings").press("settings.spare_key")
    groups = re.findall(r"<li>([A-Z0-9]{4})</li>", page.source)
    page.press("settings.do").type("settings.group3", groups[2]).type("settings.group7", "0000")

    page.type("settings.old", PASSPHRASE).press("settings.do")
    assert "One character looks wrong." in page.text

    page.type("settings.group7", groups[6]).type("settings.old", PASSPHRASE).press("settings.do")
    assert "Your new spare key works now." in page.text
    with pytest.raises(SignInFailed):
        accounts.recover(portal.store, "Maple River", key, NEW, accounts.new_spare_key(), now=portal.now)


def test_going_back_forgets_the_new_key(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("settings").press("settings.spare_key").press("settings.cancel")

    assert page.h1 == "Settings"
    assert "settings" not in page.at.session_state["ui"].answers or not page.at.session_state["ui"].answers["settings"]


ANEW = "A new spare key was begun and not finished"
OLD_WORKS = "Your old spare key still works."


def test_loaded_anew_the_page_says_which_of_the_two_keys_opens(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("settings")
    assert ANEW not in page.text
    page.press("settings.spare_key")

    page = portal.open("settings")
    assert ANEW in page.text
    assert OLD_WORKS in page.text
    portal.desk.lock(str(portal.sid))
    again = accounts.sign_in(portal.store, "Maple River", PASSPHRASE, now=portal.now)
    portal.sid = portal.desk.exchange(portal.desk.issue(again, PRE), PRE, was=portal.sid)
    assert ANEW in portal.open("settings").text


def test_the_note_about_a_new_key_is_gone_once_it_is_in_force_or_given_up(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("settings").press("settings.spare_key")
    groups = re.findall(r"<li>([A-Z0-9]{4})</li>", page.source)
    page.press("settings.do").type("settings.group3", groups[2]).type("settings.group7", groups[6])
    page.type("settings.old", PASSPHRASE).press("settings.do")
    assert "Your new spare key works now." in page.text
    assert ANEW not in portal.open("settings").text

    page.press("settings.spare_key").press("settings.cancel")
    assert OLD_WORKS in page.text
    assert ANEW not in page.text
    assert ANEW not in portal.open("settings").text


def test_another_passphrase_leaves_no_key_behind(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("settings").press("settings.passphrase").press("settings.cancel")

    assert OLD_WORKS not in page.text
    page.press("settings.passphrase")
    assert ANEW not in portal.open("settings").text


def test_a_spanish_reader_is_offered_spanish_words(portal: Portal) -> None:
    session = portal.account("Maple River")
    accounts.save_settings(session, accounts.Settings(lang="es"), now=portal.now)

    page = portal.enter(session).open("more")
    page.at.session_state["ui"].answers["settings"] = {"flow": "passphrase"}
    page.turn_to("settings")

    words = re.findall(r'class="words">([^<]+)<', page.source)[0].split()
    assert len(words) == 7
    assert set(words) <= set(naming._passphrase_words("es"))


def test_signing_out_everywhere_ends_this_one_too(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("settings").press("settings.everywhere")

    assert page.h1 == "Notebook"
    assert not portal.desk.signed_in_here(PRE)


@pytest.mark.parametrize("minutes", [0, 61, 99])
def test_a_lock_time_out_of_bounds_is_refused_and_nothing_is_called_saved(portal: Portal, minutes: int) -> None:
    page = portal.signed_in("Maple River").open("settings")
    page.at.number_input(key="settings.lock").set_value(minutes).run()

    page.press("settings.save")

    assert 'data-field="settings-lock"' in page.source
    assert "Choose 1 to 60 minutes." in page.text
    assert "Your settings are saved." not in page.text


def test_an_address_to_leave_to_says_that_it_must_be_https(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("settings").type("settings.away", "http://weather.example")

    page.press("settings.save")

    assert 'data-field="settings-away"' in page.source
    assert "must start with https://" in page.text
