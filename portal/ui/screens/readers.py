"""Choosing who can read something: only me, groups, single people. Nothing is chosen in a fresh form.

The sentence under the choice names who would really read it today. It is a preview: the use case decides again.
"""

from collections.abc import Collection
from html import escape

import streamlit as st

from portal import clock
from portal.circle import audiences, members
from portal.circle.accounts import Session
from portal.circle.audiences import EVERYONE, Chosen
from portal.circle.kinds import Kind
from portal.newtypes import ListId, PersonId
from portal.ui import state
from portal.ui.parts import as_typed, card, distinct
from portal.ui.say import names, t

ME, LIST, PERSON = "me", "list-", "person-"
KEPT = "readers"


def choice(session: Session, key: str, kind: Kind, default: Collection[str] = ()) -> None:
    """Draw the question under the widget key `key`, and who would read it."""
    known = distinct(options(session))
    if state.value(key) is None:
        state.answers(KEPT)[key] = list(default)
    begin(key, default, known)
    with card(f"share-{key.replace('.', '-')}"):
        st.pills(
            t("write.who"),
            list(known),
            selection_mode="multi",
            format_func=lambda code: as_typed(known.get(code, "")),
            key=key,
            on_change=_one_side,
            args=(key,),
        )
        _preview(session, picked(key), kind)


def options(session: Session) -> dict[str, str]:
    """Return every reader that can be chosen, by code."""
    found = {ME: t("note.only_me")}
    found |= {LIST + one.id.hex(): audience_name(one) for one in audiences.audiences(session)}
    return found | {PERSON + one.id.hex(): one.label for one in members.members(session, now=clock.now())}


def audience_name(one: audiences.Audience) -> str:
    """Return the group's name; everyone has one in each language."""
    return t("note.everyone") if one.id == EVERYONE else one.name


def begin(key: str, codes_: Collection[str], known: Collection[str]) -> None:
    """Let a choice begin with `codes_`, unless somebody has chosen already."""
    if state.value(key) is None:
        state.put(key, [code for code in codes_ if code in known])


def begin_anew(*keys: str) -> None:
    """Let choices begin again the next time they are drawn."""
    for key in keys:
        state.put(key, None)


def picked(key: str) -> Chosen | None:
    """Return what is chosen, or None while nothing is. Only me is an empty choice."""
    codes = state.value(key)
    return chosen(codes) if isinstance(codes, list) and codes else None


def chosen(codes: Collection[str]) -> Chosen:
    """Return the choice that `codes` say."""
    return Chosen(
        lists=frozenset(ListId(bytes.fromhex(c.removeprefix(LIST))) for c in codes if c.startswith(LIST)),
        people=frozenset(PersonId(bytes.fromhex(c.removeprefix(PERSON))) for c in codes if c.startswith(PERSON)),
    )


def codes(of: Chosen) -> list[str]:
    """Return the codes of a choice; those of only me when it is empty."""
    found = [LIST + bytes(one).hex() for one in of.lists] + [PERSON + bytes(one).hex() for one in of.people]
    return sorted(found) or [ME]


def _one_side(key: str) -> None:
    """Only me and anybody else exclude each other: the newest press counts."""
    state.touch()
    now = [str(code) for code in _list(state.value(key))]
    before = _list(state.answers(KEPT).get(key))
    if ME in now and len(now) > 1:
        now = [code for code in now if code != ME] if ME in before else [ME]
        state.put(key, now)
    state.answers(KEPT)[key] = now


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _preview(session: Session, choice_: Chosen | None, kind: Kind) -> None:
    if choice_ is None:
        st.html(f'<p class="readers meta" role="status">{escape(t("write.nobody"))}</p>')
    elif not choice_.lists and not choice_.people:
        st.html(f'<p class="readers" role="status">{escape(t("write.only_me"))}</p>')
    else:
        named(audiences.readers_today(session, choice_, kind, now=clock.now()), "write.will_read")


def named(labels: list[str], key: str) -> None:
    """Draw who reads, by the names the patient gave; with nobody, say why that can be."""
    if not labels:
        st.html(f'<p class="readers meta" role="status">{escape(t("write.nobody_today"))}</p>')
        return
    marks = "".join(f'<span class="mono" aria-hidden="true">{escape(label[:1])}</span>' for label in labels[:4])
    said = escape(t(key, n=len(labels), names=names(labels)))
    st.html(f'<p class="readers" role="status"><span class="monos">{marks}</span>{said}</p>')
