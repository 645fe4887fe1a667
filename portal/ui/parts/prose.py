"""Markdown of people, drawn from a fixed list of tags.

No HTML of theirs passes, no picture is fetched, and a link shows where it leads. What people write
starts one heading below the page's own, so that each page keeps a single h1.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import MutableMapping, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

SCHEMES = frozenset({"http", "https", "tel", "sms"})


def safe(text: str) -> str:
    """Return `text` for use inside HTML of ours, in an attribute too."""
    return escape(text)


def prose(source: str, *, below: int = 1) -> None:
    """Draw `source`; its headings are moved down by `below` levels."""
    st.html(f'<div class="prose">{rendered(source, below)}</div>')


def rendered(source: str, below: int = 1) -> str:
    """Return `source` as safe HTML."""
    tokens = _markdown().parse(source)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + below, 6)}"
    found = _markdown().renderer.render(tokens, _markdown().options, {})
    return str(found)


def plain(source: str) -> str:
    """Return the words of `source` without its marks, for the four lines on a card."""
    words: list[str] = []
    for block in _markdown().parse(source):
        if block.type == "list_item_open" and not (words and words[-1].endswith(":")):
            words.append("·")
        elif block.type in ("fence", "code_block"):
            words.append(block.content)
        elif block.type == "inline":
            words.append("".join(_word(child) for child in block.children or ()))
    return " ".join(" ".join(words).split())


def _word(inner: Token) -> str:
    return " " if inner.type in ("softbreak", "hardbreak") else inner.content


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - late: the first page draws nothing that people wrote

    made = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(["image", "html_block", "html_inline"])
    made.validateLink = _followable  # type: ignore[method-assign]
    made.add_render_rule("link_open", _opened)
    made.add_render_rule("link_close", _closed)
    return made


def _followable(url: str) -> bool:
    try:
        return urlsplit(url.strip()).scheme.lower() in SCHEMES
    except ValueError:
        return False


def _opened(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: MutableMapping[str, object]
) -> str:
    token = tokens[at]
    said = "".join(inner.content for inner in tokens[at + 1 : _end(tokens, at)])
    href = str(token.attrGet("href") or "")
    token.attrs = {"href": href, "rel": "noreferrer noopener", "target": "_blank"}
    env[f"link-{_end(tokens, at)}"] = "" if _bare(said) == _bare(href) else href
    return renderer.renderToken(tokens, at, options, env)


def _closed(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: MutableMapping[str, object]
) -> str:
    href = str(env.get(f"link-{at}", ""))
    target = f' <span class="target">({escape(href)})</span>' if href else ""
    return renderer.renderToken(tokens, at, options, env) + target


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where the link that opens at `at` closes: links do not nest."""
    return next(n for n in range(at + 1, len(tokens)) if tokens[n].type == "link_close")


def _bare(text: str) -> str:
    """An address without what readers leave out; a telephone number without its spaces."""
    for start in ("https://", "http://", "tel:", "sms:"):
        text = text.removeprefix(start)
    return "".join(sign for sign in text.rstrip("/") if sign not in " -()")
