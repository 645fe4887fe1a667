"""The two fields that sign a permission: passphrase and typed name. After a refusal only the passphrase is empty."""

import streamlit as st

from portal.circle import sample
from portal.circle.consent import Signing
from portal.ui import state
from portal.ui.parts import as_typed, field, meta
from portal.ui.say import t


def fields(passphrase: str, signature: str, name: str) -> None:
    """Draw both, under the widget keys `passphrase` and `signature`."""
    person = state.signed()
    if person and len(person.sides) > 1:
        meta(t("sample.passphrase", words=sample.PASSPHRASE))
    with field(passphrase):
        st.text_input(t("invite.sign_passphrase"), type="password", autocomplete="current-password", key=passphrase)
    with field(signature):
        st.text_input(t("invite.sign_name", name=as_typed(name)), key=signature, autocomplete="off")


def entered(passphrase: str, signature: str, text: str) -> Signing:
    """Return what was entered to sign exactly `text`. The passphrase leaves its field at once."""
    typed = state.text(passphrase)
    state.clear(passphrase)
    return Signing(
        passphrase=typed, signature=state.text(signature), text=text, lang=state.lang(), zone=state.zone() or "UTC"
    )
