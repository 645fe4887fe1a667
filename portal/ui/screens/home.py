"""A family member's first page: what is new since the last visit, and that visits are shown, before anything else."""

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
    feed = readings.visit(session, front.id, kinds=KINDS, now=clock.now())
    head(t("home.h1", name=front.label), t("home.visits", name=front.label))
    member_front.look_for_news(session, front.id, shown=[one.id for one in feed.items])
    if feed.since and (feed.items or feed.gone):
        section(t("home.since", day=day(feed.since)), _counts(feed))
    elif feed.items:
        section(t("home.first"))
    if feed.gone:
        meta(t("home.gone", n=feed.gone))
    if feed.items:
        entries(map(entry, feed.items))
    else:
        _nothing(feed)
    _foot(front, feed)


def _counts(feed: Feed) -> str:
    parts = [t("home.new", n=feed.new) if feed.new else "", t("home.changed", n=feed.changed) if feed.changed else ""]
    return ", ".join(part for part in parts if part)


def entry(one: Shown, said: Callable[[int], str] = when) -> Entry:
    """Return how one entry stands on a list; `said` puts its time into words."""
    meta = " · ".join(part for part in (said(one.written), t("shared.edited") if one.edited else "") if part)
    title = t("note.damaged") if one.damaged else one.title or t("notes.untitled")
    text = t("error.Tampered") if one.damaged else one.text or one.url
    return Entry(title=title, meta=meta, source=text, to=("open", one.id), marks=_marks(one))


def _marks(one: Shown) -> list[tuple[str, str]]:
    if one.new:
        return [(t("home.badge_new"), "blue")]
    return [(t("home.badge_changed"), "blue")] if one.changed else []


def _nothing(feed: Feed) -> None:
    if not (feed.total or feed.since or feed.gone):
        empty(t("home.nothing_first"), t("home.nothing_hint"))
    else:
        empty(t("home.nothing", day=day(feed.since)) if feed.since else t("home.nothing_now"))


def _foot(front: Circle, feed: Feed) -> None:
    if not feed.total:
        return
    with act("home"):
        st.button(t("home.all"), type="primary", key="home.all", on_click=_all)
    limit(t("home.limit", name=front.label))


def _all() -> None:
    with acting():
        state.go("shared")
