"""This tab's memory: the only place that touches `st.session_state`.

What people are typing stands in widgets under fixed keys `page.widget`; everything of ours is one `Interface`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from portal.ui.words import Reader

_UI = "ui"


@dataclass(frozen=True, slots=True)
class Undo:
    """The way back from an outcome. `act` finds the session by itself; `args` are ids."""

    label: str
    act: Callable[..., None]
    args: tuple[object, ...] = ()


@dataclass(slots=True)
class Outcome:
    """What a button did, drawn above the h1 until the reader goes on. `copy` is a sentence to take along."""

    sentence: str
    more: str = ""
    undo: Undo | None = None
    copy: str = ""
    shown_on: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal: the key of its field (empty for none) and its sentence."""

    field: str
    sentence: str


@dataclass(slots=True)
class Interface:
    """Everything of ours in the session state of one tab."""

    path: str = ""
    to: str = ""
    outcome: Outcome | None = None
    problems: list[Problem] = field(default_factory=list)
    actions: int = 0
    answers: dict[str, dict[str, object]] = field(default_factory=dict)
    dialog: tuple[str, bytes] | None = None
    reader: Reader | None = None
    pages: dict[str, object] = field(default_factory=dict)
    headed: bool = False
    heard: int = 0  # the newest press on a list that was answered
    here: bool = False
    spot: dict[str, bytes | str | None] = field(default_factory=dict)
    socket: str = ""
    resumed: bool = False
    unattended: bool = False


def ui() -> Interface:
    """Return this tab's memory, made on first use."""
    found = st.session_state.get(_UI)
    if not isinstance(found, Interface):
        found = st.session_state[_UI] = Interface()
    return found


def forget() -> None:
    """Drop everything this tab remembers, widgets too: the person is gone."""
    for key in [str(key) for key in st.session_state]:
        del st.session_state[key]


def ask(dialog: str, item: bytes = b"") -> None:
    """Open a dialog on the next run: a menu's callback cannot draw it."""
    ui().dialog = (dialog, item)


def asked(dialog: str) -> bytes | None:
    """Return what `dialog` was opened for, once; None when it was not."""
    waiting = ui().dialog
    if waiting is None or waiting[0] != dialog:
        return None
    ui().dialog = None
    return waiting[1]


# What was done, what was refused


def outcome(sentence: str, *, more: str = "", undo: Undo | None = None, copy: str = "") -> None:
    """Say what was done, above the h1 of the page that comes next."""
    ui().outcome = Outcome(sentence, more, undo, copy)


def problem(field_key: str, sentence: str) -> None:
    """Say what was refused: in the box under h1 and at the field."""
    ui().problems.append(Problem(field_key, sentence))


def problems() -> list[Problem]:
    """Return what was refused by the last action, in order."""
    return list(ui().problems)


def wrong(field_key: str) -> str:
    """Return the sentence that belongs at this field, or an empty text."""
    return next((found.sentence for found in ui().problems if found.field == field_key), "")


def settle_messages() -> None:
    """A new action begins: what the last one said is over."""
    memory = ui()
    memory.outcome, memory.problems = None, []
    memory.actions += 1


# What is typed


def text(key: str) -> str:
    """Return what stands in a text widget."""
    return str(st.session_state.get(key) or "")


def value(key: str, default: object = None) -> object:
    """Return what a widget holds."""
    return st.session_state.get(key, default)


def put(key: str, content: object) -> None:
    """Set what a widget holds. In a callback, or before the widget is drawn."""
    st.session_state[key] = content


def clear(*keys: str) -> None:
    """Empty widgets. In a callback: only after what was typed has been kept."""
    for key in keys:
        held = st.session_state.get(key)
        st.session_state[key] = "" if isinstance(held, str) else [] if isinstance(held, list) else None


def forget_widgets(*keys: str) -> None:
    """Drop widgets that are not drawn any more: a passphrase does not stay behind."""
    for key in keys:
        st.session_state.pop(key, None)


def answers(page: str) -> dict[str, object]:
    """Return the answers so far of a page with several steps."""
    return ui().answers.setdefault(page, {})


def drop_answers(page: str) -> None:
    """Forget the answers of a page with several steps."""
    ui().answers.pop(page, None)
