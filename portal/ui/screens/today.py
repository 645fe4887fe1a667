"""The first page of one's own: who waits, what is next, the latest note."""

from collections.abc import Callable

import streamlit as st

from portal import clock
from portal.circle import accounts, inviting, members, notes, readings
from portal.circle.accounts import Session, Settings
from portal.circle.inviting import Ask
from portal.circle.notes import Note
from portal.ui import parts, state
from portal.ui.acting import acting
from portal.ui.say import day, names, t, weekday, when

DEFAULT_LOCK = Settings().lock_minutes
LEFT = 14 * 86_400  # seconds that somebody's leaving is told here
STEPS = {"leave": "", "note": "write", "invite": "invite", "lock": "settings"}  # what to do, and where


def page() -> None:
    """Draw what waits, and one button: write."""
    session = state.session()
    readings.take_in_quietly(session, now=clock.now())
    parts.head(t("nav.today"), over=weekday(clock.now()))
    waiting = inviting.asks(session)
    latest = notes.notes(session, now=clock.now()).items
    for ask in waiting:
        _ask(ask)
    _left(session)
    if not waiting and not latest:
        with st.container(key="nothing"):
            parts.empty(t("today.nothing"), t("today.three"))
    _steps(session, bool(latest))
    if latest:
        _latest(max(latest, key=lambda one: one.written))
    with parts.act("write", sticky=True):
        st.button(t("today.write"), type="primary", key="today.write", on_click=_write)


def _ask(ask: Ask) -> None:
    key = bytes(ask.id).hex()
    with parts.card(f"ask-{key}", "wait"), parts.beside(f"ask-{key}"):
        st.html(
            f'<h2 class="title">{parts.safe(t("frame.asks", name=ask.label))}</h2>'
            f'<p class="meta">{parts.safe(t("today.asks_line", name=ask.label))}</p>'
        )
        st.button(t("frame.look"), key=f"today.{key}.look", on_click=_look, args=(ask.id,))


def _left(session: Session) -> None:
    gone = [one for one in members.departures(session) if clock.now() - one.when < LEFT]
    if gone:
        with parts.card("left"), parts.beside("left"):
            said = [t("today.left", name=one.label, day=day(one.when)) for one in gone]
            st.html("".join(f"<p>{parts.safe(line)}</p>" for line in said))
            st.button(t("frame.look"), key="today.left", on_click=_to, args=("circle",))


def _look(ask: bytes) -> None:
    with acting():
        state.open_item("compare", ask)


def _steps(session: Session, written: bool) -> None:
    chosen = accounts.settings(session)
    if chosen.steps_hidden:
        return
    done = {
        "leave": chosen.left_once,
        "note": written,
        "invite": _invited(session),
        "lock": chosen.lock_minutes != DEFAULT_LOCK,
    }
    with parts.card("steps"):
        with parts.beside("steps"):
            count = t("today.steps_done", done=sum(done.values()), of=len(done))
            st.html(f'<h2 class="title">{parts.safe(t("today.steps"))}</h2><p class="meta">{parts.safe(count)}</p>')
            st.button(t("frame.hide"), type="tertiary", key="today.hide", on_click=_hide)
        for step, is_done in done.items():
            _step(step, is_done)


def _invited(session: Session) -> bool:
    """Say whether anybody was ever invited: what is done stays done when that person goes."""
    now = clock.now()
    there = members.members(session, now=now) or inviting.pending(session, now=now) or inviting.asks(session)
    return bool(there or members.departed(session) or inviting.history(session))


def _step(step: str, done: bool) -> None:
    mark = f'<span class="sr"> ({parts.safe(t("today.done"))})</span>' if done else ""
    with parts.beside(f"step-{step}"):
        st.html(
            f'<ul class="todo"><li class="{"done" if done else "open"}"><span aria-hidden="true"></span>'
            f"{parts.safe(t(f'today.step_{step}'))}{mark}</li></ul>"
        )
        if done:
            return
        label, key = t(f"today.do_{step}"), f"today.step.{step}"
        if STEPS[step]:
            st.button(label, type="tertiary", key=key, on_click=_to, args=(STEPS[step],))
        else:
            st.button(label, type="tertiary", key=key, on_click=_tried)


def _to(path: str) -> None:
    with acting():
        state.go(path)


def _hide() -> None:
    _keep(lambda chosen: chosen.but(steps_hidden=True))


def _tried() -> None:
    _keep(lambda chosen: chosen.but(left_once=True))


def _keep(changed: Callable[[Settings], Settings]) -> None:
    with acting():
        session = state.session()
        accounts.save_settings(session, changed(accounts.settings(session)), now=clock.now())


def _latest(one: Note) -> None:
    parts.section(t("today.latest"))
    readers = names(one.readers) if one.readers else t("library.only_me")
    said = f"{when(one.written)} · {readers}" + (f" · {t('today.edited')}" if one.edited else "")
    title = t("note.damaged") if one.damaged else one.title or t("today.untitled")
    text = t("error.Tampered") if one.damaged else one.text
    parts.entries([parts.Entry(title=title, meta=said, source=text, to=("note", one.id))])


def _write() -> None:
    with acting():
        state.close_item("write")
        state.go("write")
