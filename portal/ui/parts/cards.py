"""Sheets, rows and the primary button; entries, people, facts and empty pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape

import streamlit as st

from portal.ui import state
from portal.ui.parts.pages import go
from portal.ui.parts.prose import plain
from portal.ui.say import t

Mark = tuple[str, str]  # word, colour
Menu = Mapping[str, tuple[str, Callable[..., None]]]  # name -> word and what it does to the item


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
def foot(key: str) -> Iterator[None]:
    """The last line of a card, under a hairline."""
    with st.container(key=f"foot-{key}", horizontal=True, vertical_alignment="center"):
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


def entry(
    key: str,
    title: str,
    meta: str,
    source: str,
    *,
    to: tuple[str, bytes],
    marks: Sequence[Mark] = (),
    level: int = 2,
    menu: Menu | None = None,
) -> None:
    """Draw an entry on a list: title, meta, four lines; one row with two badges, Open and (own entries) More.

    `to` is the page that shows it and its id; `menu` maps a name to its word and to what is called with the id.
    """
    # As few elements as there can be: on a page of twenty each one is felt.
    with st.container(border=True, key=f"card-entry-{key}", horizontal=True, horizontal_alignment="right", gap="small"):
        st.html(
            f'<h{level} class="title">{escape(title)}</h{level}><p class="meta">{escape(meta)}</p>'
            f'<p class="excerpt">{escape(plain(source))}</p>{badges(marks)}'
        )
        st.button(t("frame.open"), key=f"{key}.open", on_click=_open, args=to)
        if menu:
            _menu(f"{key}.more", menu, to[1])


def _open(page: str, item: bytes) -> None:
    state.settle_messages()
    state.touch()
    state.open_item(page, item)


def _menu(key: str, menu: Menu, item: bytes) -> None:
    st.menu_button(
        t("frame.more"),
        list(menu),
        format_func=lambda name: menu[name][0],
        type="tertiary",
        key=key,
        on_click=_choose,
        args=(key, menu, item),
    )


def _choose(key: str, menu: Menu, item: bytes) -> None:
    chosen = state.value(key)
    if isinstance(chosen, str) and chosen in menu:
        menu[chosen][1](item)


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
