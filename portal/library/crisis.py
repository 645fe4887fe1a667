"""One country's help lines, and what to do if somebody will not wake up.

Opens before sign-in, so it says nothing about who uses this computer. A country
without its own file raises `Gone`: there is never another country's number in its
place. A number that nobody confirmed (marked C) is refused when the file is read.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Literal

import msgspec

from portal.errors import Gone
from portal.library import shelf
from portal.library.sources import Source, sources, spoken


class Way(StrEnum):
    """How a line is reached."""

    CALL = "call"
    TEXT = "text"
    TTY = "tty"  # a telephone that writes, for people who do not hear
    VISIT = "visit"


SCHEMES = {Way.CALL: "tel:", Way.TEXT: "sms:", Way.TTY: "tel:", Way.VISIT: "https://"}


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One number or address, as it is shown. `word` is what to write in a text, if anything."""

    way: Way
    to: str
    word: str = ""

    @property
    def href(self) -> str:
        """Return the link that dials, writes or opens."""
        to = self.to if self.way is Way.VISIT else re.sub(r"\D", "", self.to)
        return SCHEMES[self.way] + to


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One help line. `contacts` come best first."""

    key: str
    name: str
    about: str
    contacts: tuple[Contact, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Country:
    """A country whose lines we have."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waking:
    """What to do if somebody will not wake up: the same in every country but for the number to call."""

    steps: tuple[str, ...]  # to be numbered
    limits: tuple[str, ...]  # what to know beside the steps
    steps_sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisCard(Waking):
    """What Help now shows for one country."""

    country: Country
    emergency: Line
    talk: tuple[Line, ...]
    relatives: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return every line of the card, the emergency number first."""
        return (self.emergency, *self.talk, *self.relatives)


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    name: dict[str, str]
    about: dict[str, str]
    contacts: tuple[Contact, ...]
    source: str
    mark: Literal["A", "B"]  # how sure the number is


class _Lines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: dict[str, str]
    emergency: _Row
    talk: tuple[_Row, ...]
    relatives: tuple[_Row, ...]


class _Steps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sources: tuple[str, ...]
    emergency: dict[str, str]
    steps: dict[str, tuple[str, ...]]
    limits: dict[str, tuple[str, ...]]


@cache
def crisis(country: str, lang: str) -> CrisisCard:
    """Return the card of `country` in `lang`. Raises `Gone` for a country or language we do not have."""
    if country not in shelf.names("lines", ".toml"):
        raise Gone
    lines = shelf.table(f"lines/{country}.toml", _Lines)
    emergency = _line(lines.emergency, lang)
    guide = _waking(lang, emergency.contacts[0].to)
    return CrisisCard(
        country=Country(country, spoken(lines.name, lang)),
        emergency=emergency,
        steps=guide.steps,
        limits=guide.limits,
        steps_sources=guide.steps_sources,
        talk=tuple(_line(row, lang) for row in lines.talk),
        relatives=tuple(_line(row, lang) for row in lines.relatives),
    )


def waking(lang: str) -> Waking:
    """Return the steps for a country that is not among `countries`: they name no number.

    Raises `Gone` for a language we do not have.
    """
    return _waking(lang, "")


def countries(lang: str) -> list[Country]:
    """Return the countries whose lines we have, by name. Raises `Gone` for a language we do not have."""
    found = [crisis(code, lang).country for code in shelf.names("lines", ".toml")]
    return sorted(found, key=lambda country: country.name)


def directory(lang: str) -> Source:
    """Return the list of lines of the whole world, for every country that is not among `countries`."""
    return sources(lang)["findahelpline"]


def line(country: str, key: str, lang: str) -> Line:
    """Return one line of a card. Raises `Gone`."""
    for found in crisis(country, lang).lines:
        if found.key == key:
            return found
    raise Gone


def _waking(lang: str, number: str) -> Waking:
    cited, guide = sources(lang), shelf.table("steps.toml", _Steps)
    return Waking(
        steps=tuple(step.format(emergency=number or guide.emergency[lang]) for step in guide.steps[lang]),
        limits=guide.limits[lang],
        steps_sources=tuple(cited[key] for key in guide.sources),
    )


def _line(row: _Row, lang: str) -> Line:
    return Line(
        key=row.key,
        name=spoken(row.name, lang),
        about=spoken(row.about, lang),
        contacts=row.contacts,
        source=sources(lang)[row.source],
    )
