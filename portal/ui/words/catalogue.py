"""The message catalogue: one folder a language, one TOML file a part of the product.

Tables nest into dotted keys. `text` fills `{name}` places; a count `n` picks `key.one`
or `key.other` by the language's own rule and is written the way the language writes numbers.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from babel import Locale
from babel.numbers import format_decimal

HERE = Path(__file__).parent
NAMES = {"en": "English", "es": "Español"}
LANGUAGES = tuple(NAMES)
FIVE_DIGITS = 10_000  # Spanish groups digits from there on


class MissingWords(LookupError):
    """The catalogue of this language has no such key."""


def text(lang: str, key: str, **values: object) -> str:
    """Return the words of `key`. Raises `MissingWords`; without values its places stay as they are."""
    words = _catalogue(lang)
    found = words.get(key)
    if found is None and isinstance(values.get("n"), int):
        found = words.get(f"{key}.{_plural(lang, values['n'])}", words.get(f"{key}.other"))
    if found is None:
        raise MissingWords(f"{lang}: {key}")
    return found.format(**{name: _written(lang, value) for name, value in values.items()}) if values else found


def keys(lang: str) -> Mapping[str, str]:
    """Return the whole catalogue of `lang`, for tests and lists."""
    return _catalogue(lang)


@cache
def _catalogue(lang: str) -> dict[str, str]:
    if lang not in LANGUAGES:
        raise MissingWords(lang)
    found: dict[str, str] = {}
    for file in sorted((HERE / lang).glob("*.toml")):
        for key, words in _flat(tomllib.loads(file.read_text("utf-8"))):
            if key in found:
                raise ValueError(f"{lang}: {key} stands in two files")
            found[key] = words
    return found


def _flat(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        elif isinstance(value, str):
            yield f"{above}{name}", value
        else:
            raise TypeError(f"{above}{name} is not a text")


def _plural(lang: str, number: object) -> str:
    return str(Locale(lang).plural_form(number))  # type: ignore[arg-type]


def _written(lang: str, value: object) -> object:
    """A number as the language writes it: 1,200 in English; 1200 and 12.000 in Spanish."""
    if not isinstance(value, int) or isinstance(value, bool):
        return value
    grouped = lang != "es" or abs(value) >= FIVE_DIGITS
    return format_decimal(value, locale=lang, group_separator=grouped)
