"""Today: who waits, what is next, the latest note; and the list behind More."""

import re

from portal.circle import accounts, notes, sample
from portal.circle.bodies import Text
from tests.ui.opened import PRE, Portal, press_entry


def test_an_empty_day_is_kind_and_has_one_action(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("today")

    assert "Nothing needs you now." in page.text
    assert [one.key for one in page.at.button if one.proto.type == "primary"] == ["today.write"]
    assert "Tue 3 Nov" in page.text


def test_who_asks_to_join_stands_first(portal: Portal) -> None:
    page = portal.enter(sample.sample("en", now=portal.now).patient).open("today")

    assert re.search(r"(\w+) asks to join", page.text)
    assert page.source.index("asks to join") < page.source.index("Latest note")


def test_the_latest_note_can_be_opened(portal: Portal) -> None:
    session = portal.account("Maple River")
    item = notes.write(session, Text(title="A better evening", text="The rain **stopped**."), now=portal.now)

    page = portal.enter(session).open("today")

    assert "The rain stopped." in page.text
    assert "A better evening" in page.text
    press_entry(page.at, f"open:{item.hex()}")
    page.run()
    assert portal.signed.spot["open.note"] == item


def test_steps_are_counted_and_stay_hidden(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("today").press("today.step.leave")
    assert "1 of 4 done" in page.text

    page.press("today.hide")

    assert "Next steps" not in page.text
    assert "Next steps" not in portal.open("today").text
    assert accounts.settings(portal.sessions["Maple River"]).steps_hidden


def test_more_has_no_link_to_what_is_not_there(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("more")

    for word in ("Plan", "Check in", "Calendar", "Asks"):
        assert word not in page.text


def test_more_of_a_circle_names_it(portal: Portal) -> None:
    made = sample.sample("en", now=portal.now)
    ticket = portal.desk.issue(made.member, PRE, page="home", sides={"patient": made.patient, "member": made.member})
    portal.sid = portal.desk.exchange(ticket, PRE)
    portal.open("home")

    page = portal.open("more")

    assert "What I can see" in page.text
    assert made.patient.name in page.text
