"""The people of a circle, and the number that betrays an old state put back."""

import pytest

from portal.errors import Gone, Tampered
from portal.newtypes import PersonId
from portal.vault import entries, people, shelves
from portal.vault.records import ALARM_NONE, ALARM_PEOPLE, OwnPage, PersonState, State, pack
from portal.vault.session import Session
from tests.vault.story import FAMILY, NOW, let_in, sign_up, texts, write

NOBODY = PersonId(bytes(8))


def newest(session):
    return entries.read_page(session, session.state.own - 1)


def check(session):
    with session.store.change(NOW):
        people.check(session, NOW)


def put_back_state(session, state):
    """Put an older state back, as somebody with the key file could: the row is in order, only old."""
    with session.store.change(NOW):
        session.put(state)


def states(session):
    return {person.permission.state for person in session.state.people}


def test_every_change_raises_the_number_in_state_and_newest_page(store, patient, circle):
    for field in ({"label": "Kim"}, {"relation": "aunt"}):
        before = patient.state.number
        with store.change(NOW):
            people.change(patient, circle.person, NOW, **field)
        assert patient.state.number == newest(patient).number == before + 1
    with store.change(NOW):
        people.permit(patient, circle.person, NOW, state=PersonState.PAUSED)
    assert patient.state.number == newest(patient).number == before + 2
    with store.change(NOW):
        shelves.settle(patient, NOW)


def test_writing_keeps_the_number(patient, circle):
    for number in range(60):
        write(patient, f"note {number}")
    assert newest(patient).number == patient.state.number


def test_nobody_is_gone(patient, circle):
    for act in (people.find, lambda s, p: people.change(s, p, NOW), lambda s, p: people.permit(s, p, NOW)):
        with pytest.raises(Gone), patient.store.change(NOW):
            act(patient, NOBODY)


def test_a_store_in_order_raises_no_alarm(patient, circle):
    number = patient.rows.number
    check(patient)
    assert patient.state.alarm == ALARM_NONE
    assert patient.rows.number == number


def test_an_older_state_put_back_puts_everybody_back(store, patient, circle):
    write(patient, "hello", FAMILY)
    old = patient.state
    with store.change(NOW):
        people.put(patient, [], NOW)
    put_back_state(patient, old)
    check(patient)
    assert states(patient) == {PersonState.PUT_BACK}
    assert patient.state.alarm == ALARM_PEOPLE
    shelves.settle(patient, NOW)
    assert shelves.read_door(store.rows, circle.secret).state == PersonState.PUT_BACK
    assert shelves.read_door(store.rows, circle.secret).pages == 0


def test_a_page_beyond_the_count_of_an_older_state_is_an_alarm_and_nothing_is_lost(store, patient, circle):
    old = patient.state
    items = {write(patient, f"note {number}") for number in range(60)}
    assert patient.state.own > old.own
    put_back_state(patient, old)
    check(patient)
    assert states(patient) == {PersonState.PUT_BACK}
    assert items <= {entry.id for entry in entries.index(patient).entries}
    shelves.settle(patient, NOW)


def test_a_newest_page_that_does_not_open_is_an_alarm(store, patient, circle):
    with store.change(NOW):
        store.rows.replace(entries.page_at(patient, 0), b"no record")
    check(patient)
    assert states(patient) == {PersonState.PUT_BACK}
    assert (patient.state.own, newest(patient).number) == (2, patient.state.number)
    with pytest.raises(Tampered):
        entries.read_page(patient, 0)
    shelves.settle(patient, NOW)


def test_the_alarm_is_raised_once(store, patient, circle):
    with store.change(NOW):
        entries.write_page(patient, 0, OwnPage(99, []))
    check(patient)
    number = patient.rows.number
    check(patient)
    assert patient.rows.number == number
    shelves.settle(patient, NOW)


def test_sharing_after_an_old_state_was_put_back_shares_nothing(store, patient, member, circle):
    old = patient.state
    other = let_in(patient, sign_up(store, "canal"), label="Kim")
    put_back_state(patient, old)
    write(patient, "secret", FAMILY)
    assert states(patient) == {PersonState.PUT_BACK}
    with pytest.raises(Gone):
        other.of_patient()
    fresh = Session(store, patient.seed)
    assert isinstance(fresh.state, State)
    assert len(pack(fresh.state)) > 0
    assert shelves.read_door(store.rows, circle.secret).pages == 0
    assert "secret" not in str(texts_or_nothing(circle))


def texts_or_nothing(circle):
    from portal.errors import LinkClosed  # noqa: PLC0415 - only here

    try:
        return texts(circle)
    except LinkClosed:
        return []
