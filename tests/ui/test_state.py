"""What a tab remembers: only interface, never a key; what was said goes when the reader goes on."""

import pytest
import streamlit as st

from portal.errors import EmptyText, Gone, SessionEnded, TooLong
from portal.ui import acting, state
from portal.ui.state import Interface, Outcome, Problem
from tests.ui.opened import Portal


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch, portal: Portal) -> Interface:
    made = Interface()
    monkeypatch.setattr(st, "session_state", {"ui": made})
    return made


def test_nobody_signed_in_has_no_session(memory: Interface) -> None:
    with pytest.raises(SessionEnded):
        state.session()


def test_a_closed_session_is_nobody(portal: Portal, memory: Interface) -> None:
    portal.signed_in("Maple River")
    assert state.session().name == "Maple River"

    portal.sessions["Maple River"].close()

    with pytest.raises(SessionEnded):
        state.session()


def test_an_open_entry_is_an_id_on_the_server(portal: Portal, memory: Interface) -> None:
    portal.signed_in("Maple River")

    state.open_item("note", b"sixteen bytes id")

    assert state.opened("note") == b"sixteen bytes id"
    assert memory.to == "note"
    assert portal.signed.spot["open.note"] == b"sixteen bytes id"
    state.close_item("note")
    with pytest.raises(Gone):
        state.opened("note")


def test_what_another_tab_opens_does_not_change_this_one(portal: Portal, memory: Interface) -> None:
    portal.signed_in("Maple River")
    state.open_item("note", b"sixteen bytes id")

    portal.signed.spot["open.note"] = b"opened elsewhere"
    assert state.opened("note") == b"sixteen bytes id"

    memory.spot.clear()  # a refresh, or a new tab
    assert state.opened("note") == b"opened elsewhere"


def test_looking_is_not_an_action_but_a_callback_is(portal: Portal, memory: Interface) -> None:
    portal.signed_in("Maple River")
    until = portal.signed.until
    portal.now += 60

    state.signed()
    assert portal.signed.until == until
    with acting.acting():
        pass
    assert portal.signed.until == until + 60


def test_an_idle_notebook_is_nobody(portal: Portal, memory: Interface) -> None:
    portal.signed_in("Maple River")
    portal.now += 600

    assert state.signed() is None
    left = state.locked()
    assert left is not None
    assert left.name == "Maple River"


def test_a_refusal_is_said_at_its_field_and_typing_stays(memory: Interface) -> None:
    state.put("write.text", "half a thought")

    with acting.acting("write.text"):
        raise TooLong(3)

    said = "3 characters too many. Shorten it; nothing is lost while this page stays open."
    assert memory.problems == [Problem("write.text", said)]
    assert state.wrong("write.text").startswith("3 characters")
    assert state.wrong("write.title") == ""
    assert state.text("write.text") == "half a thought"


def test_a_class_of_refusal_can_have_its_own_field(memory: Interface) -> None:
    with acting.acting("write.title", {EmptyText: "write.text"}):
        raise EmptyText

    assert memory.problems[0].field == "write.text"


def test_what_is_no_refusal_is_not_swallowed(memory: Interface) -> None:
    with pytest.raises(ZeroDivisionError), acting.acting("write.text"):
        raise ZeroDivisionError
    assert memory.problems == []


def test_a_new_action_ends_what_the_last_one_said(memory: Interface) -> None:
    memory.outcome, memory.problems = Outcome("Done."), [Problem("", "No.")]

    with acting.acting():
        pass

    assert not memory.outcome
    assert not memory.problems


def test_a_dialog_opens_once(memory: Interface) -> None:
    state.ask("remove", b"id")

    assert state.asked("erase") is None
    assert state.asked("remove") == b"id"
    assert state.asked("remove") is None


def test_emptied_widgets_keep_their_kind(memory: Interface) -> None:
    for key, content in (("a.text", "words"), ("a.list", ["one"]), ("a.number", 3)):
        state.put(key, content)

    state.clear("a.text", "a.list", "a.number")

    assert [state.value(key) for key in ("a.text", "a.list", "a.number")] == ["", [], None]
