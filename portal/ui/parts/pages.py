"""Links between pages, and the few forms and buttons that are plain HTML because the browser must act on them."""

from html import escape
from typing import Any, cast

import streamlit as st

from portal.ui import state
from portal.ui.say import t


def go(path: str, label: str, **how: Any) -> None:
    """Draw a link to another page of ours."""
    st.page_link(cast(Any, state.ui().pages[path]), label=label, **how)


def ticket_form(ticket: str, goes_to: str = "") -> None:
    """Draw the form that turns a ticket into a cookie. The browser sends it by itself; its button is the fallback."""
    with st.container(key="ticket"):
        st.html(
            f'<form method="post" action="/s/open"><input type="hidden" name="ticket" value="{escape(ticket)}">'
            f'<input type="hidden" name="next" value="{escape(goes_to)}">'
            f'<button class="btn">{escape(t("frame.continue"))}</button></form>'
        )


def sign_out_form(label: str, *, goes_to: str = "", keep_code: bool = False) -> None:
    """Draw the button that signs out and takes the cookie back. `keep_code` leaves an invitation's code in place."""
    keep = '<input type="hidden" name="keep" value="code">' if keep_code else ""
    st.html(
        f'<form method="post" action="/s/close"><input type="hidden" name="next" value="{escape(goes_to)}">{keep}'
        f'<button class="btn">{escape(label)}</button></form>'
    )


def lang_form(lang: str, label: str, goes_to: str, *, at_once: bool = False) -> str:
    """Return the form that gives this browser another language; `at_once` sends it without a press."""
    now = " data-send" if at_once else ""
    return (
        f'<form method="post" action="/s/lang"{now}><input type="hidden" name="language" value="{escape(lang)}">'
        f'<input type="hidden" name="next" value="{escape(goes_to)}">'
        f'<button class="btn" lang="{escape(lang)}">{escape(label)}</button></form>'
    )


def print_button(label: str = "") -> None:
    """Draw the button that prints the page."""
    word = escape(label or t("frame.print"))
    st.html(f'<p class="buttons"><button type="button" class="btn" data-print>{word}</button></p>')


def copy_button(sentence: str, label: str = "") -> None:
    """Draw a sentence with a button that copies it; the browser says when it is done."""
    st.html(
        f'<p>{escape(sentence)}</p><p class="buttons"><button type="button" class="btn" data-copy="{escape(sentence)}" '
        f'data-done="{escape(t("frame.copied"))}">{escape(label or t("frame.copy"))}</button>'
        '<span class="meta" role="status"></span></p>'
    )
