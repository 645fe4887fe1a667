"""A forgotten passphrase: the spare key leads back in, a new one is asked back, and the old pair opens nothing."""

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.pictures import shoot
from tests.journeys.seeds import OWN, Seed
from tests.journeys.server import Server
from tests.journeys.steps import SLOW, Account, button, heading

NO_MATCH = "These two do not match. Check both."


def test_the_spare_key_leads_back_in(phone: Page, circle: Server, seed: Seed) -> None:
    fresh = _get_back_in(phone, circle, seed.sam)
    expect(heading(phone, "Today")).to_be_visible(timeout=SLOW)
    steps.to(phone, "Notes")
    expect(phone.get_by_text(OWN)).to_be_visible()
    phone.locator("#bar").get_by_role("button", name="Lock").click()
    button(phone, "Use another name").click()
    _is_refused(phone, seed.sam)
    steps.sign_in(phone, fresh)
    _old_spare_key_is_refused(phone, circle, seed.sam)


def _get_back_in(page: Page, circle: Server, who: Account) -> Account:
    page.goto(circle.url)
    page.get_by_role("link", name="Forgot your passphrase?").click()
    words = _two_fields(page, who.name, "-".join(who.spare_key[at : at + 4] for at in range(0, 32, 4)).lower())
    shoot(page, "back-in-1")
    button(page, "Continue").click()
    expect(heading(page, "Keep your new spare key")).to_be_visible()
    groups = steps.group_of(page)
    assert "".join(groups) != who.spare_key
    shoot(page, "back-in-2")
    button(page, "Continue").click()
    _asked_back_wrongly(page)
    steps.asked_back(page, groups, "Type two groups of your new spare key")
    return Account(who.name, words, "".join(groups))


def _two_fields(page: Page, name: str, spare_key: str) -> str:
    expect(heading(page, "Get back in")).to_be_visible()
    page.get_by_role("textbox", name="Name", exact=True).fill(name)
    page.get_by_role("textbox", name="Spare key", exact=True).fill(spare_key)
    return page.locator("p.words").inner_text()


def _asked_back_wrongly(page: Page) -> None:
    for number in (3, 7):
        page.get_by_label(f"Group {number}", exact=True).fill("AAAA")
    button(page, "Open my notebook").click()
    expect(page.get_by_role("alert")).to_contain_text("One character looks wrong.")


def _is_refused(page: Page, who: Account) -> None:
    page.get_by_role("textbox", name="Name", exact=True).fill(who.name)
    page.locator(".st-key-sign_in-passphrase input").fill(who.passphrase)
    button(page, "Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text(NO_MATCH, timeout=SLOW)


def _old_spare_key_is_refused(page: Page, circle: Server, who: Account) -> None:
    page.locator("#bar").get_by_role("button", name="Lock").click()
    button(page, "Use another name").click()
    expect(button(page, "Sign in")).to_be_visible()
    page.get_by_role("link", name="Forgot your passphrase?").click()
    _two_fields(page, who.name, who.spare_key)
    button(page, "Continue").click()
    expect(page.get_by_role("alert")).to_contain_text(NO_MATCH, timeout=SLOW)
    expect(heading(page, "Get back in")).to_be_visible()
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_have_value(who.name)
