"""Sign in, and unlock. Tells a neighbour nothing; one sentence for every failure; only the passphrase empties."""

import streamlit as st

from portal import clock
from portal.circle import accounts
from portal.ui import entering, frame, parts, state
from portal.ui.acting import acting
from portal.ui.say import t
from portal.ui.words import NAMES

NAME, PASSPHRASE = "sign_in.name", "sign_in.passphrase"


def page() -> None:
    """Draw the way in: to a fresh page, or back to one that was locked."""
    if entering.on_the_way():
        return
    left = state.locked()
    if entering.somebody_else(state.path(), keep_code=_joining()):
        return
    if left:
        parts.head(t("account.locked"), t("account.locked_lead"))
    else:
        parts.head(state.notebook(), t("account.sign_in_lead"))
        if not state.problems():
            entering.signed_out()
    _fields(left.name if left else None)
    with parts.act("sign_in"):
        label = t("account.unlock" if left else "account.sign_in")
        st.button(label, type="primary", key="sign_in.go", on_click=_sign_in)
    if left:
        parts.sign_out_form(t("account.not_me"))
        _watch()
    else:
        _others()
    _language()


@st.fragment(run_every=frame.TICK)
def _watch() -> None:
    """Look whether this lock page still stands: what was done in another tab must not leave a name on the screen."""
    if state.locked() is None or entering.taken():
        state.ui().unattended = True
        st.rerun()


def _joining() -> bool:
    return bool(state.answers("join").get("asked"))


def _fields(known: str | None) -> None:
    with st.container(key="fields", gap="small"):
        if known is None:
            with parts.field(NAME):
                st.text_input(t("account.name"), autocomplete="username", key=NAME)
        else:
            parts.facts([(t("account.name"), known)])
        with parts.field(PASSPHRASE):
            st.text_input(t("account.passphrase"), type="password", autocomplete="current-password", key=PASSPHRASE)


def _others() -> None:
    parts.links(
        "sign_in",
        [
            ("back-in", t("account.forgot")),
            ("join", t("account.have_code")),
            ("start", t("account.start")),
            ("look-around", t("account.look_around")),
        ],
    )


def _language() -> None:
    others = [(lang, name) for lang, name in NAMES.items() if lang != state.lang()]
    with st.container(key="lang"):
        st.html("".join(parts.lang_form(lang, name, state.path()) for lang, name in others))


def _sign_in() -> None:
    if entering.taken():
        state.forget_widgets(PASSPHRASE)
        return  # the page asks to sign them out first
    with acting(PASSPHRASE):
        left, typed = state.locked(), state.text(PASSPHRASE)
        state.clear(PASSPHRASE)
        name = left.name if left else state.text(NAME)
        session = accounts.sign_in(state.store(), name, typed, now=clock.now())
        state.forget_widgets(PASSPHRASE)
        entering.enter(session, "" if left else state.path())
