"""The question before what cannot be undone. It names the effect; its button repeats the verb; Esc changes nothing."""

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from portal.ui.parts.typed import as_typed


def confirm(
    key: str,
    title: str,
    effect: str,
    *,
    verb: str,
    keep: str,
    act: Callable[..., None],
    args: tuple[Any, ...] = (),
    body: Callable[[], None] | None = None,
) -> None:
    """Open the dialog. `act` runs when `verb` is pressed; `body` draws what it needs to know, a passphrase for one."""

    @st.dialog(as_typed(title))
    def box() -> None:
        st.html(f"<p>{escape(effect)}</p>")
        if body:
            body()
        with st.container(key=f"act-{key}", horizontal=True, gap="small"):
            done = st.button(verb, key=f"{key}.do", type="primary", on_click=act, args=args)
            kept = st.button(keep, key=f"{key}.keep")
        if done or kept:
            st.rerun()

    box()
