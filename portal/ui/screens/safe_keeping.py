"""A new passphrase and a new spare key, for somebody who is signed in. Both ask for the passphrase in force."""

from collections.abc import Callable

import streamlit as st

from portal import clock
from portal.circle import accounts
from portal.errors import (
    ChooseAnotherPassphrase,
    CodeMistyped,
    SamePassphrase,
    SessionEnded,
    SignInFailed,
    WeakPassphrase,
)
from portal.ui import parts, state
from portal.ui.acting import acting
from portal.ui.say import t
from portal.ui.screens import passphrase, spare_key
from portal.ui.web import desk
from portal.ui.web.signed import Spot

PAGE = "settings"
PASSPHRASE, SPARE_KEY = FLOWS = ("passphrase", "spare_key")
OLD = "settings.old"
BEGUN = "settings.begun"  # with the person, not with the tab: what one tab has finished another one does not call begun
AT = {
    WeakPassphrase: passphrase.own_key(PAGE),
    ChooseAnotherPassphrase: passphrase.own_key(PAGE),
    SamePassphrase: passphrase.own_key(PAGE),
    CodeMistyped: spare_key.field_key(PAGE, spare_key.ASKED[0]),
}


def begin(what: str) -> None:
    """Start one of FLOWS."""
    with acting():
        state.drop_answers(PAGE)
        state.answers(PAGE).update(flow=what, key=accounts.new_spare_key())
        if what == SPARE_KEY:
            _spot()[BEGUN] = SPARE_KEY


def begun_before() -> None:
    """Say that a new spare key was shown and is not in force: a page that is loaded anew has forgotten it."""
    if BEGUN in _spot():
        parts.notice("begun", t("settings.anew"), t("settings.anew_more"))


def _spot() -> Spot:
    person = state.signed()
    if person is None:
        raise SessionEnded
    return person.spot


def page() -> bool:
    """Draw the flow that was begun; say whether there is one."""
    flow = state.answers(PAGE).get("flow")
    if flow == PASSPHRASE:
        _passphrase()
    elif flow == SPARE_KEY:
        _spare_key()
    return flow in FLOWS


def _passphrase() -> None:
    parts.head(t("settings.passphrase"), t("settings.passphrase_lead"))
    _old()
    parts.section(t("account.new_passphrase"))
    passphrase.choose(PAGE, state.session().name)
    _end(t("settings.passphrase_do"), _change)
    parts.limit(t("settings.passphrase_limit"))


def _change() -> None:
    with acting(OLD, AT):
        session = state.session()
        new = passphrase.chosen(PAGE, session.name)
        if not _is_old(lambda: accounts.change_passphrase(session, state.text(OLD), new, now=clock.now())):
            return
        desk.current().end_account(session.account, but=state.current_sid())
        _done(t("settings.passphrase_done"))


def _spare_key() -> None:
    kept = state.answers(PAGE)
    if kept.get("seen"):
        parts.head(t("account.start_4"), t("account.start_4_lead"))
        spare_key.fields(PAGE)
        _old()
        _end(t("settings.spare_key_do"), _replace)
        st.button(t("account.show_again"), key="settings.again", on_click=_seen, args=(False,))
    else:
        parts.head(t("settings.spare_key"), t("settings.spare_key_lead"))
        spare_key.show(state.session().name, str(kept["key"]))
        _end(t("frame.continue"), _see)


def _see() -> None:
    _seen(True)


def _seen(seen: bool) -> None:
    with acting():
        state.answers(PAGE)["seen"] = seen


def _replace() -> None:
    with acting(OLD, AT):
        key = str(state.answers(PAGE)["key"])
        spare_key.check(PAGE, key)
        if not _is_old(lambda: accounts.replace_spare_key(state.session(), state.text(OLD), key, now=clock.now())):
            return
        _spot().pop(BEGUN, None)
        _done(t("settings.spare_key_done"))


def _is_old(change: Callable[[], None]) -> bool:
    """Do what the passphrase in force allows; say when it was not the one."""
    try:
        change()
    except SignInFailed:
        state.problem(OLD, t("settings.not_in_force"))
        return False
    return True


def _old() -> None:
    with parts.field(OLD):
        st.text_input(t("settings.old"), type="password", autocomplete="current-password", key=OLD)


def _end(label: str, done: Callable[[], None]) -> None:
    with parts.act("keys"):
        st.button(label, type="primary", key="settings.do", on_click=done)
        st.button(t("frame.cancel"), key="settings.cancel", on_click=_cancel)


def _cancel() -> None:
    with acting():
        if state.answers(PAGE).get("flow") == SPARE_KEY:
            _spot().pop(BEGUN, None)
            state.outcome(t("settings.spare_key_not"))
        state.drop_answers(PAGE)
        state.forget_widgets(OLD, passphrase.own_key(PAGE))


def _done(sentence: str) -> None:
    state.drop_answers(PAGE)
    state.forget_widgets(OLD, passphrase.own_key(PAGE))
    state.outcome(sentence)
