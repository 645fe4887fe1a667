"""Letters: numbered, taken in once, damage counted and told."""

import pytest

from portal.errors import Gone, LinkClosed
from portal.newtypes import ItemId, LinkId
from portal.vault import letters, people, shelves, upkeep
from portal.vault.records import Letter, LetterKind, PersonState
from tests.vault.story import NOW, let_in, sign_up, waiting

ITEM = ItemId(b"i" * 16)
WORDS = 7  # a kind of letter that is neither a view nor a farewell


def send(one, letter=None, now=NOW):
    letters.send(one.member, one.link, letter or Letter(WORDS, now, text="thank you"), now=now)


def waiting_at(one, number):
    return letters.letter_at(one.secret, one.patient.store.generation.id, number)


def inbox(one):
    return [(got.kind, got.text) for got in letters.inbox_run(one.patient).newest_first(one.patient.state.inbox)]


def damage(one, number):
    with one.patient.store.change(NOW):
        one.patient.rows.replace(waiting_at(one, number), b"no record")


def test_letters_are_numbered_and_taken_in_once(patient, circle):
    for number in range(3):
        send(circle, Letter(WORDS, NOW, text=str(number)))
    assert waiting(patient)
    upkeep.take_in(patient, NOW)
    assert inbox(circle) == [(WORDS, "2"), (WORDS, "1"), (WORDS, "0")]
    assert not waiting(patient)
    assert not any(patient.rows.has(waiting_at(circle, n)) for n in range(3))
    assert (circle.of_patient().taken, circle.of_member().letters) == (3, 3)
    send(circle)
    upkeep.take_in(patient, NOW)
    assert len(inbox(circle)) == 4


def test_nothing_waiting_writes_nothing(patient, circle):
    number = patient.rows.number
    upkeep.take_in(patient, NOW)
    assert patient.rows.number == number
    assert not waiting(patient)


def test_views_go_to_the_views(patient, circle):
    send(circle, Letter(LetterKind.VIEW, NOW, [ITEM]))
    upkeep.take_in(patient, NOW)
    (view,) = letters.readings_of(patient, circle.person)
    assert (view.item, view.minute) == (ITEM, NOW)
    assert inbox(circle) == []


def test_readings_are_of_one_person(store, patient, circle):
    other = let_in(patient, sign_up(store, "canal"), label="Kim")
    send(other, Letter(LetterKind.VIEW, NOW, [ITEM]))
    upkeep.take_in(patient, NOW)
    assert letters.readings_of(patient, circle.person) == []


def test_a_letter_that_does_not_open_is_deleted_and_told(patient, circle):
    for number in range(3):
        send(circle, Letter(WORDS, NOW, text=str(number)))
    damage(circle, 1)
    upkeep.take_in(patient, NOW)
    assert inbox(circle) == [(WORDS, "2"), (letters.DAMAGED, ""), (WORDS, "0")]


def test_only_so_many_are_taken_in_at_a_time(patient, circle, monkeypatch):
    monkeypatch.setattr(letters, "AT_ONCE", 4)
    for _ in range(9):
        send(circle)
    taken = []
    for _ in range(3):
        upkeep.take_in(patient, NOW)
        taken.append(circle.of_patient().taken)
    assert taken == [4, 8, 9]


@pytest.mark.parametrize("state", [PersonState.PAUSED, PersonState.PUT_BACK])
def test_only_through_an_open_door_but_leaving_needs_just_a_door(patient, circle, state):
    with patient.store.change(NOW):
        people.permit(patient, circle.person, NOW, state=state)
        shelves.settle(patient, NOW)
    with pytest.raises(LinkClosed):
        send(circle)
    send(circle, Letter(LetterKind.LEAVE, NOW))


def test_a_door_of_another_generation_takes_no_letter(patient, circle):
    from portal.vault.records import Door, pack  # noqa: PLC0415 - only here

    door = shelves.read_door(patient.rows, circle.secret)
    old = Door(b"another.", door.state, door.starts, door.ends, door.pages)
    with patient.store.change(NOW):
        patient.rows.replace(shelves.door_at(circle.secret), pack(old))
    with pytest.raises(LinkClosed):
        send(circle)
    shelves.settle(patient, NOW)


def test_without_a_door_or_a_link_there_is_no_letter(patient, circle):
    upkeep.remove(patient, circle.person, now=NOW)
    with pytest.raises(LinkClosed):
        send(circle)
    with pytest.raises(Gone):
        letters.send(circle.member, LinkId(bytes(8)), Letter(WORDS, NOW), now=NOW)
    with pytest.raises(Gone), patient.store.change(NOW):
        letters.change_link(circle.member, LinkId(bytes(8)), NOW)


def test_at_removal_every_letter_is_taken_in_past_gaps(patient, circle):
    for number in range(40):
        send(circle, Letter(WORDS, NOW, text=str(number)))
    with patient.store.change(NOW):
        for number in range(3, 30):
            patient.rows.remove(waiting_at(circle, number))
    secret = circle.secret
    upkeep.remove(patient, circle.person, now=NOW)
    assert [kind for kind, _ in inbox(circle)] == [letters.REMOVED] + 13 * [WORDS]
    generation = patient.store.generation.id
    assert not any(patient.rows.has(letters.letter_at(secret, generation, number)) for number in range(40))


def test_letters_of_the_generation_before_are_taken_in_too(patient, circle):
    send(circle)
    send(circle, Letter(WORDS, NOW, text="again"))
    upkeep.take_in(patient, NOW)
    with patient.store.change(NOW):
        old = circle.of_patient()
        for number in (2, 3):
            at = letters.letter_at(old.link, old.letters, number)
            patient.rows.add(at, letters.pack(Letter(WORDS, NOW, text="late")))
    patient.rows.generation = type(patient.store.generation)(9, b"the next", 1, NOW)
    with patient.store.change(NOW):
        at = letters.letter_at(old.link, b"the next", 0)
        patient.rows.add(at, letters.pack(Letter(LetterKind.LEAVE, NOW)))
        number, left = letters.take_all(patient, circle.of_patient(), NOW)
    assert (number, left) == (1, True)
    assert [text for _, text in inbox(circle)][:3] == ["", "late", "late"]
    shelves.settle(patient, NOW)


def test_a_farewell_is_answered_with_removal(store, patient, circle):
    other = let_in(patient, sign_up(store, "canal"), label="Kim")
    send(circle)
    send(circle, Letter(LetterKind.LEAVE, NOW))
    send(other)
    upkeep.take_in(patient, NOW)
    assert [one.id for one in patient.state.people] == [other.person]
    assert len(inbox(circle)) == 3
