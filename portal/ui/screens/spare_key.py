"""The spare key: shown once, printed or copied by hand, then asked back in part. No file is offered."""

import streamlit as st

from portal.circle import accounts
from portal.errors import CodeMistyped
from portal.ui import parts, state
from portal.ui.say import t
from portal.ui.web import desk

ASKED = (3, 7)  # the groups that are asked back, counted from 1
_ALIKE = str.maketrans("OIL", "011")


def show(name: str, key: str) -> None:
    """Draw the sheet: address, name, key, a line for the passphrase."""
    groups = accounts.groups(key)
    with st.container(border=True, key="print"):
        st.html(
            f'<h2 class="title">{parts.safe(t("account.spare_key"))}</h2>{parts.groups(groups, t("account.spare_key"))}'
        )
        parts.facts([(t("account.address"), state.address()), (t("account.name"), name)])
        st.html(f'<p class="meta">{parts.safe(t("account.passphrase"))} <span class="line"></span></p>')
    parts.print_button()
    parts.limit(t("account.shown_once"))


def begun_before(page: str) -> None:
    """Say on the first step of `page` that a key which it showed in this browser came to nothing."""
    if desk.current().begun(state.current_pre(), page):
        parts.notice("begun", t("account.anew"), t(f"account.anew_{page}"))


def fields(page: str) -> None:
    """Draw a field for each group that is asked back."""
    for number in ASKED:
        key = field_key(page, number)
        with parts.field(key):
            st.text_input(t("account.group", n=number), key=key, autocomplete="off")


def check(page: str, key: str) -> None:
    """Compare what was typed; what was asked back wrongly raises `CodeMistyped`."""
    groups = accounts.groups(key)
    for number in ASKED:
        if _plain(state.text(field_key(page, number))) != _plain(groups[number - 1]):
            raise CodeMistyped


def field_key(page: str, number: int) -> str:
    """Return the key of the field for one group."""
    return f"{page}.group{number}"


def _plain(text: str) -> str:
    """What is left of a group when case, spaces, dashes and look-alikes do not count."""
    return "".join(sign for sign in text.upper() if sign.isalnum()).translate(_ALIKE)
