"""The frame of every page: who may open it, the row of links, what wants to be known, and the look at the clock.

The gate is asked on every run and on every tick: a page whose session ended draws nothing more. Hiding a page is
for calm, not for safety: every use case decides again. A tick is not an action: it never lengthens the idle time.
"""

from collections.abc import Callable
from enum import Enum, auto
from typing import Any, cast

import streamlit as st

from portal import clock
from portal.circle import accounts, circles
from portal.circle.accounts import Session
from portal.circle.circles import Circle, Standing
from portal.errors import PortalError, SessionEnded
from portal.ui import alerts, knocks, parts, state
from portal.ui.say import sorry, t
from portal.ui.screens import sign_in
from portal.ui.web import desk
from portal.ui.web.signed import Signed

TICK = 5  # seconds
SECRET = ("start", "back-in", "settings")  # pages whose answers hold a passphrase: left behind, they forget


class Who(Enum):
    """Who may open a page."""

    OUTSIDE = auto()  # before sign-in
    ANYBODY = auto()
    SIGNED_IN = auto()
    OWNER = auto()  # the reader's own pages
    MEMBER = auto()  # a circle of somebody else


LINKS = {  # at most five words: they fit 360 px in both languages
    Who.OWNER: ("today", "notes", "circle", "more"),
    Who.MEMBER: ("home", "shared", "library", "more"),
}


def leap() -> None:
    """Go where the last callback wanted to go."""
    memory = state.ui()
    if memory.to:
        to, memory.to = memory.to, ""
        _switch(to)


def framed(path: str, who: Who, body: Callable[[], None]) -> None:
    """Draw the page `path` with its frame, or the way in when it needs somebody who is signed in."""
    person = _arrive(path)
    gated = person is None and who not in (Who.OUTSIDE, Who.ANYBODY)
    _title("" if gated else path)
    if person is None:
        _outside(path, who, body)
    elif who is Who.OUTSIDE:
        _switch("join" if _code() else first_page(person))
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
    if memory.path != path:
        _turn_over(memory, path)
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


def title(path: str) -> str:
    """Return the key of the word that names a page."""
    return f"title.{path or 'sign-in'}"


def _title(path: str) -> None:
    full = t("title.page", page=t(title(path)), name=state.notebook())
    failed = t("title.failed", title=full) if state.problems() else full
    st.set_page_config(page_title=failed, page_icon="/s/icon.svg")


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
    role = Who.MEMBER if state.viewing() else Who.OWNER
    with st.container(key="frame", gap=None):
        _sample(person)
        _picker(mine)
        _links(role)
        _tick(path, knocks.look(session) if role is Who.OWNER else None)
    if role is Who.OWNER and path not in ("let-in", "help-now", "join"):
        alerts.draw(session)
    _speak(path)
    _page(path, body)


def _into_circle(mine: list[Circle]) -> bool:
    """Bring a circle to the front unless one is there already: one that waits first. False without any."""
    if any(one.id == state.viewing() for one in mine):
        return True
    waiting = [one for one in mine if one.standing is Standing.WAITING]
    for one in waiting or mine:
        state.view(one.id)
        return True
    state.view(None)
    return False


def _page(path: str, body: Callable[[], None]) -> None:
    inside = state.signed() is not None
    with st.container(key=f"page-{path or 'sign-in'}" if inside else "outside", gap="medium"):
        try:
            body()
        except SessionEnded:
            st.rerun()
        except PortalError as error:
            _refused(sorry(error))


def _refused(sentence: str) -> None:
    """Draw a page that cannot be shown: one sentence, and the way home."""
    if not state.ui().headed:
        parts.head(t("frame.not_now"))
    parts.problem([state.Problem("", sentence)])
    person = state.signed()
    home = first_page(person) if person else ""
    parts.links("home", [(home, t(title(home)))])


def first_page(person: Signed) -> str:
    """Return where somebody lands: their own first page, or a circle's when they only read."""
    session = cast(Session, person.session)
    reads_only = not accounts.is_patient(session) and circles.circles(session, now=clock.now())
    return "home" if reads_only else "today"


def _switch(path: str) -> None:
    st.switch_page(cast(Any, state.ui().pages[path]))


# What stands above the page


def _sample(person: Signed) -> None:
    """Say that nothing here is kept, and let the reader change sides."""
    if len(person.sides) < len(("patient", "member")):
        return
    key = "frame.side"
    if state.value(key) != person.side:
        state.put(key, person.side)
    with st.container(border=True, key="card-wait-sample", gap="small"):
        st.html(f'<p class="title">{t("sample.banner")}</p>')
        parts.one_of(
            key,
            t("sample.side"),
            {side: t(f"sample.side_{side}") for side in person.sides},
            required=True,
            hidden=True,
            on_change=_other_side,
        )


def _other_side() -> None:
    state.settle_messages()
    state.touch()
    person, side = state.signed(), state.value("frame.side")
    if person and isinstance(side, str) and side in person.sides:
        person.turn(side)
        state.go(first_page(person))


def _picker(mine: list[Circle]) -> None:
    """Draw "Mine" and the circles by pet name: only for somebody who has both."""
    if not mine:
        return
    key, front = "frame.whose", state.viewing()
    wanted = bytes(front).hex() if front else "mine"
    if state.value(key) != wanted:
        state.put(key, wanted)
    names = {"mine": t("nav.mine")} | {bytes(one.id).hex(): one.label or one.name for one in mine}
    with st.container(key="mine", horizontal=True, gap="small"):
        parts.one_of(key, t("nav.whose"), names, required=True, hidden=True, on_change=_whose)


def _whose() -> None:
    state.settle_messages()
    state.touch()
    chosen = state.value("frame.whose")
    mine = circles.circles(state.session(), now=clock.now())
    link = next((one.id for one in mine if bytes(one.id).hex() == chosen), None)
    state.view(link)
    state.go("home" if link else "today")


def _links(role: Who) -> None:
    with st.container(key="nav", horizontal=True, wrap=False, gap=None):
        for path in LINKS[role]:
            parts.go(path, t(f"nav.{path}"))


@st.fragment(run_every=TICK)
def _tick(path: str, seen: knocks.Seen | None) -> None:
    """Every five seconds: is the session still there, when will it lock, does somebody ask to join?"""
    person = state.signed()
    if person is None:
        st.rerun()
        return
    away = accounts.settings(cast(Session, person.session)).away
    mark = f'<span hidden data-away="{parts.safe(away)}"></span>' if away else ""
    st.html(person.clock(clock.now()) + mark)
    with st.container(key="stay", horizontal=True, vertical_alignment="center"):
        st.html(f'<p role="status">{t("frame.last_minute")}</p>')
        st.button(t("frame.stay"), key="frame.stay", on_click=_stay)
    if seen:
        knocks.draw(path, seen)


def _stay() -> None:
    state.touch()


def _speak(path: str) -> None:
    """The bar speaks the browser's language: once, give this browser the one that the account chose."""
    if state.lang() != state.browser_lang() and state.chosen("lang") != state.lang():
        state.remember("lang", state.lang())
        st.html(parts.lang_form(state.lang(), t("frame.continue"), path, at_once=True))
