"""Drafts: sealed as they are typed, for their author alone, and none is lost between two tabs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.circle import accounts, drafts, notes, tending
from portal.circle.bodies import ROOM, Text
from portal.circle.kinds import Kind
from portal.errors import ChangedElsewhere, EmptyText, Gone, TooLong, TooManyDrafts
from portal.newtypes import ItemId
from portal.vault import drafts as vault
from portal.vault import records
from tests.circle.story import (
    DAY,
    LONG,
    NOW,
    NUL,
    PASSPHRASE,
    PATIENT,
    RTL,
    SURROGATE,
    another_tab,
    sign_up,
    texts,
    write,
)
from tests.vault.checks import check_store


def save(session, text="a draft", *, now=NOW, title="", url="", **how):
    return drafts.save(session, Text(title, text, url), now=now, **how)


def test_a_draft_comes_back_as_it_was_typed(patient):
    kept = save(patient, "  text \n", title=" title ", url="exam", tags=["Week", " "], kind=Kind.RESOURCE)

    assert drafts.drafts(patient) == [kept]
    assert (kept.title, kept.text, kept.url, kept.tags) == (" title ", "  text \n", "exam", ("Week", " "))
    assert (kept.kind, kept.about, kept.saved) == (Kind.RESOURCE, b"", NOW)


def test_an_empty_draft_is_a_draft(patient):
    kept = save(patient, "")

    assert drafts.drafts(patient) == [kept]


def test_saving_on_continues_the_same_draft(patient):
    first = save(patient, "a")
    second = save(patient, "ab", began=first, now=NOW + 5)
    third = save(patient, "abc", began=second, now=NOW + 9)

    assert drafts.drafts(patient) == [third]
    assert first.page == third.page
    assert len({first.tag, second.tag, third.tag}) == 3


def test_what_a_draft_is_about_does_not_change_when_it_is_continued(patient):
    item = write(patient, "hello")
    first = save(patient, "a", kind=Kind.RESOURCE, about=item)

    second = save(patient, "ab", began=first)

    assert (second.kind, second.about) == (Kind.RESOURCE, item)
    assert drafts.drafts(patient) == [second]


def test_drafts_come_newest_first(patient):
    for at in (3, 1, 2):
        save(patient, f"draft {at}", now=NOW + at)

    assert [one.text for one in drafts.drafts(patient)] == ["draft 3", "draft 2", "draft 1"]


def test_each_composer_finds_its_own_newest_draft(patient):
    item = write(patient, "hello")
    save(patient, "old", now=NOW)
    new = save(patient, "new", now=NOW + 1)
    resource = save(patient, "resource", kind=Kind.RESOURCE, now=NOW + 2)
    editing = save(patient, "editing", about=item, now=NOW + 3)

    assert drafts.draft_for(patient) == new
    assert drafts.draft_for(patient, Kind.RESOURCE) == resource
    assert drafts.draft_for(patient, Kind.NOTE, item) == editing
    assert drafts.draft_for(patient, Kind.RESOURCE, item) is None


# Two tabs


def test_two_tabs_that_continue_one_draft_keep_both(patient):
    tab = another_tab(patient)
    began = save(patient, "common")
    save(patient, "common, one", began=began)

    with pytest.raises(ChangedElsewhere):
        save(tab, "common, two", began=began)

    assert {one.text for one in drafts.drafts(patient)} == {"common, one", "common, two"}
    assert drafts.drafts(patient) == drafts.drafts(tab)


def test_two_tabs_that_begin_a_draft_each_keep_both(patient):
    tab = another_tab(patient)

    save(patient, "one")
    save(tab, "two")

    assert {one.text for one in drafts.drafts(patient)} == {"one", "two"}


def test_what_was_published_in_one_tab_is_no_draft_in_the_other(patient):
    tab = another_tab(patient)
    began = save(patient, "hello")
    notes.write(patient, Text("", "hello"), draft=began.page, now=NOW)

    with pytest.raises(Gone):
        save(tab, "hello you", began=began)

    assert drafts.drafts(tab) == []


def test_pressing_publish_twice_with_one_draft_drops_it_once(patient):
    began = save(patient, "hello")

    for _ in range(2):
        notes.write(patient, Text("", "hello"), draft=began.page, now=NOW)

    assert drafts.drafts(patient) == []


def test_a_refused_text_keeps_its_draft(patient):
    began = save(patient, " ")

    with pytest.raises(EmptyText):
        notes.write(patient, Text("", " "), draft=began.page, now=NOW)

    assert drafts.drafts(patient) == [began]


# Bad input


@pytest.mark.parametrize("bad", [NUL, RTL, "a\r\nb", "\u2028"], ids=["nul", "rtl", "lines", "separator"])
def test_odd_characters_are_kept_in_a_draft(patient, bad):
    kept = save(patient, bad, title=bad, url=bad, tags=[bad])

    assert drafts.drafts(patient) == [kept]
    assert (kept.title, kept.text, kept.url, kept.tags) == (bad, bad, bad, (bad,))


def test_halves_of_characters_are_all_that_a_draft_loses(patient):
    kept = save(patient, SURROGATE, title=SURROGATE, url=SURROGATE, tags=[SURROGATE])

    assert drafts.drafts(patient) == [kept]
    assert (kept.title, kept.text, kept.url, kept.tags) == ("a?b", "a?b", "a?b", ("a?b",))


def test_a_draft_that_is_too_long_is_refused_with_the_excess_and_the_one_before_stays(patient):
    before = save(patient, "short")

    with pytest.raises(TooLong) as refused:
        save(patient, LONG, began=before)
    assert refused.value.excess > 900_000
    with pytest.raises(TooLong):
        save(patient, "a", tags=[LONG], began=before)

    assert drafts.drafts(patient) == [before]


def test_whatever_can_be_published_can_be_a_draft_before(patient):
    whole = "a" * (ROOM - 200 - 2_000)

    kept = save(patient, whole, title="t" * 200, url="u" * 2_000, tags=["\U0001f33f" * 30] * 8)

    assert drafts.drafts(patient) == [kept]


def test_the_longest_draft_opens_again_and_a_byte_more_is_refused(patient):
    size = records.DRAFT_BYTES
    with pytest.raises(TooLong) as refused:
        save(patient, "a" * size)

    longest = "a" * (size - refused.value.excess)

    kept = save(patient, longest)

    assert drafts.drafts(patient) == [kept]
    with pytest.raises(TooLong) as refused:
        save(patient, longest + "a")
    assert refused.value.excess == 1


def test_the_forty_first_draft_is_refused_and_none_goes_for_it(patient):
    kept = [save(patient, f"draft {at}", now=NOW + at) for at in range(records.DRAFTS)]

    with pytest.raises(TooManyDrafts):
        save(patient, "one more", now=NOW + DAY)

    assert drafts.drafts(patient) == kept[::-1]


@given(text=st.text(max_size=60), title=st.text(max_size=60), tags=st.lists(st.text(max_size=40), max_size=10))
def test_any_text_comes_back(text, title, tags):
    store = accounts.open_memory(now=NOW)
    session = sign_up(store, "maple river")

    kept = save(session, text, title=title, tags=tags)

    assert drafts.drafts(session) == [kept]
    assert (kept.text, kept.title, kept.tags) == (text, title, tuple(tags))
    check_store(store)
    store.close()


# Dropping, damage, privacy


def test_a_dropped_draft_is_gone_and_dropping_twice_is_no_error(patient):
    began = save(patient)

    drafts.drop(patient, began.page, now=NOW)
    before = patient.rows.number
    drafts.drop(patient, began.page, now=NOW)
    drafts.drop(another_tab(patient), bytes(16), now=NOW)

    assert drafts.drafts(patient) == []
    assert patient.rows.number >= before
    with pytest.raises(Gone):
        save(patient, "more", began=began)


def test_one_that_does_not_open_is_left_out_and_the_others_stay(store, patient):
    good, bad, odd = save(patient, "good"), save(patient, "bad"), save(patient, "odd")
    with store.change(NOW):
        store.rows.replace(vault.draft_at(patient, ItemId(bad.page)), b"something else")
    vault.save(patient, ItemId(odd.page), odd.tag, b"something else", now=NOW)

    assert drafts.drafts(patient) == [good]


def test_nobody_else_sees_a_draft(patient, sam):
    save(patient, "not yet")
    tending.tend(patient, NOW)

    assert texts(sam) == []
    assert drafts.drafts(sam.member) == []
    assert notes.notes(patient, now=NOW).total == 0


def test_a_draft_outlives_its_session(store, patient):
    kept = save(patient)
    patient.close()

    again = accounts.sign_in(store, PATIENT, PASSPHRASE, now=NOW + DAY)

    assert drafts.drafts(again) == [kept]
