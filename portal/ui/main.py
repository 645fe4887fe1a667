"""The script that Streamlit reruns: the table of pages, and the frame around the one that is open."""

from dataclasses import dataclass
from functools import partial
from importlib import import_module

import streamlit as st

from portal.ui import shell, state
from portal.ui.say import t
from portal.ui.shell import Who


@dataclass(frozen=True, slots=True)
class Row:
    """One page: its address, the screen that draws it, who may open it."""

    path: str
    screen: str
    who: Who


PAGES = (
    Row("", "sign_in", Who.OUTSIDE),
    Row("start", "sign_up", Who.OUTSIDE),
    Row("back-in", "recover", Who.OUTSIDE),
    Row("look-around", "look_around", Who.OUTSIDE),
    Row("join", "join", Who.ANYBODY),
    Row("help-now", "help_now", Who.ANYBODY),
    Row("today", "today", Who.OWNER),
    Row("notes", "notes", Who.OWNER),
    Row("note", "note", Who.OWNER),
    Row("write", "write", Who.OWNER),
    Row("circle", "circle", Who.OWNER),
    Row("person", "person", Who.OWNER),
    Row("invite", "invite", Who.OWNER),
    Row("code", "invitation", Who.OWNER),
    Row("compare", "confirm", Who.OWNER),
    Row("let-in", "let_in", Who.OWNER),
    Row("add", "add_resource", Who.OWNER),
    Row("home", "home", Who.MEMBER),
    Row("shared", "shared", Who.MEMBER),
    Row("open", "member_note", Who.MEMBER),
    Row("what-i-see", "what_i_see", Who.MEMBER),
    Row("leave", "leave", Who.MEMBER),
    Row("library", "library", Who.SIGNED_IN),
    Row("reading", "article", Who.SIGNED_IN),
    Row("more", "more", Who.SIGNED_IN),
    Row("settings", "settings", Who.SIGNED_IN),
)


def draw(row: Row) -> None:
    """Draw one page: its screen is imported when it is first opened."""
    shell.framed(row.path, row.who, import_module(f"portal.ui.screens.{row.screen}").page)


def main() -> None:
    """One run."""
    state.read_anew()
    made = {
        row.path: st.Page(
            partial(draw, row), title=t(f"title.{row.path or 'sign-in'}"), url_path=row.path, default=not row.path
        )
        for row in PAGES
    }
    state.ui().pages = dict(made)
    page = st.navigation(list(made.values()), position="hidden")
    shell.leap()
    page.run()


if __name__ == "__main__":
    main()
