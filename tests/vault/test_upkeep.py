"""What an open session owes its members, and what removal leaves: nothing."""

import pytest

from portal.crypto.sealing import place
from portal.errors import Gone
from portal.newtypes import PersonId
from portal.vault import letters, shelves, upkeep
from portal.vault.records import Letter, LetterKind
from tests.vault.story import FAMILY, NOW, YEAR, let_in, sign_up, stored, texts, waiting, write


def rows_of(store, secret, generation):
    names = [("door",), ("consent",)]
    names += [(name, n) for name in ("shelf",) for n in range(5)]
    names += [("letter", generation, n) for n in range(50)]
    return [name for name in names if store.rows.has(place(secret, *name))]


def test_each_minute_letters_come_in_and_shelves_are_settled(patient, circle):
    write(patient, "a", FAMILY)
    letters.send(circle.member, circle.link, Letter(7, NOW), now=NOW)
    upkeep.settle_all(patient, NOW + YEAR)
    assert not waiting(patient)
    assert stored(circle) == []
    number = patient.rows.number
    upkeep.settle_all(patient, NOW + YEAR)
    assert patient.rows.number == number


def test_somebody_without_a_circle_writes_nothing(member):
    number = member.rows.number
    upkeep.settle_all(member, NOW)
    assert member.rows.number == number


def test_removal_leaves_no_row_and_nobody_else_notices(store, patient, circle):
    other = let_in(patient, sign_up(store, "canal"), label="Kim")
    for number in range(50):
        write(patient, str(number), FAMILY)
    texts(circle)
    texts(other)
    secret, generation = circle.secret, store.generation.id
    before = stored(other)
    assert rows_of(store, secret, generation)
    upkeep.remove(patient, circle.person, now=NOW)
    assert rows_of(store, secret, generation) == []
    assert stored(other) == before
    assert [one.id for one in patient.state.people] == [other.person]


def departures(patient):
    return [(one.person, one.label, one.kind, one.minute) for one in letters.departed(patient)]


def test_removal_keeps_the_name_and_the_minute(patient, circle):
    label = circle.of_patient().label
    upkeep.remove(patient, circle.person, now=NOW + 61)
    assert departures(patient) == [(circle.person, label, letters.REMOVED, (NOW + 61) // 60 * 60)]


def test_who_asked_to_leave_was_not_removed(patient, circle):
    label = circle.of_patient().label
    letters.send(circle.member, circle.link, Letter(LetterKind.LEAVE, NOW), now=NOW)
    upkeep.take_in(patient, NOW)
    assert departures(patient) == [(circle.person, label, LetterKind.LEAVE, NOW)]


def test_no_member_can_send_a_removal(circle):
    with pytest.raises(ValueError, match="beyond its bounds"):
        letters.send(circle.member, circle.link, Letter(letters.REMOVED, NOW), now=NOW)


def test_damage_never_stands_in_the_way_of_removal(store, patient, circle):
    write(patient, "a", FAMILY)
    texts(circle)
    secret, generation = circle.secret, store.generation.id
    with store.change(NOW):
        for name in rows_of(store, secret, generation):
            store.rows.replace(place(secret, *name), b"no record")
    upkeep.remove(patient, circle.person, now=NOW)
    assert rows_of(store, secret, generation) == []


def test_nobody_is_gone(patient):
    with pytest.raises(Gone):
        upkeep.remove(patient, PersonId(bytes(8)), now=NOW)


def test_removed_rows_are_gone_from_the_files_at_once(disk, tmp_path):
    patient = sign_up(disk, "maple river")
    one = let_in(patient, sign_up(disk, "lake"))
    write(patient, "a", FAMILY)
    at = shelves.page_at(one.secret, 0).loc
    ct = disk.rows._db.execute("select ct from rec where loc = ?", (at,)).fetchone()[0]

    def there():
        return any(ct[100:164] in file.read_bytes() for file in (tmp_path / "data").iterdir())

    assert there()
    upkeep.remove(patient, one.person, now=NOW)
    assert not there()
