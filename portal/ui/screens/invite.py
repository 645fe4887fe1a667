"""Inviting somebody in six steps: who, what, until when, what for, read it through, sign. Back keeps the answers."""

from datetime import date, timedelta
from html import escape
from itertools import groupby

import streamlit as st

from portal import clock
from portal.circle import inviting
from portal.circle.accounts import Session
from portal.circle.consent import PURPOSES
from portal.errors import IncompleteConsent, NotSigned
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import act, actions, card, field, go, head, limit, one_of, section, several_of, step
from portal.ui.say import t
from portal.ui.screens import consent_page, invite_form, readers, signing
from portal.ui.screens.invite_form import LAST, LONGEST_DAYS, PERIODS, Answers

PASSPHRASE, SIGNATURE = "invite.passphrase", "invite.signature"
WHO, WHAT, UNTIL, WHY, READ = 1, 2, 3, 4, 5
STEPS = {"who": WHO, "what": WHAT, "until": UNTIL, "why": WHY}
NAMES = {WHO: "who", WHAT: "what", UNTIL: "until", WHY: "why", READ: "read", LAST: "sign"}
AT = {"label": WHO, "relation": WHO, "kinds": WHAT, "purposes": WHY, "ends": UNTIL, "event": UNTIL}


def page() -> None:
    """Draw the step that is due."""
    session, a = state.session(), invite_form.answers()
    name = NAMES[a.step]
    head(t(f"invite.{name}_h1", name=a.label), t(f"invite.{name}_lead"))
    step(a.step, LAST)
    if a.step == READ:
        _read(session, a)
    elif a.step == LAST:
        _sign(session)
    else:
        DRAW[a.step](session, a)
    _buttons(a)


def _who(_: Session, a: Answers) -> None:
    with field("invite.label"):
        st.text_input(t("invite.label"), value=a.label, key="invite.label", max_chars=40, autocomplete="off")
        st.html(f'<p class="meta">{escape(t("invite.label_hint"))}</p>')
    with field("invite.relation"):
        st.text_input(t("invite.relation"), value=a.relation, key="invite.relation", max_chars=20, autocomplete="off")
        st.html(f'<p class="meta">{escape(t("invite.relation_hint"))}</p>')


def _what(session: Session, a: Answers) -> None:
    templates = ["one", "group"]
    with field("invite.template"), st.container(key="scope"):
        chosen = st.radio(
            t("invite.what_h1", name=a.label),
            templates,
            index=templates.index(a.template) if a.template else None,
            format_func=lambda one: t(f"invite.{one}"),
            captions=[t(f"invite.{one}_line", name=a.label) for one in templates],
            key="invite.template",
            label_visibility="collapsed",
            width="stretch",
        )
    if chosen == "group":
        _groups(session, a)
    st.checkbox(t("invite.resource"), value=a.resource, key="invite.resource")
    with field("invite.since"):
        options = {name: t(f"invite.{name}") for name in ("from_today", "everything")}
        one_of("invite.since", t("invite.since"), options, start=a.since)
    never = f"<strong>{escape(t('invite.never'))}</strong> {escape(t('invite.never_what'))}"
    st.html(f'<p class="note">{never}</p>')


def _groups(session: Session, a: Answers) -> None:
    known = {code: name for code, name in readers.options(session).items() if code.startswith(readers.LIST)}
    with field("invite.lists"):
        readers.begin("invite.lists", a.lists, known)
        several_of("invite.lists", t("invite.groups"), known)
    with field("invite.new_group"):
        st.text_input(
            t("invite.new_group"),
            key="invite.new_group",
            placeholder=t("invite.new_group_hint"),
            max_chars=30,
            autocomplete="off",
        )


def _until(_: Session, a: Answers) -> None:
    words = {name: t("invite.days", n=int(name)) if name.isdigit() else t("invite.date") for name in PERIODS}
    with field("invite.period"):
        chosen = one_of("invite.period", t("invite.until"), words, start=a.period)
    if chosen == "date":
        today = state.reader().local(clock.now()).date()
        with field("invite.date"):
            _date(a.last_day, today)
    with field("invite.event"):
        st.text_input(
            t("invite.event"),
            value=a.event,
            key="invite.event",
            placeholder=t("invite.event_hint"),
            max_chars=200,
            autocomplete="off",
        )


