"""Our own addresses, all under /s/: what the page is made of, and the forms that set or take back a cookie.

Every form ends in a real navigation, because an open page keeps the cookies it was opened with.
Whether the form came from our own page is the guard's business.
"""

import re
from pathlib import Path
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from portal.ui.web import desk
from portal.ui.web.cookies import LANG, well_formed
from portal.ui.words import LANGUAGES

HERE = Path(__file__).parent
FILES = {
    "portal.js": "text/javascript",
    "portal.css": "text/css",
    "pieces.css": "text/css",
    "icon.svg": "image/svg+xml",
}
YEAR = 365 * 24 * 60 * 60
MOST = 4096  # bytes of a form
PAGE = re.compile(r"[a-z-]{0,40}")
CODE = re.compile(r"[A-Za-z0-9-]{1,64}")


def routes() -> list[Route]:
    """Return the routes that stand before Streamlit's."""
    forms = {"open": sign_in, "close": sign_out, "lock": lock, "invite": invite, "lang": speak}
    return [_file(name, kind) for name, kind in FILES.items()] + [
        Route(f"/s/{name}", form, methods=["POST"]) for name, form in forms.items()
    ]


def _file(name: str, kind: str) -> Route:
    body = (HERE / name).read_bytes()

    async def serve(_: Request) -> Response:
        return Response(body, media_type=kind)

    return Route(f"/s/{name}", serve)


async def sign_in(request: Request) -> Response:
    """Turn a ticket into the cookie. A ticket that does not count leads to the first page and changes nothing."""
    form, here = await _form(request), desk.current()
    was = request.cookies.get(here.cookies.sid)
    pre = request.cookies.get(here.cookies.pre, "")
    sid = await run_in_threadpool(here.exchange, form.get("ticket", ""), pre, was=was)
    signed = here.person(sid)
    if sid is None or signed is None:
        return _to("")
    response = _to(form.get("next") or signed.page)
    here.cookies.put(response, here.cookies.sid, sid)
    return response


async def sign_out(request: Request) -> Response:
    """End the session and take the cookie back: sign-out, hand-over and Leave now.

    The code of an invitation goes too, unless the page where it is used asked for the sign-out; and so does the
    mark that a page was begun here, unless the way leads back to it.
    """
    form, here = await _form(request), desk.current()
    pre, goes_to = request.cookies.get(here.cookies.pre), form.get("next", "")
    await run_in_threadpool(here.end, request.cookies.get(here.cookies.sid, ""))
    if form.get("keep") != "code":
        here.drop_code(pre)
    here.forget_begun(pre, but=goes_to)
    response = _to(goes_to)
    here.cookies.drop(response, here.cookies.sid)
    response.headers["clear-site-data"] = '"cache", "storage"'
    return response


async def lock(request: Request) -> Response:
    """Drop the keys and remember the page; the cookie stays, so that the lock page knows who was here."""
    form, here = await _form(request), desk.current()
    await run_in_threadpool(here.lock, request.cookies.get(here.cookies.sid, ""), _page(form.get("next", "")))
    return _to("")


async def invite(request: Request) -> Response:
    """Keep the code that came behind the # of a link, for this browser."""
    form, here = await _form(request), desk.current()
    code, pre = form.get("code", ""), request.cookies.get(here.cookies.pre)
    if pre and well_formed(pre) and CODE.fullmatch(code):
        here.hold_code(pre, code)
    return _to("")


async def speak(request: Request) -> Response:
    """Remember the language that this browser chose."""
    form, here = await _form(request), desk.current()
    response = _to(form.get("next", ""))
    if form.get("language") in LANGUAGES:  # not "lang": the page would strip a field named like a property
        here.cookies.put(response, LANG, form["language"], age=YEAR)
    return response


async def _form(request: Request) -> dict[str, str]:
    """Read a small form. What is too long or not text counts as empty."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST:
            return {}
    try:
        return {name: values[-1] for name, values in parse_qs(body.decode("ascii"), max_num_fields=8).items()}
    except ValueError:
        return {}


def _page(name: str) -> str:
    """A page of ours, or the first one: no address from outside leads anywhere else."""
    return name if PAGE.fullmatch(name) else ""


def _to(name: str) -> RedirectResponse:
    return RedirectResponse(f"/{_page(name)}", 303)
