"""Look around: a sample in memory; the store of the server stays as it was."""

from tests.ui.opened import Portal


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
