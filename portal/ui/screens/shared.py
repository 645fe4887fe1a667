"""All notes that a family member may read, newest first, 20 a page; search looks only through what was opened."""

from html import escape
from itertools import groupby

import streamlit as st

from portal import clock
from portal.circle import readings
from portal.circle.readings import Feed, Found, Shown
from portal.ui import state
from portal.ui.parts import empty, entry, head
from portal.ui.say import day_title, t, time
from portal.ui.screens import home, member_front

SEARCH, PAGE = "shared.search", "shared.page"


def page() -> None:
    """Open one page of notes, record it, and draw it; a search opens nothing new."""
    front = member_front.opened_circle()
    if front is None:
        return
    session, now = state.session(), clock.now()
    words = state.text(SEARCH).strip()
    feed = None if words else readings.read(session, front.id, page=_page(), now=now)
    head(t("shared.h1"), t("shared.lead", name=front.label))
    member_front.look_for_news(session, front.id)
    if words or (feed and feed.items):
        _search()
    if feed is None:
        _found(readings.search_read(session, front.id, words, page=_page(), now=now))
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
    for one in found.items:
        home.card_of(one)
    if not found.items:
        empty(t("shared.search_none"))
    _pages(found.pages)
    st.button(t("shared.search_all"), key="shared.all", on_click=_show_all)


def _timeline(feed: Feed) -> None:
    for number, (day, several) in enumerate(groupby(feed.items, key=lambda one: day_title(one.written))):
        with st.container(key=f"day-{number}", horizontal=True, gap="small"):
            st.html(f'<h2 class="day">{escape(day)}</h2>', width=100)
            with st.container(gap="small"):
                for one in several:
                    _card(one)
    _pages(feed.pages)


def _pages(pages: int) -> None:
    if pages > 1:
        st.pagination(pages, key=PAGE, max_visible_pages=5, on_change=state.touch)


def _card(one: Shown) -> None:
    said = " · ".join(part for part in (time(one.written), t("shared.edited") if one.edited else "") if part)
    title = t("note.damaged") if one.damaged else one.title or t("notes.untitled")
    text = t("error.Tampered") if one.damaged else one.text
    entry(f"s{bytes(one.id).hex()}", title, said, text, to=("open", one.id), marks=home.marks(one), level=3)


def _first_page() -> None:
    state.settle_messages()
    state.touch()
    state.put(PAGE, 1)


def _show_all() -> None:
    _first_page()
    state.clear(SEARCH)
