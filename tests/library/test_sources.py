"""Sources: a month only where somebody checked, and a mark after a year."""

from datetime import date

import pytest

from portal.errors import Gone
from portal.library import articles, stale
from portal.library.crisis import crisis, directory
from portal.library.sources import Source, sources

CHECKED = date(2026, 10, 1)
CONFIRMED_IN_OCTOBER = {"al-anon", "us-911", "us-988", "us-samhsa", "us-violence", "findahelpline"}


def source(checked: date | None) -> Source:
    return Source(key="some", label="Some", url_text="", mark="B", checked=checked)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 9, 1), False),  # a clock that runs behind
        (CHECKED, False),
        (date(2027, 10, 1), False),
        (date(2027, 10, 2), True),
        (date(2030, 1, 1), True),
    ],
)
def test_a_check_is_stale_after_a_year(today: date, expected: bool) -> None:
    assert stale(source(CHECKED), today) is expected


def test_a_leap_day_ages_like_any_other() -> None:
    leap = source(date(2028, 2, 29))

    assert not stale(leap, date(2029, 2, 28))
    assert stale(leap, date(2029, 3, 1))


def test_what_was_never_confirmed_is_never_stale() -> None:
    assert not stale(source(None), date(2040, 1, 1))


def test_a_month_stands_only_where_the_list_gives_one() -> None:
    dated = {key for key, known in sources("en").items() if known.checked}

    assert dated == CONFIRMED_IN_OCTOBER
    assert all(known.checked in (None, CHECKED) for known in sources("en").values())


def test_an_address_is_followed_only_where_there_is_one() -> None:
    assert sources("en")["us-911"].href == "https://911.gov"
    assert sources("en")["seed"].href == ""


def test_both_languages_know_the_same_sources() -> None:
    def facts(lang: str) -> list[tuple[str, str, date | None]]:
        return [(known.key, known.url_text, known.checked) for known in sources(lang).values()]

    assert facts("en") == facts("es")


def test_no_source_is_kept_that_nothing_cites() -> None:
    card = crisis("us", "en")
    used = {cited.key for read in articles("en") for cited in read.sources}
    used |= {cited.key for cited in (*card.steps_sources, directory("en"))}
    used |= {line.source.key for line in card.lines}

    assert set(sources("en")) == used


def test_an_unknown_language_is_gone() -> None:
    with pytest.raises(Gone):
        sources("fr")
