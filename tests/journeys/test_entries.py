"""A list of entries in a real browser: its menus by mouse and keyboard, and presses that come twice or too early."""

import os
import re
import signal
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, WebSocket, expect

from tests.journeys import seeds, steps
from tests.journeys import server as servers
from tests.journeys.seeds import PRIVATE, SHARED, Seed
from tests.journeys.server import Server
from tests.journeys.steps import button, entry, heading, said


@pytest.fixture(scope="module")
def own(browser: Browser, seed: Seed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product on a copy of the seeded store, for this module alone: it is stopped and let go on."""
    with servers.running(seeds.copied(seed, tmp_path_factory.mktemp("own"))) as started:
        yield started


@pytest.fixture
def sent() -> set[str]:
    """Every press that left the browser."""
    return set()


@pytest.fixture
def robin(own: Server, seed: Seed, new_context: Callable[..., BrowserContext], sent: set[str]) -> Page:
    page = new_context(locale="en-GB").new_page()

    def note(frame: bytes | str) -> None:
        if isinstance(frame, bytes):
            sent.update(one.decode("ascii") for one in re.findall(rb"(?:open|pin|unpin):[0-9a-f]+:[0-9]+", frame))

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", note)

    page.on("websocket", listen)
    page.goto(own.url)
    steps.sign_in(page, seed.robin)
    steps.to(page, "Notes")
    return page


def more(page: Page, title: str) -> Locator:
    return entry(page, title).get_by_role("button", name="More", exact=True)


def test_a_menu_opens_and_closes_by_keyboard(robin: Page) -> None:
    more(robin, PRIVATE).focus()
    robin.keyboard.press("Enter")
    expect(more(robin, PRIVATE)).to_have_attribute("aria-expanded", "true")
    robin.keyboard.press("Tab")
    expect(button(robin, "Edit")).to_be_focused()
    robin.keyboard.press("Tab")
    expect(button(robin, "Pin")).to_be_focused()
    robin.keyboard.press("Escape")
    expect(button(robin, "Pin")).to_have_count(0)
    expect(more(robin, PRIVATE)).to_be_focused()
    expect(more(robin, PRIVATE)).to_have_attribute("aria-expanded", "false")


def test_one_menu_is_open_at_a_time_and_says_what_its_entry_allows(robin: Page) -> None:
    more(robin, PRIVATE).click()
    expect(button(robin, "Withdraw")).to_have_count(0)
    more(robin, SHARED).click()
    expect(more(robin, PRIVATE)).to_have_attribute("aria-expanded", "false")
    expect(entry(robin, SHARED).get_by_role("button", name="Withdraw")).to_be_visible()
    names = entry(robin, SHARED).locator("#choices button:visible").all_inner_texts()
    assert names == ["Edit", "Pin", "Withdraw", "Erase"]
    heading(robin, "Notes").click()
    expect(button(robin, "Withdraw")).to_have_count(0)
    more(robin, SHARED).click()
    more(robin, SHARED).click()
    expect(more(robin, SHARED)).to_have_attribute("aria-expanded", "false")


def test_a_choice_acts_gives_the_focus_back_and_can_be_taken_back(robin: Page) -> None:
    more(robin, PRIVATE).click()
    button(robin, "Pin").click()
    expect(said(robin, "The note stands first now.")).to_be_visible()
    expect(more(robin, PRIVATE)).to_be_focused()
    more(robin, PRIVATE).click()
    button(robin, "Unpin").click()
    expect(said(robin, "The note is back in its place.")).to_be_visible()
    more(robin, PRIVATE).click()
    button(robin, "Erase").click()
    expect(robin.get_by_role("dialog")).to_be_visible()
    robin.keyboard.press("Escape")
    expect(robin.get_by_role("dialog")).to_have_count(0)
    expect(more(robin, PRIVATE)).to_be_focused()


def test_a_double_click_acts_once(robin: Page, sent: set[str]) -> None:
    more(robin, PRIVATE).click()
    button(robin, "Pin").dblclick()
    expect(said(robin, "The note stands first now.")).to_be_visible()
    entry(robin, PRIVATE).get_by_role("button", name="Open").dblclick()
    expect(heading(robin, PRIVATE)).to_be_visible()
    assert sorted(press.split(":")[0] for press in sent) == ["open", "pin"]
    steps.to(robin, "Notes")
    more(robin, PRIVATE).click()
    button(robin, "Unpin").click()
    expect(said(robin, "The note is back in its place.")).to_be_visible()


def test_presses_while_the_server_is_busy_are_shown_and_none_is_lost(robin: Page, own: Server) -> None:
    expect(more(robin, SHARED)).to_be_visible()
    expect(robin.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    os.kill(own.process.pid, signal.SIGSTOP)
    try:
        for title in (PRIVATE, SHARED):
            more(robin, title).click()
            button(robin, "Pin").click()
        more(robin, SHARED).click()
        expect(button(robin, "Pin")).to_have_attribute("data-sent", "")
        robin.keyboard.press("Escape")
        entry(robin, SHARED).get_by_role("button", name="Open").click()
    finally:
        os.kill(own.process.pid, signal.SIGCONT)
    expect(heading(robin, SHARED)).to_be_visible()
    steps.to(robin, "Notes")
    kept = robin.locator("section").filter(has=robin.get_by_role("heading", name="Pinned", exact=True))
    expect(kept.locator(".entry")).to_have_count(2)
    for title in (PRIVATE, SHARED):
        more(robin, title).click()
        button(robin, "Unpin").click()
    expect(kept).to_have_count(0)


def test_a_press_before_the_page_is_complete_is_not_lost(robin: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    robin.route("**/TextInput.*.js", hold)
    robin.reload()
    opens = entry(robin, PRIVATE).get_by_role("button", name="Open")
    opens.click()
    expect(opens).to_have_attribute("data-sent", "")
    for route in held:
        route.continue_()
    expect(heading(robin, PRIVATE)).to_be_visible()
