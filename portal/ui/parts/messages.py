"""What was done, what was refused, and the same sentence at its field. Nothing here vanishes by itself."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape

import streamlit as st

from portal.ui import say, state
from portal.ui.parts.pages import copy_button
from portal.ui.say import t


def outcome() -> None:
    """Draw what the last action did, with its way back; it goes when the reader goes on. The browser scrolls to it."""
    found = state.ui().outcome
    if found is None:
        return
    found.shown_on = state.path()
    with st.container(border=True, key="card-good-outcome", gap="small"):
        more = f"<p>{escape(found.more)}</p>" if found.more else ""
        st.html(
            f'<div role="status" data-action="{state.ui().actions}">'
            f'<p class="title">{escape(found.sentence)}</p>{more}</div>'
        )
        if found.copy:
            copy_button(found.copy)
        if found.undo:
            st.button(found.undo.label, key="outcome.undo", on_click=found.undo.act, args=found.undo.args)


def notice(key: str, sentence: str, more: str = "", tone: str = "wait") -> None:
    """Draw something that wants to be known, without taking the focus."""
    with st.container(border=True, key=f"card-{tone}-{key}", gap="small"):
        st.html(
            f'<div role="status"><p class="title">{escape(sentence)}</p>'
            + (f'<p class="meta">{escape(more)}</p>' if more else "")
            + "</div>"
        )


def problem(items: Sequence[state.Problem]) -> None:
    """Draw the error box under h1; each line leads to its field.

    It is another box after each action: the same refusal twice takes the focus twice.
    """
    if not items:
        return
    lines = "".join(f"<li>{_line(item)}</li>" for item in items)
    st.html(
        f'<div class="problem" role="alert" tabindex="-1" data-action="{state.ui().actions}">'
        f"<h2>{escape(t('frame.problem'))}</h2><ul>{lines}</ul></div>"
    )


def _line(item: state.Problem) -> str:
    if not item.field:
        return escape(item.sentence)
    name = _css(item.field)
    return f'<a href="#{name}" data-field="{name}">{escape(item.sentence)}</a>'


def wrong(sentence: str) -> None:
    """Draw the same sentence at its field."""
    st.html(f'<p class="wrong"><span class="sr">{escape(t("frame.problem_at"))} </span>{escape(sentence)}</p>')


def saved(when: int, mark: int) -> None:
    """Say when the draft was sealed (UTC seconds, 0 for never). `mark` differs from save to save.

    From the first key until the next mark portal.js shows "not saved yet" in its place.
    """
    said = t("frame.saved", time=say.time(when)) if when else ""
    st.html(
        f'<p class="meta saved" role="status" data-saved="{mark if when else ""}">'
        f'<span class="done">{escape(said)}</span><span class="yet">{escape(t("frame.not_yet"))}</span></p>'
    )


@contextmanager
def field(key: str, *, draft: bool = False) -> Iterator[None]:
    """Hold the widget `key`: its refusal stands above it. A `draft` field saves itself while somebody types."""
    sentence = state.wrong(key)
    start = "draft" if draft else "field"
    with st.container(key=f"bad-{_css(key)}" if sentence else f"ok-{_css(key)}", gap="xsmall"):
        if sentence:
            wrong(sentence)
        with st.container(key=f"{start}-{_css(key)}"):
            yield


def _css(key: str) -> str:
    """The name under which Streamlit draws a widget's key."""
    return re.sub(r"[^a-zA-Z0-9_-]", "-", key.strip())
