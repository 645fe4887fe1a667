"""Who is signed in where, for how long, and what is left afterwards."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.ui.web import desk, marks
from portal.ui.web.signed import Session
from portal.ui.web.tickets import CODE_SECONDS, MOST_CODES, TICKET_SECONDS
from tests.ui.web.conftest import MemorySession, MemoryStore, Time

MINUTE = 60


def enter(here: desk.Desk, session: Session, pre: str = "browser", was: str | None = None) -> str:
    sid = here.exchange(here.issue(session, pre), pre, was=was)
    assert sid is not None
    return sid


def test_idle_locks_on_the_servers_clock(here: desk.Desk, robin: MemorySession, time: Time) -> None:
    sid = enter(here, robin)
    here.sweep(time.pass_(10 * MINUTE - 1))
    assert here.person(sid)
    here.sweep(time.pass_(1))
    assert robin.closed
    assert here.locked(sid)


def test_idle_is_over_even_before_the_reaper_comes(here: desk.Desk, robin: MemorySession, time: Time) -> None:
    sid = enter(here, robin)
    time.pass_(10 * MINUTE)
    here.touch(sid, time.at)
    assert here.person(sid) is None
    assert robin.closed


def test_looking_is_no_action_and_acting_is(here: desk.Desk, robin: MemorySession, time: Time) -> None:
    sid = enter(here, robin)
    time.pass_(9 * MINUTE)
    assert here.person(sid)
    here.touch(sid, time.at)
    time.pass_(9 * MINUTE)
    assert here.person(sid)
    time.pass_(MINUTE)
    assert here.person(sid) is None


def test_the_page_learns_when_it_locks(here: desk.Desk, robin: MemorySession, time: Time) -> None:
    signed = here.person(enter(here, robin))
    assert signed is not None
    assert f'data-idle="600" data-until="{time.at + 600}" data-now="{time.at}"' in signed.clock(time.at)


def test_unlocking_comes_back_to_the_same_place(here: desk.Desk, store: MemoryStore) -> None:
    sid = enter(here, MemorySession(store))
    signed = here.person(sid)
    assert signed is not None
    signed.page, signed.spot["notes"] = "notes", b"id"
    here.lock(sid)
    again = here.person(enter(here, MemorySession(store), was=sid))
    assert again is not None
    assert (again.page, again.spot) == ("notes", {"notes": b"id"})
    assert here.locked(sid) is None


def test_another_person_at_the_lock_page_finds_nothing_of_the_first(here: desk.Desk, store: MemoryStore) -> None:
    sid = enter(here, MemorySession(store))
    signed = here.person(sid)
    assert signed is not None
    signed.page, signed.spot["notes"] = "notes", b"id"
    here.lock(sid)
    other = here.person(enter(here, MemorySession(store, "Fern", b"fern"), was=sid))
    assert other is not None
    assert (other.page, other.spot) == ("", {})
    assert here.locked(sid) is None


def test_whoever_was_signed_in_in_this_browser_ends(here: desk.Desk, robin: MemorySession, store: MemoryStore) -> None:
    first = enter(here, robin)
    enter(here, MemorySession(store, "Fern", b"fern"), was=first)
    assert robin.closed
    assert here.person(first) is None


def test_signed_in_here_means_this_browser(here: desk.Desk, robin: MemorySession, time: Time) -> None:
    sid = enter(here, robin, "one")
    assert here.signed_in_here("one")
    assert not here.signed_in_here("two")
    assert not here.signed_in_here(None)
    here.end(sid)
    assert not here.signed_in_here("one")


def test_a_changed_passphrase_ends_the_other_sessions(here: desk.Desk, store: MemoryStore) -> None:
    mine, other, locked = (MemorySession(store) for _ in range(3))
    fern = MemorySession(store, "Fern", b"fern")
    kept, ended, shut, hers = (enter(here, s) for s in (mine, other, locked, fern))
    here.lock(shut)
    here.end_account(b"robin", but=kept)
    assert (mine.closed, other.closed, fern.closed) == (False, True, False)
    assert here.person(hers)
    assert here.person(ended) is None
    assert here.locked(shut) is None


def test_a_session_closed_elsewhere_is_nobody(here: desk.Desk, robin: MemorySession) -> None:
    sid = enter(here, robin)
    robin.close()
    assert here.person(sid) is None
    assert here.locked(sid) is None


def test_an_unused_ticket_drops_its_keys(here: desk.Desk, robin: MemorySession, time: Time) -> None:
    here.issue(robin, "browser")
    here.sweep(time.pass_(TICKET_SECONDS))
    assert robin.closed


def test_a_sample_circle_has_sides_and_ends_with_its_store(here: desk.Desk, time: Time) -> None:
    sample = MemoryStore("sample")
    patient, member = MemorySession(sample), MemorySession(sample, "Fern", b"fern")
    sides = {"patient": patient, "member": member}
    sid = here.exchange(here.issue(patient, "browser", sides=sides), "browser")
    signed = here.person(sid)
    assert signed is not None
    here.sweep(time.pass_(1))
    assert sample.ticks
    signed.turn("member")
    assert signed.session is member
    with pytest.raises(KeyError):
        signed.turn("nobody")
    here.lock(str(sid))
    assert here.locked(sid) is None
    assert (patient.closed, member.closed, sample.closed) == (True, True, True)
    here.sweep(time.pass_(1))


def test_a_code_lives_an_hour_after_the_last_action(here: desk.Desk, time: Time) -> None:
    here.hold_code("browser", "ABCD")
    here.act("browser", time.pass_(CODE_SECONDS - 1))
    time.pass_(CODE_SECONDS - 1)
    assert here.code("browser") == "ABCD"
    time.pass_(1)
    assert here.code("browser") is None
    here.sweep(time.at)


def test_an_action_of_somebody_signed_in_keeps_the_code(here: desk.Desk, robin: MemorySession, time: Time) -> None:
    sid = enter(here, robin)
    here.hold_code("browser", "ABCD")
    for _ in range(12):
        here.touch(sid, time.pass_(9 * MINUTE))
    assert here.code("browser") == "ABCD"


def test_strangers_codes_do_not_fill_the_memory(here: desk.Desk) -> None:
    here.hold_code("first", "ABCD")
    for number in range(MOST_CODES):
        here.hold_code(str(number), "ABCD")
    assert here.code("first") is None
    assert here.code(str(MOST_CODES - 1)) == "ABCD"


def test_names_are_not_kept_for_ever(here: desk.Desk, robin: MemorySession, time: Time) -> None:
    sid = enter(here, robin)
    here.lock(sid)
    here.sweep(time.pass_(desk.LOCKED_SECONDS - 1))
    assert here.locked(sid)
    here.sweep(time.pass_(1))
    assert here.locked(sid) is None


def test_the_end_closes_everything(here: desk.Desk, store: MemoryStore) -> None:
    inside, waiting = MemorySession(store), MemorySession(store)
    sid = enter(here, inside)
    here.issue(waiting, "browser")
    here.close()
    assert (inside.closed, waiting.closed, store.closed) == (True, True, True)
    assert here.person(sid) is None


def test_nothing_shows_in_a_repr(here: desk.Desk, robin: MemorySession) -> None:
    sid = enter(here, robin)
    signed = here.person(sid)
    here.lock(sid)
    assert "Robin" not in repr(signed) + repr(here.locked(sid)) + repr(here)
    assert sid not in repr(vars(here))


def test_one_ticket_and_many_threads_make_one_cookie(here: desk.Desk, robin: MemorySession) -> None:
    ticket = here.issue(robin, "browser")
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: here.exchange(ticket, "browser"), range(64)))
    assert len([sid for sid in made if sid]) == 1


def test_without_a_server_there_is_no_desk() -> None:
    with pytest.raises(RuntimeError):
        desk.current()


# What was begun and not finished


def test_what_was_begun_is_known_of_its_browser_and_its_page_only(here: desk.Desk) -> None:
    here.begin("one", "start")
    assert here.begun("one", "start")
    assert not here.begun("one", "back-in")
    assert not here.begun("another", "start")
    here.finish("one", "start")
    assert not here.begun("one", "start")


def test_what_was_begun_is_forgotten_in_time(here: desk.Desk, time: Time) -> None:
    here.begin("one", "start")
    here.sweep(time.pass_(marks.MARK_SECONDS - 1))
    assert here.begun("one", "start")
    here.sweep(time.pass_(1))
    assert not here.begun("one", "start")


def test_without_a_cookie_nothing_is_remembered(here: desk.Desk) -> None:
    here.begin("", "start")
    assert not here.begun("", "start")
