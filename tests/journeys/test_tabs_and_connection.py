"""Two tabs of one person act each on what they show; a connection that comes back opens nothing and records nothing."""

import signal
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import steps
from tests.journeys.seeds import PRIVATE, PRIVATE_TEXT, SHARED, SHARED_TEXT, Seed
from tests.journeys.server import Server
from tests.journeys.steps import SLOW, SOON, button, heading, said

NEW = "Chestnuts"
LOST = "Sin conexión. Reintentando; tu texto sigue aquí."
SOCKETS = """(() => { const Native = window.WebSocket; window.sockets = [];
  window.WebSocket = class extends Native {
    constructor(...given) { super(...given); window.sockets.push(this); }
  }; })()"""
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"

Contexts = Callable[..., BrowserContext]


@pytest.fixture
def robin(new_context: Contexts, circle: Server, seed: Seed) -> Page:
    page = new_context(locale="en-GB").new_page()
    page.add_init_script(SOCKETS)
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
    fern = new_context(locale="en-GB").new_page()
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
    expect(robin.get_by_text("not shown yet")).to_be_visible()

    button(fern, "Show").click()
    expect(fern.get_by_role("heading", name=NEW, exact=True)).to_be_visible()
    robin.reload()
    expect(robin.get_by_text("read today")).to_be_visible()


def test_nothing_is_called_saved_before_it_is(robin: Page, circle: Server) -> None:
    steps.open_editor(robin)
    steps.type_note(robin, "", "First words")

    circle.process.send_signal(signal.SIGSTOP)
    robin.get_by_label("Your note").press_sequentially(" and more")
    expect(robin.get_by_text("Not saved yet.")).to_be_visible()
    expect(robin.locator(".saved .done")).to_be_hidden()
    circle.process.send_signal(signal.SIGCONT)

    steps.is_saved(robin)
    expect(robin.get_by_text("Not saved yet.")).to_be_hidden()


def test_a_lost_connection_is_said_in_the_readers_words(new_context: Contexts, circle: Server) -> None:
    page = new_context(locale="es-ES").new_page()
    page.add_init_script(SOCKETS)
    page.goto(f"{circle.url}/start")
    name = page.locator(".st-key-start-name input")
    name.fill("Alder Bay")

    page.context.set_offline(True)
    page.evaluate("window.sockets.forEach(socket => socket.close())")

    _tries(page, 8)  # the framework shows its own box at the seventh
    expect(page.locator("#bar").get_by_text(LOST)).to_be_visible(timeout=SOON)
    expect(page.locator("[role=dialog]")).to_have_count(0)
    expect(name).to_be_disabled()
    with page.expect_websocket(timeout=SLOW):
        page.context.set_offline(False)
    expect(page.get_by_text(LOST)).to_have_count(0, timeout=SLOW)
    expect(page.locator("[role=dialog]")).to_have_count(0)
    expect(name).to_have_value("Alder Bay")


def _tries(page: Page, number: int) -> None:
    """Wait until the page has tried to connect again `number` times, in vain."""
    for _ in range(number):
        page.wait_for_event("requestfailed", lambda request: "/_stcore/health" in request.url, timeout=SLOW)


def test_what_was_typed_when_the_connection_broke_is_saved_when_it_is_back(robin: Page) -> None:
    steps.open_editor(robin)
    steps.type_note(robin, "", "Before")
    note = robin.get_by_label("Your note")

    note.press_sequentially(" and after")
    robin.context.set_offline(True)
    robin.evaluate("window.sockets.forEach(socket => socket.close())")
    expect(robin.locator("#lost")).not_to_be_empty(timeout=SOON)
    expect(note).to_have_value("Before and after")
    expect(robin.get_by_text("Not saved yet.")).to_be_visible()
    robin.context.set_offline(False)

    expect(robin.locator("#lost")).to_be_empty(timeout=SLOW)
    steps.is_saved(robin)
    robin.reload()
    expect(note).to_have_value("Before and after")
