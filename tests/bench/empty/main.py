"""Two pages with a heading and a link to the other."""

import streamlit as st


def one() -> None:
    """Draw the first page."""
    _page("One", "two")


def two() -> None:
    """Draw the second page."""
    _page("Two", "one")


def _page(title: str, other: str) -> None:
    st.title(title)
    st.page_link(PAGES[other], label=other)


PAGES = {"one": st.Page(one, default=True), "two": st.Page(two)}
st.navigation(list(PAGES.values()), position="hidden").run()
