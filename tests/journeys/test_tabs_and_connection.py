"""Two tabs of one person act each on what they show; a connection that comes back opens nothing and records nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import steps
from tests.journeys.pictures import PHONE
from tests.journeys.seeds import PRIVATE, PRIVATE_TEXT, SHARED, SHARED_TEXT, Seed
from tests.journeys.server import Server
from tests.journeys.steps import SLOW, SOON, button, heading, said

NEW = "Chestnuts"
SOCKETS = """(() => { const Native = window.WebSocket; window.sockets = [];
  window.WebSocket = class extends Native {
    constructor(...given) { super(...given); window.sockets.push(this); }
  }; })()"""
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"

Contexts = Callable[..., BrowserContext]


@pytest.fixture
def robin(new_context: Contexts, circle: Server, seed: Seed) -> Page:
    page = new_context(viewport=PHONE, locale="en-GB").new_page()
    page.goto(circle.url)
    steps.sign_in(page, seed.robin)
    return page


def test_a_press_in_one_tab_acts_on_what_this_tab_shows(robin: Page) -> None:
    steps.to(robin, "Notes")
    steps.open_note(robin, SHARED)
    other = robin.context.new_page()
    other.goto(robin.url.replace("/note", "/notes"))
    steps.open_note(other, PRIVATE)

    button(robin, "Pin").click()

    expect(heading(robin, SHARED)).to_be_visible()
    expect(robin.get_by_text(SHARED_TEXT)).to_be_visible()
    expect(robin.get_by_text(PRIVATE_TEXT)).to_have_count(0)
    expect(heading(other, PRIVATE)).to_be_visible()


def test_a_connection_that_comes_back_opens_nothing(
    robin: Page, new_context: Contexts, circle: Server, seed: Seed
) -> None:
    fern = new_context(viewport=PHONE, locale="en-GB").new_page()
    fern.add_init_script(SOCKETS)
    fern.goto(circle.url)
    steps.sign_in(fern, seed.fern)
    expect(heading(fern, "Robin’s notebook")).to_be_visible(timeout=SLOW)
    steps.open_editor(robin)
    steps.type_note(robin, NEW, "We roasted them outside.")
    steps.choose(robin, "Fern")
    button(robin, "Share note").click()
    expect(said(fern, "1 new note.")).to_be_visible(timeout=SOON)

    with fern.expect_websocket():
        fern.evaluate("window.sockets.forEach(socket => socket.close())")
    expect(fern.locator(IDLE)).to_be_visible()

    expect(fern.get_by_text("1 new note.").first).to_be_visible(timeout=SOON)
    expect(fern.get_by_text(NEW)).to_have_count(0)
    steps.to(robin, "Notes")
    steps.open_note(robin, NEW)
    expect(robin.get_by_text("not opened yet")).to_be_visible()

    button(fern, "Show").click()
    expect(fern.get_by_role("heading", name=NEW, exact=True)).to_be_visible()
    robin.reload()
    expect(robin.get_by_text("read today")).to_be_visible()
