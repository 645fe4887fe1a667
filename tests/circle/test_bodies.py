"""What the circle puts into the vault's bytes comes back as it was, or not at all."""

from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.circle.bodies import ROOM, URL, DraftText, Past, Text, pack, unpack
from portal.errors import Tampered

WORDS = st.text(max_size=30)
BODIES = st.one_of(
    st.builds(Text, WORDS, WORDS, WORDS),
    st.builds(DraftText, WORDS, WORDS, WORDS, st.lists(WORDS, max_size=8)),
    st.builds(Past, WORDS, st.integers(0, 2**40), st.integers(0, 2**40), WORDS),
)


@given(BODIES)
def test_a_body_comes_back_as_it_was(body):
    assert unpack(pack(body), type(body)) == body


@given(st.binary(max_size=60), st.sampled_from([Text, DraftText, Past]))
def test_any_bytes_are_a_body_or_tampered(payload, kind):
    with suppress(Tampered):
        assert isinstance(unpack(payload, kind), kind)


@pytest.mark.parametrize(
    "payload",
    [[], ["a"], ["a", "b", "c", "d"], ["a", 1], ["a" * 201, "b"], ["a", "b" * 65_001], ["a", "b", "c" * (URL + 1)], {}],
    ids=["empty", "short", "long", "type", "title", "text", "link", "shape"],
)
def test_a_body_of_another_shape_or_beyond_its_bounds_is_tampered(payload):
    with pytest.raises(Tampered):
        unpack(msgspec.msgpack.encode(payload), Text)


def test_a_text_written_before_there_were_links_still_opens():
    assert unpack(msgspec.msgpack.encode(["a", "b"]), Text) == Text("a", "b", "")


def test_the_longest_text_is_within_the_bounds_that_are_checked_when_it_is_read():
    longest = Text("", "a" * ROOM, "")

    assert unpack(pack(longest), Text) == longest
