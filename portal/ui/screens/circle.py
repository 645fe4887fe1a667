"""The circle: who waits, who is in it, groups, invitations. None of these people can see the others."""

from html import escape

import streamlit as st

from portal import clock
from portal.circle import audiences, begun, inviting, members, readings
from portal.circle.accounts import Session
from portal.circle.inviting import Ask
from portal.circle.kinds import SHAREABLE
from portal.circle.members import Member, Standing
from portal.ui import state
from portal.ui.parts import act, actions, beside, card, empty, head, limit, meta, person, section
from portal.ui.say import day, names, t
from portal.ui.screens import circle_groups, circle_invitations, consent_page, people_acts

SOON = 14  # days


def page() -> None:
    """Draw the circle. Alone, it is a kind sentence and one action."""
    session, now = state.session(), clock.now()
    readings.take_in_quietly(session, now=now)  # somebody may have left
    asks, people = inviting.asks(session), members.members(session, now=now)
    opened, past = inviting.pending(session, now=now), inviting.history(session)
    started = begun.begun(session)
    alone = not (asks or people or opened or started)
    head(t("circle.h1"), "" if alone else t("circle.lead"))
    _waiting(asks)
    back = [one for one in people if one.standing is Standing.PUT_BACK]
    _put_back(len(back))
    if started:
        circle_invitations.draw_begun(started)
    if alone:
        empty(t("circle.empty"), t("circle.empty_hint"))
    _people(session, [one for one in people if one.standing is not Standing.PUT_BACK])
    if people or len(audiences.audiences(session)) > 1:
        circle_groups.draw(session, people)
    circle_invitations.draw(opened, past)
    _left(session)
    _buttons(people, may_invite=not started)
    people_acts.remove_dialog(people)


def _waiting(asks: list[Ask]) -> None:
    if asks:
        section(t("circle.waiting"))
    for ask in asks:
        key = f"ask{ask.id.hex()}"
        with card(key, "wait"), beside(key):
            person(ask.label, t("circle.asked_damaged" if ask.damaged else "circle.asked"))
            st.button(t("circle.look"), key=f"circle.{key}", on_click=people_acts.look, args=(ask.id,))


def _put_back(several: int) -> None:
    if several:
        with card("put-back", "wait"), beside("put-back"):
            st.html(
                f'<h2 class="title">{escape(t("circle.put_back"))}</h2>'
                f'<p class="meta">{escape(t("circle.put_back_line", n=several))}</p>'
            )
            st.button(t("circle.look"), key="circle.put_back", on_click=people_acts.go, args=("let-in",))


def _people(session: Session, people: list[Member]) -> None:
    if people:
        section(t("circle.people"))
    for one in people:
        key = f"person{one.id.hex()}"
        with card(key), beside(key):
            person(one.label, line(one), reads(session, one), marks(one))
            with actions(key):
                _actions(one, key)


def _actions(one: Member, key: str) -> None:
    ended = one.standing is Standing.ENDED
    label = t("circle.renew" if ended else "circle.change")
    st.button(label, key=f"circle.change.{key}", on_click=people_acts.open_person, args=(one.id,))
    if one.standing is Standing.PAUSED:
        st.button(t("circle.resume"), key=f"circle.resume.{key}", on_click=people_acts.resume, args=(one.id, one.label))
    elif not ended:
        st.button(t("circle.pause"), key=f"circle.pause.{key}", on_click=people_acts.pause, args=(one.id, one.label))
    st.menu_button(
        t("circle.more"),
        ["saw", "permission", "rename", "remove"],
        format_func=lambda name: t(f"circle.{name}"),
        type="tertiary",
        key=f"circle.more.{key}",
        on_click=people_acts.chosen,
        args=(f"circle.more.{key}", one.id),
    )


def line(one: Member) -> str:
    """Return relation and end of the permission in one line."""
    ended = "_ended" if one.standing is Standing.ENDED else ""
    bare = "" if one.terms.relation else "_bare"
    return t(f"circle.line{ended}{bare}", relation=one.terms.relation, day=day(one.terms.ends))


def reads(session: Session, one: Member) -> str:
    """Return in one sentence what somebody may read, or could while the permission ran."""
    kinds = [t(f"circle.kind.{kind.name.lower()}") for kind in SHAREABLE if kind in one.terms.kinds]
    inside = consent_page.groups(session, one.terms.lists)
    key = "circle.could" if one.standing is Standing.ENDED else "circle.reads"
    return t(key if inside else f"{key}_by_name", what=names(kinds), name=one.label, groups=names(inside))


def marks(one: Member) -> list[tuple[str, str]]:
    """Return how somebody stands, as a badge; open and far from its end needs none."""
    if one.standing is not Standing.OPEN:
        return [(t(f"circle.standing.{one.standing.value}"), "gray" if one.standing is Standing.PAUSED else "yellow")]
    reader = state.reader()
    left = (reader.local(one.terms.ends).date() - reader.local(clock.now()).date()).days
    named = {0: "ends_today", 1: "ends_tomorrow"}
    return [(t(f"circle.standing.{named.get(left, 'ends_soon')}", n=left), "yellow")] if left <= SOON else []


def _left(session: Session) -> None:
    gone = members.departures(session)
    if gone:
        section(t("circle.left_h2"))
    for one in gone:
        meta(t("circle.left", name=one.label, day=day(one.when)))


def _buttons(people: list[Member], *, may_invite: bool) -> None:
    able = [one for one in people if one.standing in (Standing.OPEN, Standing.NOT_YET)]
    paused = [one for one in people if one.standing is Standing.PAUSED]
    if not (may_invite or able or paused):
        return
    with act("circle", sticky=True):
        if may_invite:
            st.button(
                t("circle.invite"), type="primary", key="circle.invite", on_click=people_acts.go, args=("invite",)
            )
        if able:
            st.button(t("circle.pause_all"), type="tertiary", key="circle.pause_all", on_click=people_acts.pause_all)
        elif paused:
            st.button(t("circle.resume_all"), type="tertiary", key="circle.resume_all", on_click=people_acts.resume_all)
    if able:
        limit(t("circle.limit"))
