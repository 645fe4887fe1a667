"""Every page for everybody: axe-core in two themes and two languages, 320 px, targets, a ring on what has the focus.

Nothing is excepted: what Streamlit leaves undone is mended by the style sheet and by the page's own script.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.journeys import axe, steps
from tests.journeys.pictures import shoot
from tests.journeys.seeds import PRIVATE, SHARED, Seed
from tests.journeys.server import Server
from tests.journeys.steps import button, heading

NARROW = ViewportSize(width=320, height=700)
pytestmark = pytest.mark.parametrize("size", [NARROW], indirect=True, ids=["narrow"])
WIDE = ViewportSize(width=1280, height=800)

# A transition of something that is not drawn may never end by itself: end them all. Endless ones refuse, and stay.
FADED = """() => { for (const one of document.getAnimations()) { try { one.finish(); } catch { continue; } } }"""
INK = {"light": "rgb(24, 20, 17)", "dark": "rgb(241, 236, 228)"}

OUTSIDE = {"": "sign-in", "start": "start", "back-in": "back-in", "look-around": "look-around", "join": "join"}
OWNER = ("today", "notes", "write", "circle", "invite", "library", "add", "more", "settings", "help-now")
MEMBER = ("home", "shared", "what-i-see", "leave", "more")


@dataclass
class Walk:
    """One browser that goes from page to page and collects what is wrong, each with its page."""

    page: Page
    server: Server
    found: list[str]

    def visit(self, path: str) -> None:
        """Open a page by its address and look at it."""
        self.page.goto(f"{self.server.url}/{path}")
        self.look(path or "sign-in")

    def look(self, name: str) -> None:
        """Look at the page in front: narrow and light, then wide and dark."""
        expect(self.page.get_by_role("heading", level=1)).to_have_count(1)
        expect(self.page.locator("[data-stale=true]")).to_have_count(0)
        shoot(self.page, f"walk-{name}")
        self._add(name, "320", axe.layout(self.page))
        self._add(name, "light", axe.violations(self.page))
        self.page.set_viewport_size(WIDE)
        self._theme("dark")
        self._add(name, "1280", axe.layout(self.page))
        self._add(name, "dark", axe.violations(self.page))
        self._add(name, "keys", axe.unringed(self.page))
        self._theme("light")
        self.page.set_viewport_size(NARROW)

    def _theme(self, name: Literal["light", "dark"]) -> None:
        """Change the theme in place and end what fades."""
        self.page.emulate_media(color_scheme=name)
        expect(self.page.locator(".stApp")).to_have_css("color", INK[name])
        self.page.evaluate(FADED)

    def _add(self, name: str, how: str, lines: list[str]) -> None:
        self.found += [f"{name} | {how} | {line}" for line in lines]


@pytest.fixture
def walk(circle: Server, new_context: Callable[..., BrowserContext]) -> Iterator[Walk]:
    """A walk that ends with nothing found. The checks are ours and run in the page, so its policy is set aside."""
    context = new_context(locale="en-GB", bypass_csp=True)
    walked = Walk(context.new_page(), circle, [])
    yield walked
    assert not walked.found, "\n".join(walked.found)


def test_the_pages_before_signing_in(walk: Walk) -> None:
    for path in OUTSIDE:
        walk.visit(path)


def test_the_pages_of_somebody_who_writes(walk: Walk, seed: Seed) -> None:
    page = walk.page
    page.goto(walk.server.url)
    steps.sign_in(page, seed.robin)
    for path in OWNER:
        walk.visit(path)
    steps.to(page, "Notes")
    steps.open_note(page, SHARED)
    walk.look("note")
    button(page, "Erase").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    walk.look("note-dialog")
    page.keyboard.press("Escape")
    steps.to(page, "Circle")
    button(page, "Change").click()
    expect(heading(page, "Fern")).to_be_visible()
    walk.look("person")


def test_the_pages_of_somebody_who_reads(walk: Walk, seed: Seed) -> None:
    page = walk.page
    page.goto(walk.server.url)
    steps.sign_in(page, seed.fern)
    for path in MEMBER:
        walk.visit(path)
    page.goto(f"{walk.server.url}/shared")
    steps.open_note(page, SHARED)
    walk.look("open")
    assert PRIVATE not in page.content()


def test_the_pages_in_spanish(walk: Walk, seed: Seed) -> None:
    page = walk.page
    page.goto(walk.server.url)
    button(page, "Español").click()
    expect(page.locator("html[lang=es]")).to_be_attached()
    walk.look("sign-in-es")
    page.get_by_role("textbox", name="Nombre", exact=True).fill(seed.robin.name)
    page.locator(".st-key-sign_in-passphrase input").fill(seed.robin.passphrase)
    button(page, "Entrar").click()
    expect(page.get_by_role("link", name="Notas")).to_be_visible(timeout=steps.SLOW)
    for path in ("notes", "write", "circle", "settings"):
        walk.visit(path)
