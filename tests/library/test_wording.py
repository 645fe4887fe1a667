"""How the library speaks: no avoided word, short sentences, a reading age of 11 to 13."""

import re
import statistics
import tomllib
from pathlib import Path

import pytest

from portal.library import Article, article, articles, crisis, fold
from portal.library.sources import sources

AVOIDED = tomllib.loads((Path(__file__).parent / "avoided.toml").read_text("utf-8"))
LANGUAGES = ("en", "es")
READS = [(read.slug, lang) for lang in LANGUAGES for read in articles(lang)]
LONGEST = 20
GENDERED = (
    r"\b(?:estas|eres|te sientes|seas|estes|quedas) \w+[oa]s?\b|"
    r"\b(?:solo/a|preocupad[oa]s?|bienvenid[oa]s?|cansad[oa]s?|segur[oa] de|list[oa] para|usted|ustedes|vosotros)\b"
)


def plain(markdown: str) -> list[str]:
    """Return the blocks without marks, links and headings; a number to call is not read aloud."""
    lines = [line for line in markdown.splitlines() if line and not line.startswith("## ")]
    bare = [re.sub(r"\[[^\]]*\]\([^)]*\)|\[\d+\]|\*\*|^- |^\d+\. ", "", line) for line in lines]
    return [line.strip() for line in bare]


def sentences(markdown: str) -> list[list[str]]:
    parts = [part for line in plain(markdown) for part in re.split(r"(?<=[.!?])[”»]?\s+|:\s+", line)]
    return [words for part in parts if (words := re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+", part))]


def syllables_en(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = re.search(r"[^aeiouyl]e$|[^aeioudt]ed$", word.lower()) is not None
    return max(1, groups - silent)


def syllables_es(word: str) -> int:
    groups = re.findall(r"[aeiouáéíóúü]+", word.lower())
    return max(1, sum(max(1, len(re.findall(r"[aeoáéóíú]", group))) for group in groups))


def flesch_kincaid_grade(text: list[list[str]]) -> float:
    words = [word for sentence in text for word in sentence]
    return 0.39 * len(words) / len(text) + 11.8 * sum(map(syllables_en, words)) / len(words) - 15.59


def szigriszt(text: list[list[str]]) -> float:
    words = [word for sentence in text for word in sentence]
    return 206.835 - 62.3 * sum(map(syllables_es, words)) / len(words) - len(words) / len(text)


def everything(lang: str) -> str:
    card = crisis("us", lang)
    shown = [text for read in articles(lang) for text in (read.title, read.summary, *plain_with_headings(read))]
    shown += [text for line in card.lines for text in (line.name, line.about)]
    shown += [*card.steps, *card.limits, *(source.label for source in sources(lang).values())]
    return fold("\n".join(shown))


def plain_with_headings(read: Article) -> list[str]:
    return [*(part.heading for part in read.sections), *plain(read.markdown)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_avoided_word_is_used(lang: str) -> None:
    shown = everything(lang)
    avoided = [fold(word) for row in AVOIDED[lang] for word in row["avoid"]]

    assert len(AVOIDED["en"]) == len(AVOIDED["es"]) == 20
    assert [word for word in avoided if re.search(rf"\b{re.escape(word)}\b", shown)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_voice_is_calm(lang: str) -> None:
    shown = everything(lang)

    assert not re.search(r"[!¡]", shown)
    assert not re.search(r"\b(zero knowledge|hipaa|anonymous|anonim[oa]s?|please|sorry|por favor)\b", shown)


def test_spanish_says_tu_and_gives_the_reader_no_gender() -> None:
    assert re.findall(GENDERED, everything("es")) == []


@pytest.mark.parametrize(("slug", "lang"), READS)
def test_sentences_are_short(slug: str, lang: str) -> None:
    lengths = [len(sentence) for sentence in whole_sentences(article(slug, lang).markdown)]

    assert max(lengths) <= LONGEST
    assert statistics.median(lengths) <= 12


@pytest.mark.parametrize("lang", LANGUAGES)
def test_steps_and_summaries_are_short_too(lang: str) -> None:
    card = crisis("us", lang)
    spoken = [*card.steps, *card.limits, *(read.summary for read in articles(lang))]

    assert max(len(sentence) for text in spoken for sentence in whole_sentences(text)) <= LONGEST


@pytest.mark.parametrize("slug", [slug for slug, lang in READS if lang == "en"])
def test_english_reads_at_grade_eight_or_below(slug: str) -> None:
    assert flesch_kincaid_grade(sentences(article(slug, "en").markdown)) <= 8


@pytest.mark.parametrize("slug", [slug for slug, lang in READS if lang == "es"])
def test_spanish_reads_easily(slug: str) -> None:
    assert szigriszt(sentences(article(slug, "es").markdown)) >= 65  # "quite easy" on the INFLESZ scale


def whole_sentences(markdown: str) -> list[list[str]]:
    """Like `sentences`, but a colon ends nothing: the limit of 20 words counts to the full stop."""
    parts = [part for line in plain(markdown) for part in re.split(r"(?<=[.!?])[”»]?\s+", line)]
    return [words for part in parts if (words := re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", part))]


def test_the_measures_tell_hard_text_from_easy() -> None:
    hard_en = "Institutional confidentiality considerations necessitate comprehensive documentation of authorization."
    hard_es = "Las consideraciones institucionales sobre confidencialidad necesitan documentación adicional."

    assert flesch_kincaid_grade(sentences(hard_en)) > 12
    assert szigriszt(sentences(hard_es)) < 40
    assert flesch_kincaid_grade(sentences("You can call a friend. It may help.")) < 3
    assert szigriszt(sentences("Puedes llamar a un amigo. Te va a ayudar.")) > 80