def _date(chosen: date | None, today: date) -> None:
    first, last = today + timedelta(days=1), today + timedelta(days=LONGEST_DAYS)
    st.date_input(
        t("invite.date_pick"),
        value=min(max(chosen, first), last) if chosen else None,
        min_value=first,
        max_value=last,
        format="DD/MM/YYYY",
        key="invite.date",
    )


def _why(_: Session, a: Answers) -> None:
    with field("invite.purposes"):
        words = {name: t(f"purpose.{name}") for name in PURPOSES}
        readers.begin("invite.purposes", a.purposes, words)
        several_of("invite.purposes", t("invite.why"), words)
    with field("invite.own"):
        st.text_input(t("invite.why_own"), value=a.own, key="invite.own", max_chars=150, autocomplete="off")


def _read(session: Session, a: Answers) -> None:
    with card("consent", "sheet"):
        lines = consent_page.lines(session, invite_form.terms(a))
        for number, (part, several) in enumerate(groupby(lines, key=lambda line: line[0])):
            with st.container(key=f"consent-{number}", gap="xxsmall"):
                consent_page.draw(several)
                if part:
                    label = t(f"invite.change_{part}")
                    st.button(label, key=f"invite.to_{part}", type="tertiary", on_click=_to, args=(STEPS[part],))
    with card("pushing", "wait"):
        st.html(f'<h2 class="title">{escape(t("invite.pushing_h2"))}</h2><p>{escape(t("invite.pushing_text"))}</p>')
        with actions("pushing"):
            st.button(t("invite.wait"), key="invite.wait", on_click=_wait)
            st.button(t("invite.less"), key="invite.less", on_click=_to, args=(WHAT,))
            st.button(t("invite.stop_all"), key="invite.stop_all", on_click=_stop_all)
            go("help-now", t("invite.call"))


def _sign(session: Session) -> None:
    section(t("consent.title"))
    with card("signing", "sheet"):
        consent_page.draw(consent_page.lines(session, invite_form.terms(invite_form.answers())))
    signing.fields(PASSPHRASE, SIGNATURE, session.name)


def _buttons(a: Answers) -> None:
    with act("invite"):
        if a.step == LAST:
            st.button(t("invite.make"), type="primary", key="invite.make", on_click=_make)
        else:
            st.button(t("invite.go_on"), type="primary", key="invite.go_on", on_click=_go_on)
        st.button(t("invite.back"), key="invite.back", on_click=_back)
        st.button(t("invite.stop"), type="tertiary", key="invite.stop", on_click=_stop)
    if a.step == LAST:
        limit(t("invite.sign_limit"))


DRAW = {WHO: _who, WHAT: _what, UNTIL: _until, WHY: _why}


# What the buttons do


def _go_on() -> None:
    a = invite_form.answers()
    with acting():
        invite_form.take(a.step)
        invite_form.check(a.step)
        if not state.problems():
            a.step, a.changing = (READ, False) if a.changing else (min(a.step + 1, LAST), False)


def _back() -> None:
    a = invite_form.answers()
    with acting():
        invite_form.take(a.step)
        if a.step == WHO:
            state.go("circle")
        a.step, a.changing = READ if a.changing else max(a.step - 1, WHO), False


def _stop() -> None:
    with acting():
        invite_form.take(invite_form.answers().step)
        state.outcome(t("invite.stopped"))
        state.go("circle")


def _to(step_: int) -> None:
    with acting():
        a = invite_form.answers()
        a.step, a.changing = step_, True


def _wait() -> None:
    with acting():
        state.outcome(t("invite.waited"))
        state.go("circle")


def _stop_all() -> None:
    with acting():
        invite_form.drop()
        state.outcome(t("invite.stopped_all"))
        state.go("circle")


def _make() -> None:
    a = invite_form.begun()
    if a is None or a.step != LAST:
        return  # a second press: the invitation is made
    session = state.session()
    terms = invite_form.terms(a)
    with acting(PASSPHRASE, at={NotSigned: PASSPHRASE}):
        try:
            signed = signing.entered(PASSPHRASE, SIGNATURE, consent_page.as_text(session, terms))
            made = inviting.invite(session, terms, signed, now=clock.now())
        except IncompleteConsent as error:
            a.step, a.changing = AT[error.element], True
            raise
        invite_form.drop()
        state.clear(SIGNATURE)
        state.open_item("code", made.id)
