"""The fields of the four steps that are answered. Each keeps itself: choices at once, words at a pause in typing."""

from collections.abc import Callable
from datetime import date, timedelta
from html import escape

import streamlit as st

from portal.circle import begun
from portal.circle.accounts import Session
from portal.circle.bodies import Answers
from portal.circle.consent import PURPOSES
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import as_typed, field, one_of, saved, several_of
from portal.ui.say import t
from portal.ui.screens import invite_form, invite_kept, readers
from portal.ui.screens.invite_form import LONGEST_DAYS, PERIODS, SINCE, TEMPLATES, UNTIL, WHAT, WHO, WHY
from portal.ui.screens.invite_kept import Kept


def draw(session: Session, kept: Kept) -> None:
    """Draw the fields of the step that is due, and when the answers were kept."""
    DRAW[kept.answers.step](session, kept.answers)
    saved(kept.saved, kept.tag)


def _text(name: str, a: Answers, *, hint: str = "", placeholder: str = "") -> None:
    """Draw a field that keeps itself while somebody types."""
    key = f"invite.{name}"
    _start(key, getattr(a, name))
    with field(key, draft=True):
        st.text_input(
            t("invite.why_own" if name == "own" else key),
            key=key,
            placeholder=placeholder or None,
            max_chars=begun.LONGEST[name],
            autocomplete="off",
            on_change=_answered,
        )
        if hint:
            st.html(f'<p class="meta">{escape(hint)}</p>')


def _start(key: str, answer: object) -> None:
    """Let a field begin with its answer, unless it stands there already."""
    if state.value(key) is None and answer is not None:
        state.put(key, answer)


def _who(_: Session, a: Answers) -> None:
    _text("label", a, hint=t("invite.label_hint"))
    _text("relation", a, hint=t("invite.relation_hint"))


def _what(session: Session, a: Answers) -> None:
    _start("invite.template", a.template)
    _start("invite.resource", a.resource)
    with field("invite.template"), st.container(key="scope"):
        chosen = st.radio(
            t("invite.what_h1", name=a.label),
            TEMPLATES,
            index=None,
            format_func=lambda one: t(f"invite.{one}"),
            captions=[as_typed(t(f"invite.{one}_line", name=a.label)) for one in TEMPLATES],
            key="invite.template",
            label_visibility="collapsed",
            width="stretch",
            on_change=_answered,
        )
    if chosen == "group":
        _groups(session, a)
    st.checkbox(t("invite.resource"), key="invite.resource", on_change=_answered)
    with field("invite.since"):
        options = {name: t(f"invite.{name}") for name in SINCE}
        one_of("invite.since", t("invite.since"), options, start=a.since, on_change=_answered)
    never = f"<strong>{escape(t('invite.never'))}</strong> {escape(t('invite.never_what'))}"
    st.html(f'<p class="note">{never}</p>')


def _groups(session: Session, a: Answers) -> None:
    known = {code: name for code, name in readers.options(session).items() if code.startswith(readers.LIST)}
    with field("invite.lists"):
        readers.begin("invite.lists", [readers.LIST + bytes(one).hex() for one in a.lists], known)
        several_of("invite.lists", t("invite.groups"), known, on_change=_answered)
    _text("new_group", a, placeholder=t("invite.new_group_hint"))


def _until(_: Session, a: Answers) -> None:
    words = {name: t("invite.days", n=int(name)) if name.isdigit() else t("invite.date") for name in PERIODS}
    with field("invite.period"):
        chosen = one_of("invite.period", t("invite.until"), words, start=a.period, on_change=_answered)
    if chosen == "date":
        with field("invite.date"):
            _date(a.last_day)
    _text("event", a, placeholder=t("invite.event_hint"), hint=t("invite.they_read", name=a.label))


def _date(chosen: date | None) -> None:
    first, last = (invite_form.today() + timedelta(days=days) for days in (1, LONGEST_DAYS))
    _start("invite.date", chosen if chosen and first <= chosen <= last else None)
    st.date_input(
        t("invite.date_pick"),
        value=None,
        min_value=first,
        max_value=last,
        format="DD/MM/YYYY",
        key="invite.date",
        on_change=_answered,
    )


def _why(_: Session, a: Answers) -> None:
    with field("invite.purposes"):
        words = {name: t(f"purpose.{name}") for name in PURPOSES}
        readers.begin("invite.purposes", a.purposes, words)
        several_of("invite.purposes", t("invite.why"), words, on_change=_answered)
    _text("own", a, hint=t("invite.they_read", name=a.label))


def _answered() -> None:
    """A field was answered, or somebody paused in typing."""
    with acting():
        if kept := invite_kept.found():
            invite_kept.keep(invite_form.taken(kept.answers))


DRAW: dict[int, Callable[[Session, Answers], None]] = {WHO: _who, WHAT: _what, UNTIL: _until, WHY: _why}
