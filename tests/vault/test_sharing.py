"""Publish, edit, share, unshare, withdraw, erase: an entry and its shelves together, under new keys where needed."""

import pytest

from portal.errors import ChangedElsewhere, ClockBehind, Gone, Tampered
from portal.newtypes import ItemId, PersonId
from portal.vault import entries, letters, people, sharing, shelves
from portal.vault.records import VERSIONS, PersonState
from tests.vault.story import (
    ASK,
    FAMILY,
    FRIENDS,
    NOTE,
    NOW,
    RESOURCE,
    YEAR,
    let_in,
    sign_up,
    stored,
    texts,
    write,
)

NOBODY = ItemId(bytes(16))


@pytest.fixture
def kim(store, patient):
    return let_in(patient, sign_up(store, "canal"), label="Kim")


def entry(patient, item):
    return entries.find(patient, item)[1]


def body(patient, item):
    one = entry(patient, item)
    return entries.read_body(patient, one.key, one.hash).decode()


def ids(one):
    return [slip.id for slip in stored(one)]


# Publish


def test_what_is_published_is_read_by_those_it_covers(store, patient, circle):
    friend = let_in(patient, sign_up(store, "canal"), label="Kim", lists=[FRIENDS])
    write(patient, "for the family", FAMILY)
    write(patient, "for Kim", friend.person)
    write(patient, "mine")
    assert (texts(circle), texts(friend)) == (["for the family"], ["for Kim"])


def test_a_kind_that_the_consent_leaves_out_is_not_read(patient, circle):
    write(patient, "an ask", FAMILY, kind=ASK)
    assert stored(circle) == []


def test_an_entry_keeps_what_it_was_given(patient, circle):
    item = sharing.publish(patient, RESOURCE, b"a", [FAMILY], now=NOW, tags=["sleep"], card=b"only for me")
    one = entry(patient, item)
    assert (one.kind, one.tags, one.card, one.written, one.edited) == (RESOURCE, ["sleep"], b"only for me", NOW, 0)
    assert [(reader.ref, reader.when) for reader in one.readers] == [(FAMILY, NOW)]


