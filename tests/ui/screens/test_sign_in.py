"""Sign in and unlock: tells nothing, loses nothing but the passphrase."""

import re

from portal.ui.web.tickets import TICKET_SECONDS
from tests.ui.opened import PASSPHRASE, PRE, Page, Portal

SOMEBODY = "Somebody is signed in here"


def test_the_first_page_says_nothing_about_anybody(portal: Portal) -> None:
    portal.account("Maple River")

    page = portal.open()

    assert page.h1 == "Notebook"
    assert "Maple" not in page.text
    assert page.keys == {"sign_in.go"}


def test_a_right_pair_gives_a_ticket_that_signs_in(portal: Portal) -> None:
    portal.account("Maple River")
    page = portal.open()

    page.type("sign_in.name", "maple  river").type("sign_in.passphrase", PASSPHRASE).press("sign_in.go")

    assert 'action="/s/open"' in page.source
    assert PASSPHRASE not in page.source


def test_a_run_that_was_broken_off_does_not_lose_the_ticket(portal: Portal) -> None:
    session = portal.account("Maple River")
    page = portal.open()
    page.type("sign_in.name", "Maple River").type("sign_in.passphrase", PASSPHRASE).press("sign_in.go")
    first = re.findall(r'name="ticket" value="([^"]+)"', page.source)

    assert re.findall(r'name="ticket" value="([^"]+)"', page.run().source) == first
    assert portal.desk.exchange(first[0], PRE)
    assert not session.closed
    assert 'action="/s/open"' not in page.run().source
    assert page.h1 == SOMEBODY


def test_a_ticket_that_is_late_gives_way_to_the_fields(portal: Portal) -> None:
    portal.account("Maple River")
    page = portal.open()
    page.type("sign_in.name", "Maple River").type("sign_in.passphrase", PASSPHRASE).press("sign_in.go")
    portal.now += TICKET_SECONDS

    assert 'action="/s/open"' not in page.run().source
    assert page.keys == {"sign_in.go"}


def test_a_wrong_pair_gets_one_sentence_and_empties_only_the_passphrase(portal: Portal) -> None:
    portal.account("Maple River")
    page = portal.open()

    page.type("sign_in.name", "Maple River").type("sign_in.passphrase", "not this one at all").press("sign_in.go")

    assert page.source.count("These two do not match. Check both.") == 2
    assert page.value("sign_in.name") == "Maple River"
    assert page.value("sign_in.passphrase") == ""
    assert 'data-field="sign_in-passphrase"' in page.source


def test_a_locked_page_keeps_the_name_and_asks_one_thing(portal: Portal) -> None:
    portal.signed_in("Maple River").open("settings")
    portal.desk.lock(str(portal.sid), "settings")

    page = portal.open("settings")

    assert page.h1 == "Locked"
    assert "Your passphrase opens it again. Drafts are kept." in page.text
    assert "Maple River" in page.text
    assert [one.key for one in page.at.text_input] == ["sign_in.passphrase"]


def test_somebody_signed_in_in_another_tab_has_to_leave_first(portal: Portal) -> None:
    portal.signed_in("Maple River")
    portal.sid = None

    page = portal.open()

    assert page.h1 == "Somebody is signed in here"
    assert 'action="/s/close"' in page.source
    assert not page.at.text_input
    assert "If it was you, go on there." in page.text


def locked_in_a_second_tab(portal: Portal) -> Page:
    page = portal.signed_in("Maple River").open("settings")
    portal.desk.lock(str(portal.sid), "settings")
    assert page.run().h1 == "Locked"
    return page


def somebody_else_comes_in(portal: Portal, *, was: str | None) -> None:
    """In another tab: this one keeps the cookie it was opened with."""
    assert portal.desk.exchange(portal.desk.issue(portal.account("Blue Doorway"), PRE), PRE, was=was)


def shows_nobody(page: Page) -> bool:
    return not any(name in page.text for name in ("Maple River", "Blue Doorway"))


def test_a_lock_page_submitted_after_somebody_else_came_in_opens_nothing(portal: Portal) -> None:
    page = locked_in_a_second_tab(portal)
    somebody_else_comes_in(portal, was=portal.sid)

    page.type("sign_in.passphrase", PASSPHRASE).press("sign_in.go")

    assert page.h1 == SOMEBODY
    assert shows_nobody(page)
    assert "/s/open" not in page.source
    assert "sign_in.passphrase" not in page.at.session_state
    assert not portal.sessions["Blue Doorway"].closed


def test_a_lock_page_that_still_stands_says_so_too(portal: Portal) -> None:
    page = locked_in_a_second_tab(portal)
    somebody_else_comes_in(portal, was=None)
    assert portal.desk.locked(portal.sid)

    page.type("sign_in.passphrase", PASSPHRASE).press("sign_in.go")

    assert page.h1 == SOMEBODY
    assert shows_nobody(page)


def test_a_name_and_a_passphrase_are_not_tried_while_somebody_else_is_in(portal: Portal) -> None:
    portal.account("Maple River")
    page = portal.open()
    somebody_else_comes_in(portal, was=None)

    page.type("sign_in.name", "Maple River").type("sign_in.passphrase", PASSPHRASE).press("sign_in.go")

    assert page.h1 == SOMEBODY
    assert shows_nobody(page)
    assert "/s/open" not in page.source
    assert "sign_in.passphrase" not in page.at.session_state


OVER = "You are signed out. Sign in; drafts are kept."


def test_a_session_that_ended_elsewhere_is_said_until_something_is_refused(portal: Portal) -> None:
    portal.signed_in("Maple River")
    portal.desk.end_account(portal.account("Maple River").account)

    page = portal.open("today")

    assert page.h1 == "Notebook"
    assert OVER in page.text
    assert "Maple" not in page.text
    assert OVER in page.run().text
    assert OVER not in page.press("sign_in.go").text
    assert portal.desk.spent(portal.sid)


def test_who_signed_out_reads_nothing_about_it(portal: Portal) -> None:
    portal.signed_in("Maple River")
    portal.desk.end(str(portal.sid))

    assert OVER not in portal.open().text


def test_the_pages_beside_the_way_in_say_nothing_about_it(portal: Portal) -> None:
    portal.sid = "from before"

    for path in ("join", "back-in", "start", "help-now"):
        assert OVER not in portal.open(path).text
