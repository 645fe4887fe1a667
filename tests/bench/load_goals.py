"""G16: many open pages on one server."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench import browser
from tests.bench.browser import Scene
from tests.bench.load import Load
from tests.bench.measure import Outcome
from tests.bench.plan import Plan

NOTES = 400
EVERY = 10.0  # seconds between two reruns of one page
ALONE = 1.0  # the same for a page that is alone, so that there is enough to take a percentile of
LEAST = 60  # elements: a page of 20 notes has more
AT = 0.95
KIB = 1024


def g16(plan: Plan) -> Iterator[Outcome]:
    """The 95th percentile of a rerun among many open pages / alone, and the memory of an open page / 1 MB."""
    with browser.scene(plan.folder, NOTES) as seen:
        cookie = _cookie(seen)
        alone = _loaded(seen, cookie, 1, ALONE, plan.seconds)
        before = _memory(seen)
        many = _loaded(seen, cookie, plan.sessions, EVERY, plan.seconds)
        held = (_memory(seen) - before) / plan.sessions
    what = f"95th percentile of a rerun with {plan.sessions} open pages / with one"
    yield Outcome(goal="G16", what=what, ours=(_percentile(many),), theirs=(_percentile(alone),), target=4)
    yield Outcome(goal="G16", what="memory of an open page / 1 MB", ours=(held,), theirs=(1.0,), target=1, unit="MB")


def _loaded(seen: Scene, cookie: str, sessions: int, every: float, seconds: float) -> list[float]:
    load = Load(seen.product.url, cookie, "shared", sessions, every, LEAST)
    with ThreadPoolExecutor(1) as apart:  # this thread has the browser's event loop
        apart.submit(lambda: asyncio.run(load.run(seconds))).result()
    return load.took


def _cookie(seen: Scene) -> str:
    return "; ".join(f"{one['name']}={one['value']}" for one in seen.member.context.cookies())


def _memory(seen: Scene) -> float:
    """Return the megabytes that the server holds."""
    lines = Path(f"/proc/{seen.product.process.pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / KIB


def _percentile(took: list[float]) -> float:
    return sorted(took)[int(len(took) * AT)]
