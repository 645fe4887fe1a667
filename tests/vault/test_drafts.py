"""Drafts: one a composer, none lost to another tab."""

import pytest

from portal.errors import ChangedElsewhere, Gone, TooLong, TooManyDrafts
from portal.newtypes import ItemId
from portal.vault import drafts
from portal.vault.records import DRAFTS
from tests.vault.story import NOTE, NOW

NOBODY = ItemId(bytes(16))


def begin(patient, body=b"dear", about=b""):
    return drafts.begin(patient, NOTE, about, body, now=NOW)


def bodies(patient):
    return [draft.body for _, draft, _ in drafts.read(patient)]


def test_drafts_come_back_newest_first(patient):
    first = begin(patient, about=b"a" * 16)
    begin(patient, b"other")
    assert bodies(patient) == [b"other", b"dear"]
    ref, draft, tag = list(drafts.read(patient))[1]
    assert (ref.page, tag) == first
    assert (ref.kind, ref.about, draft.saved) == (NOTE, b"a" * 16, NOW)


def test_a_save_writes_in_place(patient):
    page, tag = begin(patient)
    tag = drafts.save(patient, page, tag, b"dear all", now=NOW + 5)
    drafts.save(patient, page, tag, b"dear all of you", now=NOW + 6)
    assert bodies(patient) == [b"dear all of you"]


def test_a_draft_that_was_saved_elsewhere_is_kept_beside(patient):
    page, tag = begin(patient)
    drafts.save(patient, page, tag, b"in this tab", now=NOW)
    with pytest.raises(ChangedElsewhere):
        drafts.save(patient, page, tag, b"in that tab", now=NOW)
    assert bodies(patient) == [b"in that tab", b"in this tab"]


def test_a_dropped_draft_is_gone(patient):
    page, tag = begin(patient)
    drafts.drop(patient, page, now=NOW)
    assert bodies(patient) == []
    number = patient.rows.number
    drafts.drop(patient, page, now=NOW)
    assert patient.rows.number == number
    for act in (
        lambda: drafts.save(patient, page, tag, b"x", now=NOW),
        lambda: drafts.find(patient, page),
        lambda: drafts.tag(patient, page),
    ):
        with pytest.raises(Gone):
            act()


def test_none_goes_for_another(patient):
    for number in range(DRAFTS):
        begin(patient, str(number).encode())
    with pytest.raises(TooManyDrafts):
        begin(patient)
    assert len(bodies(patient)) == DRAFTS


def test_a_draft_that_does_not_open_hides_no_other(store, patient):
    page, _ = begin(patient)
    gone, _ = begin(patient)
    begin(patient, b"other")
    with store.change(NOW):
        store.rows.replace(drafts.draft_at(patient, page), b"no record")
        store.rows.remove(drafts.draft_at(patient, gone))
    assert bodies(patient) == [b"other"]


@pytest.mark.parametrize("size", [65_001, 65_700, 66_000])
def test_a_draft_that_would_not_be_read_back_is_refused(patient, size):
    page, tag = begin(patient)
    with pytest.raises(TooLong) as refusal:
        begin(patient, bytes(size))
    assert refusal.value.excess == size - 65_000
    with pytest.raises(TooLong):
        drafts.save(patient, page, tag, bytes(size), now=NOW)
    assert bodies(patient) == [b"dear"]


def test_each_of_several_drafts_is_found(patient):
    pages = [begin(patient, str(number).encode())[0] for number in range(3)]
    assert [drafts.find(patient, page).page for page in pages] == pages
    with pytest.raises(Gone):
        drafts.find(patient, NOBODY)
