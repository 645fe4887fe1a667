"""The catalogue: complete in both languages, and it never answers with something else."""

import re
import string

import pytest

from portal.ui import words

EN, ES = words.keys("en"), words.keys("es")
SAME = {"error: {title}", "{n} min", "tty"}  # spelled alike in both languages


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert set(EN) == set(ES)


@pytest.mark.parametrize("key", EN)
def test_both_languages_have_the_same_places(key: str) -> None:
    assert places(EN[key]) == places(ES[key])


@pytest.mark.parametrize("key", EN)
def test_nothing_is_empty(key: str) -> None:
    assert EN[key].strip()
    assert ES[key].strip()


def test_no_english_is_left_in_spanish() -> None:
    alike = {key for key in EN if EN[key] == ES[key] and re.search(r"[^\W\d_]", re.sub(r"\{[a-z_0-9]+\}", "", EN[key]))}

    assert {key for key in alike if EN[key].casefold() not in SAME} == set()


def test_a_missing_key_raises() -> None:
    with pytest.raises(words.MissingWords):
        words.text("en", "no.such.key")


def test_another_language_raises() -> None:
    with pytest.raises(words.MissingWords):
        words.text("xx", "app.name")


@pytest.mark.parametrize(
    ("lang", "n", "said"),
    [
        ("en", 1, "1 character too many. Shorten it; nothing is lost while this page stays open."),
        ("en", 2, "2 characters too many. Shorten it; nothing is lost while this page stays open."),
        ("en", 1200, "1,200 characters too many. Shorten it; nothing is lost while this page stays open."),
        ("es", 1, "Sobra 1 carácter. Acorta; nada se pierde mientras esta página siga abierta."),
        ("es", 1200, "Sobran 1200 caracteres. Acorta; nada se pierde mientras esta página siga abierta."),
        ("es", 1_000_000, "Sobran 1.000.000 caracteres. Acorta; nada se pierde mientras esta página siga abierta."),
    ],
)
def test_counts_follow_the_language(lang: str, n: int, said: str) -> None:
    assert words.text(lang, "error.TooLong", n=n) == said


def test_what_people_wrote_is_never_read_as_a_place() -> None:
    assert words.text("en", "frame.asks", name="{lang} {0}") == "{lang} {0} asks to join"
