"""Help now: opens before sign-in, names nobody, and no country stands in for another."""

import re

import pytest

from portal.circle import accounts
from portal.ui import state
from tests.ui.opened import Page, Portal


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
    assert "911" not in page.text


def test_another_country_keeps_what_to_do_if_somebody_will_not_wake_up(portal: Portal) -> None:
    page = portal.open("help-now")
    card = re.findall(r'<ol class="numbered">.*?</ol>', page.source)

    page.at.selectbox(key="help_now.country").set_value("other").run()

    elsewhere = re.findall(r'<ol class="numbered">.*?</ol>', page.source)
    assert "If somebody will not wake up" in page.text
    assert elsewhere == [steps.replace("call 911", "call the emergency number") for steps in card] != card


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "<span>text HOME to 741741</span>"), ("es", "<span>mensaje con HOME al 741741</span>")]
)
def test_a_text_says_what_to_write_and_where_to(
    portal: Portal, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    monkeypatch.setattr(state, "browser_lang", lambda: lang)

    assert said in portal.open("help-now").source


def test_signed_out_a_link_leads_back_to_the_first_page(portal: Portal) -> None:
    def back(page: Page) -> list[str]:
        return [str(link.proto.page) for link in page.at.get("page_link") if link.proto.label == "Sign in"]

    assert back(portal.open("help-now")) == [""]
    assert back(portal.signed_in("Maple River").open("help-now")) == []


def test_it_says_nothing_about_who_is_signed_in(portal: Portal) -> None:
    session = portal.account("Maple River")
    accounts.save_settings(session, accounts.Settings(lang="es"), now=portal.now)

    page = portal.enter(session).open("help-now")

    assert page.h1 == "Ayuda ya"
    assert "Maple" not in page.text
