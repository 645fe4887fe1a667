"""The top of a page and the lines between its parts."""

from html import escape

import streamlit as st

from portal.ui import state
from portal.ui.parts.messages import outcome, problem
from portal.ui.parts.pages import go
from portal.ui.say import t


def head(title: str, lead: str = "", back: tuple[str, str] | None = None, over: str = "") -> None:
    """Draw what was done, the way back, a small line, the only h1, one sentence, and what was refused."""
    state.ui().headed = True
    outcome()
    with st.container(key="head", gap="xsmall"):
        if back:
            with st.container(key="back"):
                go(back[0], back[1], icon=":material/arrow_back:")
        if over:
            st.html(f'<p class="meta">{escape(over)}</p>')
        st.html(f"<h1>{escape(title)}</h1>")
        if lead:
            _lead(lead)
    problem(state.problems())


def lead(sentence: str) -> None:
    """Draw a sentence a little larger than the text."""
    _lead(sentence)


def _lead(sentence: str) -> None:
    st.html(f'<p class="lead">{escape(sentence)}</p>')


def section(title: str, note: str = "") -> None:
    """Draw a heading inside the page."""
    st.html(f'<h2 class="section">{escape(title)}</h2>' + (f'<p class="meta">{escape(note)}</p>' if note else ""))


def meta(sentence: str) -> None:
    """Draw a small grey line."""
    st.html(f'<p class="meta">{escape(sentence)}</p>')


def limit(sentence: str) -> None:
    """Draw the limit that stands beside the promise."""
    st.html(f'<p class="meta limit">{escape(sentence)}</p>')


def step(now: int, of: int) -> None:
    """Draw where the reader is on a page with several steps: words first, marks second."""
    marks = "".join(
        f'<li class="{"done" if n < now else "now" if n == now else "next"}"></li>' for n in range(1, of + 1)
    )
    st.html(
        f'<p class="meta">{escape(t("frame.step", now=now, of=of))}</p>'
        f'<ol class="steps of-{of}" aria-hidden="true">{marks}</ol>'
    )
