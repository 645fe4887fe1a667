"""The outermost layer: who may speak to this server at all, and what every answer carries.

Streamlit compares only the host name of an Origin, lets a missing one pass, serves files of people
to anybody with the address and answers each unknown path with its own page. Here:

- the Host, and for a WebSocket or any method but GET and HEAD the Origin, must be exactly ours;
- files of people need somebody who is signed in; the metrics and the API for programs answer nobody;
- every page is our page: Streamlit's own is never sent, an address without a page leads to the first one;
- every answer has our headers;
- a WebSocket carries the hash of its cookie, so that Streamlit resumes a page only for the same one.
"""

import re
from collections.abc import Iterable, Mapping

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.ui.web import addresses, desk, headers, index, language
from portal.ui.web.cookies import LANG, digest, fresh, well_formed

BIND = b"x-portal-bind"
SHUT = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check", "/component/", "/app/static")
SIGNED_IN = ("/media/", "/_stcore/upload_file")
OURS = ("/s/", "/static/", "/media/", "/_stcore/")
PAGE = re.compile(r"/[A-Za-z0-9/_-]*")
READS = frozenset({"GET", "HEAD"})
PORTS = {"http": 80, "https": 443}


class Guard:
    """Refuses strangers, answers pages, passes the rest on."""

    def __init__(self, app: ASGIApp, *, pages: Mapping[str, bytes], names: Iterable[str]) -> None:
        self.app = app
        self.names = frozenset(names)
        self.pages = pages
        self.headers = headers.always(index.SOURCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope)(scope, receive, self._dressed(scope, send))
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._from_us(scope):
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        sid = HTTPConnection(scope).cookies.get(desk.current().cookies.sid)
        kept = [(name, value) for name, value in scope["headers"] if name.lower() != BIND]
        bind = [(BIND, digest(sid).encode())] if sid else []
        await self.app({**scope, "headers": kept + bind}, receive, send)

    def _answer(self, scope: Scope) -> ASGIApp:
        path, reads = scope["path"], scope["method"] in READS
        if not self._host_is_ours(scope):
            return PlainTextResponse("unknown host", 400)
        if not reads and not self._from_us(scope):
            return PlainTextResponse("refused", 403)
        if path.startswith(SHUT) or (path.startswith(SIGNED_IN) and not _somebody(scope)):
            return PlainTextResponse("not found", 404)
        if path.startswith(OURS):
            return self._part
        # The browser finds its base path by asking <page>/_stcore/health and expects a refusal there.
        if not PAGE.fullmatch(path) or "/_stcore/" in path:
            return PlainTextResponse("not found", 404)
        return self._page(scope) if reads else PlainTextResponse("refused", 405)

    async def _part(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what a page is made of. Where the app has nothing it sends its own page: that becomes a 404."""
        refused = False

        async def parts_only(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start":
                refused = _is_page(message)
                if refused:
                    await PlainTextResponse("not found", 404)(scope, receive, send)
            if not refused:
                await send(message)

        await self.app(scope, receive, parts_only)

    def _page(self, scope: Scope) -> Response:
        if not addresses.is_page(scope["path"]):
            return RedirectResponse("/", 303)
        asked, cookies = HTTPConnection(scope), desk.current().cookies
        lang = language.choose(asked.cookies.get(LANG), asked.headers.get("accept-language"))
        response = Response(self.pages[lang], media_type="text/html", headers={"vary": "accept-language, cookie"})
        if not well_formed(asked.cookies.get(cookies.pre)):
            cookies.put(response, cookies.pre, fresh())
        if desk.current().spent(asked.cookies.get(cookies.sid)):
            cookies.drop(response, cookies.sid)
        return response

    def _dressed(self, scope: Scope, send: Send) -> Send:
        ours: Mapping[bytes, bytes] = self.headers
        if scope["path"].startswith("/static/"):  # named by their content: they may be kept
            ours = {name: value for name, value in ours.items() if name != b"cache-control"}

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, value) for name, value in message["headers"] if name.lower() not in ours]
                message = {**message, "headers": kept + list(ours.items())}
            await send(message)

        return dressed

    def _places(self, scope: Scope) -> frozenset[str]:
        """Host and port as the browser writes them for this server."""
        port = scope["server"][1]
        end = "" if port == PORTS[_scheme(scope)] else f":{port}"
        return frozenset(f"{name}{end}" for name in self.names)

    def _host_is_ours(self, scope: Scope) -> bool:
        return _only(scope, b"host") in self._places(scope)

    def _from_us(self, scope: Scope) -> bool:
        site = _only(scope, b"sec-fetch-site")
        origins = {f"{_scheme(scope)}://{place}" for place in self._places(scope)}
        return self._host_is_ours(scope) and _only(scope, b"origin") in origins and site in (None, "same-origin")


def _scheme(scope: Scope) -> str:
    return "https" if scope["scheme"] in ("https", "wss") else "http"


def _only(scope: Scope, name: bytes) -> str | None:
    """The value of a header that stands there once; None when it is absent, "" when it stands there twice."""
    values = [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]
    return values[0] if len(values) == 1 else None if not values else ""


def _is_page(start: Message) -> bool:
    kinds = [value for name, value in start["headers"] if name.lower() == b"content-type"]
    return any(kind.lower().startswith(b"text/html") for kind in kinds)


def _somebody(scope: Scope) -> bool:
    here = desk.current()
    asked = HTTPConnection(scope)
    near = asked.headers.get("sec-fetch-site") in (None, "same-origin", "none")
    return near and here.person(asked.cookies.get(here.cookies.sid)) is not None
