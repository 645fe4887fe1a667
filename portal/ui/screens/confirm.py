"""Is it really this person? The number is compared by voice; then let in, refuse, or leave it for later."""

import streamlit as st

from portal import clock
from portal.circle import inviting
from portal.circle.accounts import Session
from portal.circle.inviting import Ask
from portal.newtypes import InvitationId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import act, as_typed, card, confirm, empty, facts, groups, head, limit, meta, section
from portal.ui.say import names, t
from portal.ui.screens import consent_page

BACK = "circle"
REFUSE = "compare.refuse"
GROUP = 5


def page() -> None:
    """Draw the request that was opened; one that was answered already is said."""
    session = state.session()
    wanted = state.opened("compare")
    ask = next((one for one in inviting.asks(session) if one.id == wanted), None)
    if ask is None:
        head(t("confirm.gone"), back=(BACK, t("confirm.back")))
        empty(t("confirm.gone_hint"))
        return
    head(t("confirm.h1", name=ask.label), t("confirm.lead"), back=(BACK, t("confirm.back")))
    if ask.damaged:
        meta(t("confirm.damaged"))
    else:
        _compare(session, ask)
    _buttons(ask)
    _refuse_dialog(ask)


def _compare(session: Session, ask: Ask) -> None:
    number = [ask.number[at : at + GROUP] for at in range(0, len(ask.number), GROUP)]
    with card("number", "sheet"):
        meta(t("confirm.number"))
        st.html(groups(number, t("confirm.number_label")))
        meta(t("confirm.typed", name=ask.name))
    meta(t("confirm.refuse_if", name=ask.label))
    section(t("confirm.will_see", name=ask.label))
    terms = ask.terms
    inside = names(consent_page.groups(session, terms.lists)) or t("person.groups_none", name=ask.label)
    facts(
        [
            (t("confirm.entries"), consent_page.kinds(terms.kinds)),
            (t("confirm.groups"), inside),
            (t("confirm.from"), t("consent.since_all" if terms.everything else "consent.since_today")),
            (t("confirm.until"), consent_page.until(terms.ends, terms.event)),
            (t("confirm.not"), t("confirm.not_text")),
        ]
    )


def _buttons(ask: Ask) -> None:
    with act("compare"):
        if not ask.damaged:
            label = as_typed(t("confirm.match", name=ask.label))
            st.button(label, type="primary", key="compare.match", on_click=_match, args=(ask.id,))
        st.button(
            t("confirm.refuse_yes" if ask.damaged else "confirm.differ"),
            key="compare.differ",
            on_click=_ask,
            args=(ask.id,),
        )
        st.button(t("confirm.later"), type="tertiary", key="compare.later", on_click=_later, args=(ask.label,))
    limit(t("confirm.limit", name=ask.label))


def _refuse_dialog(ask: Ask) -> None:
    if state.asked(REFUSE) is not None:
        confirm(
            REFUSE,
            t("confirm.refuse_title"),
            t("confirm.refuse_text", name=ask.label),
            verb=t("confirm.refuse_yes"),
            keep=t("confirm.refuse_no"),
            act=_refuse,
            args=(ask.id,),
        )


# What the buttons do


def _match(ask: InvitationId) -> None:
    with acting():
        member = inviting.confirm(state.session(), ask, now=clock.now())
        state.close_item("compare")
        state.outcome(t("confirm.done", name=member.label), more=t("confirm.limit", name=member.label))
        state.go(BACK)


def _ask(ask: InvitationId) -> None:
    state.settle_messages()
    state.touch()
    state.ask(REFUSE, ask)


def _refuse(ask: InvitationId) -> None:
    with acting():
        inviting.refuse(state.session(), ask, now=clock.now())
        state.close_item("compare")
        state.outcome(t("confirm.refused"))
        state.go(BACK)


def _later(label: str) -> None:
    with acting():
        state.outcome(t("confirm.kept", name=label))
        state.go(BACK)
