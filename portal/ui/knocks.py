"""An open page of somebody's own says that a person asks to join, within ten seconds and without taking the focus."""

from dataclasses import dataclass

import streamlit as st

from portal.circle import inviting
from portal.circle.accounts import Session
from portal.ui import parts, state
from portal.ui.acting import acting
from portal.ui.say import t

DRAWN_THERE = ("today", "circle", "compare")  # these pages show who asks themselves


@dataclass(frozen=True, slots=True)
class Seen:
    """What a full run saw: a mark to compare with, and who asked then. No name."""

    watch: object
    asking: frozenset[bytes]


def look(session: Session) -> Seen:
    """Return what is to be compared with on the ticks that follow."""
    return Seen(inviting.ask_watch(session), frozenset(ask.id for ask in inviting.asks(session)))


def draw(path: str, seen: Seen) -> None:
    """Draw who asks and does not stand on the page already. Cheap while nothing changes: nothing is opened then."""
    session = state.session()
    changed = inviting.ask_watch(session) != seen.watch
    if not changed and (not seen.asking or path in DRAWN_THERE):
        return
    with st.container(key="knock"):
        for ask in inviting.asks(session):
            if path in DRAWN_THERE and ask.id in seen.asking:
                continue
            key = f"knock-{bytes(ask.id).hex()}"
            with parts.card(key, "wait"), parts.beside(key):
                st.html(f'<p class="title" role="status">{parts.safe(t("frame.asks", name=ask.label))}</p>')
                st.button(t("frame.look"), key=f"knock.{key}", on_click=_look, args=(ask.id,))


def _look(ask: bytes) -> None:
    with acting():
        state.open_item("compare", ask)
