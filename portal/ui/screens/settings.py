"""How the notebook behaves for one account: language, clock, zone, lock, where Leave now goes; passphrase and keys."""

from zoneinfo import available_timezones

import streamlit as st

from portal import clock
from portal.circle import accounts
from portal.circle.accounts import LONGEST_LOCK, SHORTEST_LOCK, Settings
from portal.ui import parts, state
from portal.ui.acting import acting
from portal.ui.say import t
from portal.ui.screens import safe_keeping
from portal.ui.web import desk
from portal.ui.words import NAMES

LANG, CLOCK, ZONE, LOCK, AWAY = (f"settings.{name}" for name in ("lang", "clock", "zone", "lock", "away"))


def page() -> None:
    """Draw what can be set, each part with its own button."""
    if safe_keeping.page():
        return
    parts.head(t("title.settings"), back=("more", t("nav.more")))
    _fill(state.settings())
    _reading()
    _safety()
    with parts.act("settings"):
        st.button(t("settings.save"), type="primary", key="settings.save", on_click=_save)
    _keys()
    _leaving()


def _fill(now: Settings) -> None:
    start = {
        LANG: state.lang(),
        CLOCK: "12" if now.clock12 else "24",
        ZONE: now.zone,
        LOCK: now.lock_minutes,
        AWAY: now.away,
    }
    for key, content in start.items():
        if state.value(key) is None:
            state.put(key, content)


def _reading() -> None:
    parts.section(t("settings.reading"))
    parts.one_of(LANG, t("settings.lang"), NAMES, start=state.lang(), required=True)
    parts.one_of(CLOCK, t("settings.clock"), {"24": "14:05", "12": "2:05 PM"}, start="24", required=True)
    st.selectbox(
        t("settings.zone"),
        ["", *sorted(available_timezones())],
        format_func=lambda zone: zone or t("settings.zone_browser"),
        key=ZONE,
    )


def _safety() -> None:
    parts.section(t("settings.safety"))
    with parts.field(LOCK):
        st.number_input(t("settings.lock"), step=1, key=LOCK)  # its own refusals speak English
    with parts.field(AWAY):
        st.text_input(t("settings.away"), key=AWAY, autocomplete="off", placeholder="https://")
    parts.limit(t("settings.away_limit"))


def _save() -> None:
    with acting(AWAY):
        session, minutes = state.session(), state.value(LOCK)
        if not isinstance(minutes, int) or not SHORTEST_LOCK <= minutes <= LONGEST_LOCK:
            state.problem(LOCK, t("settings.lock_wrong"))
            return
        wanted = accounts.settings(session).but(
            lang=str(state.value(LANG)),
            clock12=state.value(CLOCK) == "12",
            zone=state.text(ZONE),
            lock_minutes=minutes,
            away=state.text(AWAY).strip(),
        )
        accounts.save_settings(session, wanted, now=clock.now())
        state.read_anew()
        state.close_item("lang")
        state.outcome(t("settings.saved"))


def _keys() -> None:
    parts.section(t("settings.keys"))
    safe_keeping.begun_before()
    with parts.lines("keys"):
        for what in safe_keeping.FLOWS:
            st.button(
                t(f"settings.{what}"),
                key=f"settings.{what}",
                type="tertiary",
                width="stretch",
                on_click=safe_keeping.begin,
                args=(what,),
            )


def _leaving() -> None:
    parts.section(t("settings.leaving"))
    with parts.actions("leaving"):
        parts.sign_out_form(t("settings.sign_out"))
        st.button(t("settings.everywhere"), key="settings.everywhere", on_click=_everywhere)
    parts.limit(t("settings.leaving_limit"))


def _everywhere() -> None:
    with acting():
        session = state.session()
        accounts.sign_out_elsewhere(session)
        desk.current().end_account(session.account)
