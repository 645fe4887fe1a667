"""What the interface remembers between two runs: the only user of `st.session_state`, and typed.

No key, no passphrase of a session and no opened text of another person is kept here. Who is signed in
is asked of the server's desk by the cookie, on every run; which entry is open is an id on the desk, so
that a refresh comes back to it. What people are typing stands in widgets under fixed keys `page.widget`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit

import streamlit as st

from portal import clock
from portal.circle import accounts
from portal.circle.accounts import Session, Settings, Store
from portal.errors import Gone, SessionEnded
from portal.newtypes import LinkId
from portal.ui.web import desk
from portal.ui.web.cookies import LANG
from portal.ui.web.language import choose
from portal.ui.web.signed import Locked, Signed
from portal.ui.words import Reader
from portal.ui.words import text as text_of

_UI = "ui"
_CIRCLE = "circle"


@dataclass(frozen=True, slots=True)
class Undo:
    """The way back from an outcome. `act` finds the session by itself; `args` are ids."""

    label: str
    act: Callable[..., None]
    args: tuple[object, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What a button did, drawn above the h1 until the reader goes on. `copy` is a sentence to take along."""

    sentence: str
    more: str = ""
    undo: Undo | None = None
    copy: str = ""
    shown_on: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal: the key of its field (empty for none) and its sentence."""

    field: str
    sentence: str


@dataclass(slots=True)
class Interface:
    """Everything of ours in the session state of one tab."""

    path: str = ""
    to: str = ""
    outcome: Outcome | None = None
    problems: list[Problem] = field(default_factory=list)
    answers: dict[str, dict[str, object]] = field(default_factory=dict)
    dialog: tuple[str, bytes] | None = None
    reader: Reader | None = None
    pages: dict[str, object] = field(default_factory=dict)
    headed: bool = False
    here: bool = False


def ui() -> Interface:
    """Return this tab's memory, made on first use."""
    found = st.session_state.get(_UI)
    if not isinstance(found, Interface):
        found = st.session_state[_UI] = Interface()
    return found


# Who is here


def current_sid() -> str | None:
    """Return the cookie of somebody who signed in, as this tab was opened with it. Tests put another function here."""
    return st.context.cookies.get(desk.current().cookies.sid)


def current_pre() -> str:
    """Return the cookie of this browser; empty without one."""
    return st.context.cookies.get(desk.current().cookies.pre) or ""


def signed() -> Signed | None:
    """Return who is signed in here now, or None. Looking is not an action."""
    return desk.current().person(current_sid())


def locked() -> Locked | None:
    """Return what the lock page may show, or None."""
    return desk.current().locked(current_sid())


def notebook() -> str:
    """Return the neutral name of this notebook: the host's, else the catalogue's."""
    return desk.current().host.name or text_of(lang(), "app.name")


def store() -> Store:
    """Return the store of this server: where people sign up and in. A session carries its own."""
    return cast(Store, desk.current().store)


def session() -> Session:
    """Return the unlocked session in front. Raises `SessionEnded`: then the frame draws the way back in."""
    person = signed()
    if person is None:
        raise SessionEnded
    return cast(Session, person.session)


def address() -> str:
    """Return where this notebook is reached, as the browser wrote it: scheme, host, port."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def touch() -> None:
    """Somebody acted: the idle time, and the hour of an invitation code, begin again."""
    here, now = desk.current(), clock.now()
    if sid := current_sid():
        here.touch(sid, now)
    if pre := current_pre():
        here.act(pre, now)


def forget() -> None:
    """Drop everything this tab remembers, widgets too: the person is gone."""
    for key in [str(key) for key in st.session_state]:
        del st.session_state[key]


# How the reader reads


def settings() -> Settings:
    """Return the reader's settings; the defaults while nobody is signed in."""
    person = signed()
    return accounts.settings(cast(Session, person.session)) if person else Settings()


def browser_lang() -> str:
    """Return the language this browser chose or asks for; the bar above the page speaks it."""
    return choose(st.context.cookies.get(LANG), st.context.headers.get("accept-language"))


def reader() -> Reader:
    """Return how this reader reads: language, zone and clock, as the run began with them."""
    memory = ui()
    if memory.reader is None:
        memory.reader = read_anew()
    return memory.reader


def read_anew() -> Reader:
    """Look up how this reader reads: the account's choices, else the browser's."""
    chosen = settings()
    found = Reader(chosen.lang or browser_lang(), chosen.zone or st.context.timezone or "", chosen.clock12)
    ui().reader = found
    return found


