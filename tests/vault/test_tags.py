"""Tags: what is known of every row, and what a change leaves of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.newtypes import Location
from portal.vault.tags import Tags

KEY = b"k" * 32
APART, ONE, TWO, THREE = (Location(n) for n in (-1, 1, 2, 3))


def scanned(found, key=KEY):
    tags = Tags(key, APART)
    for loc, ct in found.items():
        tags.learn(loc, ct)
    return tags


def told(tags):
    return tags.count, tags.root, [tags.get(loc) for loc in (APART, ONE, TWO, THREE)]


@pytest.fixture
def tags():
    return scanned({ONE: b"one", TWO: b"two", APART: b"seal"})


def test_a_row_fits_only_at_its_address_byte_for_byte_and_under_its_key(tags):
    assert tags.fits(ONE, b"one")
    assert not tags.fits(ONE, b"one ")
    assert not tags.fits(ONE, b"two")
    assert not tags.fits(TWO, b"one")
    assert not tags.fits(THREE, b"one")
    assert tags.of(ONE, b"one") != Tags(b"K" * 32, APART).of(ONE, b"one")


def test_the_seals_own_row_is_known_and_not_counted(tags):
    assert tags.fits(APART, b"seal")
    without = scanned({ONE: b"one", TWO: b"two"})
    assert (tags.count, tags.root) == (without.count, without.root) == (2, without.root)
    without.stage(APART, b"seal")
    assert (tags.count, tags.root) == (without.count, without.root)


def test_the_order_in_which_rows_are_found_says_nothing(tags):
    assert told(tags) == told(scanned({APART: b"seal", TWO: b"two", ONE: b"one"}))


def test_what_is_staged_stands_at_once_and_is_gone_when_it_is_dropped(tags):
    before = told(tags)
    tags.stage(ONE, b"other")
    tags.stage(TWO, None)
    tags.stage(THREE, b"three")
    assert tags.touched
    assert tags.fits(ONE, b"other")
    assert tags.get(TWO) is None
    assert told(tags) == told(scanned({ONE: b"other", THREE: b"three", APART: b"seal"}))
    tags.drop()
    assert not tags.touched
    assert told(tags) == before


def test_tags_anew_know_nothing_and_leave_the_old_ones_alone(tags):
    before, anew = told(tags), tags.anew()
    assert told(anew) == (0, bytes(16), [None] * 4)
    anew.learn(ONE, b"one")
    assert anew.fits(ONE, b"one")
    assert told(tags) == before


ROWS = st.dictionaries(st.sampled_from([APART, ONE, TWO, THREE]), st.binary(min_size=1, max_size=4))
STEPS = st.lists(st.tuples(st.sampled_from([APART, ONE, TWO, THREE]), st.none() | st.binary(min_size=1, max_size=4)))


@given(ROWS, st.lists(STEPS, max_size=3))
def test_after_any_changes_the_tags_are_those_of_a_scan(rows, changes):
    tags = scanned(rows)
    for steps in changes:
        for loc, ct in steps:
            tags.stage(loc, ct)
            rows = {**rows, loc: ct}
        tags.settle()
        assert not tags.touched
    assert told(tags) == told(scanned({loc: ct for loc, ct in rows.items() if ct is not None}))
