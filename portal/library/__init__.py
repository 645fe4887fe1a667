"""The built-in library: reads and help lines, with their sources, in every language we speak.

Everything here is public text that ships with the program. It knows nothing about
people, keys or pages, needs no network, and takes the day as a parameter.

    articles.py    the reads: Markdown with numbered sources
    searching.py   find reads by words, whatever their case and accents
    sources.py     who says so, and when that was last checked
    crisis.py      one country's help lines and what to do if somebody will not wake up
    shelf.py       the files under content/
"""

from portal.library.articles import Article, Section, article, articles
from portal.library.crisis import Contact, Country, CrisisCard, Line, Waking, Way, countries, crisis, directory, waking
from portal.library.searching import fold, search
from portal.library.sources import Source, stale

__all__ = [
    "Article",
    "Contact",
    "Country",
    "CrisisCard",
    "Line",
    "Section",
    "Source",
    "Waking",
    "Way",
    "article",
    "articles",
    "countries",
    "crisis",
    "directory",
    "fold",
    "search",
    "stale",
    "waking",
]
