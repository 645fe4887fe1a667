"""What can be done about a person of the circle: pause, resume, remove, look. Removing pauses first, then asks."""

from collections.abc import Iterable
from functools import partial
from html import escape

import streamlit as st

from portal import clock
from portal.circle import members
from portal.circle.members import Member, Standing
from portal.newtypes import PersonId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import act, as_typed, meta
from portal.ui.say import t

REMOVE = "circle.remove"
WAS = "circle-was"
READING = (Standing.OPEN, Standing.NOT_YET)


def go(path: str) -> None:
    """Open another page."""
    with acting():
        state.go(path)


def look(ask: bytes) -> None:
    """Open the request of somebody who asks to join."""
    with acting():
        state.open_item("compare", ask)


def open_person(person: bytes) -> None:
    """Open the page of one person."""
    with acting():
        state.open_item("person", person)


def chosen(key: str, person: PersonId) -> None:
    """Do what was chosen behind More."""
    if state.value(key) == "remove":
        ask_remove(person)
    else:
        open_person(person)


def pause(person: PersonId, label: str) -> None:
    """Pause one person, at once; resuming is the way back."""
    with acting():
        members.pause(state.session(), person, now=clock.now())
        state.outcome(t("circle.paused_now", name=label), undo=state.Undo(t("circle.undo"), resume, (person, label)))


def resume(person: PersonId, label: str) -> None:
    """Let one person read again within the permission as signed."""
    with acting():
        members.resume(state.session(), person, now=clock.now())
        state.outcome(t("circle.resumed_now", name=label), undo=state.Undo(t("circle.undo"), pause, (person, label)))


def pause_all() -> None:
    """Pause everybody, at once."""
    with acting():
        members.pause_all(state.session(), now=clock.now())
        state.outcome(t("circle.paused_all"), undo=state.Undo(t("circle.undo"), resume_all))


def resume_all() -> None:
    """Let everybody read again whose permission runs."""
    with acting():
        members.resume_all(state.session(), now=clock.now())
        state.outcome(t("circle.resumed_all"))


def ask_remove(person: PersonId) -> None:
    """Pause at once, remember how it was, and ask."""
    with acting():
        session, now = state.session(), clock.now()
        before = members.member(session, person, now=now).standing
        if before in READING:
            members.pause(session, person, now=now)
        state.answers(WAS)["standing"] = before
        state.ask(REMOVE, person)


def remove_dialog(people: Iterable[Member]) -> None:
    """Draw the question when it was asked for: remove, keep paused, or undo. Closing it keeps paused and says so."""
    wanted = state.asked(REMOVE)
    one = next((one for one in people if one.id == wanted), None)
    if one is not None:
        _remove_box(one)


def _remove_box(one: Member) -> None:
    label = one.label
    paused = one.standing is Standing.PAUSED

    @st.dialog(as_typed(t("circle.removing.title", name=label)), on_dismiss=partial(closed, one.id, label))
    def box() -> None:
        text = "circle.removing.text" if paused else "circle.removing.text_shut"
        st.html(f"<p>{escape(t(text, name=label))}</p>")
        meta(t("circle.removing.limit", name=label))
        with act("remove"):
            done = _choice("yes", label, _remove, one, kind="primary")
            done |= _choice("keep" if paused else "keep_shut", label, closed, one)
            if _was_reading():
                done |= _choice("undo", label, undo, one, kind="tertiary")
        if done:
            st.rerun()

    box()


def _choice(name: str, label: str, does: object, one: Member, kind: str = "secondary") -> bool:
    pressed: bool = st.button(
        as_typed(t(f"circle.removing.{name}", name=label)),
        key=f"circle.remove.{name}",
        type=kind,  # type: ignore[arg-type]
        on_click=does,  # type: ignore[arg-type]
        args=(one.id, label),
    )
    return pressed


def _was_reading() -> bool:
    """Say whether the question paused somebody who could read until then."""
    return state.answers(WAS).get("standing") in READING


def _remove(person: PersonId, label: str) -> None:
    with acting():
        members.remove(state.session(), person, now=clock.now())
        state.close_item("person")
        state.outcome(t("circle.removing.done", name=label))
        state.go("circle")


def closed(person: PersonId, label: str) -> None:
    """Say that somebody stays in the circle, paused by the question; where it paused nobody, nothing has changed."""
    with acting():
        members.member(state.session(), person, now=clock.now())
        if _was_reading():
            way_back = state.Undo(t("circle.undo"), undo, (person, label))
            state.outcome(t("circle.removing.kept", name=label), undo=way_back)


def undo(person: PersonId, label: str) -> None:
    """Take back the pause that came with the question."""
    with acting():
        members.resume(state.session(), person, now=clock.now())
        state.outcome(t("circle.removing.undone", name=label))
