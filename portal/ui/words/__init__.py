"""Every sentence of ours, in each language, by key.

    catalogue.py   the TOML files: `text(lang, key, **values)`, with plurals
    dates.py       times as a reader says them, in their zone and on their clock
    speech.py      lists of names, and every refusal as a sentence

A key that is missing raises: a page never shows a key, and never another language.
"""

from portal.ui.words.catalogue import LANGUAGES, NAMES, MissingWords, keys, text
from portal.ui.words.dates import Reader, clock_time, date_zone, day, full_date, moment, weekday
from portal.ui.words.speech import listed, of

__all__ = [
    "LANGUAGES",
    "NAMES",
    "MissingWords",
    "Reader",
    "clock_time",
    "date_zone",
    "day",
    "full_date",
    "keys",
    "listed",
    "moment",
    "of",
    "text",
    "weekday",
]
