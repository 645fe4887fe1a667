"""What the family added to the library: the reader's own list, or what a circle shares with a member."""

from functools import partial

import streamlit as st

from portal import clock
from portal.circle import circles, notes, readings
from portal.circle.circles import Standing
from portal.circle.kinds import Kind
from portal.circle.notes import Note
from portal.circle.readings import Shown
from portal.newtypes import ItemId
from portal.ui import parts, state
from portal.ui.acting import acting
from portal.ui.say import names, t, when
from portal.ui.screens import composer, draft_list, home, member_front

SHOW, PAGE = "resources", "resources.page"
ERASE = "resources.erase"


def own() -> None:
    """Draw the reader's own resources, with who can read each."""
    parts.section(t("library.own"), t("library.own_lead"))
    session = state.session()
    draft_list.draw(composer.ADD, draft_list.begun(session, composer.ADD))
    found = notes.notes(session, kind=Kind.RESOURCE, page=_page(), now=clock.now())
    for one in found.items:
        _card(one)
    _pages(found.pages)
    with parts.actions("add"):
        st.button(t("library.add"), key="resources.add", on_click=_new)
    if (item := state.asked(ERASE)) is not None:
        parts.confirm(
            ERASE,
            t("library.erase_title"),
            t("library.erase_effect"),
            verb=t("frame.erase"),
            keep=t("frame.keep"),
            act=_erase,
            args=(item,),
        )


def _page() -> int:
    shown = state.value(PAGE, 1)
    return shown if isinstance(shown, int) else 1


def _pages(pages: int) -> None:
    if pages > 1:
        st.pagination(pages, key=PAGE, max_visible_pages=5, on_change=state.touch)


def _card(one: Note) -> None:
    key = bytes(one.id).hex()
    readers = names(one.readers) if one.readers else t("library.only_me")
    with parts.card(f"resource-{key}"):
        st.html(
            f'<h3 class="title">{parts.safe(one.title or one.url or t("library.untitled"))}</h3>'
            f'<p class="meta">{parts.safe(when(one.edited or one.written))} · {parts.safe(readers)}</p>'
        )
        _content(one.text, one.url)
        with parts.actions(f"resource-{key}"):
            st.button(t("frame.edit"), key=f"resources.{key}.edit", on_click=_edit, args=(one.id,))
            st.button(t("frame.erase"), key=f"resources.{key}.erase", on_click=_ask_erase, args=(one.id,))


def _content(text: str, url: str) -> None:
    if text:
        parts.prose(text, below=3)
    if url:
        parts.prose(f"<{url}>")


def _new() -> None:
    with acting():
        composer.begin(composer.ADD)


def _edit(item: bytes) -> None:
    with acting():
        composer.begin(composer.ADD, composer.NOTE + bytes(item).hex())


def _ask_erase(item: bytes) -> None:
    with acting():
        state.ask(ERASE, item)


def _erase(item: bytes) -> None:
    with acting():
        notes.erase(state.session(), ItemId(item), now=clock.now())
        state.outcome(t("library.erased"))


def shared() -> None:
    """Draw what the circle in front shares: opened, and the visit recorded, only on a press."""
    session, link, now = state.session(), state.link(), clock.now()
    circle = circles.circle(session, link, now=now)
    if circle.standing is not Standing.OPEN:
        parts.section(t("library.from", name=circle.label))
        member_front.why_closed(circle)
        member_front.look_for_news(session, link, closed=True)
        return
    parts.section(t("library.from", name=circle.label), t("library.visits", name=circle.label))
    if state.resumed():  # drawn by nobody, because something is gone: a press opens the rest again
        state.drop_answers(SHOW)
    if not readings.total(session, link, kinds=(Kind.RESOURCE,), now=now):
        parts.empty(t("library.none_shared"))
        member_front.look_for_news(session, link)
        return
    if state.answers(SHOW).get("link") != bytes(link):
        member_front.look_for_news(session, link)
        with parts.actions("shared"):
            st.button(t("library.show"), key="resources.show", on_click=_show)
        return
    read = partial(readings.read, session, link, kinds=(Kind.RESOURCE,), telling=False, now=now)
    feed = member_front.there(lambda page: read(page=page), _page())
    member_front.look_for_news(session, link, shown=[one.id for one in feed.items])
    for one in feed.items:
        with parts.card(f"shared-{bytes(one.id).hex()}"):
            _heading(one)
            _content(t("error.Tampered") if one.damaged else one.text, one.url)
    _pages(feed.pages)


def _heading(one: Shown) -> None:
    edited = t("shared.edited") if one.edited else ""
    st.html(
        f'<h3 class="title">{parts.safe(home.title(one))}</h3>'
        f'<p class="meta">{parts.safe(" · ".join(part for part in (when(one.written), edited) if part))}</p>'
        + parts.badges(home.marks(one))
    )


def _show() -> None:
    with acting():
        state.answers(SHOW)["link"] = bytes(state.link())
