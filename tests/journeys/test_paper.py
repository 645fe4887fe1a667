"""What is printed: black on white from a dark screen too, the sheet alone, on as few pages as promised."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.server import Server
from tests.journeys.steps import button, group_of, heading

SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
FORMATS = ("A4", "Letter")
MOST = 2  # pages of the help card
# The colours of everything that is shown: of words, and of what lies behind them.
COLOURS = """() => {
  const inks = new Set(), grounds = new Set();
  for (const e of [document.documentElement, document.body, ...document.querySelectorAll('body *')]) {
    if (!e.checkVisibility()) continue;
    inks.add(getComputedStyle(e).color);
    grounds.add(getComputedStyle(e).backgroundColor);
    for (const part of ['::before', '::after']) grounds.add(getComputedStyle(e, part).backgroundColor);
  }
  return [[...inks], [...grounds]];
}"""
PALETTE = "() => getComputedStyle(document.documentElement).getPropertyValue('--card')"
CLEAR = {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}


def _open(new_context: Callable[..., BrowserContext], url: str, scheme: str) -> Page:
    page = new_context(locale="en-GB", color_scheme=scheme).new_page()
    page.goto(url)
    return page


def _pages(page: Page, size: str) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=size)))


def _black_on_white(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.evaluate(PALETTE).strip() == "#FFF"
    inks, grounds = page.evaluate(COLOURS)
    assert set(inks) == {"rgb(0, 0, 0)"}
    assert set(grounds) <= CLEAR


@SCHEMES
def test_the_spare_key_prints_as_one_sheet_alone(
    circle: Server, new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    page = _open(new_context, f"{circle.url}/start", scheme)
    for title in ("Pick a name", "Choose a passphrase"):
        expect(heading(page, title)).to_be_visible()
        button(page, "Continue").click()
    group_of(page)

    assert [_pages(page, size) for size in FORMATS] == [1, 1]
    _black_on_white(page)
    shown = page.locator("body").inner_text()
    assert "Spare key" in shown
    assert not [word for word in ("Step 3", "Leave now", "Continue", "Keep your spare key") if word in shown]


@SCHEMES
def test_the_help_card_prints_on_two_pages_without_its_controls(
    circle: Server, new_context: Callable[..., BrowserContext], scheme: str
) -> None:
    page = _open(new_context, f"{circle.url}/help-now", scheme)
    expect(page.locator("details")).to_have_count(3)

    assert max(_pages(page, size) for size in FORMATS) <= MOST
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    _black_on_white(page)
    expect(page.get_by_role("link", name="911")).to_be_visible()
    expect(page.get_by_test_id("stSelectbox")).to_be_hidden()
