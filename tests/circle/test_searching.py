"""Search: every word has to be there; case and accents do not matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.circle.searching import Index, fold


def matches(words: str, *texts: str) -> bool:
    """Say what an index has to find: every one of `words` stands in the texts."""
    where = fold("\n".join(texts))
    return all(word in where for word in fold(words).split())


def finds(words: str, *texts: str) -> bool:
    return bool(Index[str]().find(words, ["all of them"], lambda _: texts))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("cancion", True),
        ("CANCIÓN", True),
        ("cancion rio", True),
        ("rio  \n cancion", True),
        ("cancion lago", False),
        ("ancio", True),
        ("strasse", True),
        ("", True),
        ("   ", True),
        ("\x00", False),
        ("\ud800", False),
    ],
)
def test_every_word_must_stand_in_the_texts(words, found):
    assert finds(words, "La Canción", "del río, en la STRASSE") is found


def test_a_word_does_not_run_over_the_end_of_one_text_into_the_next():
    assert not finds("ab", "a", "b")


def test_nothing_to_search_in_holds_no_word():
    assert not finds("word")


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_text_is_always_found_by_its_own_words(before, text):
    assert finds(text, before, text)


@given(st.text(max_size=50))
def test_folding_twice_changes_nothing_for_plain_letters(text):
    plain = "".join(sign for sign in text if sign.isascii())

    assert fold(fold(plain)) == fold(plain)


@given(st.lists(st.text("aáB \n", max_size=12), max_size=6), st.text("abá ", max_size=5))
def test_an_index_finds_exactly_what_matches_finds(texts, words):
    index = Index()

    found = index.find(words, range(len(texts)), lambda at: (texts[at],))

    assert found == [at for at, text in enumerate(texts) if matches(words, text)]


def test_an_index_opens_a_text_once_and_a_changed_one_again():
    index, opened = Index(), []

    def text_of(key):
        opened.append(key)
        return ("garden",) if key == ("note", 1) else ("kitchen",)

    assert index.find("gard", [("note", 1)], text_of) == [("note", 1)]
    assert index.find("gard", [("note", 1)], text_of) == [("note", 1)]
    assert index.find("gard", [("note", 2)], text_of) == []
    assert opened == [("note", 1), ("note", 2)]
