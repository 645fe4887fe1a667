"""From an unlocked session to a signed-in browser: a one-use ticket that the page sends at once."""

from collections.abc import Mapping

import streamlit as st

from portal import clock
from portal.circle import joining
from portal.circle.accounts import Session
from portal.errors import PortalError, SessionEnded
from portal.ui import parts, state
from portal.ui.say import sorry, t
from portal.ui.web import desk

_PAGE, _TICKET = "ticket", "ticket"


def enter(session: Session, page: str = "", sides: Mapping[str, Session] | None = None) -> None:
    """Let this browser in. Somebody who came with an invitation asks to join on the way."""
    if sides is None and state.answers("join").get("asked"):
        page = _asked(session)
    ticket = desk.current().issue(session, state.current_pre(), page=page, sides=sides)
    state.answers(_PAGE)[_TICKET] = ticket


def _asked(session: Session) -> str:
    """Ask to join with the code of this browser; when that is refused, the page of the code says why."""
    pre = state.current_pre()
    code = desk.current().code(pre)
    if not code:
        return "join"
    try:
        joining.join(session, code, session.name, now=clock.now())
    except PortalError:
        return "join"
    desk.current().drop_code(pre)
    return "home"


def on_the_way() -> bool:
    """Draw the ticket until the browser has used it, and say whether there was one: then nothing else is drawn.

    A run that issued it may be broken off before anything was drawn: a later one draws it.
    """
    ticket = state.answers(_PAGE).get(_TICKET)
    if not isinstance(ticket, str) or not desk.current().waits(ticket):
        state.drop_answers(_PAGE)
        return False
    st.html(f"<h1>{parts.safe(t('account.opening'))}</h1>")
    parts.ticket_form(ticket)
    return True


def taken() -> bool:
    """Say whether somebody is signed in in this browser: then nobody else comes in before they are out."""
    return desk.current().signed_in_here(state.current_pre())


def signed_out() -> None:
    """Say that the session is over when it ended by itself: the server started again, or it was ended elsewhere."""
    sid, here = state.current_sid(), desk.current()
    if sid and here.ended(sid):
        here.tell_ended(sid)
        parts.notice("ended", sorry(SessionEnded()))


def somebody_else(goes_to: str, *, keep_code: bool = False) -> bool:
    """When somebody is signed in in this browser, ask to sign them out first; say whether that was asked."""
    if not taken():
        return False
    parts.head(t("account.somebody"), t("account.somebody_lead"))
    parts.sign_out_form(t("account.sign_them_out"), goes_to=goes_to, keep_code=keep_code)
    return True
