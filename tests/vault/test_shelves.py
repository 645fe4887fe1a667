"""Who can open what: the formula, and that every stored shelf equals it."""

import msgspec
import pytest

from portal.crypto.sealing import place
from portal.errors import Tampered
from portal.newtypes import ItemId, ListId, PersonId
from portal.vault import entries, people, sharing, shelves
from portal.vault.records import SLIPS, Entry, Permission, Person, PersonState, Reader, ShelfPage, pack
from tests.vault.story import ASK, DAY, FAMILY, FRIENDS, NOTE, NOW, RESOURCE, YEAR, let_in, sign_up, stored, write

GENERATION, SAM, KIM = b"generati", PersonId(b"sam....."), PersonId(b"kim.....")
OPEN = Permission(PersonState.OPEN, GENERATION, [NOTE, RESOURCE], [ListId(FAMILY)], NOW, NOW, NOW + YEAR)


def person(**fields):
    permission = msgspec.structs.replace(OPEN, **fields)
    return Person(SAM, b"L" * 32, "Sam", "friend", ItemId(bytes(16)), NOW, permission, GENERATION)


def entry(*readers, kind=NOTE):
    return Entry(ItemId(b"i" * 16), b"k" * 32, kind, NOW, 0, bytes(32), [Reader(ref, when) for ref, when in readers])


# The formula


def test_a_permission_stands_from_its_start_until_its_end():
    spans = [(NOW - 1, False), (NOW, True), (NOW + YEAR - 1, True), (NOW + YEAR, False)]
    assert [shelves.stands(person(), GENERATION, when) for when, _ in spans] == [told for _, told in spans]


@pytest.mark.parametrize("fields", [{"state": PersonState.PAUSED}, {"state": PersonState.PUT_BACK}], ids=str)
def test_only_an_open_permission_stands(fields):
    assert not shelves.stands(person(**fields), GENERATION, NOW)


def test_no_permission_stands_in_another_generation():
    assert not shelves.stands(person(), b"another.", NOW)


@pytest.mark.parametrize(
    ("fields", "wanted", "covered"),
    [
        ({}, entry((FAMILY, NOW)), True),
        ({}, entry((SAM, NOW)), True),
        ({}, entry((FRIENDS, NOW), (FAMILY, NOW)), True),
        ({}, entry(), False),
        ({}, entry((FRIENDS, NOW)), False),
        ({}, entry((KIM, NOW)), False),
        ({}, entry((FAMILY, NOW - 1)), False),
        ({}, entry((SAM, NOW - 1), (FAMILY, NOW)), True),
        ({"since": 0}, entry((FAMILY, 1)), True),
        ({}, entry((FAMILY, NOW), kind=ASK), False),
        ({}, entry((FAMILY, NOW), kind=RESOURCE), True),
        ({"lists": []}, entry((FAMILY, NOW)), False),
        ({"lists": []}, entry((SAM, NOW)), True),
        ({"kinds": []}, entry((SAM, NOW)), False),
        ({"state": PersonState.PAUSED}, entry((SAM, NOW)), False),
    ],
)
def test_covers(fields, wanted, covered):
    assert shelves.covers(person(**fields), wanted, GENERATION, NOW) is covered


def test_a_slip_never_says_when_or_with_whom_it_was_shared():
    one = entry((FAMILY, NOW + 77), (KIM, NOW))
    assert msgspec.structs.asdict(shelves.slip(one)) == {
        name: getattr(one, name) for name in ("id", "key", "kind", "written", "edited", "hash")
    }


# Settling


def door(one):
    return shelves.read_door(one.patient.rows, one.secret)


def settle(one, now=NOW, **more):
    shelves.settle(one.patient, now, **more)


def permit(one, now=NOW, **fields):
    with one.patient.store.change(now):
        people.permit(one.patient, one.person, now, **fields)
        shelves.settle(one.patient, now, [one.of_patient()], narrowing=True)


def test_a_newcomer_gets_everything_so_far_in_order(patient, member):
    items = [write(patient, f"note {number}", FAMILY, now=NOW + number) for number in range(3)]
    write(patient, "mine alone")
    one = let_in(patient, member, now=NOW + 9)
    assert [slip.id for slip in stored(one)] == items
    assert door(one).state == PersonState.OPEN


