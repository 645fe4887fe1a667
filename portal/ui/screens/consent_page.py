"""The words of a permission: one plain page with every element, the same that is signed and kept.

`lines` gives the elements in order; `as_text` the exact text that goes into the signed document. The member's page
and the patient's page of one person say kinds, dates and purposes with the same functions.
"""

from collections.abc import Iterable
from html import escape

import streamlit as st

from portal.circle import audiences
from portal.circle.accounts import Session
from portal.circle.consent import OWN_PURPOSE, Consent, Terms
from portal.circle.kinds import Kind
from portal.circle.members import Member, consent_of
from portal.newtypes import ListId
from portal.ui import say, state
from portal.ui.say import names, t
from portal.ui.screens import readers

Line = tuple[str, str, str]  # part it belongs to, heading, sentence


def lines(session: Session, terms: Terms) -> list[Line]:
    """Return the elements of a permission for `terms`, in the reader's language."""
    me, label = session.name, terms.label
    whom = t("consent.whom_text", label=label, relation=terms.relation) if terms.relation else label
    ends = until(terms.ends, terms.event)
    return [
        ("", t("consent.who"), t("consent.who_text", me=me)),
        ("who", t("consent.whom"), whom),
        ("what", t("consent.what"), _what(session, terms)),
        ("what", t("consent.since"), t("consent.since_all" if terms.everything else "consent.since_today")),
        ("", t("consent.not"), t("consent.not_text", me=me)),
        ("why", t("consent.why"), "; ".join(purposes(terms.purposes))),
        ("until", t("consent.until"), ends),
        ("", t("consent.end"), t("consent.end_text", label=label)),
        ("", t("consent.passed"), t("consent.passed_text", label=label, me=me)),
        ("", t("consent.form"), t("consent.form_text")),
        ("", t("consent.signed"), t("consent.signed_text", me=me, zone=state.zone() or "UTC")),
    ]


def as_text(session: Session, terms: Terms) -> str:
    """Return the exact words that are signed and kept."""
    said = [f"{heading}: {sentence}" for _, heading, sentence in lines(session, terms)]
    return "\n".join([t("consent.title"), *said])


def draw(said: Iterable[Line]) -> None:
    """Draw the elements as one page."""
    rows = "".join(f"<div><dt>{escape(heading)}</dt><dd>{escape(text)}</dd></div>" for _, heading, text in said)
    st.html(f'<dl class="facts consent">{rows}</dl>')


def until(ends: int, event: str) -> str:
    """Return the last day, and what may end it earlier."""
    day = say.date(ends)
    return t("consent.until_event", day=day, event=event) if event else day


def kinds(of: Iterable[int]) -> str:
    """Return the kinds of entries in words."""
    wanted = set(of)
    return "; ".join(t(f"kind.{kind.name.lower()}") for kind in (Kind.NOTE, Kind.RESOURCE) if kind in wanted)


def groups(session: Session, of: Iterable[ListId]) -> list[str]:
    """Return the names of groups."""
    wanted = set(of)
    return [readers.audience_name(one) for one in audiences.audiences(session) if one.id in wanted]


def purposes(of: Iterable[str], *, member_of: str = "") -> list[str]:
    """Return the purposes in words; one in the patient's own words stays as it was written."""
    return [_purpose(one, member_of) for one in of]


def _purpose(one: str, member_of: str) -> str:
    if one.startswith(OWN_PURPOSE):
        return one.removeprefix(OWN_PURPOSE)
    return t(f"purpose_member.{one}", name=member_of) if member_of else t(f"purpose.{one}")


def _what(session: Session, terms: Terms) -> str:
    inside = groups(session, terms.lists)
    key = "consent.what_group" if inside else "consent.what_one"
    return t(key, me=session.name, label=terms.label, kinds=kinds(terms.kinds), groups=names(inside))


def signed_by(session: Session, one: Member) -> Consent:
    """Return the permission of `one` as it was signed."""
    return consent_of(session, one.id)
