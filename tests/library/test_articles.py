"""The reads: complete in both languages, every block with its source, neutral outside."""

import re
import tomllib
from pathlib import Path

import pytest

from portal.errors import Gone
from portal.library import Article, article, articles, shelf
from portal.library.articles import MARK, OWN
from portal.library.searching import fold

LANGUAGES = ("en", "es")
SLUGS = [
    "how-the-week-works",
    "who-it-suits",
    "kinds-of-sessions",
    "what-family-can-do",
    "what-stays-private",
    "numbers-to-call",
]
STEMS = tomllib.loads((Path(__file__).parent / "stems.toml").read_text("utf-8"))
CITED = re.compile(r" \[(\d+)\](?!\()")
BLOCK = re.compile(r"^(?:- |\d+\. )?(.+)$", re.MULTILINE)


def cited(text: str, read: Article) -> list[str]:
    return [read.sources[int(number) - 1].key for number in CITED.findall(text)]


def blocks(slug: str, lang: str) -> list[str]:
    _, body = shelf.page(f"{lang}/{slug}.md", dict[str, object])
    return [block for block in BLOCK.findall(body) if not block.startswith("## ")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_six_articles_stand_in_their_order(lang: str) -> None:
    assert [read.slug for read in articles(lang)] == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_both_languages_have_the_same_sections_blocks_and_sources(slug: str) -> None:
    english, spanish = (article(slug, lang) for lang in LANGUAGES)

    assert [cited(part.markdown, english) for part in english.sections] == [
        cited(part.markdown, spanish) for part in spanish.sections
    ]
    marks = [[MARK.findall(block) for block in blocks(slug, lang)] for lang in LANGUAGES]
    assert marks[0] == marks[1]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_block_ends_with_its_source(slug: str, lang: str) -> None:
    bare = [block for block in blocks(slug, lang) if not re.search(r"(\[\^[a-z0-9-]+\]|^\{line [^}]+\})$", block)]

    assert bare == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_finding_with_numbers_is_never_our_own_word(slug: str, lang: str) -> None:
    ours = [block for block in blocks(slug, lang) if MARK.findall(block) == [OWN]]

    assert [block for block in ours if re.search(r"\d", MARK.sub("", block))] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_numbers_in_the_text_lead_to_the_listed_sources(slug: str, lang: str) -> None:
    read = article(slug, lang)

    first_seen = list(dict.fromkeys(cited(read.markdown, read)))
    assert first_seen == [source.key for source in read.sources]
    assert "[^" not in read.markdown
    assert "{" not in read.markdown


def test_the_four_advantages_keep_the_order_of_the_seed_article() -> None:
    part = article("how-the-week-works", "en").sections[1]

    lead = re.findall(r"^\d\. \*\*(.+?)\*\*", part.markdown, re.MULTILINE)
    assert [word.split()[0] for word in lead] == ["Daily", "Family", "It", "It"]
    assert "private" in lead[2]
    assert "costs" in lead[3]
    assert set(cited(part.markdown, article("how-the-week-works", "en"))) == {"seed"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_seven_traits_without_score(lang: str) -> None:
    traits = article("who-it-suits", lang).sections[1].markdown

    assert len(re.findall(r"^\d\. ", traits, re.MULTILINE)) == 7


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stands_in_a_list_or_an_address_tells_nothing(lang: str) -> None:
    for read in articles(lang):
        outside = fold(f"{read.slug} {read.title} {read.summary}")
        assert [stem for stem in STEMS["telling"] if stem in outside] == []
        assert [word for word in STEMS["whole_words"] if re.search(rf"\b{fold(word)}\b", outside)] == []
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", read.slug)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_read_takes_five_minutes_at_most(lang: str) -> None:
    assert all(1 <= read.minutes <= 5 for read in articles(lang))


@pytest.mark.parametrize(
    ("slug", "lang"),
    [("nothing-here", "en"), ("numbers-to-call", "fr"), ("../sources", "en"), ("numbers-to-call", "..")],
)
def test_unknown_articles_and_languages_are_gone(slug: str, lang: str) -> None:
    with pytest.raises(Gone):
        article(slug, lang)


def test_a_file_that_goes_missing_is_gone() -> None:
    with pytest.raises(Gone):
        shelf.page("en/nothing-here.md", dict[str, object])
