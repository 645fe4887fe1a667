"""The finished invitation: code, link, picture and card. The card names nobody and says nothing about the notebook."""

from html import escape
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

from portal import clock
from portal.circle import accounts, inviting
from portal.circle.inviting import Pending
from portal.ui import state
from portal.ui.parts import act, card, empty, groups, head, limit, meta, qr
from portal.ui.say import t, when

NOTHING = "http://127.0.0.1:8501"


def page() -> None:
    """Draw the invitation that was made or opened; one that is no longer open is said."""
    wanted = state.opened("code")
    made = next((one for one in inviting.pending(state.session(), now=clock.now()) if one.id == wanted), None)
    if made is None:
        head(t("invitation.gone"), back=("circle", t("invite.circle")))
        empty(t("invitation.gone_hint"))
        return
    head(t("invitation.h1", name=made.label), t("invitation.lead"), back=("circle", t("invite.circle")))
    _card(made)
    limit(t("invitation.limit"))
    with act("invitation"):
        st.button(t("invitation.done"), type="primary", key="invitation.done", on_click=_done)


def _card(made: Pending) -> None:
    address = origin()
    parts = accounts.groups(made.code)
    link = f"{address}/#J={'-'.join(parts)}"
    with st.container(key="print"), card("code", "sheet"):
        steps = "".join(f"<li>{escape(t(f'invitation.step{n}'))}</li>" for n in (1, 2, 3))
        st.html(
            f'<div class="sheet"><div><h2 class="title">{escape(t("invitation.card"))}</h2>'
            + groups(parts, t("invitation.code_label"))
            + _facts([("address", address), ("open_until", when(made.ends)), ("link", link)])
            + f'<ol class="todo plain">{steps}</ol><p class="meta">{escape(t("invitation.not_worked"))}</p></div>'
            + qr(link, t("invitation.qr"))
            + "</div>"
        )
    st.html(f'<p class="buttons">{_print()} {_copy("code", "-".join(parts))} {_copy("link", link)}</p>')
    if loopback(address):
        meta(t("invitation.loopback"))


def _facts(rows: list[tuple[str, str]]) -> str:
    cells = "".join(
        f"<div><dt>{escape(t(f'invitation.{key}'))}</dt><dd>{escape(value)}</dd></div>" for key, value in rows
    )
    return f'<dl class="facts">{cells}</dl>'


def _print() -> str:
    return f'<button type="button" class="btn" data-print>{escape(t("invitation.print"))}</button>'


def _copy(what: str, value: str) -> str:
    done, word = escape(t(f"invitation.copied_{what}")), escape(t(f"invitation.copy_{what}"))
    return (
        f'<span><button type="button" class="btn" data-copy="{escape(value)}" data-done="{done}">{word}</button>'
        '<span role="status" class="meta"></span></span>'
    )


def origin() -> str:
    """Return the address under which this page was opened, without its path."""
    found = urlsplit(st.context.url or NOTHING)
    return f"{found.scheme}://{found.netloc}"


def loopback(address: str) -> bool:
    """Say whether `address` leads to this computer only."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _done() -> None:
    state.settle_messages()
    state.touch()
    state.go("circle")
