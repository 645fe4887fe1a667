"""An invitation: what will and will not be seen, before anything happens; refused codes say one sentence."""

import re

import pytest

from portal.circle import circles, inviting
from portal.circle.audiences import EVERYONE
from portal.circle.consent import Signing, Terms
from portal.circle.inviting import Pending
from portal.circle.kinds import Kind
from tests.ui.opened import PASSPHRASE, PRE, Portal

DAY = 86_400


@pytest.fixture
def invitation(portal: Portal) -> Pending:
    """Robin invites somebody to read notes."""
    terms = Terms(
        label="Fern",
        relation="sister",
        kinds=frozenset({int(Kind.NOTE)}),
        lists=frozenset({EVERYONE}),
        everything=False,
        purposes=("support",),
        ends=portal.now + 90 * DAY,
    )
    signing = Signing(passphrase=PASSPHRASE, signature="Robin", text="as read", lang="en", zone="UTC")
    return inviting.invite(portal.account("Robin"), terms, signing, now=portal.now)


def test_a_typed_code_shows_the_offer_before_anything_happens(portal: Portal, invitation: Pending) -> None:
    page = portal.open("join").type("join.code", invitation.code.lower()).press("join.next")

    assert page.h1 == "Robin invites you"
    assert "Notes chosen for you" in page.text
    assert "Library items" not in page.text
    assert "Drafts and private notes" in page.text
    assert "Private. Do not pass it on. Robin sees your visits." in page.text
    assert "Fern" not in page.text
    assert inviting.asks(portal.sessions["Robin"]) == []


def test_a_code_from_a_link_leads_here_from_the_first_page(portal: Portal, invitation: Pending) -> None:
    portal.desk.hold_code(PRE, invitation.code)

    assert portal.open().h1 == "Robin invites you"


def test_asking_outside_leads_to_the_way_in(portal: Portal, invitation: Pending) -> None:
    portal.desk.hold_code(PRE, invitation.code)

    page = portal.open("join").press("join.ask")

    assert page.h1 == "One more step"
    assert {"Start my notebook", "I have a notebook already"} <= set(page.text.splitlines())
    assert inviting.asks(portal.sessions["Robin"]) == []


def test_a_signed_in_person_asks_and_the_code_is_gone(portal: Portal, invitation: Pending) -> None:
    portal.desk.hold_code(PRE, invitation.code)
    page = portal.signed_in("Willow").open("join")
    assert "Willow is signed in." in page.text
    assert 'name="keep" value="code"' in page.source

    page.press("join.ask")

    assert [ask.name for ask in inviting.asks(portal.sessions["Robin"])] == ["Willow"]
    assert portal.desk.code(PRE) is None
    assert len(circles.circles(portal.sessions["Willow"], now=portal.now)) == 1


def test_declining_forgets_the_code_and_tells_nobody(portal: Portal, invitation: Pending) -> None:
    portal.desk.hold_code(PRE, invitation.code)

    page = portal.open("join").press("join.decline")

    assert "The code is forgotten here. Nobody is told." in page.text
    assert portal.desk.code(PRE) is None
    assert inviting.asks(portal.sessions["Robin"]) == []


def test_ones_own_code_is_refused_in_one_sentence(portal: Portal, invitation: Pending) -> None:
    portal.desk.hold_code(PRE, invitation.code)

    page = portal.signed_in("Robin").open("join")

    assert "This is your own invitation." in page.text
    assert "join.ask" not in page.keys
    assert portal.desk.code(PRE) is None


def test_a_cancelled_code_opens_nothing_and_is_dropped(portal: Portal, invitation: Pending) -> None:
    portal.desk.hold_code(PRE, invitation.code)
    inviting.cancel(portal.sessions["Robin"], invitation.id, now=portal.now)

    page = portal.open("join")

    assert page.h1 == "Your code"
    assert "This code opens nothing. Ask for a new one." in page.text
    assert portal.desk.code(PRE) is None


def test_a_mistyped_code_stays_in_its_field(portal: Portal, invitation: Pending) -> None:
    wrong = ("0" if invitation.code[0] != "0" else "2") + invitation.code[1:]

    page = portal.open("join").type("join.code", wrong).press("join.next")

    assert "One character looks wrong. Compare group by group." in page.text
    assert page.value("join.code") == wrong


@pytest.mark.parametrize("typed", ["", "   ", "https://portal.example/#J="])
def test_an_empty_field_asks_for_the_code(portal: Portal, typed: str) -> None:
    page = portal.open("join").type("join.code", typed).press("join.next")

    assert 'data-field="join-code"' in page.source
    assert "Type the code first." in page.text
    assert "A code has" not in page.text


def test_somebody_signed_in_in_another_tab_has_to_leave_first(portal: Portal, invitation: Pending) -> None:
    portal.desk.hold_code(PRE, invitation.code)
    portal.signed_in("Robin")
    portal.sid = None

    page = portal.open("join")

    assert page.h1 == "Somebody is signed in here"
    assert 'name="keep" value="code"' in page.source


def test_signing_in_after_asking_asks_by_itself(portal: Portal, invitation: Pending) -> None:
    portal.account("Willow")
    portal.desk.hold_code(PRE, invitation.code)
    page = portal.open("join").press("join.ask").turn_to("settings")

    page.type("sign_in.name", "Willow").type("sign_in.passphrase", PASSPHRASE).press("sign_in.go")

    assert [ask.name for ask in inviting.asks(portal.sessions["Robin"])] == ["Willow"]
    assert portal.desk.code(PRE) is None


def test_signing_up_after_asking_asks_by_itself(portal: Portal, invitation: Pending) -> None:
    portal.desk.hold_code(PRE, invitation.code)
    page = portal.open("join").press("join.ask").turn_to("start")
    page.type("start.name", "Willow").press("start.next").press("start.next")
    groups = re.findall(r"<li>([A-Z0-9]{4})</li>", page.source)
    page.press("start.next").type("start.group3", groups[2]).type("start.group7", groups[6])

    page.press("start.open")

    assert [ask.name for ask in inviting.asks(portal.sessions["Robin"])] == ["Willow"]


def test_a_whole_link_may_be_pasted(portal: Portal, invitation: Pending) -> None:
    link = f"http://127.0.0.1:8501/#J={invitation.code[:4]}-{invitation.code[4:]}"

    assert portal.open("join").type("join.code", f" {link} ").press("join.next").h1 == "Robin invites you"


def test_a_code_of_another_length_says_how_long_it_is(portal: Portal) -> None:
    page = portal.open("join").type("join.code", "ABCD-EFGH").press("join.next")

    assert "A code has 24 characters; this has 8." in page.text
