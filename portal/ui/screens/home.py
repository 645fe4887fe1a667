"""A family member's first page: what is new since the last visit, and that visits are shown, before anything else."""

import re
from collections.abc import Callable

import streamlit as st

from portal import clock
from portal.circle import readings
from portal.circle.circles import Circle
from portal.circle.kinds import Kind
from portal.circle.readings import Feed, Shown
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import Entry, act, empty, entries, head, limit, meta, section
from portal.ui.say import day, t, when
from portal.ui.screens import member_front

KINDS = (Kind.NOTE, Kind.RESOURCE)


def page() -> None:
    """Open what is new or changed, record it, and draw it."""
    front = member_front.opened_circle()
    if front is None:
        return
    session = state.session()
    member_front.listing("home")
    feed = readings.visit(session, front.id, kinds=KINDS, now=clock.now())
    head(t("home.h1", name=front.label), t("home.visits", name=front.label))
    member_front.look_for_news(session, front.id, shown=[one.id for one in feed.items])
    _told(feed)
    if feed.items:
        entries(map(entry, feed.items))
    else:
        _nothing(feed)
    _foot(front, feed)


def _told(feed: Feed) -> None:
    gone = t("home.gone", n=feed.gone) if feed.gone else ""
    if feed.since and (feed.items or gone):
        section(_since("home.since", feed.since), ". ".join(part for part in (_counts(feed), gone) if part))
    elif feed.items:
        section(t("home.first"), gone)
    elif gone:
        meta(gone)


def _since(key: str, then: int) -> str:
    """Say since when: "since today" tells less than "since your last visit"."""
    here = state.reader()
    if here.local(then).date() == here.local(clock.now()).date():
        return t(f"{key}_visit")
    return t(key, day=day(then))


def _counts(feed: Feed) -> str:
    parts = [t("home.new", n=feed.new) if feed.new else "", t("home.changed", n=feed.changed) if feed.changed else ""]
    return ", ".join(part for part in parts if part)


def entry(one: Shown, said: Callable[[int], str] = when) -> Entry:
    """Return how one entry stands on a list; `said` puts its time into words."""
    edited, library = t("shared.edited") if one.edited else "", t("nav.library") if one.kind == Kind.RESOURCE else ""
    meta = " · ".join(part for part in (said(one.written), edited, library) if part)
    text = t("error.Tampered") if one.damaged else one.text or one.url
    return Entry(title=title(one), meta=meta, source=text, to=("open", one.id), marks=marks(one))


def title(one: Shown) -> str:
    """Return the heading of one entry; what has no title is called by its kind, or by where its link leads."""
    if one.damaged:
        return t("note.damaged")
    if one.kind == Kind.RESOURCE:
        return one.title or _site(one.url) or t("library.untitled")
    return one.title or t("notes.untitled")


def _site(url: str) -> str:
    return re.split("[/?#]", url.partition("://")[2])[0]


def marks(one: Shown) -> list[tuple[str, str]]:
    """Return the badge of what is new or changed since the last visit."""
    if one.new:
        return [(t("home.badge_new"), "blue")]
    return [(t("home.badge_changed"), "blue")] if one.changed else []


def _nothing(feed: Feed) -> None:
    if not (feed.total or feed.since or feed.gone):
        empty(t("home.nothing_first"), t("home.nothing_hint"))
    else:
        told_since = feed.since and not feed.gone  # else the heading above says since when
        empty(_since("home.nothing", feed.since) if told_since else t("home.nothing_now"))


def _foot(front: Circle, feed: Feed) -> None:
    notes = readings.total(state.session(), front.id, now=clock.now())
    with act("home"):
        if notes:
            st.button(t("home.all"), type="primary", key="home.all", on_click=_go, args=("shared",))
        else:
            st.button(t("home.library"), type="primary", key="home.library", on_click=_go, args=("library",))
    if feed.total:
        limit(t("home.limit", name=front.label))


def _go(page: str) -> None:
    with acting():
        state.go(page)
