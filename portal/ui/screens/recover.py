"""Get back in with the spare key: a new passphrase and a new spare key, which is asked back before the old one goes."""

import streamlit as st

from portal import clock
from portal.circle import accounts
from portal.errors import ChooseAnotherPassphrase, CodeMistyped, CodeOfWrongLength, SignInFailed, WeakPassphrase
from portal.ui import entering, parts, state
from portal.ui.acting import acting
from portal.ui.say import t
from portal.ui.screens import passphrase, spare_key
from portal.ui.web import desk

PAGE = "back-in"
NAME, KEY = "back-in.name", "back-in.key"
FIELDS_STEP, KEY_STEP, BACK_STEP = range(1, 4)
AT = {
    WeakPassphrase: passphrase.own_key(PAGE),
    ChooseAnotherPassphrase: passphrase.own_key(PAGE),
    CodeMistyped: KEY,
    CodeOfWrongLength: KEY,
    SignInFailed: NAME,
}


def page() -> None:
    """Draw the step that is due."""
    if entering.on_the_way() or entering.somebody_else(PAGE):
        return
    kept = state.answers(PAGE)
    at = int(str(kept.get("step", FIELDS_STEP)))
    parts.head(t(f"account.back_{at}"), t(f"account.back_{at}_lead"), back=("", t("account.sign_in")))
    parts.step(at, BACK_STEP)
    {FIELDS_STEP: _fields, KEY_STEP: _key, BACK_STEP: _asked_back}[at](kept)


def _fields(kept: dict[str, object]) -> None:
    if "new" not in kept:
        spare_key.begun_before(PAGE)
    for key, label, fill in ((NAME, "account.name", "username"), (KEY, "account.spare_key", "off")):
        if state.value(key) is None:
            state.put(key, str(kept.get(key, "")))
        with parts.field(key):
            st.text_input(t(label), key=key, autocomplete=fill)
    parts.section(t("account.new_passphrase"))
    passphrase.choose(PAGE, state.text(NAME))
    with parts.act("back"):
        st.button(t("frame.continue"), type="primary", key="back-in.next", on_click=_fields_done)


def _fields_done() -> None:
    with acting(passphrase.own_key(PAGE), AT):
        kept = state.answers(PAGE)
        if not state.text(KEY).strip():
            state.problem(KEY, t("account.spare_key_first"))
            return
        chosen = passphrase.chosen(PAGE, state.text(NAME))
        accounts.check_spare_key(state.store(), state.text(NAME), state.text(KEY), now=clock.now())
        kept.setdefault("new", accounts.new_spare_key())
        kept.update({NAME: state.text(NAME), KEY: state.text(KEY), "passphrase": chosen, "step": KEY_STEP})
        desk.current().begin(state.current_pre(), PAGE)


def _key(kept: dict[str, object]) -> None:
    spare_key.show(str(kept[NAME]), str(kept["new"]))
    with parts.act("back"):
        st.button(t("frame.continue"), type="primary", key="back-in.kept", on_click=_to, args=(BACK_STEP,))


def _asked_back(_: dict[str, object]) -> None:
    spare_key.fields(PAGE)
    with parts.act("back"):
        st.button(t("account.open_mine"), type="primary", key="back-in.open", on_click=_open)
        st.button(t("account.show_again"), key="back-in.show", on_click=_to, args=(KEY_STEP,))


def _open() -> None:
    if entering.taken():
        return  # the page asks to sign them out first
    first = spare_key.field_key(PAGE, spare_key.ASKED[0])
    with acting(first):
        spare_key.check(PAGE, str(state.answers(PAGE)["new"]))
        _recover()


def _recover() -> None:
    """Take the new pair; a refusal leads back to the first step, with everything that was typed."""
    kept = state.answers(PAGE)
    with acting(KEY, AT):
        given = (str(kept[NAME]), str(kept[KEY]), str(kept["passphrase"]), str(kept["new"]))
        session = accounts.recover(state.store(), *given, now=clock.now())
        state.drop_answers(PAGE)
        desk.current().end_account(session.account)
        desk.current().finish(state.current_pre(), PAGE)
        entering.enter(session)
    if state.problems():
        kept["step"] = FIELDS_STEP


def _to(at: int) -> None:
    with acting():
        state.answers(PAGE)["step"] = at
