"""Letting people in again after a doubt: why, in one sentence; who had access; none ticked; the passphrase."""

import streamlit as st

from portal import clock
from portal.circle import alerts, members
from portal.circle.alerts import Alert, AlertKind
from portal.circle.members import Member
from portal.errors import NotSigned
from portal.newtypes import PersonId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import act, as_typed, beside, card, empty, field, head, limit, meta, person, section
from portal.ui.say import date, names, t
from portal.ui.screens import circle, people_acts

PASSPHRASE = "letin.passphrase"  # noqa: S105  a widget's key
WHY = {
    AlertKind.CHANGED: "why_changed",
    AlertKind.OLDER: "why_older",
    AlertKind.NUMBER_MISSING: "why_number",
    AlertKind.PEOPLE: "why_people",
    AlertKind.DAMAGED_STATE: "why_state",
}


def page() -> None:
    """Draw who waits; nobody is said too."""
    session, now = state.session(), clock.now()
    waiting = members.put_back(session, now=now)
    why = next((one for one in alerts.alerts(session, now=now) if one.kind in WHY), None)
    head(t("letin.h1"), _why(why) if waiting else "", back=("circle", t("letin.back")))
    if not waiting:
        empty(t("letin.nobody"), t("letin.nobody_hint"))
        return
    meta(t("letin.newest", day=date(why.last_entry)) if why and why.last_entry else t("letin.no_newest"))
    section(t("letin.people"), t("letin.hint"))
    for one in waiting:
        _one(one)
    with field(PASSPHRASE):
        st.text_input(t("letin.passphrase"), type="password", autocomplete="current-password", key=PASSPHRASE)
    with act("letin"):
        st.button(t("letin.yes"), type="primary", key="letin.yes", on_click=_let_in)
    limit(t("letin.limit"))
    people_acts.remove_dialog(waiting)


def _why(alert: Alert | None) -> str:
    return t(f"letin.{WHY[alert.kind] if alert else 'why_restored'}")


def _one(one: Member) -> None:
    key = f"back{one.id.hex()}"
    with card(key), beside(key):
        person(one.label, circle.line(one))
        st.checkbox(as_typed(t("letin.yes_name", name=one.label)), key=tick(one.id))
        st.button(
            t("letin.remove"),
            type="tertiary",
            key=f"letin.remove.{key}",
            on_click=people_acts.ask_remove,
            args=(one.id,),
        )


def tick(person_: PersonId) -> str:
    """Return the key of the box at one person."""
    return f"letin.tick.{person_.hex()}"


def _let_in() -> None:
    with acting(PASSPHRASE):
        session, now = state.session(), clock.now()
        ticked = [one for one in members.put_back(session, now=now) if state.value(tick(one.id))]
        if not ticked:
            state.problem("", t("letin.none"))
            return
        typed = state.text(PASSPHRASE)
        state.clear(PASSPHRASE)
        try:
            members.let_in_again(session, [one.id for one in ticked], typed, now=now)
        except NotSigned:
            state.problem(PASSPHRASE, t("letin.wrong"))
            return
        state.outcome(t("letin.done", n=len(ticked), names=names([one.label for one in ticked])))
