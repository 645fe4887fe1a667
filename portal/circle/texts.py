"""What a person has typed, as it may be kept: trimmed, whole, within its bounds, and with a link that is one."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from portal.circle.bodies import URL, Text, surplus
from portal.circle.naming import shows
from portal.errors import BadLink, BadText, EmptyText, TooLong, TooManyTags
from portal.vault.records import TAGS

TITLE, TAG = 200, 30  # characters


def whole_link(body: Text) -> Text:
    """Return the text with its link as people type it, "example.org/help", made an address; https is meant."""
    url = body.url.strip()
    bare = re.fullmatch(r"[^\s:/@]+\.[^\s:/@]{2,}(:\d+)?([/?#]\S*)?", url)
    return body.but(url=f"https://{url}" if bare else url)


def checked(body: Text) -> Text:
    """Return a text as it is stored. Raises `EmptyText`, `BadText`, `TooLong`, `BadLink`."""
    title, text, url = body.title.strip(), body.text.strip(), body.url.strip()
    if not shows(text) and not url:
        raise EmptyText
    if len(title) > TITLE:
        raise TooLong(len(title) - TITLE)
    for part in (title, text, url):
        _check_signs(part)
    if url and not _is_link(url):
        raise BadLink
    if too_many := surplus(title, text, url):
        raise TooLong(too_many)
    return Text(title, text, url)


def _check_signs(part: str) -> None:
    if "\x00" in part:
        raise BadText
    try:
        part.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        raise BadText from None


def _is_link(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    plain = len(url) <= URL and url.isprintable() and " " not in url
    return plain and parts.scheme in ("http", "https") and bool(parts.hostname)


def checked_tags(tags: Sequence[str]) -> list[str]:
    """Return tags trimmed, each once. Raises `TooManyTags` past eight, or for one past thirty characters, `BadText`."""
    found = dict.fromkeys(" ".join(tag.split()) for tag in tags if tag.strip())
    if len(found) > TAGS or any(len(tag) > TAG for tag in found):
        raise TooManyTags
    for tag in found:
        _check_signs(tag)
        if not tag.isprintable():
            raise BadText
    return list(found)
