"""Drawn pieces that several pages use. Text of people goes through `prose`, `plain` or an escape; the rest is ours.

pages.py      links between pages, the print and copy buttons, forms that are real forms
heads.py      the top of a page, sections, steps, limits
cards.py      sheets, rows, the primary button, people, facts, empty pages
feed.py       lists of entries, by day or not, with their buttons
prose.py      Markdown of people, drawn from a fixed list of tags
typed.py      words of people in labels, letter by letter
codes.py      codes in groups, QR pictures
messages.py   what was done, what was refused, and the same at its field
choices.py    one of a few, several of a few
dialogs.py    the question before what cannot be undone
"""

from portal.ui.parts.cards import (
    act,
    actions,
    badges,
    beside,
    card,
    empty,
    facts,
    lines,
    links,
    person,
)
from portal.ui.parts.choices import distinct, one_of, several_of
from portal.ui.parts.codes import groups, qr, split
from portal.ui.parts.dialogs import confirm
from portal.ui.parts.feed import Entry, by_day, entries
from portal.ui.parts.heads import head, lead, limit, meta, section, step
from portal.ui.parts.messages import field, notice, outcome, problem, saved, wrong
from portal.ui.parts.pages import copy_button, go, lang_form, print_button, sign_out_form, ticket_form
from portal.ui.parts.prose import plain, prose, safe
from portal.ui.parts.typed import as_typed

__all__ = [
    "Entry",
    "act",
    "actions",
    "as_typed",
    "badges",
    "beside",
    "by_day",
    "card",
    "confirm",
    "copy_button",
    "distinct",
    "empty",
    "entries",
    "facts",
    "field",
    "go",
    "groups",
    "head",
    "lang_form",
    "lead",
    "limit",
    "lines",
    "links",
    "meta",
    "notice",
    "one_of",
    "outcome",
    "person",
    "plain",
    "print_button",
    "problem",
    "prose",
    "qr",
    "safe",
    "saved",
    "section",
    "several_of",
    "sign_out_form",
    "split",
    "step",
    "ticket_form",
    "wrong",
]
