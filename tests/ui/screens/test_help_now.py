"""Help now: opens before sign-in, names nobody, and no country stands in for another."""

import re

from portal.circle import accounts
from tests.ui.opened import Portal


def test_it_opens_before_sign_in_with_the_number_first(portal: Portal) -> None:
    page = portal.open("help-now")

    assert page.h1 == "Help now"
    assert re.findall(r'class="call" href="([^"]+)"', page.source) == ["tel:911"]
    assert page.source.index("tel:911") < page.source.index("tel:988")


def test_every_number_is_a_link(portal: Portal) -> None:
    page = portal.open("help-now")

    assert {"tel:988", "sms:741741", "tel:18006624357"} <= set(re.findall(r'href="([^"]+)"', page.source))


def test_another_country_gets_a_list_and_no_number(portal: Portal) -> None:
    page = portal.open("help-now")

    page.at.selectbox(key="help_now.country").set_value("other").run()

    assert "findahelpline.com" in page.source
    assert "tel:" not in page.source


def test_it_says_nothing_about_who_is_signed_in(portal: Portal) -> None:
    session = portal.account("Maple River")
    accounts.save_settings(session, accounts.Settings(lang="es"), now=portal.now)

    page = portal.enter(session).open("help-now")

    assert page.h1 == "Ayuda ya"
    assert "Maple" not in page.text
