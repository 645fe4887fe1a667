"""Leaving a circle: always possible, asked once, and said plainly what the other side sees."""

import streamlit as st

from portal import clock
from portal.circle import circles
from portal.newtypes import LinkId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import act, confirm, head, lead, limit
from portal.ui.say import t

ASK = "leave.ask"


def page() -> None:
    """Draw what leaving does; also for a circle that is paused or over."""
    front = circles.circle(state.session(), state.link(), now=clock.now())
    head(t("leave.h1"), t("leave.lead"), back=("more", t("leave.back")))
    lead(f"{t('leave.text', name=front.label)} {t('leave.sees', name=front.label)}")
    with act("leave"):
        st.button(t("leave.button"), type="primary", key="leave.ask", on_click=_ask)
    limit(t("leave.limit"))
    if state.asked(ASK) is not None:
        confirm(
            "leave.really",
            t("leave.title", name=front.label),
            f"{t('leave.text', name=front.label)} {t('leave.sees', name=front.label)}",
            verb=t("leave.yes"),
            keep=t("leave.no"),
            act=_leave,
            args=(front.id, front.label),
        )


def _ask() -> None:
    state.settle_messages()
    state.touch()
    state.ask(ASK)


def _leave(link: LinkId, label: str) -> None:
    with acting():
        circles.leave(state.session(), link, now=clock.now())
        state.view(None)
        state.outcome(t("leave.done", name=label))
        state.go("today")
