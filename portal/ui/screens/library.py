"""The library: the reads that ship with the notebook, and what the family added."""

import streamlit as st

from portal import library
from portal.ui import parts, state
from portal.ui.acting import acting
from portal.ui.say import t
from portal.ui.screens import resources

SEARCH = "library.search"


def page() -> None:
    """Draw the list, or what a search finds."""
    parts.head(t("library.h1"), t("library.lead"))
    words = st.text_input(t("library.search"), key=SEARCH, live=True, icon=":material/search:", autocomplete="off")
    found = library.search(state.lang(), words)
    if found:
        with parts.lines("reads"):
            for read in found:
                _row(read)
    else:
        parts.empty(t("library.nothing"), t("library.nothing_hint"))
    if state.viewing():
        resources.shared()
    else:
        resources.own()


def _row(read: library.Article) -> None:
    label = f"{read.title} :small[:gray[{t('library.minutes', n=read.minutes)}]]"
    st.button(label, key=f"library.{read.slug}", type="tertiary", width="stretch", on_click=_open, args=(read.slug,))


def _open(slug: str) -> None:
    with acting():
        state.remember("reading", slug)
        state.go("reading")
