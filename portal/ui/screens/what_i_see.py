"""What a family member may see, why and until when: their copy of the agreement, and the house rules."""

from html import escape

import streamlit as st

from portal import clock
from portal.circle import circles
from portal.circle.circles import Agreement, Circle
from portal.newtypes import LinkId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import facts, field, head, links, meta, section
from portal.ui.say import date, day, t
from portal.ui.screens import consent_page, member_front

NAME = "seen.name"


def page() -> None:
    """Draw the agreement of the circle in front."""
    front = member_front.opened_circle()
    if front is None:
        return
    session = state.session()
    head(t("seen.h1"), t("seen.lead", name=front.label), back=("more", t("seen.back")))
    member_front.look_for_news(session, front.id)
    facts(_rows(front, circles.agreement(session, front.id)))
    section(t("seen.rules"))
    rules = "".join(f"<li>{escape(t(f'seen.rule{n}', name=front.label))}</li>" for n in (1, 2, 3))
    st.html(f'<ul class="lines">{rules}</ul>')
    _name(front)
    links("leave", [("leave", t("seen.leave"))])


def _rows(front: Circle, agreed: Agreement) -> list[tuple[str, str]]:
    name = front.label
    since = t("seen.from_start") if agreed.everything else t("seen.from_date", day=day(agreed.since))
    rows = [
        (t("seen.entries"), "; ".join(t(f"join.kind_{kind}") for kind in sorted(agreed.kinds))),
        (t("seen.from"), since),
        (t("seen.why"), "; ".join(consent_page.purposes(agreed.purposes, member_of=name))),
        (t("seen.until"), date(agreed.until)),
        (t("seen.event"), agreed.event),
        (t("seen.not"), t("seen.not_text", name=name)),
        (t("seen.signed"), date(agreed.signed)),
    ]
    return [(what, about) for what, about in rows if about]


def _name(front: Circle) -> None:
    with st.expander(t("home.rename"), key="seen.rename"):
        with field(NAME):
            st.text_input(t("home.rename"), value=front.label, key=NAME, max_chars=40, autocomplete="off")
            meta(t("home.rename_hint"))
        st.button(t("home.rename_save"), key="seen.rename_save", on_click=_rename, args=(front.id,))


def _rename(link: LinkId) -> None:
    with acting(NAME):
        circles.rename_circle(state.session(), link, state.text(NAME), now=clock.now())
        state.outcome(t("home.renamed"))
