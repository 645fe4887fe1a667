"""What a person has typed: kept as it was meant, or refused with the reason."""

import pytest

from portal.circle.bodies import URL, Text
from portal.circle.texts import checked, checked_tags, whole_link
from portal.errors import BadLink, BadText, EmptyText, TooLong, TooManyTags

LINKS = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,hello",
    "file:///etc/passwd",
    "ftp://example.org",
    "mailto:sam@example.org",
    "//example.org",
    "example.org",
    "https://",
    "https:///path",
    "https://[::1",
    "http://a b",
    "https://example.org/a b",
    "https://example.org/\na",
    "https://example.org/\u202egpj",
]


def linked(url):
    return Text("", "text", url)


def test_a_text_is_kept_trimmed():
    assert checked(Text(" a title ", " text\n", " https://example.org ")) == Text(
        "a title", "text", "https://example.org"
    )


def test_a_link_is_enough_and_a_title_is_not():
    assert checked(Text("", "", "https://example.org")).text == ""
    with pytest.raises(EmptyText):
        checked(Text("a title", ""))


def test_the_excess_is_told_in_characters():
    with pytest.raises(TooLong) as refused:
        checked(Text("t" * 203, "text"))
    assert refused.value.excess == 3


@pytest.mark.parametrize("url", LINKS, ids=range(len(LINKS)))
def test_a_link_that_is_not_plain_http_is_refused(url):
    with pytest.raises(BadLink):
        checked(linked(url))


def test_the_longest_link_is_one_and_a_longer_one_is_none():
    longest = "https://example.org/" + "a" * (URL - 20)
    assert checked(linked(longest)).url == longest
    with pytest.raises(BadLink):
        checked(linked(longest + "a"))


@pytest.mark.parametrize(
    "typed", ["example.org", "example.org/help", " example.org:8080 ", "example.org?a=b", "a.b.example.org#c"]
)
def test_a_link_as_people_type_it_is_made_an_address(typed):
    assert whole_link(linked(typed)).url == f"https://{typed.strip()}"


@pytest.mark.parametrize(
    "typed", ["", "http://example.org", "sam@example.org", "javascript:alert(1)", "example", "two words.org"]
)
def test_anything_else_is_left_as_it_was_typed(typed):
    assert whole_link(linked(typed)).url == typed


def test_tags_are_trimmed_and_each_is_there_once():
    assert checked_tags([" a  walk ", "a walk", "", "  ", "b"]) == ["a walk", "b"]


@pytest.mark.parametrize(
    ("tags", "error"),
    [
        ([str(at) for at in range(9)], TooManyTags),
        (["a" * 31], TooManyTags),
        (["\x00"], BadText),
        (["\u202ea"], BadText),
    ],
    ids=["nine", "31", "nul", "rtl"],
)
def test_tags_that_cannot_be_kept_are_refused(tags, error):
    with pytest.raises(error):
        checked_tags(tags)
