"""What stands above every page inside: sample banner, picker, row of links, who asks to join; and the tick.

Every five seconds the tick asks whether the session is still there and when it will lock. A tick is not an
action: it never lengthens the idle time.
"""

from typing import cast

import streamlit as st

from portal import clock
from portal.circle import accounts, circles
from portal.circle.accounts import Session
from portal.circle.circles import Circle
from portal.errors import SessionEnded
from portal.ui import knocks, parts, state
from portal.ui.acting import acting
from portal.ui.say import t
from portal.ui.web.signed import Signed

TICK = 5  # seconds
HELP = "help-now"
OWN_LINKS = ("today", "notes", "circle", "more")  # at most five words: they fit 360 px in both languages
CIRCLE_LINKS = ("home", "shared", "library", "more")


def draw(path: str, person: Signed, mine: list[Circle]) -> None:
    """Draw the frame above the page `path`; `mine` are the circles of other people that the reader belongs to."""
    neutral = path == HELP  # it shows no name: somebody may hand this page to a stranger
    own = None if state.viewing() or neutral else knocks.look(cast(Session, person.session))
    with st.container(key="frame", gap=None):
        if not neutral:
            _sample(person)
            _picker(mine)
        _links()
        _tick(path, own)
    _speak(path)


def word(path: str) -> str:
    """Return the key of the word that names a page."""
    return f"title.{path or 'sign-in'}"


def name(path: str) -> None:
    """Give the tab its title: the page's word and the notebook's neutral name; after a refusal it says so first."""
    full = t("title.page", page=t(word(path)), name=state.notebook())
    failed = t("title.failed", title=full) if state.problems() else full
    st.set_page_config(page_title=failed, page_icon="/s/icon.svg")


def first_page(person: Signed) -> str:
    """Return where somebody lands: their own first page, or a circle's when they only read."""
    session = cast(Session, person.session)
    reads_only = not accounts.is_patient(session) and circles.circles(session, now=clock.now())
    return "home" if reads_only else "today"


def _sample(person: Signed) -> None:
    """Say that nothing here is kept, and let the reader change sides."""
    if len(person.sides) < len(("patient", "member")):
        return
    key = "frame.side"
    state.put(key, person.side)  # each time: on another page the control is another one and holds nothing yet
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
    with acting():
        person, side = state.signed(), state.value("frame.side")
        if person and isinstance(side, str) and side in person.sides:
            person.turn(side)
            state.go(first_page(person))


def _picker(mine: list[Circle]) -> None:
    """Draw "Mine" and the circles by pet name: only for somebody who has both."""
    if not mine:
        return
    key, front = "frame.whose", state.viewing()
    state.put(key, bytes(front).hex() if front else "mine")
    names = {"mine": t("nav.mine")} | {bytes(one.id).hex(): one.label or one.name for one in mine}
    with st.container(key="mine", horizontal=True, gap="small"):
        parts.one_of(key, t("nav.whose"), names, required=True, hidden=True, on_change=_whose)


def _whose() -> None:
    with acting():
        chosen = state.value("frame.whose")
        mine = circles.circles(state.session(), now=clock.now())
        link = next((one.id for one in mine if bytes(one.id).hex() == chosen), None)
        state.view(link)
        state.go("home" if link else "today")


def _links() -> None:
    with st.container(key="nav", horizontal=True, wrap=False, gap=None):
        for path in CIRCLE_LINKS if state.viewing() else OWN_LINKS:
            parts.go(path, t(f"nav.{path}"))


@st.fragment(run_every=TICK)
def _tick(path: str, seen: knocks.Seen | None) -> None:
    if state.ui().to:
        st.rerun()  # a button in here wants another page: only a whole run goes there
    try:
        _clock()
        if seen:
            knocks.draw(path, seen)
    except SessionEnded:
        st.rerun()


def _clock() -> None:
    """Draw the hidden mark that the browser counts by, and the minute before the notebook locks itself."""
    person = state.signed()
    if person is None:
        raise SessionEnded
    away = accounts.settings(cast(Session, person.session)).away
    mark = f'<span hidden data-away="{parts.safe(away)}"></span>' if away else ""
    st.html(person.clock(clock.now()) + mark)
    with st.container(key="stay", horizontal=True, vertical_alignment="center"):
        st.html(f'<p role="status">{t("frame.last_minute")}</p>')
        st.button(t("frame.stay"), key="frame.stay", on_click=_stay)


def _stay() -> None:
    state.touch()


def _speak(path: str) -> None:
    """The bar speaks the browser's language: once, give this browser the one that the account chose."""
    if state.lang() != state.browser_lang() and state.chosen("lang") != state.lang():
        state.remember("lang", state.lang())
        st.html(parts.lang_form(state.lang(), t("frame.continue"), path, at_once=True))
