"""The reads: one Markdown file an article and language, each fact with its source.

In a file every paragraph and list item ends in marks such as `[^nida]`: keys of
sources.toml, or `[^own]` for our own advice and for what this portal does. Readers
get numbers instead, `[1]`, counted in the order in which an article cites; `own` is
not shown. `{line us.988}` stands for a help line, so that a number is written once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from portal.errors import Gone
from portal.library import crisis, shelf
from portal.library.sources import Source, sources

OWN = "own"
WORDS_A_MINUTE = 160  # a tired reader
MARK = re.compile(r"\s*\[\^([a-z0-9-]+)\]")
LINE = re.compile(r"\{line ([a-z]+)\.([a-z0-9-]+)\}")
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an article. `markdown` holds `[n]` for the nth source of the article."""

    heading: str
    markdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One read in one language. `slug` and `title` are neutral enough for an address and a list."""

    slug: str
    lang: str
    order: int
    title: str
    summary: str
    minutes: int
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]

    @property
    def markdown(self) -> str:
        """Return the whole text, without the title."""
        return "\n\n".join(f"## {part.heading}\n\n{part.markdown}" for part in self.sections)


class _Front(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    order: int
    title: str
    summary: str


@cache
def article(slug: str, lang: str) -> Article:
    """Return one article. Raises `Gone` for a slug or language we do not have."""
    if slug not in shelf.names(lang, ".md"):
        raise Gone
    front, body = shelf.page(f"{lang}/{slug}.md", _Front)
    text, cited = _numbered(_with_lines(body, lang))
    return Article(
        slug=slug,
        lang=lang,
        order=front.order,
        title=front.title,
        summary=front.summary,
        minutes=max(1, round(len(text.split()) / WORDS_A_MINUTE)),
        sections=_sections(text),
        sources=tuple(sources(lang)[key] for key in cited),
    )


def articles(lang: str) -> list[Article]:
    """Return every article in `lang`, in reading order. Raises `Gone` for a language we do not have."""
    found = [article(slug, lang) for slug in shelf.names(lang, ".md")]
    return sorted(found, key=lambda read: read.order)


def _with_lines(body: str, lang: str) -> str:
    return LINE.sub(lambda found: _said(crisis.line(found[1], found[2], lang), lang), body)


def _said(line: crisis.Line, lang: str) -> str:
    ways = shelf.table("ways.toml", dict[str, dict[str, str]])[lang]
    contacts = [_contact(contact, ways) for contact in line.contacts]
    return f"**{line.name}:** {', '.join(contacts)}. {line.about} [^{line.source.key}]"


def _contact(contact: crisis.Contact, ways: dict[str, str]) -> str:
    saying = ways["word" if contact.word else contact.way]
    return saying.format(to=f"[{contact.to}]({contact.href})", word=contact.word)


def _numbered(text: str) -> tuple[str, Sequence[str]]:
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        key = found[1]
        return "" if key == OWN else f" [{numbers.setdefault(key, len(numbers) + 1)}]"

    return MARK.sub(number, text), list(numbers)


def _sections(text: str) -> tuple[Section, ...]:
    _, *parts = HEADING.split(text)
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return tuple(Section(heading, markdown.strip()) for heading, markdown in pairs)
