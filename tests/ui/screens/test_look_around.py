"""Look around: a sample in memory; the store of the server stays as it was."""

from portal.circle import begun, sample
from portal.circle.accounts import Session
from portal.circle.bodies import Answers
from tests.ui.opened import PRE, Page, Portal


def test_the_sample_opens_by_a_ticket_and_writes_nothing(portal: Portal) -> None:
    page = portal.open("look-around")
    assert "Sample data. Nothing is kept." in page.text

    page.press("look_around.open")

    assert 'action="/s/open"' in page.source
    assert portal.store.fresh


def test_somebody_signed_in_in_another_tab_has_to_leave_first(portal: Portal) -> None:
    portal.signed_in("Maple River")
    portal.sid = None

    page = portal.open("look-around")

    assert page.h1 == "Somebody is signed in here"
    assert "look_around.open" not in page.keys


def at_the_signature(portal: Portal, session: Session) -> Page:
    answers = Answers(step=6, label="Ivy", template="one", since="from_today", period="90", purposes=("support",))
    begun.keep(session, answers, now=portal.now)
    page = portal.open("invite")
    assert "invite.make" in page.keys
    return page


def test_the_sample_says_the_passphrase_that_it_asks_for(portal: Portal) -> None:
    made = sample.sample("en", now=portal.now)
    sides = {"patient": made.patient, "member": made.member}
    portal.sid = portal.desk.exchange(portal.desk.issue(made.patient, PRE, sides=sides), PRE)

    assert f"the passphrase is: {sample.PASSPHRASE}" in at_the_signature(portal, made.patient).text


def test_nobody_elses_passphrase_is_ever_said(portal: Portal) -> None:
    session = portal.account("Maple River")
    portal.enter(session)

    assert "passphrase is:" not in at_the_signature(portal, session).text
