"""G7, G8, G14: what is seen in the browser, and what of the waiting is the portal's own work."""

import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from playwright.sync_api import Browser

from portal.circle import readings
from tests.bench import browser
from tests.bench.browser import Scene
from tests.bench.data import NOW
from tests.bench.measure import Outcome, Side
from tests.bench.plan import Plan
from tests.journeys import server as servers

NOTES = 400
PAGE = 20
CARD = "h3.title"


def g8(plan: Plan) -> Iterator[Outcome]:
    """Click to screen of a feed of 20 notes with its actions / of an empty page; then G7: it needs the same clicks."""
    with browser.scene(plan.folder, NOTES) as seen:
        own, feed, empty = _clicks(seen, plan.rounds)
    yield Outcome(goal="G8", what="own notes, 20 with their actions / empty page", ours=own, theirs=empty, target=2)
    yield Outcome(goal="G8", what="a member's feed of 20 notes / empty page", ours=feed, theirs=empty, target=2)
    ours = _below(plan)
    what = "portal's own work for a member's page, view written / click to screen"
    yield Outcome(goal="G7", what=what, ours=ours, theirs=feed, target=0.05)


def _clicks(seen: Scene, rounds: int) -> tuple[tuple[float, ...], ...]:
    """Measure the three in turn: away first, then there. The first round is thrown away."""
    sides = [
        (seen.patient, "notes", f".st-key-page-notes {CARD}", PAGE),
        (seen.member, "shared", f".st-key-page-shared {CARD}", PAGE),
        (seen.empty, "two", "h1#two", 1),
    ]
    found: list[list[float]] = [[], [], []]
    for number in range(rounds + 1):
        for times, (page, there, ready, many) in zip(found, sides, strict=True):
            if page is seen.empty:
                page.goto(page.url.rsplit("/", 1)[0])
                page.locator(browser.HEADING).wait_for()
            else:
                browser.click(page, "more", ".st-key-page-more h1")
            took = browser.click(page, there, ready, many)
            if number:
                times.append(took)
    return tuple(tuple(times) for times in found)


def _below(plan: Plan) -> tuple[float, ...]:
    """Open pages of 20 unread notes in turn: everything below `ui/`, the view letter written and durable."""
    made = plan.circle(NOTES, 1)
    session, pages = made.visit(), count(1)
    side = Side(lambda: readings.read(session, made.link, page=next(pages), now=NOW))
    return tuple([side.once() for _ in range(plan.rounds + 1)][1:])


def g14(plan: Plan) -> Iterator[Outcome]:
    """From the start of the server to the first page on the screen, the product / an empty app."""
    product, empty = browser.prepared(plan.folder / "cold", 20), plan.folder / "cold-empty"
    ours, theirs = [], []
    with browser.chromium() as started:
        for number in range(plan.rounds + 1):
            mine, other = _first_paint(started, product, servers.CLOCKED), _first_paint(started, empty, browser.EMPTY)
            if number:
                ours.append(mine)
                theirs.append(other)
    what = "first paint of the sign-in page, cold start / empty page"
    yield Outcome(goal="G14", what=what, ours=tuple(ours), theirs=tuple(theirs), target=1.2)


def _first_paint(started: Browser, folder: Path, app: Path) -> float:
    began = time.perf_counter()
    with servers.running(folder, app=app) as server:
        page = started.new_context().new_page()
        page.goto(server.url)
        page.locator(browser.HEADING).wait_for(timeout=browser.WAIT)
        took = time.perf_counter() - began
        page.context.close()
    return took * 1000
