"""Says who is signed in, which code came along and what the server holds of a draft."""

import streamlit as st

from portal import clock
from portal.ui.web import desk
from portal.ui.web.signed import Signed
from tests.ui.web.conftest import MemorySession, MemoryStore

TICKET = '<input type="hidden" name="ticket" value="{}"><button>Continue</button>'
FORM = f'<form method="post" action="/s/open">{TICKET}</form>'


def main() -> None:
    here = desk.current()
    sid, pre = st.context.cookies.get(here.cookies.sid), st.context.cookies.get(here.cookies.pre) or ""
    st.title("Small page")
    st.text(f"code {here.code(pre)}")
    signed, left = here.person(sid), here.locked(sid)
    if signed:
        inside(signed, sid or "")
    elif left:
        st.text(f"locked {left.name} at {left.page}")
    else:
        outside(here, pre)


def outside(here: desk.Desk, pre: str) -> None:
    assert isinstance(here.store, MemoryStore)
    with st.container(key="outside"):
        if st.button("Sign in"):
            ticket = here.issue(MemorySession(here.store), pre, page="notes")
            with st.container(key="ticket"):
                st.html(FORM.format(ticket))


def inside(signed: Signed, sid: str) -> None:
    desk.current().touch(sid, clock.now())
    st.text(f"hello {signed.session.name}")
    st.html(signed.clock(clock.now()))
    with st.container(key="draft-note"):
        st.text_input("Title", key="title")
        st.text_area("Text", key="text")
    st.text(f"server holds [{st.session_state.title}] [{st.session_state.text}]")
    with st.container(key="stay"):
        st.text("Locking in 1 minute")
    if st.button("Ask"):
        question()
    if st.button("Fail"):
        raise ValueError("Robin wrote this")


@st.dialog("Question")
def question() -> None:
    st.text("Sure?")


main()