def test_a_page_is_full_before_the_next_begins_whatever_lies_between(patient, circle):
    for number in range(2 * SLIPS + 5):
        write(patient, f"note {number}", FAMILY, now=NOW + number)
        write(patient, "hidden", now=NOW + number)
    sizes = [len(shelves.read_shelf_page(patient.rows, circle.secret, n)) for n in range(door(circle).pages)]
    assert sizes == [SLIPS, SLIPS, 5]


@pytest.mark.parametrize("state", [PersonState.PAUSED, PersonState.PUT_BACK])
def test_whoever_does_not_stand_has_an_empty_shelf_and_a_door_that_says_so(patient, circle, state):
    write(patient, "a", FAMILY)
    permit(circle, state=state)
    assert (stored(circle), door(circle).state) == ([], state)
    permit(circle, state=PersonState.OPEN)
    assert len(stored(circle)) == 1


def test_after_the_end_the_shelf_is_empty(patient, circle):
    write(patient, "a", FAMILY)
    settle(circle, NOW + YEAR)
    assert (stored(circle), door(circle).state) == ([], PersonState.ENDED)


def test_what_has_ended_stays_ended_when_the_clock_is_set_back(patient, circle):
    write(patient, "a", FAMILY)
    settle(circle, NOW + YEAR)
    settle(circle, NOW + 5)
    assert stored(circle) == []


def test_a_pause_past_the_end_still_reads_as_a_pause(patient, circle):
    permit(circle, state=PersonState.PAUSED)
    settle(circle, NOW + YEAR)
    assert door(circle).state == PersonState.PAUSED


def test_a_permission_of_another_generation_reads_as_put_back(patient, circle):
    permit(circle, generation=b"another.")
    assert door(circle).state == PersonState.PUT_BACK
    assert door(circle).generation == patient.store.generation.id


def test_only_those_named_are_settled(store, patient, circle):
    other = let_in(patient, sign_up(store, "canal"), label="Kim")
    write(patient, "a", FAMILY)
    settle(circle, NOW + YEAR, who=[circle.of_patient()])
    assert (len(stored(circle)), len(stored(other))) == (0, 1)
    settle(circle, NOW + YEAR)


def test_nobody_to_settle_is_nothing_to_do(store, patient, circle):
    number = store.rows.number
    settle(circle, who=[])
    assert store.rows.number == number


def test_settling_again_writes_nothing_and_an_idle_one_does_not_raise_the_last_time(store, patient, circle):
    write(patient, "a", FAMILY)
    number = store.rows.number
    settle(circle, NOW + DAY)
    assert (store.rows.number, patient.state.last) == (number, NOW)


def test_a_narrowed_permission_takes_its_entries_away(patient, circle):
    write(patient, "a", FAMILY)
    kept = write(patient, "b", FAMILY, kind=RESOURCE)
    permit(circle, kinds=[RESOURCE])
    assert [slip.id for slip in stored(circle)] == [kept]
    permit(circle, lists=[])
    assert stored(circle) == []


def test_a_permission_that_begins_is_not_cut_short_by_the_first_thing_shared(patient, member):
    items = [write(patient, "before", FAMILY)]
    one = let_in(patient, member, starts=NOW + DAY)
    assert stored(one) == []
    items.append(write(patient, "after", FAMILY, now=NOW + DAY))
    assert [slip.id for slip in stored(one)] == items


def test_sharing_empties_the_shelves_of_those_whose_permission_has_ended(store, patient, circle):
    write(patient, "a", FAMILY)
    write(patient, "b", FAMILY, now=NOW + YEAR)
    assert stored(circle) == []


# Damage


def damage(store, at):
    with store.change(NOW):
        store.rows.replace(at, b"no record")


def fill(patient, count=90):
    return [write(patient, f"note {number}", FAMILY, now=NOW + number) for number in range(count)]


def test_a_shelf_page_or_door_that_does_not_open_is_made_anew(store, patient, circle):
    items = fill(patient, 3)
    damage(store, shelves.page_at(circle.secret, 0))
    settle(circle)
    assert [slip.id for slip in stored(circle)] == items
    damage(store, shelves.door_at(circle.secret))
    settle(circle)
    assert [slip.id for slip in stored(circle)] == items


def test_a_shelf_that_does_not_open_does_not_stop_sharing(store, patient, circle):
    items = fill(patient, 3)
    damage(store, shelves.page_at(circle.secret, 0))
    items.append(write(patient, "more", FAMILY, now=NOW + 9))
    assert [slip.id for slip in stored(circle)] == items


