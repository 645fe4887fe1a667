"""The own index and the bodies: paged by bytes, rewritten in place, found whatever page is damaged."""

import pytest

from portal.crypto.sealing import LADDER, ROOM
from portal.errors import AccountFull, Gone, Tampered, TooLong
from portal.newtypes import ItemId
from portal.vault import entries, sharing
from portal.vault.hostfile import Limits
from portal.vault.pages import PAGE
from portal.vault.records import OwnPage, Reader, pack
from portal.vault.session import Session
from tests.vault.story import FAMILY, NOW, write

NOBODY = ItemId(bytes(16))


def own(session):
    return [entries.read_page(session, number) for number in range(session.state.own)]


def damage(store, session, number):
    with store.change(NOW):
        store.rows.replace(entries.page_at(session, number), b"no record")


def test_pages_fill_by_bytes_before_the_next_begins(patient):
    items = [write(patient, f"note {number}") for number in range(80)]
    pages = own(patient)
    assert len(pages) > 1
    assert [entry.id for page in pages for entry in page.entries] == items
    assert all(len(pack(page)) <= ROOM[PAGE] for page in pages)


def test_the_order_is_that_of_writing_and_then_of_the_id(patient):
    items = [write(patient, "a", now=NOW + step) for step in (9, 9, 9, 30)]
    found = entries.index(patient).entries
    assert [entry.id for entry in found] == [*sorted(items[:3]), items[3]]
    assert list(found) == sorted(found, key=entries.order)


def test_a_page_is_kept_in_memory_while_its_row_is_the_same(store, patient):
    write(patient, "a")
    assert entries.read_page(patient, 0) is entries.read_page(patient, 0)
    before = entries.read_page(patient, 0)
    write(Session(store, patient.seed), "b")
    assert len(entries.read_page(patient, 0).entries) == len(before.entries) + 1


def test_a_page_may_grow_and_an_entry_that_no_longer_fits_moves_to_the_newest(store, patient):
    items = [write(patient, f"note {number}") for number in range(30)]
    readers = [Reader(bytes([number]) * 8, NOW) for number in range(80)]
    with store.change(NOW):
        for item in items:
            entries.change(patient, item, NOW, card=bytes(1000), readers=readers)
    sizes = [len(pack(page)) for page in own(patient)]
    assert max(sizes) > ROOM[PAGE]
    assert max(sizes) <= ROOM[LADDER[-1]]
    assert len(sizes) > 1
    assert sorted(entry.id for entry in entries.index(patient).entries) == sorted(items)
    assert {len(entry.card) for entry in entries.index(patient).entries} == {1000}


def test_an_entry_larger_than_a_page_has_one_for_itself(store, patient):
    first = write(patient, "a")
    with store.change(NOW):
        entries.change(patient, first, NOW, readers=[Reader(bytes(8), NOW)] * 80, card=bytes(1000))
    write(patient, "b")
    assert [len(page.entries) for page in own(patient)] == [2] or len(own(patient)) == 2
    assert len(entries.index(patient).entries) == 2


def test_what_is_not_there_is_gone(store, patient):
    for act in (entries.find, lambda session, item: entries.drop(session, item, NOW)):
        with pytest.raises(Gone), store.change(NOW):
            act(patient, NOBODY)


def test_a_damaged_page_hides_only_its_own_entries_and_writing_goes_on(store, patient):
    for number in range(80):
        write(patient, f"note {number}")
    pages, kept = patient.state.own, [entry.id for page in own(patient)[1:] for entry in page.entries]
    damage(store, patient, 0)
    found = entries.index(patient)
    assert (found.damaged, [entry.id for entry in found.entries]) == (1, sorted_by_page(patient, kept))
    assert entries.find(patient, kept[-1])[0] == pages - 1
    with pytest.raises(Gone):
        entries.find(patient, NOBODY)


def sorted_by_page(session, kept):
    return [entry.id for entry in sorted((entries.find(session, item)[1] for item in kept), key=entries.order)]


def test_a_damaged_newest_page_is_left_and_a_new_one_begun(store, patient):
    write(patient, "a")
    damage(store, patient, 0)
    item = write(patient, "b")
    assert entries.find(patient, item)[0] == patient.state.own - 1
    with pytest.raises(Tampered):
        entries.read_page(patient, 0)


def test_the_newest_page_that_is_damaged_when_an_entry_is_added(store, patient):
    damage(store, patient, 0)
    with store.change(NOW):
        entries.append(patient, entries.Entry(NOBODY, bytes(32), 1, NOW, 0, bytes(32), []), NOW)
    assert patient.state.own == 2
    assert entries.read_page(patient, 1).entries[0].id == NOBODY


def test_a_missing_page_is_refused(patient):
    with pytest.raises(Tampered):
        entries.read_page(patient, 5)


def test_a_body_is_read_only_with_the_hash_it_had(store, patient):
    key = entries.new_key()
    with store.change(NOW):
        entries.write_body(patient, key, b"hello", NOW)
    assert entries.read_body(patient, key, entries.digest(b"hello")) == b"hello"
    for wrong_key, wrong_hash in ((key, entries.digest(b"other")), (entries.new_key(), entries.digest(b"hello"))):
        with pytest.raises(Tampered):
            entries.read_body(patient, wrong_key, wrong_hash)


def test_the_bytes_of_bodies_are_counted_and_given_back(patient):
    start = patient.state.used
    item = write(patient, "hello", FAMILY)
    assert patient.state.used == start + LADDER[0]
    sharing.edit(patient, item, b"anew", base=NOW, now=NOW + 5)
    assert patient.state.used == start + 2 * LADDER[0]
    sharing.withdraw(patient, item, now=NOW + 5)
    assert patient.state.used == start + 2 * LADDER[0]
    sharing.erase(patient, item, now=NOW + 5)
    assert patient.state.used == start


def test_a_full_account_writes_nothing_new_but_takes_back(store, patient, circle):
    item = write(patient, "hello", FAMILY)
    store.limits = Limits(account=patient.state.used + 1)
    with pytest.raises(AccountFull):
        write(patient, "more")
    sharing.withdraw(patient, item, now=NOW)
    sharing.erase(patient, item, now=NOW)
    write(patient, "more")


def test_a_text_beyond_the_largest_row_is_refused(patient):
    with pytest.raises(TooLong) as refusal:
        write(patient, "a" * (ROOM[LADDER[-1]] + 7))
    assert refusal.value.excess == 7
    assert entries.index(patient).entries == ()


def test_a_page_written_anew_has_the_number_it_is_given(store, patient):
    with store.change(NOW):
        entries.write_page(patient, 0, OwnPage(0, []))
    assert entries.read_page(patient, 0) == OwnPage(0, [])
