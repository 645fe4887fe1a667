"""Invitations on the page of the circle: the one begun, open ones, and what became of earlier ones."""

from html import escape

import streamlit as st

from portal import clock
from portal.circle import begun, inviting
from portal.circle.begun import Begun
from portal.circle.inviting import Past, Pending
from portal.newtypes import InvitationId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import actions, beside, card, confirm, meta, person, section
from portal.ui.say import day, t, when
from portal.ui.screens import people_acts
from portal.ui.screens.invite_form import LAST

ERASE = "circle.erase_begun"


def draw(opened: list[Pending], past: list[Past]) -> None:
    """Draw what is open, then the history behind a line."""
    if opened:
        section(t("invitations.h2"), t("invitations.open", n=len(opened)))
    for one in opened:
        key = f"invitation{one.id.hex()}"
        with card(key), beside(key):
            person(one.label, t("invitations.line", day=day(one.ends)))
            with actions(key):
                _actions(one, key)
    if past:
        with st.expander(t("invitations.history"), key="circle.history"):
            for gone in past:
                meta(_said(gone))


def draw_begun(one: Begun) -> None:
    """Draw the invitation that was begun: go on, or erase it. While it is there no other is begun."""
    a = one.answers
    name = a.label.strip()
    title = t("begun.h2", name=name) if name else t("begun.h2_bare")
    line = t("begun.line", now=a.step, of=LAST, when=when(one.saved))
    with card("begun", "wait"), beside("begun"):
        st.html(
            f'<h2 class="title">{escape(title)}</h2><p class="meta">{escape(line)}</p><p>{escape(t("begun.one"))}</p>'
        )
        with actions("begun"):
            st.button(t("begun.go_on"), type="primary", key="circle.begun", on_click=people_acts.go, args=("invite",))
            st.button(t("begun.erase"), type="tertiary", key="circle.ask_erase", on_click=_ask_erase)
    if state.asked(ERASE) is not None:
        confirm(ERASE, t("begun.title"), t("begun.text"), verb=t("begun.erase"), keep=t("begun.keep"), act=_erase)


def _said(gone: Past) -> str:
    how = t(f"invitations.how.{gone.how}")
    return t("invitations.past", name=gone.label, made=day(gone.made), how=how, ended=day(gone.ended))


def _actions(one: Pending, key: str) -> None:
    st.button(t("invitations.show"), key=f"circle.show.{key}", on_click=_show, args=(one.id,))
    st.button(t("invitations.extend"), key=f"circle.extend.{key}", on_click=_extend, args=(one.id, one.label))
    st.button(t("invitations.replace"), key=f"circle.replace.{key}", on_click=_replace, args=(one.id, one.label))
    st.button(
        t("invitations.cancel"), type="tertiary", key=f"circle.cancel.{key}", on_click=_cancel, args=(one.id, one.label)
    )


def _ask_erase() -> None:
    with acting():
        state.ask(ERASE)


def _erase() -> None:
    with acting():
        begun.erase(state.session(), now=clock.now())
        state.outcome(t("begun.erased"))


def _show(one: InvitationId) -> None:
    with acting():
        state.open_item("code", one)


def _extend(one: InvitationId, label: str) -> None:
    with acting():
        longer = inviting.extend(state.session(), one, now=clock.now())
        state.outcome(t("invitations.extended", name=label, day=day(longer.ends)))


def _replace(one: InvitationId, label: str) -> None:
    with acting():
        made = inviting.replace(state.session(), one, now=clock.now())
        state.outcome(t("invitations.replaced", name=label))
        state.open_item("code", made.id)


def _cancel(one: InvitationId, label: str) -> None:
    with acting():
        inviting.cancel(state.session(), one, now=clock.now())
        state.outcome(t("invitations.cancelled", name=label))
