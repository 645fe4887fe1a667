"""A circle in a running product and an empty app beside it, with a browser at both."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench import data
from tests.journeys import server as servers
from tests.journeys.server import Server
from tests.journeys.steps import Account, sign_in

EMPTY = Path(__file__).with_name("empty") / "app.py"
HEADING = "h1"
WAIT = 20_000  # ms

# From the click to the frame in which the script has ended and everything waited for is drawn.
CLICK = """([link, ready, count]) => new Promise((done, failed) => {
  const began = performance.now();
  const app = document.querySelector('[data-testid="stApp"]');
  document.querySelector(link).click();
  const look = () => {
    if (performance.now() - began > 20000) return failed(new Error('not drawn: ' + ready));
    const ended = app.dataset.testScriptState === 'notRunning';
    if (ended && document.querySelectorAll(ready).length >= count) {
      requestAnimationFrame(() => done(performance.now() - began));
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""


@dataclass(frozen=True)
class Scene:
    """Two servers, and pages open at them: the patient's, a member's, and one of the empty app."""

    product: Server
    patient: Page
    member: Page
    empty: Page


def click(page: Page, path: str, ready: str, count: int = 1) -> float:
    """Follow a link to `path`; return the milliseconds until `count` elements `ready` are on the screen."""
    link = f'a[href$="{path}"]'
    page.locator(link).first.wait_for()
    took: float = page.evaluate(CLICK, [link, ready, count])
    return took


def prepared(folder: Path, notes: int) -> Path:
    """Write a circle of one member that a server can open, and the clock that goes with it."""
    made = data.circle(folder, notes, 1, cheap=False)
    made.store.close()
    (folder / "offset").write_text(str(data.NOW + 60 - int(time.time())), "ascii")
    return folder


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser. Raises `RuntimeError` where there is none."""
    found = servers.chromium()
    if found is None:
        raise RuntimeError("no Chromium was found")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=servers.ARGS)
        yield browser
        browser.close()


@contextmanager
def scene(folder: Path, notes: int) -> Iterator[Scene]:
    """Start everything, and let both people sign in."""
    folder = prepared(folder / "product", notes)
    with (
        chromium() as browser,
        servers.running(folder, app=servers.CLOCKED) as product,
        servers.running(folder.parent / "empty", app=EMPTY) as other,
    ):
        empty = _page(browser, other.url)
        empty.locator(HEADING).wait_for(timeout=WAIT)
        patient, member = (_inside(browser, product, name) for name in (data.PATIENT, f"{data.MEMBER} 0"))
        yield Scene(product, patient, member, empty)


def _page(browser: Browser, url: str) -> Page:
    page = browser.new_context().new_page()
    page.set_default_timeout(WAIT)
    page.goto(url)
    return page


def _inside(browser: Browser, product: Server, name: str) -> Page:
    page = _page(browser, product.url)
    sign_in(page, Account(name, data.PASSPHRASE, ""))
    return page
