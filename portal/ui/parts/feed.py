"""Lists of entries: the whole list is one piece of HTML, and one hidden field of the page hears its buttons.

Each button carries a name, "open:0a1b". portal.js puts what was pressed, with a number that only grows, into the
hidden field; what this page did not draw is ignored. So a list of twenty costs what a list of one costs, and no
word of a person ever stands in the field.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import escape

import streamlit as st

from portal.ui import state
from portal.ui.parts.cards import Mark, badges
from portal.ui.parts.prose import plain
from portal.ui.say import t

PRESS = "press"
SOURCE, EXCERPT = 2_000, 600  # characters: more than four lines hold, with their marks and without
ONE = re.compile("([a-z]+:[0-9a-f]+):([0-9]{1,16})", re.ASCII)

Menu = Mapping[str, tuple[str, Callable[..., None]]]  # name -> word and what it does to the item
Acts = dict[str, Callable[[], None]]  # what the page drew -> what it does


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry on a list: title, meta, four lines; one row with two badges, Open and (own entries) More.

    `to` is the page that shows it and its id; `menu` maps a name to its word (on one list always the same) and to
    what is called with the id.
    """

    title: str
    meta: str
    source: str
    to: tuple[str, bytes]
    marks: Sequence[Mark] = ()
    menu: Menu = field(default_factory=dict)


def entries(several: Iterable[Entry]) -> None:
    """Draw a list of entries: one list a page."""
    drawing = _Drawing()
    _draw("".join(map(drawing.card, several)), drawing)


def by_day(several: Iterable[tuple[str, Iterable[Entry]]]) -> None:
    """Draw a list of entries with the name of each day in the margin: one list a page."""
    drawing = _Drawing()
    _draw("".join(drawing.day(day, group) for day, group in several), drawing)


class _Drawing:
    """The HTML of one list, and what its buttons do. Every node is paid for twenty times: all menus share one box."""

    def __init__(self) -> None:
        self.acts: Acts = {}
        self.words: dict[str, str] = {}  # name of a choice -> its word
        self._open, self._more = escape(t("frame.open")), escape(t("frame.more"))

    def day(self, day: str, group: Iterable[Entry]) -> str:
        cards = "".join(map(self.card, group))
        return f'<section><h2 class="day">{escape(day)}</h2><div>{cards}</div></section>'

    def card(self, one: Entry) -> str:
        item = one.to[1]
        name = bytes(item).hex()
        self.acts[f"open:{name}"] = partial(_open, *one.to)
        for what, (word, act) in one.menu.items():
            self.acts[f"{what}:{name}"] = partial(act, item)
            self.words[what] = word
        return (
            f'<div class="entry"><h3 class="title">{escape(one.title)}</h3><p class="meta">{escape(one.meta)}</p>'
            f'<p class="excerpt">{escape(plain(one.source[:SOURCE])[:EXCERPT])}</p>'
            f'<div class="does">{badges(one.marks)}'
            f'<button type="button" class="btn" data-press="open:{name}">{self._open}</button>'
            f"{self._menu(one.menu, name) if one.menu else ''}</div></div>"
        )

    def _menu(self, menu: Menu, name: str) -> str:
        return (
            f'<div class="more"><button type="button" aria-expanded="false" aria-controls="choices"'
            f' data-more="{name}" data-choices="{" ".join(menu)}">{self._more}</button></div>'
        )

    def box(self) -> str:
        """Return the one box of choices: portal.js puts it under the button that was pressed, with what it names."""
        choices = "".join(
            f'<button type="button" data-choice="{what}">{escape(word)}</button>' for what, word in self.words.items()
        )
        return f'<div id="choices" hidden>{choices}</div>' if choices else ""


def _draw(drawn: str, drawing: _Drawing) -> None:
    acts = drawing.acts
    # The field first: a button that can be pressed is heard. It is never seen, so its label is said to nobody.
    st.text_input(PRESS, key=PRESS, label_visibility="collapsed", autocomplete="off", on_change=_heard, args=(acts,))
    st.html(f'<div class="entries" data-heard="{state.ui().heard}">{drawn}{drawing.box()}</div>')


# What the buttons do


def _heard(acts: Acts) -> None:
    """Do what was pressed since the last time, in order and each press once."""
    memory = state.ui()
    for one in state.text(PRESS).split(" "):
        found = ONE.fullmatch(one)
        if found and int(found[2]) > memory.heard:
            memory.heard = int(found[2])
            if act := acts.get(found[1]):
                act()


def _open(page: str, item: bytes) -> None:
    state.settle_messages()
    state.touch()
    state.open_item(page, item)
