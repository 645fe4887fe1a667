"""An old state put back by somebody with the key file: no change of a person heals the alarm before it is raised."""

import pytest

from portal.circle import members
from portal.crypto.sealing import place
from portal.vault import people, shelves, upkeep
from portal.vault.pages import PAGE
from portal.vault.records import ALARM_PEOPLE, PersonState, State, pack
from portal.vault.session import Session
from portal.vault.store import Store
from tests.vault.story import NOW, let_in, sign_up

LATER = NOW + 500


@pytest.fixture
def restored(store: Store, patient: Session, member: Session) -> Session:
    """Two people; one was removed; then the state from before the removal came back, with a fitting root."""
    gone, _ = let_in(patient, member), let_in(patient, sign_up(store, "second lake"))
    before: State = patient.state
    upkeep.remove(patient, gone.person, now=NOW + 100)
    with store.change(NOW + 200):
        store.rows.replace(place(patient.seed, "state"), pack(before), PAGE)
    assert len(patient.state.people) == 2
    return patient


def _closed(session: Session) -> None:
    assert {one.permission.state for one in session.state.people} == {PersonState.PUT_BACK}
    assert session.state.alarm == ALARM_PEOPLE
    for one in session.state.people:
        door = shelves.read_door(session.rows, one.link)
        assert door is not None
        assert (door.state, door.pages) == (PersonState.PUT_BACK, 0)


def test_settling_one_person_closes_everybody(restored: Session) -> None:
    shelves.settle(restored, LATER, [restored.state.people[-1]])
    _closed(restored)


def test_pausing_does_not_heal_it(restored: Session) -> None:
    members.pause(restored, restored.state.people[-1].id, now=LATER)
    shelves.settle(restored, LATER)
    _closed(restored)


def test_resuming_does_not_heal_it(restored: Session) -> None:
    members.resume_all(restored, now=LATER)
    shelves.settle(restored, LATER)
    _closed(restored)


def test_changing_a_person_does_not_heal_it(restored: Session) -> None:
    with restored.store.change(LATER):
        people.change(restored, restored.state.people[0].id, LATER, label="other")
    shelves.settle(restored, LATER)
    _closed(restored)


def test_removing_somebody_does_not_heal_it(restored: Session) -> None:
    upkeep.remove(restored, restored.state.people[-1].id, now=LATER)
    shelves.settle(restored, LATER)
    _closed(restored)
