"""Options have words of their own: what is pressed is what is chosen."""

from hypothesis import given
from hypothesis import strategies as st

from portal.ui.parts.choices import distinct


def test_the_second_of_two_alike_is_numbered_and_the_first_stays() -> None:
    assert distinct({"a": "Fern", "b": "fern", "c": "Sam", "d": "Fern"}) == {
        "a": "Fern",
        "b": "fern (2)",
        "c": "Sam",
        "d": "Fern (3)",
    }


def test_a_name_that_is_numbered_already_stays_apart_too() -> None:
    assert sorted(distinct({"a": "Fern", "b": "Fern (2)", "c": "Fern"}).values()) == ["Fern", "Fern (2)", "Fern (3)"]


@given(st.dictionaries(st.text(max_size=3), st.sampled_from(["a", "A", "a (2)", "b", "a (2) (2)"]), max_size=8))
def test_no_two_are_alike_and_none_is_lost(options: dict[str, str]) -> None:
    told = distinct(options)
    assert list(told) == list(options)
    assert len({words.casefold() for words in told.values()}) == len(options)
