"""One browser a run, one server a module, a context a person. Without Chromium: skipped; in CI: failed."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.journeys import seeds, story
from tests.journeys import server as servers
from tests.journeys.pictures import DESKTOP, PHONE
from tests.journeys.seeds import Seed
from tests.journeys.server import Server
from tests.journeys.steps import SOON
from tests.journeys.story import Told

MISSING = "no Chromium was found: install `chromium` or `google-chrome` to run the journeys"
Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey needs a browser, and comes last: its event loop runs on in the main thread."""
    for item in items:
        if _journey(item):
            item.add_marker(pytest.mark.browser)
    items.sort(key=_journey)


def _journey(item: pytest.Item) -> bool:
    return Path(__file__).parent in item.path.parents


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    found = servers.chromium()
    if found is None:
        if os.environ.get("CI_BROWSER") == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=found, args=servers.ARGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product as it is."""
    with servers.running(tmp_path_factory.mktemp("portal")) as started:
        yield started


@pytest.fixture(scope="module")
def clocked(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product with a clock that `clocked.pass_time(seconds)` moves."""
    with servers.running(tmp_path_factory.mktemp("portal"), app=servers.CLOCKED) as started:
        yield started


@pytest.fixture(scope="package")
def seed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Seed:
    """A store with people in it, made once: copy it, never open it."""
    return seeds.plant(tmp_path_factory.mktemp("seed"))


@pytest.fixture(scope="module")
def circle(seed: Seed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The product on a copy of the seeded store."""
    with servers.running(seeds.copied(seed, tmp_path_factory.mktemp("circle"))) as started:
        yield started


@pytest.fixture(scope="package")
def told(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The main story, told once on two phones, with all that was seen of it from outside. Its server still runs."""
    folder = tmp_path_factory.mktemp("told")
    (folder / "tmp").mkdir()
    with pytest.MonkeyPatch.context() as patched, _contexts(browser, PHONE) as make:
        patched.setenv("TMPDIR", str(folder / "tmp"))
        with servers.running(folder) as started:
            patient, member = (make(locale="en-GB").new_page() for _ in range(2))
            yield story.tell(patient, member, started)


@pytest.fixture(
    params=[pytest.param(PHONE, id="phone"), pytest.param(DESKTOP, id="desktop", marks=pytest.mark.long)],
)
def size(request: pytest.FixtureRequest) -> ViewportSize:
    """What people hold in their hands: a phone; with `-m long` a desk as well."""
    found: ViewportSize = request.param
    return found


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext]) -> Page:
    """A phone of somebody's own."""
    return new_context(locale="en-GB").new_page()


@pytest.fixture
def new_context(browser: Browser, size: ViewportSize) -> Iterator[Callable[..., BrowserContext]]:
    """Make browsers of their own for people: each context has its own cookies. Nothing but our servers is reached."""
    with _contexts(browser, size) as make:
        yield make


@contextmanager
def _contexts(browser: Browser, size: ViewportSize) -> Iterator[Callable[..., BrowserContext]]:
    """Make contexts that reach nothing but our servers; all are closed at the end."""
    made: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(viewport=size, **options)  # type: ignore[arg-type]
        context.set_default_timeout(SOON)
        context.route(lambda url: "//127.0.0.1:" not in url, lambda route: route.fulfill(body="<h1>Elsewhere</h1>"))
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
