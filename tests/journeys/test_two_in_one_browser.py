"""Two people at one computer: the second asks the first out, and no tab shows one of them with the other's session."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import steps
from tests.journeys.pictures import shoot
from tests.journeys.seeds import OWN, PRIVATE, Seed
from tests.journeys.server import Server
from tests.journeys.steps import SLOW, SOON, button, heading

SOMEBODY = "Somebody is signed in here"


@pytest.fixture
def tabs(circle: Server, new_context: Callable[..., BrowserContext]) -> tuple[Page, Page]:
    """Two tabs of one browser, both on the first page before anybody signs in."""
    browser = new_context(locale="en-GB")
    both = browser.new_page(), browser.new_page()
    for tab in both:
        tab.goto(circle.url)
        expect(button(tab, "Sign in")).to_be_visible()
    return both


def test_the_second_person_is_asked_to_sign_the_first_one_out(tabs: tuple[Page, Page], seed: Seed) -> None:
    first, second = tabs
    _fill_in(second, seed)
    steps.sign_in(first, seed.robin)
    steps.to(first, "Notes")
    expect(first.get_by_text(PRIVATE)).to_be_visible()
    button(second, "Sign in").click()
    expect(heading(second, SOMEBODY)).to_be_visible(timeout=SLOW)
    shoot(second, "somebody-here")
    expect(first.get_by_text(PRIVATE)).to_be_visible()
    button(second, "Sign them out").click()
    expect(button(second, "Sign in")).to_be_visible()
    _knows_nothing(first, PRIVATE)
    steps.sign_in(second, seed.sam)
    steps.to(second, "Notes")
    expect(second.get_by_text(OWN)).to_be_visible()
    _knows_nothing(first, PRIVATE, OWN)
    first.go_back()
    _knows_nothing(first, PRIVATE, OWN)
    _becomes_the_second_persons(first, second)


def _fill_in(page: Page, seed: Seed) -> None:
    page.get_by_role("textbox", name="Name", exact=True).fill(seed.sam.name)
    page.locator(".st-key-sign_in-passphrase input").fill(seed.sam.passphrase)


def _knows_nothing(page: Page, *titles: str) -> None:
    expect(page.get_by_role("navigation", name="Notebook")).to_have_count(0, timeout=SOON)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert not [title for title in titles if title in page.content()]


def _becomes_the_second_persons(first: Page, second: Page) -> None:
    """One browser, one cookie: loaded anew, the first tab is the second person's as well, and nobody else's."""
    for act in (first.reload, second.reload, second.go_back, second.go_forward):
        act()
    for tab in (first, second):
        tab.goto(tab.url.rpartition("/")[0] + "/notes")
        expect(tab.get_by_text(OWN)).to_be_visible()
        assert PRIVATE not in tab.content()


def test_signing_out_in_one_tab_empties_the_other(tabs: tuple[Page, Page], seed: Seed, circle: Server) -> None:
    first, second = tabs
    steps.sign_in(first, seed.robin)
    second.goto(f"{circle.url}/notes")
    expect(second.get_by_text(PRIVATE)).to_be_visible()
    first.goto(f"{circle.url}/settings")
    shoot(first, "settings")
    button(first, "Sign out").click()
    expect(button(first, "Sign in")).to_be_visible()
    _knows_nothing(second, PRIVATE)
    second.reload()
    _knows_nothing(second, PRIVATE)
    first.go_back()
    _knows_nothing(first, PRIVATE)


def test_the_other_ways_in_ask_as_well(tabs: tuple[Page, Page], seed: Seed) -> None:
    """A page that was open before somebody signed in has no cookie of theirs: it must not let anybody else in."""
    first, second = tabs
    second.get_by_role("link", name="Look around").click()
    expect(button(second, "Open the sample")).to_be_visible()
    steps.sign_in(first, seed.sam)
    button(second, "Open the sample").click()
    expect(heading(second, SOMEBODY)).to_be_visible()
    second.reload()
    expect(second.get_by_role("navigation", name="Notebook")).to_be_visible()


def test_a_lock_page_notices_who_came_in_through_another_tab(tabs: tuple[Page, Page], seed: Seed) -> None:
    first, second = tabs
    steps.sign_in(first, seed.robin)
    second.reload()
    expect(second.get_by_role("navigation", name="Notebook")).to_be_visible()
    first.get_by_role("button", name="Lock", exact=True).click()
    for tab in tabs:
        expect(heading(tab, "Locked")).to_be_visible()
    button(first, "Use another name").click()
    expect(heading(second, "Notebook")).to_be_visible()
    assert seed.robin.name not in second.content()
    steps.sign_in(first, seed.robin)
    first.get_by_role("button", name="Lock", exact=True).click()
    expect(heading(first, "Locked")).to_be_visible()
    second.reload()
    expect(heading(second, "Locked")).to_be_visible()
    steps.unlock(first, seed.robin)
    expect(heading(second, SOMEBODY)).to_be_visible()
    assert seed.robin.name not in second.content()