def test_while_the_clock_is_behind_nothing_is_shared_but_everything_is_kept(store, patient, circle):
    with store.change(NOW + YEAR // 2):
        patient.write(NOW + YEAR // 2)
    with pytest.raises(ClockBehind):
        write(patient, "shared", FAMILY, now=NOW)
    item = write(patient, "kept", now=NOW)
    assert entry(patient, item).written == NOW + YEAR // 2
    shared = write(patient, "ten minutes are borne", FAMILY, now=NOW + YEAR // 2 - 600)
    with pytest.raises(ClockBehind):
        sharing.edit(patient, shared, b"anew", base=NOW + YEAR // 2, now=NOW)
    with pytest.raises(ClockBehind):
        sharing.set_readers(patient, item, [FAMILY], now=NOW)
    sharing.set_readers(patient, shared, [], now=NOW)
    sharing.edit(patient, item, b"anew", base=NOW + YEAR // 2, now=NOW)


# Edit


def test_an_edit_moves_the_text_under_a_new_key(patient, circle):
    item = write(patient, "first", FAMILY)
    old = entry(patient, item)
    sharing.edit(patient, item, b"second", base=NOW, now=NOW + 9, tags=["t"])
    new = entry(patient, item)
    assert new.key != old.key
    assert (new.edited, new.tags, body(patient, item)) == (NOW + 9, ["t"], "second")
    assert not patient.rows.has(entries.body_at(old.key))
    assert texts(circle) == ["second"]


def test_the_earlier_text_lies_under_a_key_that_nobody_else_ever_held(patient, circle):
    item = write(patient, "first", FAMILY)
    old = entry(patient, item)
    sharing.edit(patient, item, b"second", base=NOW, now=NOW + 9)
    (version,) = entry(patient, item).versions
    assert version.key not in {old.key, entry(patient, item).key}
    assert (entries.read_body(patient, version.key, version.hash), version.edited) == (b"first", NOW)


def test_each_edit_is_later_than_the_one_before(patient, circle):
    item = write(patient, "0", FAMILY)
    for number in range(1, 4):
        base = entry(patient, item).edited or NOW
        sharing.edit(patient, item, str(number).encode(), base=base, now=NOW)
    assert entry(patient, item).edited == NOW + 3


def test_an_edit_from_an_older_text_is_refused(patient):
    item = write(patient, "first")
    sharing.edit(patient, item, b"second", base=NOW, now=NOW + 9)
    with pytest.raises(ChangedElsewhere):
        sharing.edit(patient, item, b"third", base=NOW, now=NOW + 10)
    assert body(patient, item) == "second"


def test_the_same_text_keeps_its_key_and_takes_the_tags(patient, circle):
    item = write(patient, "same", FAMILY)
    old = entry(patient, item)
    sharing.edit(patient, item, b"same", base=NOW, now=NOW + 9, tags=["t"])
    new = entry(patient, item)
    assert (new.key, new.edited, new.versions, new.tags) == (old.key, 0, [], ["t"])


def test_only_so_many_earlier_texts_are_kept(patient):
    item = write(patient, "0")
    keys = []
    for number in range(1, VERSIONS + 3):
        sharing.edit(patient, item, str(number).encode(), base=entry(patient, item).edited or NOW, now=NOW)
        keys.append(entry(patient, item).versions[-1].key)
    kept = entry(patient, item).versions
    assert [version.key for version in kept] == keys[-VERSIONS:]
    assert [patient.rows.has(entries.body_at(key)) for key in keys] == [False] * 2 + [True] * VERSIONS


def test_a_text_that_does_not_open_is_lost_and_stops_no_edit(store, patient, circle):
    item = write(patient, "first", FAMILY)
    with store.change(NOW):
        store.rows.replace(entries.body_at(entry(patient, item).key), b"another text")
    assert texts(circle) == []
    sharing.edit(patient, item, b"second", base=NOW, now=NOW + 9)
    assert (entry(patient, item).versions, texts(circle)) == ([], ["second"])


# Readers


def test_who_was_a_reader_before_keeps_the_time(patient, circle):
    item = write(patient, "a", FAMILY)
    sharing.set_readers(patient, item, [FRIENDS, FAMILY], now=NOW + 50)
    assert [(reader.ref, reader.when) for reader in entry(patient, item).readers] == [
        (FRIENDS, NOW + 50), (FAMILY, NOW),
    ]  # fmt: skip


def test_whoever_gets_it_needs_no_new_key_and_whoever_loses_it_makes_one(store, patient, circle):
    friend = let_in(patient, sign_up(store, "canal"), label="Kim", lists=[FRIENDS])
    item = write(patient, "a", FAMILY)
    key = entry(patient, item).key
    sharing.set_readers(patient, item, [FAMILY, FRIENDS], now=NOW)
    assert (entry(patient, item).key, ids(friend)) == (key, [item])
    sharing.set_readers(patient, item, [FRIENDS], now=NOW)
    assert entry(patient, item).key != key
    assert (ids(circle), texts(friend)) == ([], ["a"])
    assert not store.rows.has(entries.body_at(key))


def test_unsharing_from_one_of_a_list_leaves_it_with_the_others(patient, circle, kim):
    item = write(patient, "a", FAMILY)
    key = entry(patient, item).key
    sharing.unshare(patient, item, circle.person, now=NOW + 99)
    assert (ids(circle), texts(kim)) == ([], ["a"])
    assert entry(patient, item).key != key
    assert [(reader.ref, reader.when) for reader in entry(patient, item).readers] == [(kim.person, NOW)]


def test_unsharing_leaves_other_lists_and_people_alone(patient, circle, kim):
    item = write(patient, "a", FRIENDS, kim.person, circle.person)
    sharing.unshare(patient, item, circle.person, now=NOW)
    assert [reader.ref for reader in entry(patient, item).readers] == [FRIENDS, kim.person]


def test_unsharing_counts_the_later_of_two_times(patient, circle, kim):
    item = write(patient, "a", kim.person)
    sharing.set_readers(patient, item, [kim.person, FAMILY], now=NOW + 50)
    sharing.unshare(patient, item, circle.person, now=NOW + 60)
    assert [(reader.ref, reader.when) for reader in entry(patient, item).readers] == [(kim.person, NOW + 50)]


def test_unsharing_from_somebody_unknown_changes_no_reader(patient, circle):
    item = write(patient, "a", FAMILY)
    sharing.unshare(patient, item, b"unknown.", now=NOW)
    assert texts(circle) == ["a"]


def test_withdrawing_takes_it_from_everybody_under_a_new_key(patient, circle, kim):
    item = write(patient, "a", FAMILY)
    key = entry(patient, item).key
    sharing.withdraw(patient, item, now=NOW)
    assert (ids(circle), ids(kim), entry(patient, item).readers) == ([], [], [])
    assert entry(patient, item).key != key
    assert body(patient, item) == "a"


def test_withdrawing_a_text_that_does_not_open_still_withdraws(store, patient, circle):
    item = write(patient, "a", FAMILY)
    with store.change(NOW):
        store.rows.remove(entries.body_at(entry(patient, item).key))
    sharing.withdraw(patient, item, now=NOW)
    assert ids(circle) == []
    with pytest.raises(Tampered):
        body(patient, item)


def test_someone_paused_counts_neither_as_gaining_nor_as_losing(store, patient, circle):
    item = write(patient, "a", FAMILY)
    with store.change(NOW):
        people.permit(patient, circle.person, NOW, state=PersonState.PAUSED)
        shelves.settle(patient, NOW)
    sharing.edit(patient, item, b"b", base=NOW, now=NOW + 9)
    assert ids(circle) == []


# The rest


def test_a_pin_is_the_patients_alone(patient, circle):
    item = write(patient, "a", FAMILY)
    before = stored(circle)
    sharing.pin(patient, item, True, now=NOW)
    assert entry(patient, item).pin
    assert stored(circle) == before


def test_erasing_leaves_no_row_of_it(patient, circle):
    item = write(patient, "a", FAMILY)
    sharing.edit(patient, item, b"b", base=NOW, now=NOW + 9)
    one = entry(patient, item)
    sharing.erase(patient, item, now=NOW + 10)
    keys = [one.key, *(version.key for version in one.versions)]
    assert not any(patient.rows.has(entries.body_at(key)) for key in keys)
    assert ids(circle) == []


@pytest.mark.parametrize(
    "act",
    [
        lambda p: sharing.edit(p, NOBODY, b"x", base=NOW, now=NOW),
        lambda p: sharing.set_readers(p, NOBODY, [], now=NOW),
        lambda p: sharing.unshare(p, NOBODY, PersonId(b"unknown."), now=NOW),
        lambda p: sharing.withdraw(p, NOBODY, now=NOW),
        lambda p: sharing.pin(p, NOBODY, True, now=NOW),
        lambda p: sharing.erase(p, NOBODY, now=NOW),
    ],
)
def test_what_is_not_there_is_gone(patient, act):
    with pytest.raises(Gone):
        act(patient)


def test_the_preview_names_who_would_read_it(store, patient, circle, kim):
    def named(refs, kind=NOTE, now=NOW):
        return [one.label for one in sharing.readers_of(patient, kind, refs, now=now)]

    assert named([FAMILY]) == ["Sam", "Kim"]
    assert named([kim.person]) == ["Kim"]
    assert (named([FAMILY], kind=ASK), named([]), named([FAMILY], now=NOW + YEAR)) == ([], [], [])
    item = write(patient, "a", kim.person)
    assert [one.label for one in sharing.readers_now(patient, entry(patient, item), now=NOW)] == ["Kim"]
    assert letters.find_link(kim.member, kim.link).name == "maple river"
