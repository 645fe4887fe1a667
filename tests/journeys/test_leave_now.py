"""Leave now, on the first page and on a page of one's own: covered at once, ended on the server, no way back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.journeys import seeds, steps
from tests.journeys import server as servers
from tests.journeys.seeds import PRIVATE, Seed
from tests.journeys.server import Server
from tests.journeys.steps import button, heading

WATCH = """() => new MutationObserver(() => {
  const dark = [...document.body.children].every(e => !e.checkVisibility());
  told((dark ? 'covered: ' : 'open: ') + document.body.innerText);
}).observe(document.documentElement, { attributes: true, attributeFilter: ['class'] })"""
AWAY = "https://www.weather.gov/"


def _click(page: Page) -> None:
    page.locator("#bar").get_by_role("link", name="Leave now").click(no_wait_after=True)


def _shift(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


WAYS = pytest.mark.parametrize("leave", [_click, _shift], ids=["click", "shift"])


@pytest.fixture
def robin(circle: Server, seed: Seed, phone: Page) -> Page:
    steps.come_in(phone, circle.url, seed.robin)
    steps.to(phone, "Notes")
    expect(phone.get_by_text(PRIVATE)).to_be_visible()
    return phone


@WAYS
def test_the_page_is_covered_the_session_ends_and_no_way_leads_back(
    robin: Page, circle: Server, leave: Callable[[Page], None], new_context: Callable[..., BrowserContext]
) -> None:
    taken = robin.context.cookies()
    _leaves_covered(robin, circle, leave)
    robin.go_back()
    expect(button(robin, "Sign in")).to_be_visible()
    assert PRIVATE not in robin.content()
    robin.goto(f"{circle.url}/notes")
    expect(button(robin, "Sign in")).to_be_visible()
    _is_over(circle, taken, new_context())


def _leaves_covered(page: Page, circle: Server, leave: Callable[[Page], None]) -> None:
    """The page goes dark in the very moment of the press, and the server is told before the neutral page comes."""
    shown: list[str] = []

    def hear(text: str) -> None:
        shown.append(text)

    page.expose_function("told", hear)
    page.evaluate(WATCH)
    with page.context.expect_event("request", _is(f"{circle.url}/s/close")):
        leave(page)
    expect(heading(page, "Elsewhere")).to_be_visible()
    assert page.url == AWAY
    assert shown[:1] == ["covered: "]


def _is(url: str) -> Callable[[Request], bool]:
    return lambda asked: asked.url == url


def _is_over(circle: Server, cookies: list[Any], thief: BrowserContext) -> None:
    thief.add_cookies(cookies)
    page = thief.new_page()
    page.goto(f"{circle.url}/notes")
    expect(button(page, "Sign in")).to_be_visible()
    assert not [word for word in ("Robin", PRIVATE) if word in page.content()]


@WAYS
def test_it_stands_on_the_pages_before_signing_in(phone: Page, circle: Server, leave: Callable[[Page], None]) -> None:
    for path in ("", "help-now"):
        phone.goto(f"{circle.url}/{path}")
        expect(phone.get_by_role("heading", level=1)).to_have_count(1)
        leave(phone)
        expect(heading(phone, "Elsewhere")).to_be_visible()
        assert phone.url == AWAY


def test_it_works_when_the_server_is_gone(seed: Seed, tmp_path: Path, phone: Page) -> None:
    with servers.running(seeds.copied(seed, tmp_path)) as server:
        steps.come_in(phone, server.url, seed.robin)
        steps.to(phone, "Notes")
        server.kill()
        _click(phone)
        expect(heading(phone, "Elsewhere")).to_be_visible()
        assert phone.url == AWAY


def test_it_stays_at_hand_beside_an_open_dialog(robin: Page) -> None:
    steps.open_note(robin, PRIVATE)
    button(robin, "Erase").click()
    expect(robin.get_by_role("dialog")).to_be_visible()
    _click(robin)
    expect(heading(robin, "Elsewhere")).to_be_visible()