def test_damage_of_an_own_page_leaves_shelves_that_stand_as_they_are(store, patient, circle):
    items = fill(patient)
    damage(store, entries.page_at(patient, 0))
    settle(circle, NOW + 90)
    assert [slip.id for slip in stored(circle)] == items


def test_damage_of_an_own_page_never_blocks_narrowing_and_never_widens(store, patient, circle):
    items = fill(patient)
    lost = {entry.id for entry in entries.read_page(patient, 0).entries}
    damage(store, entries.page_at(patient, 0))
    permit(circle, NOW + 90, kinds=[NOTE])
    assert [slip.id for slip in stored(circle)] == [item for item in items if item not in lost]
    settle(circle, NOW + 90)
    assert lost.isdisjoint(slip.id for slip in stored(circle))


def test_damage_of_an_own_page_keeps_no_slip_of_another_kind(store, patient, circle):
    fill(patient)
    damage(store, entries.page_at(patient, 0))
    with store.change(NOW):
        people.permit(patient, circle.person, NOW, kinds=[RESOURCE])
        shelves.settle(patient, NOW)
    assert stored(circle) == []


def test_damage_of_own_page_and_shelf_together_leaves_what_opens(store, patient, circle):
    items = fill(patient)
    lost = {entry.id for entry in entries.read_page(patient, 0).entries}
    damage(store, entries.page_at(patient, 0))
    damage(store, shelves.page_at(circle.secret, 0))
    settle(circle)
    assert [slip.id for slip in stored(circle)] == [item for item in items if item not in lost]


def test_damage_empties_every_shelf_that_should_be_empty(store, patient, circle):
    fill(patient)
    damage(store, entries.page_at(patient, 0))
    settle(circle, NOW + YEAR)
    assert stored(circle) == []


def test_a_shelf_page_that_is_not_there_is_refused(store, circle):
    with pytest.raises(Tampered):
        shelves.read_shelf_page(store.rows, circle.secret, 7)


def test_emptying_leaves_no_row_whether_or_not_it_opens(store, patient, circle):
    fill(patient)
    secret = circle.secret
    damage(store, shelves.page_at(secret, 0))
    damage(store, shelves.door_at(secret))
    with store.change(NOW):
        shelves.empty(store.rows, secret)
    assert not any(store.rows.has(place(secret, "shelf", n)) for n in range(4))
    assert shelves.read_door(store.rows, secret) is None
    settle(circle, NOW + 90)


# One changed entry


def test_an_edit_touches_only_its_page(store, patient, circle):
    items = fill(patient)
    tags = [store.rows.tag(shelves.page_at(circle.secret, n).loc) for n in range(3)]
    sharing.edit(patient, items[-1], b"anew", base=NOW + 89, now=NOW + 99)
    after = [store.rows.tag(shelves.page_at(circle.secret, n).loc) for n in range(3)]
    assert [before == now for before, now in zip(tags, after, strict=True)] == [True, True, False]


def test_what_was_written_before_the_newest_slip_takes_its_place_in_order(patient, circle):
    early = write(patient, "early", now=NOW)
    late = write(patient, "late", FAMILY, now=NOW + 5)
    sharing.set_readers(patient, early, [FAMILY], now=NOW + 9)
    assert [slip.id for slip in stored(circle)] == [early, late]


def test_a_slip_that_is_not_where_it_should_be_packs_the_shelf_anew(store, patient, circle):
    items = fill(patient, 3)
    with store.change(NOW):
        at = shelves.page_at(circle.secret, 0)
        store.rows.replace(at, pack(ShelfPage(stored(circle)[1:])), 4_050)
    sharing.edit(patient, items[0], b"anew", base=NOW, now=NOW + 9)
    assert [slip.id for slip in stored(circle)] == items


def test_an_unchanged_slip_changes_nothing(store, patient, circle):
    fill(patient, 1)
    slip, number = stored(circle)[0], store.rows.number
    with store.change(NOW):
        shelves.refresh(patient, circle.of_patient(), slip, slip, NOW)
    assert store.rows.number == number


def test_a_door_that_is_gone_is_made_anew_by_the_next_thing_shared(store, patient, circle):
    items = fill(patient, 3)
    with store.change(NOW):
        store.rows.remove(shelves.door_at(circle.secret))
    items.append(write(patient, "more", FAMILY, now=NOW + 9))
    assert door(circle).state == PersonState.OPEN
    assert [slip.id for slip in stored(circle)] == items
