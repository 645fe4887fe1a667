"""portal.js in a real browser, under the real content policy: codes, tickets, drafts, idle time, Leave now."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, expect

from tests.journeys import server as servers
from tests.journeys.server import Server

SMALL = Path(__file__).parent / "small" / "app.py"
AWAY = "https://www.weather.gov/"


@pytest.fixture(scope="module")
def small(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with servers.running(tmp_path_factory.mktemp("small"), app=SMALL) as started:
        yield started


@pytest.fixture
def page(small: Server, new_context: Callable[..., BrowserContext]) -> Page:
    opened = new_context(locale="en-US").new_page()
    opened.goto(small.url)
    return opened


@pytest.fixture
def inside(page: Page) -> Page:
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("hello Robin")).to_be_visible()
    return page


def test_a_ticket_signs_in_by_itself_and_a_refresh_keeps_it(inside: Page, small: Server) -> None:
    expect(inside).to_have_url(f"{small.url}/notes")
    inside.reload()
    expect(inside.get_by_text("hello Robin")).to_be_visible()
    assert "sid" not in inside.evaluate("document.cookie")


def test_the_policy_holds_while_everything_is_drawn(small: Server, new_context: Callable[..., BrowserContext]) -> None:
    said: list[str] = []
    page = new_context().new_page()
    page.on("console", lambda message: said.append(message.text))
    page.goto(small.url)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Sure?")).to_be_visible()
    assert [text for text in said if "Content Security Policy" in text] == []


def test_a_code_behind_the_hash_is_in_no_address(small: Server, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{small.url}/#J=ABCD-EFGH")
    expect(page.get_by_text("code ABCD-EFGH")).to_be_visible()
    assert page.url == f"{small.url}/"
    assert [url for url in asked if "ABCD" in url] == []
    page.go_back()
    assert "ABCD" not in page.url


def test_a_link_opened_in_a_tab_that_is_here_already_is_taken_too(page: Page, small: Server) -> None:
    page.goto(small.url)
    expect(page.get_by_text("code None")).to_be_visible()
    page.evaluate("location.href = '/#J=ABCD-EFGH'")
    expect(page.get_by_text("code ABCD-EFGH")).to_be_visible()
    assert page.url == f"{small.url}/"


def test_what_is_no_code_leaves_the_address_and_is_not_sent(page: Page, small: Server) -> None:
    page.goto("about:blank")
    page.goto(f"{small.url}/#J=<b>")
    expect(page.get_by_text("code None")).to_be_visible()
    assert page.url == f"{small.url}/"


def test_a_draft_reaches_the_server_while_typing_goes_on(inside: Page) -> None:
    inside.get_by_label("Text").press_sequentially("A steady week")
    expect(inside.get_by_text("[A steady week]")).to_be_visible()
    expect(inside.get_by_label("Text")).to_be_focused()
    inside.keyboard.type(", and calm")
    expect(inside.get_by_label("Text")).to_have_value("A steady week, and calm")
    inside.get_by_label("Title").press_sequentially("Tuesday")
    expect(inside.get_by_text("[Tuesday] [A steady week, and calm]")).to_be_visible()
    expect(inside.get_by_label("Title")).to_be_focused()


def test_lock_remembers_the_page(inside: Page, small: Server) -> None:
    inside.get_by_role("button", name="Lock", exact=True).click()
    expect(inside.get_by_text("locked Robin at notes")).to_be_visible()
    expect(inside).to_have_url(f"{small.url}/")


def test_lock_is_not_offered_outside(page: Page) -> None:
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_role("button", name="Lock", exact=True)).to_have_count(0)


@pytest.mark.parametrize("dialog", [False, True])
def test_leave_now_ends_the_session_and_leaves_no_way_back(inside: Page, small: Server, dialog: bool) -> None:
    if dialog:
        inside.get_by_role("button", name="Ask").click()
        expect(inside.get_by_text("Sure?")).to_be_visible()
    inside.locator("#bar").get_by_role("link", name="Leave now").click()
    expect(inside.get_by_role("heading", name="Elsewhere")).to_be_visible()
    assert inside.url == AWAY
    inside.go_back()
    expect(inside.get_by_text("hello Robin")).to_have_count(0)
    inside.goto(small.url)
    expect(inside.get_by_role("button", name="Sign in")).to_be_visible()


def test_shift_three_times_leaves_and_capital_letters_do_not(inside: Page) -> None:
    inside.get_by_label("Text").click()
    for letter in ("Shift+A", "Shift+B", "Shift+C", "Shift+D"):
        inside.keyboard.press(letter)
    expect(inside.get_by_label("Text")).to_have_value("ABCD")
    inside.keyboard.press("Shift")
    inside.keyboard.press("Shift")
    expect(inside.locator("#bar")).to_have_attribute("data-shift", "2")
    expect(inside.locator("#bar .dots i").first).to_be_visible()
    inside.keyboard.press("Shift")
    expect(inside.get_by_role("heading", name="Elsewhere")).to_be_visible()


def test_leave_now_works_without_a_server(tmp_path: Path, new_context: Callable[..., BrowserContext]) -> None:
    with servers.running(tmp_path, app=SMALL) as server:
        page = new_context().new_page()
        page.goto(server.url)
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        server.kill()
        page.locator("#bar").get_by_role("link", name="Leave now").click()
        expect(page.get_by_role("heading", name="Elsewhere")).to_be_visible()


def test_an_idle_page_warns_then_covers_and_locks(small: Server, new_context: Callable[..., BrowserContext]) -> None:
    page = new_context().new_page()
    page.clock.install()
    page.goto(small.url)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("hello Robin")).to_be_visible()
    expect(page.locator("[data-idle]")).to_be_attached()
    expect(page.get_by_text("Locking in 1 minute")).to_be_hidden()
    page.clock.run_for(9 * 60_000 + 5000)
    expect(page.get_by_text("Locking in 1 minute")).to_be_visible()
    page.clock.run_for(60_000)
    expect(page.get_by_text("locked Robin at notes")).to_be_visible()


def test_a_page_whose_server_is_gone_covers_itself(tmp_path: Path, new_context: Callable[..., BrowserContext]) -> None:
    with servers.running(tmp_path, app=SMALL) as server:
        page = new_context().new_page()
        sockets: list[WebSocket] = []
        page.on("websocket", lambda opened: sockets.insert(0, opened))
        page.clock.install()
        page.goto(server.url)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_text("hello Robin")).to_be_visible()
        expect(page.locator("[data-idle]")).to_be_attached()
        with sockets[0].expect_event("close"):
            server.kill()
        page.clock.run_for(60_000)
        expect(page.get_by_text("hello Robin")).to_be_visible()
        page.clock.run_for(130_000)
        expect(page.get_by_text("hello Robin")).to_be_hidden()
        expect(page.locator("#bar").get_by_role("link", name="Leave now")).to_be_visible()


def test_a_failure_shows_a_reference_and_no_text_of_its_own(inside: Page, small: Server) -> None:
    inside.get_by_role("button", name="Fail").click()
    expect(inside.get_by_test_id("stAlert")).to_be_visible()
    assert "Robin wrote" not in inside.content()
    assert "Robin wrote" not in small.log.read_text("utf-8")


def test_a_dialog_gives_focus_back(inside: Page) -> None:
    inside.get_by_role("button", name="Ask").click()
    expect(inside.get_by_text("Sure?")).to_be_visible()
    inside.keyboard.press("Escape")
    expect(inside.get_by_role("button", name="Ask")).to_be_focused()


@pytest.mark.parametrize(("locale", "name"), [("en-GB", "Close"), ("es-ES", "Cerrar")])
def test_a_dialog_is_closed_by_a_button_large_enough_in_the_language_of_the_page(
    small: Server, new_context: Callable[..., BrowserContext], locale: str, name: str
) -> None:
    page = new_context(locale=locale).new_page()
    page.goto(small.url)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Ask").click()
    close = page.get_by_role("dialog").get_by_role("button", name=name, exact=True)
    expect(close).to_be_visible()
    size = close.bounding_box()
    assert size is not None
    assert min(size["width"], size["height"]) >= 44
    close.click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_page_itself_as_a_stop_shows_a_ring(page: Page) -> None:
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    main = page.get_by_test_id("stMain")
    page.keyboard.press("Tab")  # the skip link, which leads there
    page.keyboard.press("Enter")
    expect(main).to_be_focused()
    expect(main).to_have_css("outline-style", "solid")
    expect(main).to_have_css("outline-offset", "-3px")
