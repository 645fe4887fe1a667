"""Look around: a throw-away circle in memory with both its sides. Nothing is written to disk."""

import streamlit as st

from portal import clock
from portal.circle import sample
from portal.ui import entering, parts, state
from portal.ui.acting import acting
from portal.ui.say import t


def page() -> None:
    """Say what it is, and open it."""
    if entering.on_the_way() or entering.somebody_else(state.path()):
        return
    parts.head(t("sample.h1"), t("sample.lead"), back=("", t("account.sign_in")))
    parts.facts([(t(f"sample.{side}"), t(f"sample.{side}_line")) for side in ("yours", "theirs")])
    with parts.act("look"):
        st.button(t("sample.open"), type="primary", key="look_around.open", on_click=_open)
    parts.limit(t("sample.limit"))


def _open() -> None:
    if entering.taken():
        return  # the page asks to sign them out first
    with acting():
        made = sample.sample(state.lang(), now=clock.now())
        entering.enter(made.patient, "today", {"patient": made.patient, "member": made.member})
