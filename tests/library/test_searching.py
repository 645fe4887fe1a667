"""Search: words in any case, with or without accents."""

import pytest

from portal.errors import Gone
from portal.library import articles, fold, search


@pytest.mark.parametrize("words", ["vergüenza", "VERGUENZA", "  Vergüenza? "])
def test_case_accents_and_marks_do_not_matter(words: str) -> None:
    assert "what-stays-private" in [read.slug for read in search("es", words)]


def test_every_word_has_to_be_there() -> None:
    assert [read.slug for read in search("en", "ADA passphrase")] == ["what-stays-private"]
    assert search("en", "passphrase zebra") == []


def test_a_word_of_the_title_comes_first() -> None:
    found = [read.slug for read in search("en", "family")]

    assert found[0] == "what-family-can-do"
    assert len(found) > 1


def test_no_words_find_everything() -> None:
    assert search("en", " ") == articles("en")


def test_targets_of_links_are_not_searched() -> None:
    assert search("en", "https") == []


def test_folding_keeps_letters_apart_from_their_marks() -> None:
    assert fold("Ñandú ÉL") == "nandu el"


def test_an_unknown_language_is_gone() -> None:
    with pytest.raises(Gone):
        search("fr", "word")
