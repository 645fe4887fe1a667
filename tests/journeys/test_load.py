"""A hundred open pages on one server: every rerun and every look for news is answered, and nothing goes wrong.

How long that takes compared with one page is measured by `python -m tests.bench` (G16), not here.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, expect

from tests.bench.load import Load
from tests.journeys import steps
from tests.journeys.pictures import PHONE
from tests.journeys.seeds import Seed
from tests.journeys.server import Server

pytestmark = [pytest.mark.long, pytest.mark.parametrize("size", [PHONE], indirect=True, ids=["phone"])]
SESSIONS, EVERY, SECONDS = 100, 10.0, 60.0
LEAST = 10  # elements of a member's page with one note


def test_a_hundred_open_pages_are_all_answered(phone: Page, circle: Server, seed: Seed) -> None:
    phone.goto(circle.url)
    steps.sign_in(phone, seed.fern)
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in phone.context.cookies())
    load = Load(circle.url, cookie, "shared", SESSIONS, EVERY, LEAST)

    with ThreadPoolExecutor(1) as apart:  # this thread has the browser's event loop
        apart.submit(lambda: asyncio.run(load.run(SECONDS))).result()

    assert len(load.took) >= SESSIONS
    assert "Traceback" not in circle.log.read_text("utf-8")
    steps.to(phone, "Notes")
    expect(phone.locator(".entry")).to_be_visible()
