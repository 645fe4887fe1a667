"""One signed-in account: never an old state, never a key after its end."""

import gc

import pytest

from portal.errors import SessionEnded, Tampered
from portal.vault.session import Session, account_place, locations
from tests.vault.story import FAMILY, NOW, write


def test_two_sessions_of_one_account_see_each_others_writes(store, patient):
    other = Session(store, patient.seed)
    assert other.account == patient.account
    with store.change(NOW):
        patient.write(NOW, settings=b"here")
    assert other.state.settings == b"here"


def test_state_is_kept_while_its_row_is_the_same(patient):
    assert patient.state is patient.state


def test_the_last_time_never_goes_back(store, patient):
    for now in (NOW + 50, NOW + 10):
        with store.change(now):
            patient.write(now)
    assert patient.state.last == NOW + 50


def test_a_change_that_failed_leaves_the_state(store, patient):
    def fail():
        with store.change(NOW):
            patient.write(NOW, settings=b"lost")
            assert patient.state.settings == b"lost"
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert patient.state.settings == b""


def test_a_state_that_is_not_there_is_refused(store, patient):
    with store.change(NOW):
        state = patient.state
        store.rows.remove(patient.state_at)
        with pytest.raises(Tampered):
            _ = patient.state
        patient.put(state)


def test_a_closed_session_opens_nothing(store, patient):
    write(patient, "hello", FAMILY)
    seed = patient._seed
    patient.close()
    assert not any(seed)
    assert patient not in store.sessions()
    for act in (lambda: patient.seed, lambda: patient.state, lambda: patient.state_at):
        with pytest.raises(SessionEnded):
            act()


def test_nothing_of_it_shows(patient):
    assert repr(patient) == "<Session>"


def test_a_session_that_nobody_holds_is_no_longer_open(store, patient):
    other = Session(store, patient.seed)
    assert len(store.sessions()) == 2
    del other
    gc.collect()
    assert store.sessions() == [patient]


def test_a_new_visit_forgets_what_was_new(patient):
    patient.fresh[b"link"] = {}
    patient.visits[b"link"] = NOW
    patient.gone[b"link"] = {bytes(16)}
    patient.begin_visit()
    assert (patient.fresh, patient.visits, patient.gone) == ({}, {}, {})


def test_addresses_are_those_of_the_account_rows():
    roots = b"a" * 32, b"b" * 32
    assert locations(*roots) == [account_place(root).loc for root in roots]


def test_only_a_confirmed_date_sets_the_last_time_back(store, patient):
    with store.change(NOW + 50):
        patient.write(NOW + 50)
        patient.set_last(NOW)
    assert patient.state.last == NOW


def test_what_a_session_made_for_itself_is_made_once_and_ends_with_it(patient):
    made = patient.kept.made("words", list)
    assert patient.kept.made("words", list) is made
    kept = patient.kept
    patient.close()
    assert kept.made("words", list) is not made
