"""A failure is told by its kind and a reference: no text of an exception reaches a log or a page."""

import asyncio
import logging
import threading
from collections.abc import Iterator

import pytest

from portal.errors import AlreadyRunning
from portal.ui.web import desk, life, quiet
from portal.ui.web import start as start_words
from portal.ui.web.signed import Store
from tests.ui.web.conftest import MemoryStore, Time

SECRET = "Robin wrote this"


@pytest.fixture
def hushed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    before = logging.getLogRecordFactory()
    quiet.hush()
    yield
    logging.setLogRecordFactory(before)


@pytest.mark.usefixtures("hushed")
@pytest.mark.parametrize("name", ["streamlit.error_util", "uvicorn.error", "asyncio"])
def test_the_framework_logs_no_text_of_an_exception(caplog: pytest.LogCaptureFixture, name: str) -> None:
    log = logging.getLogger(name)
    log.addHandler(caplog.handler)
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        log.exception("Uncaught app execution")
        log.error("failed: %s", error)
        log.error(f"Traceback (most recent call last): {error}")
    finally:
        log.removeHandler(caplog.handler)
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.usefixtures("hushed")
def test_a_failing_thread_tells_its_kind_only(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise ValueError(SECRET)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text + "".join(capfd.readouterr())


def test_each_failure_has_a_reference_of_its_own(caplog: pytest.LogCaptureFixture) -> None:
    one, two = quiet.fault(ValueError), quiet.fault(ValueError)
    assert one != two
    assert one in caplog.text


def test_a_store_that_refuses_ends_the_start_with_its_sentence_alone(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, time: Time
) -> None:
    framework = logging.getLogger("uvicorn.error")
    monkeypatch.setattr(framework, "disabled", False)

    def refuse(_: int) -> Store:
        raise AlreadyRunning

    async def start() -> None:
        async with life.lifespan(refuse)(None):
            pass

    with pytest.raises(SystemExit):
        asyncio.run(start())
    framework.error("Application startup failed")
    assert "already open" in caplog.text
    assert "startup failed" not in caplog.text


def test_what_the_start_found_is_said_as_an_event(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, time: Time
) -> None:
    monkeypatch.setattr("portal.ui.web.memory.keep", lambda: None)

    async def live() -> None:
        async with life.lifespan(lambda _: MemoryStore(noticed=("OLDER", "BEHIND")))(None):
            pass

    asyncio.run(live())
    assert caplog.messages == [start_words.FOUND["OLDER"], start_words.FOUND["BEHIND"]]


def test_from_start_to_end(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, time: Time) -> None:
    class Failing(MemoryStore):
        def tick(self, now: int) -> None:
            super().tick(now)
            if len(self.ticks) == 1:
                raise ValueError(SECRET)

    store = Failing()
    monkeypatch.setattr(life, "ROUND", 0)
    monkeypatch.setattr("portal.ui.web.memory.keep", lambda: None)

    async def live() -> None:
        async with life.lifespan(lambda _: store)(None):
            assert desk.current().store is store
            while len(store.ticks) < 3:
                await asyncio.sleep(0)

    asyncio.run(live())
    assert store.closed
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text
    with pytest.raises(RuntimeError):
        desk.current()
