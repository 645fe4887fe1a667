"""Start my notebook: a name, a passphrase, the spare key, part of it asked back. Nothing is made before the end."""

from collections.abc import Callable

import streamlit as st

from portal import clock
from portal.circle import accounts, naming
from portal.errors import (
    BadName,
    ChooseAnotherPassphrase,
    CodeMistyped,
    SignUpsClosed,
    TellingName,
    WeakPassphrase,
)
from portal.ui import entering, parts, state
from portal.ui.acting import acting
from portal.ui.say import t
from portal.ui.screens import passphrase, spare_key
from portal.ui.web import desk

PAGE = "start"
NAME = "start.name"
NAME_STEP, PASSPHRASE_STEP, KEY_STEP, BACK_STEP = range(1, 5)
AT = {
    BadName: NAME,
    TellingName: NAME,
    WeakPassphrase: passphrase.own_key(PAGE),
    ChooseAnotherPassphrase: passphrase.own_key(PAGE),
    CodeMistyped: spare_key.field_key(PAGE, spare_key.ASKED[0]),
    SignUpsClosed: "",
}


def page() -> None:
    """Draw the step that is due."""
    if entering.on_the_way() or entering.somebody_else(PAGE, keep_code=bool(state.answers("join").get("asked"))):
        return
    kept = state.answers(PAGE)
    at = int(str(kept.get("step", NAME_STEP)))
    parts.head(t(f"account.start_{at}"), t(f"account.start_{at}_lead"), back=("", t("account.sign_in")))
    parts.step(at, BACK_STEP)
    {NAME_STEP: _name, PASSPHRASE_STEP: _passphrase, KEY_STEP: _key, BACK_STEP: _asked_back}[at](kept)


def _name(kept: dict[str, object]) -> None:
    if "key" not in kept:
        spare_key.begun_before(PAGE)
    if state.value(NAME) is None:
        state.put(NAME, str(kept.get("name") or naming.offer_name(state.lang())))
    with parts.field(NAME):
        st.text_input(t("account.name"), key=NAME, autocomplete="username", max_chars=naming.NAME_LENGTH)
    with parts.actions("name"):
        st.button(t("account.other_name"), key="start.other", on_click=_other)
    parts.limit(t("account.name_limit"))
    _next(_name_done)


def _other() -> None:
    with acting():
        state.put(NAME, naming.offer_name(state.lang()))


def _name_done() -> None:
    with acting(NAME):
        state.answers(PAGE).update(name=naming.check_name(state.text(NAME)), step=PASSPHRASE_STEP)


def _passphrase(kept: dict[str, object]) -> None:
    passphrase.choose(PAGE, str(kept["name"]))
    _next(_passphrase_done, back=NAME_STEP)


def _passphrase_done() -> None:
    with acting(passphrase.own_key(PAGE)):
        kept = state.answers(PAGE)
        chosen = passphrase.chosen(PAGE, str(kept["name"]))
        kept.setdefault("key", accounts.new_spare_key())
        kept.update(passphrase=chosen, step=KEY_STEP)
        desk.current().begin(state.current_pre(), PAGE)


def _key(kept: dict[str, object]) -> None:
    spare_key.show(str(kept["name"]), str(kept["key"]))
    _next(_key_kept, back=PASSPHRASE_STEP)


def _key_kept() -> None:
    with acting():
        state.answers(PAGE)["step"] = BACK_STEP


def _asked_back(_: dict[str, object]) -> None:
    spare_key.fields(PAGE)
    with parts.act("start"):
        st.button(t("account.open_mine"), type="primary", key="start.open", on_click=_open)
        st.button(t("account.show_again"), key="start.show", on_click=_to, args=(KEY_STEP,))


def _open() -> None:
    if entering.taken():
        return  # the page asks to sign them out first
    with acting(at=AT):
        kept = state.answers(PAGE)
        spare_key.check(PAGE, str(kept["key"]))
        here = desk.current()
        code = here.code(state.current_pre()) if state.answers("join").get("asked") else None
        session = accounts.sign_up(
            state.store(),
            str(kept["name"]),
            str(kept["passphrase"]),
            str(kept["key"]),
            now=clock.now(),
            invited=code or "",
        )
        state.drop_answers(PAGE)
        here.finish(state.current_pre(), PAGE)
        entering.enter(session)


def _next(done: Callable[[], None], back: int = 0) -> None:
    with parts.act("start"):
        st.button(t("frame.continue"), type="primary", key="start.next", on_click=done)
        if back:
            st.button(t("frame.back"), key="start.back", on_click=_to, args=(back,))


def _to(at: int) -> None:
    with acting():
        state.answers(PAGE)["step"] = at
