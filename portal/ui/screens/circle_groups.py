"""The groups of a circle: who is in each, add one, rename it, remove it. Only their owner ever sees a group."""

from html import escape

import streamlit as st

from portal import clock
from portal.circle import audiences
from portal.circle.accounts import Session
from portal.circle.audiences import EVERYONE, Audience
from portal.circle.members import Member
from portal.newtypes import ListId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import actions, beside, card, confirm, field, meta, section
from portal.ui.say import names, t
from portal.ui.screens import readers

ADD, REMOVE = "circle.group_add", "circle.group_remove"


def draw(session: Session, people: list[Member]) -> None:
    """Draw every group with those whose permission names it."""
    section(t("group.h2"), t("group.note"))
    with card("groups"):
        for one in audiences.audiences(session):
            _group(one, people)
    meta(t("group.who_hint" if people else "group.who_hint_alone"))
    with st.expander(t("group.add"), key="circle.group_new"):
        with field(ADD):
            st.text_input(t("group.name"), key=ADD, max_chars=audiences.LONGEST_NAME, autocomplete="off")
        st.button(t("group.save"), key="circle.group_save", on_click=_add)
    _remove_dialog(session)


def _group(one: Audience, people: list[Member]) -> None:
    key = f"group{one.id.hex()}"
    with beside(key):
        said = escape(_members(one, people))
        st.html(f'<h3 class="title">{escape(readers.audience_name(one))}</h3><p class="meta">{said}</p>')
        if one.id != EVERYONE:
            with st.popover(t("group.change"), key=f"circle.{key}"):
                _change(one, key)


def _members(one: Audience, people: list[Member]) -> str:
    """Say who is in a group; of everyone also who is not, since the name seems to promise all."""
    inside = [person.label for person in people if one.id in person.terms.lists]
    others = [person.label for person in people if one.id not in person.terms.lists]
    if one.id == EVERYONE and others:
        key = "group.everyone_some" if inside else "group.everyone_none"
    else:
        key = "group.in_it" if inside else "group.in_none"
    return t(key, names=names(inside), others=names(others))


def _change(one: Audience, key: str) -> None:
    name = f"circle.name.{key}"
    with field(name):
        st.text_input(t("group.rename"), value=one.name, key=name, max_chars=audiences.LONGEST_NAME, autocomplete="off")
    with actions(key):
        st.button(t("group.rename_save"), key=f"circle.rename.{key}", on_click=_rename, args=(one.id, name))
        st.button(t("group.remove"), type="tertiary", key=f"circle.remove.{key}", on_click=_ask, args=(one.id,))


def _remove_dialog(session: Session) -> None:
    wanted = state.asked(REMOVE)
    one = next((one for one in audiences.audiences(session) if one.id == wanted), None)
    if one is not None:
        confirm(
            REMOVE,
            t("group.remove_title", name=one.name),
            t("group.remove_text"),
            verb=t("group.remove"),
            keep=t("group.remove_no"),
            act=_remove,
            args=(one.id,),
        )


# What the buttons do


def _add() -> None:
    with acting(ADD):
        name = state.text(ADD).strip()
        if not name:
            state.problem(ADD, t("group.name_empty"))
            return
        audiences.add_audience(state.session(), name, now=clock.now())
        state.clear(ADD)
        state.outcome(t("group.added", name=name))


def _rename(group: ListId, key: str) -> None:
    with acting(key):
        name = state.text(key).strip()
        audiences.rename_audience(state.session(), group, name, now=clock.now())
        state.outcome(t("group.renamed", name=name))


def _ask(group: ListId) -> None:
    state.settle_messages()
    state.touch()
    state.ask(REMOVE, group)


def _remove(group: ListId) -> None:
    with acting():
        audiences.remove_audience(state.session(), group, now=clock.now())
        state.outcome(t("group.removed"))
