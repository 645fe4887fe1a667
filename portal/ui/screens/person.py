"""One person of the circle: what they may see, a change of it, what they saw, the permission as signed, the name."""

from html import escape

import streamlit as st

from portal import clock
from portal.circle import members, notes, readings
from portal.circle.accounts import Session
from portal.circle.members import Member, Standing
from portal.errors import Gone
from portal.newtypes import PersonId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import act, as_typed, badges, card, empty, facts, field, head, limit, meta, print_button, section
from portal.ui.say import date, date_zone, day, names, t
from portal.ui.screens import circle, consent_page, people_acts, person_change

BACK, NAME = "circle", "person.name"


def page() -> None:
    """Draw the person that was opened; somebody who is gone is said."""
    session = state.session()
    try:
        one = members.member(session, PersonId(state.opened("person")), now=clock.now())
    except Gone:
        head(t("person.gone"), back=(BACK, t("person.back")))
        empty(t("circle.empty_hint"))
        return
    if person_change.due(one):
        person_change.draw_signing(session, one)
        return
    head(one.label, circle.line(one), back=(BACK, t("person.back")))
    if marks := circle.marks(one):
        st.html(badges(marks))
    _terms(session, one)
    person_change.draw(session, one)
    _saw(session, one)
    _signed(session, one)
    _name(one)
    _buttons(one)
    people_acts.remove_dialog([one])


def _terms(session: Session, one: Member) -> None:
    terms = one.terms
    section(t("person.terms_ended" if one.standing is Standing.ENDED else "person.terms", name=one.label))
    rows = [
        (t("person.entries"), consent_page.kinds(terms.kinds)),
        (
            t("person.groups"),
            names(consent_page.groups(session, terms.lists)) or t("person.groups_none", name=one.label),
        ),
        (t("person.from"), t("person.from_start") if terms.everything else t("person.from_today", day=day(one.joined))),
        (t("person.why"), "; ".join(consent_page.purposes(terms.purposes))),
        (t("person.until"), date(terms.ends)),
    ]
    facts(rows + ([(t("person.event"), terms.event)] if terms.event else []))


def _saw(session: Session, one: Member) -> None:
    with st.expander(as_typed(t("person.saw_h2", name=one.label)), key="person.saw", on_change="rerun") as box:
        if not box.open:
            return
        readings.take_in_quietly(session, now=clock.now())
        found = seen(session, one)
        for title, when in found:
            meta(t("person.saw_line", title=title, day=day(when)))
        if not found:
            meta(t("person.saw_none"))
        limit(t("person.saw_limit"))


def seen(session: Session, one: Member) -> list[tuple[str, int]]:
    """Return title and time of what this person opened, newest first; entries that are gone are left out."""
    found = list[tuple[str, int]]()
    for item, when in readings.readings_of(session, one.id).items():
        try:
            note = notes.note(session, item, now=clock.now())
        except Gone:
            continue
        found.append((note.title or t("notes.untitled"), when))
    return sorted(found, key=lambda pair: -pair[1])


def _signed(session: Session, one: Member) -> None:
    with st.expander(t("person.signed_h2"), key="person.signed", on_change="rerun") as box:
        if not box.open:
            return
        signed = consent_page.signed_by(session, one)
        with st.container(key="print"), card("signed", "sheet"):
            paragraphs = "".join(f"<p>{escape(line)}</p>" for line in signed.text.splitlines())
            said = t("person.signed_on", when=date_zone(signed.signed), zone=signed.zone, signature=signed.signature)
            st.html(
                f'<div class="prose" lang="{escape(signed.lang)}">{paragraphs}</div><p class="meta">{escape(said)}</p>'
            )
        print_button()


def _name(one: Member) -> None:
    with st.expander(t("person.name_h2"), key="person.rename"):
        with field(NAME):
            st.text_input(t("person.name_label"), value=one.label, key=NAME, max_chars=40, autocomplete="off")
            meta(t("person.name_hint"))
        st.button(t("person.name_save"), key="person.name_save", on_click=_rename, args=(one.id,))


def _buttons(one: Member) -> None:
    args = (one.id, one.label)
    able = one.standing in (Standing.OPEN, Standing.NOT_YET)
    with act("person"):
        if one.standing is Standing.PAUSED:
            st.button(t("circle.resume"), key="person.resume", on_click=people_acts.resume, args=args)
        elif able:
            st.button(t("circle.pause"), key="person.pause", on_click=people_acts.pause, args=args)
        st.button(
            as_typed(t("circle.removing.yes", name=one.label)),
            key="person.remove",
            on_click=people_acts.ask_remove,
            args=(one.id,),
        )
    limit(t("circle.limit") if able else t("circle.removing.limit", name=one.label))


def _rename(person: PersonId) -> None:
    with acting(NAME):
        name = state.text(NAME).strip()
        members.rename_member(state.session(), person, name, now=clock.now())
        state.outcome(t("person.renamed", name=name))
