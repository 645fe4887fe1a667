"""A family member's first page: what is new since the last visit, and that visits are shown, before anything else."""

import streamlit as st

from portal import clock
from portal.circle import readings
from portal.circle.circles import Circle
from portal.circle.kinds import Kind
from portal.circle.readings import Feed, Shown
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import act, empty, entry, head, limit, meta, section
from portal.ui.say import day, t, when
from portal.ui.screens import member_front

KINDS = (Kind.NOTE, Kind.RESOURCE)


def page() -> None:
    """Open the newest page, record it, and draw what changed."""
    front = member_front.opened_circle()
    if front is None:
        return
    session = state.session()
    feed = readings.read(session, front.id, kinds=KINDS, now=clock.now())
    head(t("home.h1", name=front.label), t("home.visits", name=front.label))
    member_front.look_for_news(session, front.id)
    fresh = [one for one in feed.items if one.new or one.changed]
    if feed.since and (fresh or feed.gone):
        section(t("home.since", day=day(feed.since)), _counts(feed))
    elif fresh:
        section(t("home.first"))
    if feed.gone and feed.since:
        meta(t("home.gone", n=feed.gone))
    for one in fresh:
        card_of(one)
    if not fresh:
        _nothing(feed)
    _foot(front, feed)


def _counts(feed: Feed) -> str:
    parts = [t("home.new", n=feed.new) if feed.new else "", t("home.changed", n=feed.changed) if feed.changed else ""]
    return ", ".join(part for part in parts if part)


def card_of(one: Shown) -> None:
    """Draw one entry as a card: title, when, four lines."""
    edited = t("shared.edited") if one.edited else ""
    said = " · ".join(part for part in (when(one.written), edited) if part)
    title = t("note.damaged") if one.damaged else one.title or t("notes.untitled")
    text = t("error.Tampered") if one.damaged else one.text or one.url
    entry(f"s{bytes(one.id).hex()}", title, said, text, to=("open", one.id), marks=marks(one), level=3)


def marks(one: Shown) -> list[tuple[str, str]]:
    """Return what is new about an entry, as a badge."""
    if one.new:
        return [(t("home.badge_new"), "blue")]
    return [(t("home.badge_changed"), "blue")] if one.changed else []


def _nothing(feed: Feed) -> None:
    if not feed.items:
        empty(t("home.nothing_first"), t("home.nothing_hint"))
    else:
        empty(t("home.nothing", day=day(feed.since)) if feed.since else t("home.nothing_now"))


def _foot(front: Circle, feed: Feed) -> None:
    if not feed.items:
        return
    with act("home"):
        st.button(t("home.all"), type="primary", key="home.all", on_click=_all)
    limit(t("home.limit", name=front.label))


def _all() -> None:
    with acting():
        state.go("shared")
