"""An invitation, seen by the person who was invited: what they will and will not see, before anything happens."""

import streamlit as st

from portal import clock
from portal.circle import joining
from portal.circle.joining import Offer
from portal.errors import OwnCode, PortalError
from portal.ui import entering, parts, state
from portal.ui.acting import acting
from portal.ui.say import sorry, t
from portal.ui.screens import consent_page
from portal.ui.web import desk

CODE = "join.code"
LINK = "#J="  # a whole invitation link may be pasted: the code stands behind this


def page() -> None:
    """Draw the code, what it offers, or the way in that follows."""
    person = state.signed()
    if entering.on_the_way() or (person is None and entering.somebody_else("join", keep_code=True)):
        return
    offer = _offer()
    if offer is None:
        _typing()
    elif state.answers("join").get("asked") and person is None:
        _way_in(offer)
    else:
        _offered(offer, person.session.name if person else "")


def _offer() -> Offer | None:
    """Look at what the code of this browser opens. A code that opens nothing is dropped, and the page says why."""
    here, pre = desk.current(), state.current_pre()
    code = here.code(pre)
    if not code:
        return None
    try:
        if state.signed() and joining.is_own(state.session(), code):
            raise OwnCode
        return joining.look(state.store(), code, now=clock.now())
    except PortalError as error:
        here.drop_code(pre)
        state.drop_answers("join")
        state.problem(CODE, sorry(error))
        return None


def _typing() -> None:
    parts.head(t("join.h1"), t("join.lead"), back=("", t("account.sign_in")) if state.signed() is None else None)
    with parts.field(CODE):
        st.text_input(t("join.code"), key=CODE, autocomplete="off", placeholder="XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
    parts.meta(t("join.code_hint"))
    with parts.act("join"):
        st.button(t("frame.continue"), type="primary", key="join.next", on_click=_typed)


def _typed() -> None:
    with acting(CODE):
        here, code = desk.current(), state.text(CODE).rpartition(LINK)[2].strip()
        if not code:
            state.problem(CODE, t("join.code_first"))
            return
        joining.look(state.store(), code, now=clock.now())
        here.hold_code(state.current_pre(), code)


def _offered(offer: Offer, name: str) -> None:
    parts.head(t("join.invites", name=offer.name), t("join.invites_lead"))
    with parts.card("will"):
        st.html(f'<h2 class="title">{parts.safe(t("join.will"))}</h2>')
        parts.facts(_will(offer))
    with parts.card("wont"):
        lines = "".join(f"<li>{parts.safe(t(f'join.not_{n}'))}</li>" for n in range(1, 4))
        st.html(f'<h2 class="title">{parts.safe(t("join.wont"))}</h2><ul class="lines">{lines}</ul>')
    with parts.card("rules", "wait"):
        st.html(f'<p class="title">{parts.safe(t("join.rules", name=offer.name))}</p>')
    if name:
        parts.meta(t("join.as", name=name))
    with parts.act("join"):
        st.button(t("join.ask"), type="primary", key="join.ask", on_click=_ask)
        st.button(t("join.decline"), key="join.decline", on_click=_decline)
    parts.limit(t("join.limit"))
    if name:
        parts.section(t("join.not_you", name=name))
        parts.sign_out_form(t("account.sign_them_out"), goes_to="join", keep_code=True)


def _will(offer: Offer) -> list[tuple[str, str]]:
    kinds = [t(f"join.kind_{int(kind)}") for kind in sorted(offer.kinds)]
    rows = [
        (t("join.what"), ", ".join(kinds)),
        (t("join.from"), t("join.everything" if offer.everything else "join.from_today")),
        (t("join.until"), consent_page.until(offer.until, offer.event)),
    ]
    why = ", ".join(consent_page.purposes(offer.purposes, member_of=offer.name))
    return [*rows, (t("join.why"), why)] if why else rows


def _ask() -> None:
    with acting():
        if state.signed() is None:
            state.answers("join")["asked"] = True
            return
        session, here, pre = state.session(), desk.current(), state.current_pre()
        link = joining.join(session, here.code(pre) or "", session.name, now=clock.now())
        here.drop_code(pre)
        state.view(link)
        state.go("home")


def _decline() -> None:
    with acting():
        desk.current().drop_code(state.current_pre())
        state.drop_answers("join")
        state.outcome(t("join.declined"))
        state.go("today" if state.signed() else "")


def _way_in(offer: Offer) -> None:
    parts.head(t("join.way_in"), t("join.way_in_lead", name=offer.name))
    parts.links("join", [("start", t("account.start")), ("", t("join.have_one"))])
    with parts.act("join"):
        st.button(t("join.decline"), key="join.decline", on_click=_decline)
