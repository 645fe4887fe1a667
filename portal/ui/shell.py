"""The gate of every page: who may open it, and the page inside its frame.

It is asked on every run: a page whose session ended draws nothing more. Hiding a page is for calm, not for
safety: every use case decides again.
"""

from collections.abc import Callable
from enum import Enum, auto
from typing import Any, cast

import streamlit as st

from portal import clock
from portal.circle import circles
from portal.circle.accounts import Session
from portal.circle.circles import Circle, Standing
from portal.errors import DiskFull, PortalError, ReadOnly, SessionEnded
from portal.ui import alerts, frame, parts, state
from portal.ui.say import sorry, t
from portal.ui.screens import sign_in
from portal.ui.web import desk
from portal.ui.web.signed import Signed

SECRET = ("start", "back-in", "settings")  # pages whose answers hold a passphrase: left behind, they forget


class Who(Enum):
    """Who may open a page."""

    OUTSIDE = auto()  # before sign-in
    ANYBODY = auto()
    SIGNED_IN = auto()
    OWNER = auto()  # the reader's own pages
    MEMBER = auto()  # a circle of somebody else


def leap() -> None:
    """Go where the last callback wanted to go."""
    memory = state.ui()
    if memory.to:
        to, memory.to = memory.to, ""
        _switch(to)


def framed(path: str, who: Who, body: Callable[[], None]) -> None:
    """Draw the page `path` with its frame, or the way in when it needs somebody who is signed in."""
    try:
        _framed(path, who, body)
    except SessionEnded:
        st.rerun()
    except PortalError as error:
        cannot_save = state.viewing() and isinstance(error, DiskFull | ReadOnly)
        _refused(t("frame.cannot_open") if cannot_save else sorry(error))


def _framed(path: str, who: Who, body: Callable[[], None]) -> None:
    person = _arrive(path)
    gated = person is None and who not in (Who.OUTSIDE, Who.ANYBODY)
    frame.name("" if gated else path)
    if person is None:
        _outside(path, who, body)
    elif who is Who.OUTSIDE:
        _switch("join" if _code() else frame.first_page(person))
    else:
        _inside(path, who, person, body)


def _arrive(path: str) -> Signed | None:
    """Take note of the page, and of a person who has gone: nothing of theirs stays in this tab."""
    person, memory = state.signed(), state.ui()
    if memory.here and person is None:
        pages = memory.pages
        state.forget()
        memory = state.ui()
        memory.pages = pages
    memory.here, memory.headed = person is not None, False
    socket = state.current_socket()
    back = bool(memory.socket) and memory.socket != socket
    memory.resumed = (back or memory.unattended) and memory.path == path
    memory.socket, memory.unattended = socket, False
    if memory.path != path:
        _turn_over(memory, path)
    if not memory.resumed:
        state.touch()
    if person:
        person.page = path
    return person


def _turn_over(memory: state.Interface, path: str) -> None:
    """Another page: what the last one said stays behind, except an outcome that it was sent here to say."""
    memory.path, memory.problems, memory.dialog = path, [], None
    if memory.outcome and memory.outcome.shown_on not in (None, path):
        memory.outcome = None
    for page in SECRET:
        if page != path:
            state.drop_answers(page)


def _code() -> str | None:
    return desk.current().code(state.current_pre())


def _outside(path: str, who: Who, body: Callable[[], None]) -> None:
    if who in (Who.OUTSIDE, Who.ANYBODY):
        if not path and _code() and not state.answers("join").get("asked"):
            _switch("join")
        _page(path, body)
    else:
        _page(path, sign_in.page)


def _inside(path: str, who: Who, person: Signed, body: Callable[[], None]) -> None:
    session = cast(Session, person.session)
    mine = circles.circles(session, now=clock.now())
    if who is Who.MEMBER and not _into_circle(mine):
        _switch("today")
    if who is Who.OWNER:
        state.view(None)
    frame.draw(path, person, mine)
    if not state.viewing() and path not in ("let-in", "help-now", "join"):
        alerts.draw(session)
    _page(path, body)


def _into_circle(mine: list[Circle]) -> bool:
    """Bring a circle to the front unless one is there already: one that waits, one that is open. False without any."""
    if any(one.id == state.viewing() for one in mine):
        return True
    first = sorted(mine, key=lambda one: (one.standing is not Standing.WAITING, one.standing is not Standing.OPEN))
    state.view(first[0].id if first else None)
    return bool(first)


def _page(path: str, body: Callable[[], None]) -> None:
    inside = state.signed() is not None
    with st.container(key=f"page-{path or 'sign-in'}" if inside else "outside", gap="medium"):
        body()


def _refused(sentence: str) -> None:
    """Draw a page that cannot be shown: one sentence, and the way home."""
    if not state.ui().headed:
        parts.head(t("frame.not_now"))
    parts.problem([state.Problem("", sentence)])
    home = "" if state.signed() is None else "home" if state.viewing() else "today"
    parts.links("home", [(home, t(frame.word(home)))])


def _switch(path: str) -> None:
    st.switch_page(cast(Any, state.ui().pages[path]))
