"""How the interface speaks: no avoided word, nothing telling, no blame, no exclamation mark."""

import re
import tomllib
from pathlib import Path

import pytest

from portal.library import fold
from portal.ui import words
from portal.ui.web.settings import TELLING

AVOIDED = tomllib.loads((Path(__file__).parents[2] / "library" / "avoided.toml").read_text("utf-8"))
BLAME = {
    "en": r"\b(?:please|sorry|oops|invalid|forbidden|you forgot)\b",
    "es": r"\b(?:por favor|lo sentimos|ups|invalido|prohibido|olvidaste escribir)\b",
}
WHOLE = r"\b(?:iop|42 cfr)\b"


def plain(text: str) -> str:
    return re.sub(r"\{[a-z_0-9]+\}", "x", fold(text))


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_avoided_word(lang: str) -> None:
    avoided = [word for row in AVOIDED[lang] for word in row["avoid"]]
    found = {
        (key, word)
        for key, text in words.keys(lang).items()
        for word in avoided
        if re.search(rf"\b{re.escape(fold(word))}\b", plain(text))
    }

    assert found == set()


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_nothing_telling(lang: str) -> None:
    found = {
        (key, stem)
        for key, text in words.keys(lang).items()
        for stem in TELLING
        if stem in plain(text) or re.search(WHOLE, plain(text))
    }

    assert found == set()


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_blame_and_no_shouting(lang: str) -> None:
    found = {
        key
        for key, text in words.keys(lang).items()
        if re.search(BLAME[lang], plain(text)) or "!" in text or "¡" in text
    }

    assert found == set()


def test_spanish_has_no_gendered_address() -> None:
    gendered = r"\b(?:bienvenid[oa]s?|registrad[oa]|conectad[oa]|invitad[oa]|usted(?:es)?|tod[oa]s [a-z]*os)\b"
    found = {key for key, text in words.keys("es").items() if re.search(gendered, plain(text))}

    assert found == set()


@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_sentences_are_short(lang: str) -> None:
    long = {
        (key, sentence)
        for key, text in words.keys(lang).items()
        for sentence in re.split(r"(?<=[.:;?])\s+", text)
        if len(sentence.split()) > 20
    }

    assert long == set()
