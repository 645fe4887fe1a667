"""Help lines: only confirmed numbers, only their own country, nothing telling."""

import re
import shutil
import tomllib
from pathlib import Path

import msgspec
import pytest

from portal.errors import Gone
from portal.library import Contact, CrisisCard, Way, articles, countries, crisis, directory, shelf, waking
from portal.library.crisis import line
from portal.library.searching import fold

LANGUAGES = ("en", "es")
CONFIRMED = {  # every number of the United States that is marked A or B
    "911",
    "988",
    "741741",
    "800-972-0590",
    "1-800-799-7233",
    "88788",
    "1-800-662-4357",
    "1-800-487-4889",
    "1-855-378-4373",
}
UNCONFIRMED = {"18002221222", "18884252666", "1300368186", "18004776291", "435748", "55753"}
STEMS = tomllib.loads((Path(__file__).parent / "stems.toml").read_text("utf-8"))
NOT_ON_THE_CARD = set(STEMS["telling"]) - set(STEMS["on_the_card"])


def texts(card: CrisisCard) -> list[str]:
    lines = [text for found in card.lines for text in (found.name, found.about, found.source.label)]
    addresses = [contact.to for found in card.lines for contact in found.contacts]
    cited = [text for source in card.steps_sources for text in (source.label, source.url_text)]
    return [card.country.name, *card.steps, *card.limits, *lines, *addresses, *cited]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_on_the_card_is_confirmed(lang: str) -> None:
    contacts = [contact for found in crisis("us", lang).lines for contact in found.contacts]

    assert {contact.to for contact in contacts if contact.way is not Way.VISIT} == CONFIRMED


@pytest.mark.parametrize("lang", LANGUAGES)
def test_articles_hold_no_telephone_number_but_those_of_the_card(lang: str) -> None:
    for read in articles(lang):
        dialled = {re.sub(r"\D", "", found) for found in re.findall(r"(?<![\w/.])\+?\d[\d -]{4,}\d\b", read.markdown)}
        assert dialled <= {re.sub(r"\D", "", number) for number in CONFIRMED}


def test_unconfirmed_numbers_are_in_no_file() -> None:
    for path in shelf.CONTENT.rglob("*.*"):
        digits = re.sub(r"(?<=\d)[ -](?=\d)", "", path.read_text("utf-8"))
        assert [number for number in UNCONFIRMED if number in digits] == [], path.name


def test_a_number_marked_c_is_refused_when_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(shelf.CONTENT, tmp_path, dirs_exist_ok=True)
    lines = (tmp_path / "lines" / "us.toml").read_text("utf-8")
    (tmp_path / "lines" / "zz.toml").write_text(lines.replace('mark = "A"', 'mark = "C"', 1), "utf-8")
    monkeypatch.setattr(shelf, "CONTENT", tmp_path)

    with pytest.raises(msgspec.ValidationError, match="mark"):
        crisis("zz", "en")


@pytest.mark.parametrize("country", ["gb", "US", "", "../sources", "fr"])
def test_no_other_country_stands_in_for_a_missing_one(country: str) -> None:
    with pytest.raises(Gone):
        crisis(country, "en")


def test_only_countries_with_data_are_offered() -> None:
    assert [(country.code, country.name) for country in countries("es")] == [("us", "Estados Unidos")]
    assert directory("es").url_text == "findahelpline.com"


def test_an_unknown_language_or_line_is_gone() -> None:
    with pytest.raises(Gone):
        crisis("us", "fr")
    with pytest.raises(Gone):
        line("us", "nothing", "en")
    with pytest.raises(Gone):
        waking("fr")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_steps_call_the_number_of_the_country_before_the_spray(lang: str) -> None:
    card = crisis("us", lang)

    assert "911" in card.steps[1]
    assert "nalox" in card.steps[2].lower()
    assert len(card.steps) == 6
    assert card.emergency.contacts[0].href == "tel:911"


@pytest.mark.parametrize(("lang", "called"), [("en", "call the emergency number."), ("es", "llama al número de emerg")])
def test_elsewhere_the_steps_are_the_same_and_name_no_number(lang: str, called: str) -> None:
    card, elsewhere = crisis("us", lang), waking(lang)

    assert called in elsewhere.steps[1]
    assert not re.search(r"\d{3}", " ".join((*elsewhere.steps, *elsewhere.limits)))
    assert [one for one in elsewhere.steps if one not in card.steps] == [elsewhere.steps[1]]
    assert (elsewhere.limits, elsewhere.steps_sources) == (card.limits, card.steps_sources)


def test_both_languages_lead_to_the_same_places() -> None:
    english, spanish = (crisis("us", lang) for lang in LANGUAGES)

    assert [found.contacts for found in english.lines] == [found.contacts for found in spanish.lines]
    assert len(english.steps) == len(spanish.steps)
    assert len(english.limits) == len(spanish.limits)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_card_says_nothing_about_who_uses_this_computer(lang: str) -> None:
    shown = fold(" ".join(texts(crisis("us", lang))))

    assert [stem for stem in NOT_ON_THE_CARD if stem in shown] == []
    assert [word for word in STEMS["whole_words"] if re.search(rf"\b{fold(word)}\b", shown)] == []


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        (Contact(way=Way.CALL, to="1-800-662-4357"), "tel:18006624357"),
        (Contact(way=Way.TEXT, to="741741", word="HOME"), "sms:741741"),
        (Contact(way=Way.TTY, to="1-800-487-4889"), "tel:18004874889"),
        (Contact(way=Way.VISIT, to="988lifeline.org"), "https://988lifeline.org"),
    ],
)
def test_a_contact_dials_writes_or_opens(contact: Contact, href: str) -> None:
    assert contact.href == href
