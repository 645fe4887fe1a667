"""Changing what a person may see. Less works at once; more, or longer, is read through and signed anew.

A permission that is over is renewed in the same fields: as long again is proposed, and it is always signed.
"""

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from portal import clock
from portal.circle import members
from portal.circle.accounts import Session
from portal.circle.consent import Terms
from portal.circle.kinds import SHAREABLE
from portal.circle.members import Member, Standing
from portal.errors import IncompleteConsent, NeedsSignature, NotSigned
from portal.newtypes import ListId, PersonId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import act, card, field, head, meta, section, several_of
from portal.ui.say import t
from portal.ui.screens import consent_page, invite_form, readers, signing

SLOT = "person-change"
KINDS, LISTS, END = "person.kinds", "person.lists", "person.end"
PASSPHRASE, SIGNATURE = "person.passphrase", "person.signature"


def draw(session: Session, one: Member) -> None:
    """Draw the fields of a change, as things stand."""
    over = _over(one)
    how = "renew" if over else "change"
    section(t(f"person.{how}_h2", name=one.label), t(f"person.{how}_lead"))
    kinds = {str(int(kind)): t(f"kind.{kind.name.lower()}") for kind in SHAREABLE}
    lists = {code: name for code, name in readers.options(session).items() if code.startswith(readers.LIST)}
    with field(KINDS):
        readers.begin(KINDS, [str(int(kind)) for kind in sorted(one.terms.kinds)], kinds)
        several_of(KINDS, t("person.kinds"), kinds)
    with field(LISTS):
        readers.begin(LISTS, [readers.LIST + bytes(ref).hex() for ref in one.terms.lists], lists)
        several_of(LISTS, t("person.lists"), lists)
    with field(END):
        _end(one)
    with act("change"):
        verb = t("person.renew" if over else "person.apply")
        st.button(verb, type="primary", key="person.apply", on_click=_apply, args=(one.id,))


def _over(one: Member) -> bool:
    """Say whether the time of a permission is over, also that of somebody who waits to be let in again."""
    return one.standing is Standing.ENDED or one.terms.ends <= clock.now()


def _end(one: Member) -> None:
    first, last, proposed = _days(one)
    day = state.value(END)
    if not isinstance(day, date) or not first <= day <= last:  # fresh, emptied, or drawn before midnight
        state.put(END, proposed)
    st.date_input(
        t("person.end"),
        value=None,
        min_value=first,
        max_value=last,
        format="DD/MM/YYYY",
        key=END,
    )
    meta(t("person.renew_end_hint" if _over(one) else "person.end_hint"))


def _days(one: Member) -> tuple[date, date, date]:
    """Return the first and last day that can be chosen, and the one proposed: the end as it is, or as long again."""
    today = invite_form.today()
    tomorrow, last = today + timedelta(days=1), today + timedelta(days=invite_form.LONGEST_DAYS)
    began, ends = (state.reader().local(then).date() for then in (one.began, one.terms.ends))
    if _over(one):
        return tomorrow, last, min(max(today + (ends - began), tomorrow), last)
    return min(ends, tomorrow), last, min(ends, last)


def due(one: Member) -> Terms | None:
    """Return the change that waits for a signature, or None."""
    waiting = state.answers(SLOT).get(bytes(one.id).hex())
    return waiting if isinstance(waiting, Terms) else None


def draw_signing(session: Session, one: Member) -> None:
    """Draw the page that is read through and signed."""
    terms = due(one) or one.terms
    head(t("person.sign_h2"), t("person.sign_lead_renew" if _over(one) else "person.sign_lead", name=one.label))
    with card("signing", "sheet"):
        consent_page.draw(consent_page.lines(session, terms))
    signing.fields(PASSPHRASE, SIGNATURE, session.name)
    with act("sign"):
        st.button(t("person.sign"), type="primary", key="person.sign", on_click=_sign, args=(one.id,))
        st.button(t("person.sign_back"), key="person.sign_back", on_click=_leave, args=(one.id,))


def _wanted(one: Member) -> Terms:
    kinds, lists, end = state.value(KINDS), state.value(LISTS), state.value(END)
    codes = [str(code) for code in lists] if isinstance(lists, list) else []
    same = isinstance(end, date) and end == state.reader().local(one.terms.ends).date()
    return replace(
        one.terms,
        label=one.label,
        kinds=frozenset(int(str(kind)) for kind in kinds) if isinstance(kinds, list) else frozenset(),
        lists=frozenset(ListId(bytes.fromhex(code.removeprefix(readers.LIST))) for code in codes),
        ends=one.terms.ends if same else invite_form.end_of(end) if isinstance(end, date) else 0,
    )


# What the buttons do


def _apply(person: PersonId) -> None:
    with acting(KINDS):
        session, now = state.session(), clock.now()
        one = members.member(session, person, now=now)
        wanted = _wanted(one)
        if not wanted.kinds or not wanted.ends:
            _missing(wanted)
            return
        if wanted == one.terms:
            state.outcome(t("person.same"))
            return
        try:
            members.narrow(session, person, wanted, now=now)
        except NeedsSignature:
            state.answers(SLOT)[bytes(person).hex()] = wanted
        else:
            state.outcome(t("person.narrowed", name=one.label))
            readers.begin_anew(KINDS, LISTS, END)


def _missing(wanted: Terms) -> None:
    if not wanted.kinds:
        state.problem(KINDS, t("invite.wrong.template"))
    if not wanted.ends:
        state.problem(END, t("invite.wrong.date"))


def _sign(person: PersonId) -> None:
    with acting(PASSPHRASE, at={NotSigned: PASSPHRASE, IncompleteConsent: ""}):
        session, now = state.session(), clock.now()
        one = members.member(session, person, now=now)
        terms = due(one)
        if terms is None:
            return  # a second press: it is signed
        signed = signing.entered(PASSPHRASE, SIGNATURE, consent_page.as_text(session, terms))
        members.widen(session, person, terms, signed, now=now)
        state.drop_answers(SLOT)
        state.clear(SIGNATURE)
        readers.begin_anew(KINDS, LISTS, END)
        paused = members.member(session, person, now=now).standing is Standing.PAUSED
        state.outcome(t("person.widened_paused" if paused else "person.widened", name=one.label))


def _leave(person: PersonId) -> None:
    with acting():
        state.answers(SLOT).pop(bytes(person).hex(), None)
        state.clear(PASSPHRASE, SIGNATURE)
        readers.begin_anew(KINDS, LISTS, END)
