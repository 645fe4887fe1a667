"""All notes that a family member may read, newest first, 20 a page; search looks only through what was opened."""

from functools import partial
from itertools import groupby

import streamlit as st

from portal import clock
from portal.circle import readings
from portal.circle.readings import Feed, Found, Shown
from portal.ui import state
from portal.ui.parts import Entry, by_day, empty, entries, head
from portal.ui.say import day_title, t, time
from portal.ui.screens import home, member_front

SEARCH, PAGE = "shared.search", "shared.page"


def page() -> None:
    """Open one page of notes, record it, and draw it; a search opens nothing new."""
    front = member_front.opened_circle()
    if front is None:
        return
    session, now = state.session(), clock.now()
    member_front.listing("shared")
    words = state.text(SEARCH).strip()
    feed: Feed | Found
    if words:
        search = partial(readings.search_read, session, front.id, words, now=now)
        feed = member_front.there(lambda page: search(page=page), _page())
    else:
        read = partial(readings.read, session, front.id, telling=False, now=now)
        feed = member_front.there(lambda page: read(page=page), _page())
    head(t("shared.h1"), t("shared.lead", name=front.label))
    member_front.look_for_news(session, front.id, shown=[one.id for one in feed.items])
    if words or feed.items:
        _search()
    if isinstance(feed, Found):
        _found(feed)
    elif feed.items:
        _timeline(feed)
    else:
        empty(t("shared.empty"), t("shared.empty_hint"))


def _page() -> int:
    found = state.value(PAGE, 1)
    return found if isinstance(found, int) else 1


def _search() -> None:
    st.text_input(
        t("shared.search"),
        placeholder=t("shared.search"),
        icon=":material/search:",
        key=SEARCH,
        label_visibility="collapsed",
        autocomplete="off",
        on_change=_first_page,
    )


def _found(found: Found) -> None:
    if found.items:
        entries(map(home.entry, found.items))
    else:
        empty(t("shared.search_none"))
    _pages(found.pages)
    st.button(t("shared.search_all"), key="shared.all", on_click=_show_all)


def _timeline(feed: Feed) -> None:
    by_day((day, map(_entry, several)) for day, several in groupby(feed.items, key=_day))
    _pages(feed.pages)


def _day(one: Shown) -> str:
    return day_title(one.written)


def _entry(one: Shown) -> Entry:
    return home.entry(one, time)


def _pages(pages: int) -> None:
    if pages > 1:
        st.pagination(pages, key=PAGE, max_visible_pages=5, on_change=state.touch)


def _first_page() -> None:
    state.settle_messages()
    state.touch()
    state.put(PAGE, 1)


def _show_all() -> None:
    _first_page()
    state.clear(SEARCH)
