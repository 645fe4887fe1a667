"""A page on another port of the same computer: cookies reach it, our server does not listen to it."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import steps
from tests.journeys.seeds import Seed
from tests.journeys.server import Server

TRY_SOCKET = """url => new Promise(done => {
  const socket = new WebSocket(url.replace('http', 'ws') + '/_stcore/stream', ['streamlit']);
  socket.onopen = () => done('open');
  socket.onmessage = () => done('read');
  socket.onclose = e => done('closed');
})"""
TRY_POST = """url => fetch(url, { method: 'POST', credentials: 'include', body: 'x=1' })
  .then(r => r.text(), () => 'refused')"""
TRY_READ = """url => fetch(url, { credentials: 'include' }).then(r => r.text(), () => 'refused')"""
SEND_FORM = """url => {
  const form = Object.assign(document.createElement('form'), { method: 'post', action: url });
  document.body.append(form);
  form.submit();
}"""


class _Stranger(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Stranger</title><body>")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def foreign() -> Iterator[str]:
    served = HTTPServer(("127.0.0.1", 0), _Stranger)
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}/"
    served.shutdown()
    thread.join()
    served.server_close()


@pytest.fixture
def visited(server: Server, new_context: Callable[..., BrowserContext]) -> Page:
    """A browser that has been on our page and carries our cookies."""
    page = new_context().new_page()
    page.goto(server.url)
    expect(page.get_by_role("link", name="Leave now").last).to_be_visible()
    return page


def test_our_own_page_opens_the_socket(visited: Page, server: Server) -> None:
    assert visited.evaluate(TRY_SOCKET, server.url) == "open"


def test_a_page_on_another_port_opens_no_socket(visited: Page, server: Server, foreign: str) -> None:
    visited.goto(foreign)
    assert visited.evaluate(TRY_SOCKET, server.url) == "closed"
    assert visited.evaluate(TRY_SOCKET, server.url.replace("127.0.0.1", "localhost")) == "closed"


@pytest.mark.parametrize("path", ["/s/close", "/s/open", "/s/lock", "/s/invite", "/_stcore/upload_file/a/b"])
def test_a_page_on_another_port_posts_nothing(visited: Page, server: Server, foreign: str, path: str) -> None:
    visited.goto(foreign)
    with visited.expect_response(server.url + path) as got:
        visited.evaluate(SEND_FORM, server.url + path)
    assert got.value.status == 403
    assert server.url not in {cookie.get("domain") for cookie in visited.context.cookies()}


def test_a_page_on_another_port_reads_nothing(visited: Page, server: Server, foreign: str) -> None:
    visited.goto(foreign)
    for path in ("/", "/s/portal.js", "/_stcore/health", "/media/x"):
        assert visited.evaluate(TRY_READ, server.url + path) == "refused"
    assert visited.evaluate(TRY_POST, server.url + "/s/close") == "refused"


def test_a_page_on_another_port_cannot_frame_us(visited: Page, server: Server, foreign: str) -> None:
    visited.goto(foreign)
    visited.evaluate(
        "url => { const f = document.createElement('iframe'); f.src = url; document.body.append(f); }", server.url
    )
    expect(visited.frame_locator("iframe").get_by_role("link", name="Leave now")).to_have_count(0)


def test_somebody_who_is_signed_in_stays_so_and_gives_nothing_away(
    circle: Server, seed: Seed, foreign: str, new_context: Callable[..., BrowserContext]
) -> None:
    robin = new_context(locale="en-GB").new_page()
    robin.goto(circle.url)
    steps.sign_in(robin, seed.robin)

    stranger = robin.context.new_page()
    stranger.goto(foreign)
    assert stranger.evaluate(TRY_SOCKET, circle.url) == "closed"
    for path in ("/s/close", "/s/lock", "/s/open"):
        assert stranger.evaluate(TRY_POST, circle.url + path) == "refused"
    with stranger.expect_response(circle.url + "/s/close") as got:
        stranger.evaluate(SEND_FORM, circle.url + "/s/close")
    assert got.value.status == 403

    robin.reload()
    expect(robin.get_by_role("navigation", name="Notebook")).to_be_visible()
