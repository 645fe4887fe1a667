"""What must be known before anything else: the files were changed from outside, or the date is wrong."""

import streamlit as st

from portal import clock
from portal.circle import alerts, members
from portal.circle.accounts import Session
from portal.circle.alerts import Alert, AlertKind
from portal.ui import parts, state
from portal.ui.acting import acting
from portal.ui.say import date, t

SHUT = frozenset({AlertKind.CHANGED, AlertKind.OLDER, AlertKind.NUMBER_MISSING})  # nobody reads until let in again
PASSPHRASE = "alert.passphrase"  # noqa: S105  a widget's key


def draw(session: Session) -> None:
    """Draw each alert of this account; the one about letting people in again comes first."""
    now = clock.now()
    for alert in alerts.alerts(session, now=now):
        waits = alert.kind in SHUT and bool(members.put_back(session, now=now))
        with parts.card(f"alert-{alert.kind.name.lower()}", "wait"):
            _say(alert, past=alert.kind in SHUT and not waits)
            if alert.kind is AlertKind.CLOCK:
                _confirm_date()
            else:
                _next(alert, waits=waits)


def _say(alert: Alert, *, past: bool) -> None:
    more = t("alert.since", day=date(alert.since)) if alert.since else ""
    if alert.last_entry:
        more = f"{more} {t('alert.last_entry', day=date(alert.last_entry))}".strip()
    said = t(f"alert.{alert.kind.name.lower()}{'_past' if past else ''}")
    st.html(
        f'<div role="status"><h2 class="title">{parts.safe(said)}</h2>'
        + (f'<p class="meta">{parts.safe(more)}</p>' if more else "")
        + "</div>"
    )


def _next(alert: Alert, *, waits: bool) -> None:
    with parts.actions(f"alert-{alert.kind.name.lower()}"):
        if waits:
            parts.go("let-in", t("alert.let_in"))
        st.button(t("alert.read"), key=f"alert.{alert.kind.name.lower()}", on_click=_acknowledge)


def _acknowledge() -> None:
    with acting():
        alerts.acknowledge(state.session(), now=clock.now())


def _confirm_date() -> None:
    with parts.field(PASSPHRASE):
        st.text_input(t("account.passphrase"), type="password", autocomplete="current-password", key=PASSPHRASE)
    label = t("alert.confirm_date", day=date(clock.now()))
    st.button(label, key="alert.confirm_date", on_click=_date_confirmed)


def _date_confirmed() -> None:
    with acting(PASSPHRASE):
        typed = state.text(PASSPHRASE)
        state.clear(PASSPHRASE)
        alerts.confirm_date(state.session(), typed, now=clock.now())
        state.outcome(t("alert.date_confirmed"))
