"""Who is here, how they read, where they are; and what this tab remembers (`memory`), typed.

Who is signed in is asked of the server's desk by the cookie, on every run. Which entry is open is an id on the
desk, so that a refresh comes back to it. No session, no key of one and no opened text is kept in a tab. Only while
a notebook is started or a key renewed do the new passphrase and spare key stand there; leaving the page drops them.
"""

from typing import cast
from urllib.parse import urlsplit

import streamlit as st

from portal import clock
from portal.circle import accounts
from portal.circle.accounts import Session, Settings, Store
from portal.errors import Gone, SessionEnded
from portal.newtypes import LinkId
from portal.ui.state.memory import (
    Interface,
    Outcome,
    Problem,
    Undo,
    answers,
    ask,
    asked,
    clear,
    drop_answers,
    forget,
    forget_widgets,
    outcome,
    problem,
    problems,
    put,
    settle_messages,
    text,
    ui,
    value,
    wrong,
)
from portal.ui.web import desk
from portal.ui.web.cookies import LANG
from portal.ui.web.language import choose
from portal.ui.web.signed import Locked, Signed
from portal.ui.words import Reader
from portal.ui.words import text as text_of

_CIRCLE = "circle"

__all__ = [
    "Interface",
    "Outcome",
    "Problem",
    "Undo",
    "address",
    "answers",
    "ask",
    "asked",
    "browser_lang",
    "chosen",
    "clear",
    "close_item",
    "current_pre",
    "current_sid",
    "drop_answers",
    "forget",
    "forget_widgets",
    "go",
    "lang",
    "link",
    "locked",
    "notebook",
    "open_item",
    "opened",
    "outcome",
    "path",
    "problem",
    "problems",
    "put",
    "read_anew",
    "reader",
    "remember",
    "session",
    "settings",
    "settle_messages",
    "signed",
    "store",
    "text",
    "touch",
    "ui",
    "value",
    "view",
    "viewing",
    "wrong",
    "zone",
]


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


def current_socket() -> str:
    """Return what tells one connection of this tab from the next; empty where nobody can tell."""
    return st.context.headers.get("sec-websocket-key") or ""


def resumed() -> bool:
    """Say whether nobody began this run, but a connection that came back or a look for news: it opens nothing new."""
    return ui().resumed


def touch() -> None:
    """Somebody acted: the idle time, and the hour of an invitation code, begin again."""
    here, now = desk.current(), clock.now()
    if sid := current_sid():
        here.touch(sid, now)
    if pre := current_pre():
        here.act(pre, now)


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
    link = _shown(_CIRCLE)
    return LinkId(link) if isinstance(link, bytes) else None


def view(link: LinkId | None) -> None:
    """Bring a circle to the front, or the reader's own pages."""
    _show(_CIRCLE, None if link is None else bytes(link))


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
    """Remember which entry or key `page` shows in this tab; a refresh comes back to it."""
    _show(f"open.{page}", item)


def opened(page: str) -> bytes:
    """Return the id of the entry that `page` shows. Raises `Gone` when none was opened."""
    found = chosen(page)
    if not isinstance(found, bytes):
        raise Gone
    return found


def chosen(page: str) -> bytes | str | None:
    """Return what `page` shows in this tab, or None."""
    return _shown(f"open.{page}")


def close_item(page: str) -> None:
    """Forget which entry `page` showed."""
    _show(f"open.{page}", None)


def _shown(key: str) -> bytes | str | None:
    """What this tab shows. A new tab, and one after a refresh, begins where this browser was last; then it is its own.

    Shared by two tabs, a press in one would act on what the other has opened.
    """
    person = signed()
    return ui().spot.setdefault(key, person.spot.get(key)) if person else None


def _show(key: str, what: bytes | str | None) -> None:
    if person := signed():
        ui().spot[key] = what
        if what is None:
            person.spot.pop(key, None)
        else:
            person.spot[key] = what
