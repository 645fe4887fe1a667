"""A run of records: filled by bytes, read from the newest, never stopped by damage."""

import pytest

from portal.crypto.sealing import ROOM, place
from portal.errors import Tampered
from portal.newtypes import ItemId, PersonId, Secret
from portal.vault.pages import PAGE, Run
from portal.vault.records import View, pack
from tests.vault.story import NOW

SECRET = Secret(b"r" * 32)


def view(number):
    return View(PersonId(b"somebody"), ItemId(number.to_bytes(16, "big")), NOW)


@pytest.fixture
def run(store):
    return Run(store.rows, SECRET, ("views",), View)


def append(store, run, pages, *numbers):
    with store.change(NOW):
        return run.append(pages, [view(n) for n in numbers])


def numbers(run, pages):
    return [int.from_bytes(one.item, "big") for one in run.newest_first(pages)]


def test_records_come_back_newest_first(store, run):
    pages = append(store, run, 0, 1, 2)
    pages = append(store, run, pages, 3)
    assert pages == 1
    assert numbers(run, pages) == [3, 2, 1]


def test_a_page_fills_by_bytes_before_the_next_begins(store, run):
    pages = append(store, run, 0, *range(300))
    assert pages > 1
    for index in range(pages - 1):
        full = run.page(index)
        assert len(pack(full)) <= ROOM[PAGE] < len(pack([*full, view(999)]))
    assert numbers(run, pages) == list(range(299, -1, -1))


def test_the_first_record_does_not_show(store, run):
    append(store, run, 0, 1)
    ct = store.rows._db.execute("select ct from rec where loc = ?", (run.at(0).loc,)).fetchone()[0]
    assert len(ct) == PAGE


def test_no_records_are_no_page(store, run):
    assert append(store, run, 0) == 0
    assert append(store, run, append(store, run, 0, 1)) == 1


def test_a_page_that_is_not_there_is_refused(run):
    with pytest.raises(Tampered):
        run.page(0)


def test_a_damaged_newest_page_is_left_and_a_new_one_begun(store, run):
    with store.change(NOW):
        store.rows.add(run.at(0), b"no list", PAGE)
    assert append(store, run, 1, 7) == 2
    assert numbers(run, 2) == [7]


def test_a_page_is_written_anew(store, run):
    append(store, run, 0, 1, 2)
    with store.change(NOW):
        run.replace(0, [view(9)])
    assert numbers(run, 1) == [9]


def test_clearing_leaves_nothing(store, run):
    pages = append(store, run, 0, *range(200))
    with store.change(NOW):
        run.clear(pages + 1)
    assert not any(store.rows.has(place(SECRET, "views", n)) for n in range(pages + 1))


def test_pages_past_the_count_are_kept_and_written_on(store, run):
    pages = append(store, run, 0, *range(300))
    assert pages > 1

    assert append(store, run, 1, 300) == pages
    assert numbers(run, pages) == list(range(300, -1, -1))
