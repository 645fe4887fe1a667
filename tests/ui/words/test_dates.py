"""Times as a reader says them."""

import pytest

from portal.ui import words
from portal.ui.words import Reader

THEN = 1_793_714_700  # Tue 3 Nov 2026, 14:05 UTC
DAY = 86_400
EN, ES = Reader("en"), Reader("es")


@pytest.mark.parametrize(
    ("reader", "later", "said"),
    [
        (EN, 0, "just now"),
        (EN, 59, "just now"),
        (EN, 60, "today 14:05"),
        (ES, 3600, "hoy 14:05"),
        (EN, DAY, "yesterday"),
        (ES, DAY, "ayer"),
        (EN, 2 * DAY, "Tue 3 Nov"),
        (ES, 2 * DAY, "mar 3 nov"),
        (EN, 100 * DAY, "3 Nov 2026"),
        (ES, 100 * DAY, "3 nov 2026"),
        (EN, -7200, "today 14:05"),
    ],
)
def test_a_moment(reader: Reader, later: int, said: str) -> None:
    assert words.moment(reader, THEN, now=THEN + later) == said


def test_the_zone_decides_which_day_it_is() -> None:
    late = THEN + 9 * 3600  # 23:05 UTC

    assert words.day(Reader("en", "Europe/Madrid"), late, now=late + 3600) == "today"
    assert words.day(EN, late, now=late + 3600) == "yesterday"


def test_the_clock_of_twelve_hours() -> None:
    assert words.clock_time(Reader("en", clock12=True), THEN) == "2:05 PM"
    assert words.clock_time(EN, THEN) == "14:05"


@pytest.mark.parametrize("zone", ["Mars/Base", "../etc/passwd", "", "\0"])
def test_a_zone_nobody_knows_reads_as_utc(zone: str) -> None:
    assert words.clock_time(Reader("en", zone), THEN) == "14:05"


def test_what_is_signed_names_its_zone() -> None:
    assert words.date_zone(Reader("es", "Europe/Madrid"), THEN) == "3 nov 2026, 15:05 (Europe/Madrid)"
    assert words.date_zone(EN, THEN) == "3 Nov 2026, 14:05 (UTC)"
