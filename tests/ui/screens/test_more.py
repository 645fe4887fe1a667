"""More: what has no place in the row of links, and the way out."""

from tests.ui.opened import Portal


def test_signing_out_is_two_presses_from_every_page(portal: Portal) -> None:
    page = portal.signed_in("Maple River").open("more")

    assert 'action="/s/close"' in page.source
    assert "Sign out" in page.source
