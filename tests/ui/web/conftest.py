"""A server without Streamlit: guard and routes before a stand-in, a store and sessions that only remember."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from portal import clock
from portal.ui.web import desk, index
from portal.ui.web.guard import Guard
from portal.ui.web.routes import routes
from portal.ui.web.settings import Host

HERE = "http://127.0.0.1:8501"
OURS = {"origin": HERE}
NOON = 1_800_000_000
NOWHERE = ("/s/close", "/s/lock", "/s/nothing", "/static/js/x.js", "/_stcore/stream", "/_stcore/nothing")


@dataclass
class MemoryStore:
    id: str = "0123456789abcdef"
    ticks: list[int] = field(default_factory=list)
    closed: bool = False
    noticed: tuple[str, ...] = ()

    def tick(self, now: int) -> None:
        assert not self.closed
        self.ticks.append(now)

    def close(self) -> None:
        self.closed = True


@dataclass
class MemorySession:
    store: MemoryStore
    name: str = "Robin"
    account: bytes = b"robin"
    lock_minutes: int = 10
    closed: bool = False

    def close(self) -> None:
        self.closed = True


class Time:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> int:
        return self.at

    def pass_(self, seconds: int) -> int:
        self.at += seconds
        return self.at


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    moved = Time()
    monkeypatch.setattr(clock, "now", moved)
    return moved


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def here(store: MemoryStore, time: Time) -> Iterator[desk.Desk]:
    made = desk.Desk(store)
    desk.install(made)
    yield made
    desk.install(None)


@pytest.fixture
def robin(store: MemoryStore) -> MemorySession:
    return MemorySession(store)


async def _anything(request: Request) -> Response:
    if request.url.path in NOWHERE:  # as Streamlit does where it has nothing
        return HTMLResponse("<title>Streamlit</title>")
    return PlainTextResponse(f"reached {request.url.path}", headers={"cache-control": "public", "server": "other"})


async def _socket(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json(socket.headers.getlist("x-portal-bind"))
    await socket.close()


@pytest.fixture
def client(here: desk.Desk) -> TestClient:
    app = Starlette(
        routes=[
            *routes(),
            WebSocketRoute("/_stcore/stream", _socket),
            Route("/{path:path}", _anything, methods=["GET", "POST", "PUT", "DELETE"]),
        ],
        middleware=[Middleware(Guard, pages=index.pages(Host()), names=["127.0.0.1", "localhost"])],
    )
    return TestClient(app, base_url=HERE, follow_redirects=False)


def browser(client: TestClient, here: desk.Desk) -> str:
    """Load the first page; return the browser's cookie."""
    client.get("/")
    return str(client.cookies[here.cookies.pre])


def sign_in(client: TestClient, here: desk.Desk, session: MemorySession, page: str = "") -> str:
    """Sign in as a page would; return the new cookie."""
    ticket = here.issue(session, browser(client, here), page=page)
    client.post("/s/open", data={"ticket": ticket}, headers=OURS)
    return str(client.cookies[here.cookies.sid])
