"""Attack 34, a report: what of a person still lies in the server's memory after sign-out, lock, and a closed tab.

Python cannot wipe memory, and PROTOCOL.md says so: the counts are printed, not judged. What is judged is the
search itself: while somebody is signed in, it must find their words and their key.
"""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from portal.circle import accounts
from tests.journeys import seeds, steps
from tests.journeys.pictures import PHONE
from tests.journeys.seeds import PRIVATE, PRIVATE_TEXT, Seed
from tests.journeys.server import Server
from tests.journeys.steps import button, heading

pytestmark = [
    pytest.mark.long,
    pytest.mark.parametrize("size", [PHONE], indirect=True, ids=["phone"]),
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/<pid>/mem, which Linux alone has"),
]
Report = Callable[[str], dict[str, int]]


@pytest.fixture
def needles(seed: Seed, tmp_path: Path) -> dict[str, bytes]:
    """What is looked for: Robin's passphrase, note and seed."""
    copy = seeds.copied(seed, tmp_path / "copy")
    store = accounts.open_store(copy / "data", copy / "keys", now=int(time.time()))
    try:
        key = bytes(accounts.sign_in(store, seed.robin.name, seed.robin.passphrase, now=int(time.time())).seed)
    finally:
        store.close()
        shutil.rmtree(copy)
    return {"passphrase": seed.robin.passphrase.encode(), "note": PRIVATE_TEXT.encode(), "seed": key}


@pytest.fixture
def report(circle: Server, needles: dict[str, bytes], capsys: pytest.CaptureFixture[str]) -> Report:
    """Count each of them in the memory of the server, and print it."""

    def count(when: str) -> dict[str, int]:
        found = dict.fromkeys(needles, 0)
        for part in _memory(circle.process.pid):
            for name, needle in needles.items():
                found[name] += part.count(needle)
        with capsys.disabled():
            print(f"\n{when}: {found}", end="")  # noqa: T201  the report is the point
        return found

    return count


def _memory(pid: int) -> Iterator[bytes]:
    """Every part of the memory of a process that it may write to."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text("ascii").splitlines():
            where, rights = line.split()[:2]
            if not rights.startswith("rw"):
                continue
            start, end = (int(number, 16) for number in where.split("-"))
            try:
                yield os.pread(memory.fileno(), end - start, start)
            except OSError:  # a guard page, or one that went since
                continue


def _read(page: Page, circle: Server, seed: Seed) -> None:
    page.goto(circle.url)
    steps.sign_in(page, seed.robin)
    steps.to(page, "Notes")
    steps.open_note(page, PRIVATE)


def test_34_what_lies_in_memory(
    new_context: Callable[..., BrowserContext], circle: Server, seed: Seed, report: Report
) -> None:
    assert report("before anybody came") == {"passphrase": 0, "note": 0, "seed": 0}
    page = new_context(locale="en-GB").new_page()
    _read(page, circle, seed)
    during = report("signed in, the note open")
    assert during["note"]
    assert during["seed"]

    page.locator("#bar").get_by_role("button", name="Lock").click()
    expect(heading(page, "Locked")).to_be_visible()
    report("locked")
    steps.unlock(page, seed.robin)
    steps.to(page, "More")
    button(page, "Sign out").click()
    expect(button(page, "Sign in")).to_be_visible()
    report("signed out")

    closed = new_context(locale="en-GB").new_page()
    _read(closed, circle, seed)
    closed.context.close()
    report("the tab closed, the session not ended yet")
