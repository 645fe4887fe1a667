"""Which pages are told that their session is over, and for how long that is remembered."""

import pytest

from portal.ui.web import desk, marks
from tests.ui.web.conftest import MemorySession, MemoryStore, Time
from tests.ui.web.test_desk import enter


def test_a_cookie_of_an_earlier_server_is_told(here: desk.Desk) -> None:
    assert here.ended("from before")
    assert not here.spent("from before")


@pytest.mark.parametrize("sid", [None, ""])
def test_a_browser_without_a_cookie_is_told_nothing(here: desk.Desk, sid: str | None) -> None:
    assert not here.ended(sid)
    assert not here.spent(sid)


def test_a_changed_passphrase_is_told_to_the_others(here: desk.Desk, store: MemoryStore) -> None:
    mine, other = enter(here, MemorySession(store)), enter(here, MemorySession(store), "another browser")
    here.end_account(b"robin", but=mine)
    assert (here.ended(mine), here.ended(other)) == (False, True)


def test_who_signs_out_is_told_nothing_in_any_tab(here: desk.Desk, robin: MemorySession) -> None:
    sid = enter(here, robin)
    here.end(sid)
    here.tell_ended(sid)
    assert not here.ended(sid)
    assert here.spent(sid)


def test_a_locked_page_is_not_over_before_its_name_is_forgotten(
    here: desk.Desk, robin: MemorySession, time: Time
) -> None:
    sid = enter(here, robin)
    here.lock(sid)
    assert not here.ended(sid)
    here.sweep(time.pass_(desk.LOCKED_SECONDS))
    assert here.ended(sid)


def test_nothing_of_a_sample_is_kept_so_nothing_is_said(here: desk.Desk) -> None:
    sid = enter(here, MemorySession(MemoryStore("sample")))
    here.lock(sid)
    assert not here.ended(sid)


def test_what_was_told_is_remembered_for_twelve_hours(here: desk.Desk, time: Time) -> None:
    here.tell_ended("from before")
    here.sweep(time.pass_(marks.MARK_SECONDS - 1))
    assert here.spent("from before")
    here.tell_ended("from before")  # saying it again lengthens nothing
    here.sweep(time.pass_(1))
    assert not here.spent("from before")
