"""Inviting somebody in six steps: who, what, until when, what for, read it through, sign. Every answer is kept."""

from html import escape
from itertools import groupby

import streamlit as st

from portal import clock
from portal.circle import begun, inviting
from portal.circle.accounts import Session
from portal.circle.bodies import Answers
from portal.errors import BadName, ChangedElsewhere, Gone, IncompleteConsent, NameTaken, NotSigned
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import act, actions, card, go, head, limit, notice, section, step
from portal.ui.say import t
from portal.ui.screens import consent_page, invite_fields, invite_form, invite_kept, signing
from portal.ui.screens.invite_form import LAST, READ, UNTIL, WHAT, WHO, WHY
from portal.ui.screens.invite_kept import Kept

PASSPHRASE, SIGNATURE = "invite.passphrase", "invite.signature"
STEPS = {"who": WHO, "what": WHAT, "until": UNTIL, "why": WHY}
NAMES = {WHO: "who", WHAT: "what", UNTIL: "until", WHY: "why", READ: "read", LAST: "sign"}
AT = {"label": WHO, "relation": WHO, "kinds": WHAT, "purposes": WHY, "ends": UNTIL, "event": UNTIL}


def page() -> None:
    """Draw the step that is due."""
    session = state.session()
    kept = invite_kept.current(session)
    a = kept.answers
    name = NAMES[a.step]
    head(t(f"invite.{name}_h1", name=a.label), t(f"invite.{name}_lead"))
    step(a.step, LAST)
    _notices(kept)
    if a.step == READ:
        _read(session, a)
    elif a.step == LAST:
        _sign(session, a)
    else:
        invite_fields.draw(session, kept)
    _buttons(a)


def _notices(kept: Kept) -> None:
    if kept.elsewhere:
        notice("elsewhere", t("invite.elsewhere"), t("invite.elsewhere_more"))
    if kept.moved:
        notice("moved", t("invite.moved"), t("invite.moved_more"))


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


def _sign(session: Session, a: Answers) -> None:
    section(t("consent.title"))
    with card("signing", "sheet"):
        consent_page.draw(consent_page.lines(session, invite_form.terms(a)))
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


# What the buttons do


def _go_on() -> None:
    kept = invite_kept.found()
    if kept is None:
        return
    with acting(at={BadName: "invite.new_group", NameTaken: "invite.new_group"}):
        a = invite_form.taken(kept.answers)
        invite_form.check(a)
        if state.problems():
            invite_kept.keep(a)
            return
        named = invite_form.names_group(a)
        if named:
            invite_kept.keep(a, group=True)
            state.forget_widgets("invite.new_group", "invite.lists")
        invite_kept.keep(_on(kept.answers if named else a))


def _on(a: Answers) -> Answers:
    return a.but(step=READ if a.changing else min(a.step + 1, LAST), changing=False)


def _back() -> None:
    kept = invite_kept.found()
    if kept is None:
        return
    with acting():
        a = invite_form.taken(kept.answers)
        if a.step == WHO and not a.changing:
            _leave(a, "invite.stopped")
        else:
            invite_kept.keep(a.but(step=READ if a.changing else a.step - 1, changing=False))


def _stop() -> None:
    if kept := invite_kept.found():
        with acting():
            _leave(invite_form.taken(kept.answers), "invite.stopped")


def _wait() -> None:
    if kept := invite_kept.found():
        with acting():
            _leave(kept.answers, "invite.waited")


def _leave(a: Answers, said: str) -> None:
    """Keep the answers and go. Without any answer there is nothing to keep, and nothing to say."""
    invite_kept.keep(a)
    kept = invite_kept.found()
    if kept and kept.saved:
        state.outcome(t(said), more=t("invite.elsewhere") if kept.elsewhere else "")
    state.go("circle")


def _to(step_: int) -> None:
    if kept := invite_kept.found():
        with acting():
            invite_kept.keep(kept.answers.but(step=step_, changing=True))


def _stop_all() -> None:
    with acting():
        begun.erase(state.session(), now=clock.now())
        invite_kept.end()
        state.outcome(t("invite.stopped_all"))
        state.go("circle")


def _make() -> None:
    kept = invite_kept.found()
    if kept is None or kept.answers.step != LAST:
        return  # a second press: the invitation is made
    session, terms = state.session(), invite_form.terms(kept.answers)
    with acting(PASSPHRASE, at={NotSigned: PASSPHRASE}):
        try:
            signed = signing.entered(PASSPHRASE, SIGNATURE, consent_page.as_text(session, terms))
            made = inviting.invite(session, terms, signed, answers=kept.tag, now=clock.now())
        except IncompleteConsent as error:
            invite_kept.keep(kept.answers.but(step=AT[error.element], changing=True))
            raise
        except (ChangedElsewhere, Gone):
            state.problem("", t("invite.not_as_read"))
            return
        invite_kept.end()
        state.clear(SIGNATURE)
        state.open_item("code", made.id)