def lang() -> str:
    """Return the language of the page."""
    return reader().lang


def zone() -> str:
    """Return the reader's zone, an IANA name; empty when nobody knows it."""
    return reader().zone


# Where the reader is


def path() -> str:
    """Return the page that is drawn now."""
    return ui().path


def go(to: str) -> None:
    """Open another page once the callback is over; the frame does it before anything is drawn."""
    ui().to = to


def viewing() -> LinkId | None:
    """Return the circle of somebody else that is in front, or None for the reader's own pages."""
    person = signed()
    link = person.spot.get(_CIRCLE) if person else None
    return LinkId(link) if isinstance(link, bytes) else None


def view(link: LinkId | None) -> None:
    """Bring a circle to the front, or the reader's own pages."""
    if person := signed():
        if link is None:
            person.spot.pop(_CIRCLE, None)
        else:
            person.spot[_CIRCLE] = bytes(link)


def link() -> LinkId:
    """Return the circle in front. Raises `Gone` on the reader's own pages."""
    found = viewing()
    if found is None:
        raise Gone
    return found


def open_item(page: str, item: bytes) -> None:
    """Remember which entry `page` shows, and go there. An id on the server: no address holds it."""
    remember(page, item)
    go(page)


def remember(page: str, item: bytes | str) -> None:
    """Remember which entry or key `page` shows; a refresh comes back to it."""
    if person := signed():
        person.spot[f"open.{page}"] = item


def opened(page: str) -> bytes:
    """Return the id of the entry that `page` shows. Raises `Gone` when none was opened."""
    found = chosen(page)
    if not isinstance(found, bytes):
        raise Gone
    return found


def chosen(page: str) -> bytes | str | None:
    """Return what `page` shows, or None."""
    person = signed()
    return person.spot.get(f"open.{page}") if person else None


def close_item(page: str) -> None:
    """Forget which entry `page` showed."""
    if person := signed():
        person.spot.pop(f"open.{page}", None)


def ask(dialog: str, item: bytes = b"") -> None:
    """Open a dialog on the next run: a menu's callback cannot draw it."""
    ui().dialog = (dialog, item)


def asked(dialog: str) -> bytes | None:
    """Return what `dialog` was opened for, once; None when it was not."""
    waiting = ui().dialog
    if waiting is None or waiting[0] != dialog:
        return None
    ui().dialog = None
    return waiting[1]


# What was done, what was refused


def outcome(sentence: str, *, more: str = "", undo: Undo | None = None, copy: str = "") -> None:
    """Say what was done, above the h1 of the page that comes next."""
    ui().outcome = Outcome(sentence, more, undo, copy)


def problem(field_key: str, sentence: str) -> None:
    """Say what was refused: in the box under h1 and at the field."""
    ui().problems.append(Problem(field_key, sentence))


def problems() -> list[Problem]:
    """Return what was refused by the last action, in order."""
    return list(ui().problems)


def wrong(field_key: str) -> str:
    """Return the sentence that belongs at this field, or an empty text."""
    return next((found.sentence for found in ui().problems if found.field == field_key), "")


def settle_messages() -> None:
    """A new action begins: what the last one said is over."""
    memory = ui()
    memory.outcome, memory.problems = None, []


# What is typed


def text(key: str) -> str:
    """Return what stands in a text widget."""
    return str(st.session_state.get(key) or "")


def value(key: str, default: object = None) -> object:
    """Return what a widget holds."""
    return st.session_state.get(key, default)


def put(key: str, content: object) -> None:
    """Set what a widget holds. In a callback, or before the widget is drawn."""
    st.session_state[key] = content


def clear(*keys: str) -> None:
    """Empty widgets. In a callback: only after what was typed has been kept."""
    for key in keys:
        held = st.session_state.get(key)
        st.session_state[key] = "" if isinstance(held, str) else [] if isinstance(held, list) else None


def forget_widgets(*keys: str) -> None:
    """Drop widgets that are not drawn any more: a passphrase does not stay behind."""
    for key in keys:
        st.session_state.pop(key, None)


def answers(page: str) -> dict[str, object]:
    """Return the answers so far of a page with several steps."""
    return ui().answers.setdefault(page, {})


def drop_answers(page: str) -> None:
    """Forget the answers of a page with several steps."""
    ui().answers.pop(page, None)
