"""Choosing one of a few, or several of a few. In a fresh form nothing is chosen."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from portal.ui.parts.typed import as_typed


def distinct(options: Mapping[str, str]) -> dict[str, str]:
    """Return the options with words of their own: Streamlit tells them apart by their words alone.

    The second "Fern" is "Fern (2)"; without that a press on one of them would choose the other.
    """
    told = dict[str, str]()
    for name, words in options.items():
        taken, number, said = {one.casefold() for one in told.values()}, 1, words
        while said.casefold() in taken:
            number += 1
            said = f"{words} ({number})"
        told[name] = said
    return told


def one_of(
    key: str,
    label: str,
    options: Mapping[str, str],
    *,
    start: str | None = None,
    required: bool = False,
    on_change: Callable[..., None] | None = None,
    args: tuple[Any, ...] = (),
    hidden: bool = False,
) -> str | None:
    """Draw 2 or 3 options as one control, more as pills; return the name of the chosen one, or None."""
    told = distinct(options)
    draw = st.segmented_control if len(options) <= 3 else st.pills  # noqa: PLR2004  the look's rule
    st.session_state.setdefault(key, start)
    found = draw(
        label,
        list(told),
        format_func=lambda name: as_typed(told[name]),
        key=key,
        required=required,
        on_change=on_change or "rerun",
        args=args,
        label_visibility="collapsed" if hidden else "visible",
    )
    return found if isinstance(found, str) else None


def several_of(key: str, label: str, options: Mapping[str, str], **how: Any) -> list[str]:
    """Draw options of which any number can be chosen; return the names of the chosen ones, in order."""
    told = distinct(options)
    found = st.pills(
        label, list(told), format_func=lambda name: as_typed(told[name]), selection_mode="multi", key=key, **how
    )
    return [name for name in options if name in (found or ())]
