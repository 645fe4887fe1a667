"""From start to end: settings checked, store opened, desk made; one reaper, which alone lets time act."""

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path

from starlette.middleware import Middleware
from streamlit import config

from portal import clock
from portal.errors import PortalError
from portal.ui.web import desk, index, memory, quiet, settings, start
from portal.ui.web.guard import Guard
from portal.ui.web.signed import Store

ROUND = 1.0  # seconds between two looks at the clock
COLLECT = 30  # rounds: Streamlit's own collection after every run is off

Life = Callable[[object], AbstractAsyncContextManager[dict[str, object]]]


def middleware(data: Path) -> list[Middleware]:
    """Check the settings in force and return the guard. Ends the start with one sentence when something is unsafe."""
    quiet.hush()
    try:
        pages = index.pages(settings.host(data))
    except ValueError as error:
        sys.exit(str(error))
    for sentence in settings.wrong(config.get_option):
        sys.exit(sentence)
    return [Middleware(Guard, pages=pages, names=settings.hosts(config.get_option))]


def lifespan(open_store: Callable[[int], Store], data: Path | None = None) -> Life:
    """Return the server's life around the store that `open_store` opens; the host's wishes lie in `data`."""

    @asynccontextmanager
    async def life(_: object) -> AsyncIterator[dict[str, object]]:
        memory.keep()
        here = desk.Desk(
            _opened(open_store, data),
            secure=settings.secure(config.get_option),
            host=settings.host(data) if data else None,
        )
        desk.install(here)
        gc.collect()
        gc.freeze()
        warm = asyncio.create_task(asyncio.to_thread(_load_pages))
        reaper = asyncio.create_task(_reap(here))
        try:
            yield {}
        finally:
            await warm
            reaper.cancel()
            with suppress(asyncio.CancelledError):
                await reaper
            desk.install(None)
            here.close()

    return life


def _load_pages() -> None:
    """Load what the first page needs while its visitor's browser is still fetching files."""
    for name in ("portal.ui.shell", "portal.ui.screens.sign_in"):
        import_module(name)


def _opened(open_store: Callable[[int], Store], data: Path | None) -> Store:
    try:
        store = open_store(clock.now())
    except PortalError as refusal:
        quiet.last_words(start.refused(refusal, data))
        raise SystemExit(1) from None
    for event in store.noticed:
        quiet.LOG.warning(start.FOUND[event])
    return store


async def _reap(here: desk.Desk) -> None:
    rounds = 0
    while True:
        await asyncio.sleep(ROUND)
        rounds += 1
        try:
            await asyncio.to_thread(here.sweep, clock.now())
        except Exception as error:  # noqa: BLE001  one bad round must not end the idle lock
            quiet.fault(type(error))
        if rounds % COLLECT == 0:
            await asyncio.to_thread(gc.collect)
