"""Open invitations on the page of the circle: show, extend, replace, cancel; and what became of earlier ones."""

import streamlit as st

from portal import clock
from portal.circle import inviting
from portal.circle.inviting import Past, Pending
from portal.newtypes import InvitationId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import actions, beside, card, meta, person, section
from portal.ui.say import day, t


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


def _show(one: InvitationId) -> None:
    with acting():
        state.open_item("code", one)


def _extend(one: InvitationId, label: str) -> None:
    with acting():
        inviting.extend(state.session(), one, now=clock.now())
        state.outcome(t("invitations.extended", name=label))


def _replace(one: InvitationId, label: str) -> None:
    with acting():
        made = inviting.replace(state.session(), one, now=clock.now())
        state.outcome(t("invitations.replaced", name=label))
        state.open_item("code", made.id)


def _cancel(one: InvitationId, label: str) -> None:
    with acting():
        inviting.cancel(state.session(), one, now=clock.now())
        state.outcome(t("invitations.cancelled", name=label))
