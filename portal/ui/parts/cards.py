"""Sheets, rows and the primary button; people, facts and empty pages."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape

import streamlit as st

from portal.ui.parts.pages import go

Mark = tuple[str, str]  # word, colour


def badges(marks: Sequence[Mark]) -> str:
    """Return at most two marks: word first, colour second."""
    drawn = "".join(f'<span class="badge {colour}">{escape(word)}</span>' for word, colour in marks[:2])
    return f'<p class="badges">{drawn}</p>' if drawn else ""


@contextmanager
def card(key: str, tone: str = "plain") -> Iterator[None]:
    """Hold things on one sheet. Tones: plain, wait, good, danger, list."""
    with st.container(border=True, key=f"card-{tone}-{key}", gap="small"):
        yield


def links(key: str, lines: Sequence[tuple[str, str]]) -> None:
    """Draw pages as full-width rows of one sheet."""
    with st.container(border=True, key=f"card-list-{key}", gap=None):
        for path, word in lines:
            go(path, word, width="stretch")


@contextmanager
def lines(key: str) -> Iterator[None]:
    """Hold buttons that open things as full-width rows of one sheet."""
    with st.container(border=True, key=f"card-list-{key}", gap=None):
        yield


@contextmanager
def beside(key: str) -> Iterator[None]:
    """Words first, their buttons at the right; on a phone the buttons go below together."""
    with st.container(key=f"side-{key}", horizontal=True, vertical_alignment="center"):
        yield


@contextmanager
def actions(key: str) -> Iterator[None]:
    """A row of small buttons that wraps as one."""
    with st.container(key=f"row-{key}", horizontal=True, gap="small", vertical_alignment="center", width="content"):
        yield


@contextmanager
def act(key: str, sticky: bool = False) -> Iterator[None]:
    """The primary button: last on the page, full width on a phone; on long lists it stays at the thumb."""
    name = f"{'stick' if sticky else 'act'}-{key}"
    with st.container(key=name, horizontal=True, gap="small", vertical_alignment="center"):
        yield


def person(name: str, line: str, extra: str = "", marks: Sequence[Mark] = ()) -> None:
    """Draw somebody by pet name."""
    st.html(
        f'<div class="person"><span class="mono" aria-hidden="true">{escape(name[:1])}</span><div>'
        f'<h2 class="title">{escape(name)}</h2><p class="meta">{escape(line)}</p></div></div>'
        + (f"<p>{escape(extra)}</p>" if extra else "")
        + badges(marks)
    )


def empty(sentence: str, hint: str = "") -> None:
    """Draw a ruled sheet with one kind sentence; the page's action follows."""
    more = f"<p>{escape(hint)}</p>" if hint else ""
    st.html(f'<div class="empty"><p class="title">{escape(sentence)}</p>{more}</div>')


def facts(rows: Sequence[tuple[str, str]]) -> None:
    """Draw a table of facts: what, and what about it."""
    drawn = "".join(f"<div><dt>{escape(what)}</dt><dd>{escape(about)}</dd></div>" for what, about in rows)
    st.html(f'<dl class="facts">{drawn}</dl>')
