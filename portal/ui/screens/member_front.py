"""What every page of a family member shares: the circle in front, its state in one sentence, and the look for news.

Nothing here hints at other readers. The look never opens and never records: it says that something is there, and a
press opens it. When access has ended, or something that the page shows is no longer shared, the page is drawn anew
at once, by nobody: nothing that ended stays on it, and nothing new is opened by that.
"""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any, TypeVar

import streamlit as st

from portal import clock
from portal.circle import circles, readings
from portal.circle.accounts import Session
from portal.circle.circles import Circle, Standing
from portal.circle.kinds import Kind
from portal.circle.readings import Feed, Found, News, Tally
from portal.errors import Gone
from portal.newtypes import ItemId, LinkId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import act, beside, card, empty, groups, head, meta
from portal.ui.say import t, when

TICK = 5  # seconds
GROUP = 5
Paged = TypeVar("Paged", Feed, Found)
LIST, LISTS = "list", ("home", "shared", "library")


def opened_circle() -> Circle | None:
    """Return the circle in front when it can be read; else draw why not, and return None."""
    session, link = state.session(), state.link()
    front = circles.circle(session, link, now=clock.now())
    if front.standing is Standing.OPEN:
        return front if not _unattended(session, front) else None
    closed(front)
    look_for_news(session, link, closed=True)
    return None


def _unattended(session: Session, front: Circle) -> bool:
    """Where the page is drawn by nobody: say what is new, and let a press open it."""
    if not state.resumed():
        return False
    found = readings.waiting(session, front.id, now=clock.now())
    if found.tallies:
        head(t("home.h1", name=front.label), t("home.visits", name=front.label))
        _say(counted(found), _away(found), "here")
    return bool(found.tallies)


def counted(found: News) -> str:
    """Return "1 new note.", "1 note changed.", "1 new note, 1 new library item."; nothing where nothing is new."""
    return f"{', '.join(map(_tally, found.tallies))}." if found.tallies else ""


def _tally(one: Tally) -> str:
    kind = Kind(one.kind).name.lower()
    if not one.new:
        return t(f"home.poll_{kind}_changed", n=one.changed)
    new = t(f"home.poll_{kind}", n=one.new)
    return f"{new}, {t('home.changed', n=one.changed)}" if one.changed else new


def listing(page: str) -> None:
    """Remember that `page` lists entries: one that is opened leads back to it."""
    state.remember(LIST, page)


def back() -> tuple[str, str]:
    """Return the page that listed the opened entry, and its word; the first page where nobody knows."""
    page = state.chosen(LIST)
    to = page if isinstance(page, str) and page in LISTS else "home"
    return to, t(f"nav.{to}")


def closed(front: Circle) -> None:
    """Draw a circle that cannot be read now: what is and what to do, and nothing of what it held."""
    if front.standing is Standing.WAITING:
        _waiting(front)
        return
    head(t("home.h1", name=front.label))
    why_closed(front)
    if front.standing in (Standing.REMOVED, Standing.NOT_LET_IN):
        with act("forget"):
            st.button(t("home.forget"), key="home.forget", on_click=_forget, args=(front.id,))


def there(read: Callable[[int], Paged], page: int) -> Paged:
    """Read a page; one past the last, because entries went, is the first: as its row of numbers shows it."""
    found = read(page)
    return found if found.page <= found.pages else read(1)


def why_closed(front: Circle) -> None:
    """Say that the circle cannot be read now, and what to do."""
    key = f"closed.{front.standing.value}"
    empty(t(key, name=front.label), t(f"{key}_hint", name=front.label))


def _waiting(front: Circle) -> None:
    head(t("closed.waiting", name=front.label), t("closed.waiting_text", name=front.label))
    with card("number", "sheet"):
        meta(t("closed.waiting_number"))
        number = [front.number[at : at + GROUP] for at in range(0, len(front.number), GROUP)]
        st.html(groups(number, t("confirm.number_label")))
    meta(f"{t('closed.waiting_asked', when=when(front.asked))} {t('closed.waiting_hint', name=front.label)}")


def look_for_news(session: Session, link: LinkId, *, shown: Iterable[ItemId] = (), closed: bool = False) -> None:
    """Begin to look for news every five seconds, from how things stand now; `shown` is what the page shows."""
    try:
        seen = readings.watch(session, link, now=clock.now())
    except Gone:
        return
    _tick(link, seen, frozenset(shown), closed)


@st.fragment(run_every=TICK)
def _tick(link: LinkId, seen: Any, shown: frozenset[ItemId], closed: bool) -> None:
    look(link, seen, shown=shown, closed=closed)


def look(link: LinkId, seen: Any, *, shown: Iterable[ItemId] = (), closed: bool) -> None:
    """Say that something is there, or have the page drawn anew when access has ended. Opens and records nothing."""
    person = state.signed()
    if person is None or state.viewing() != link or state.ui().to:
        st.rerun()
        return
    found = readings.news(state.session(), link, seen, shown=shown, now=clock.now())
    if found is None:
        return
    if found.closed or found.lost:
        state.ui().unattended = True
        st.rerun()
    elif closed:
        _say(t("home.open_now"))
    elif found.tallies:
        _say(counted(found), _away(found))


def _away(found: News) -> bool:
    """Say whether what is new is not on this page: then Home shows it."""
    return found.beyond and state.path() != "home"


def _say(sentence: str, away: bool = False, place: str = "news") -> None:
    with card(place, "wait"), beside(place):
        st.html(f'<p class="title" role="status">{escape(sentence)}</p>')
        st.button(t("home.show"), key="home.show", on_click=_show, args=(away,))


def _show(away: bool) -> None:
    state.settle_messages()
    state.touch()
    if away:
        state.go("home")
    st.rerun()


def _forget(link: LinkId) -> None:
    with acting():
        circles.leave(state.session(), link, now=clock.now())
        state.view(None)
        state.outcome(t("home.forgotten"))
        state.go("today")
