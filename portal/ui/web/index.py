"""Streamlit's page with our own title, script, style sheets and the bar: Leave now, Help now, Lock.

The bar stands above Streamlit's root: it is there before the app starts and when the server is
gone. A dialog makes everything else inert; the top-layer mark keeps the bar alive beside it.
"""

import re
from html import escape
from pathlib import Path

import streamlit

from portal.ui import words
from portal.ui.web.settings import Host

SOURCE = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")

# Our script runs before Streamlit's: it takes a code out of the address and watches the connection.
HEAD = (
    '<meta name="theme-color" content="#F6F2EB" media="(prefers-color-scheme: light)">'
    '<meta name="theme-color" content="#2A2622" media="(prefers-color-scheme: dark)">'
    '<link rel="stylesheet" href="/s/portal.css"><link rel="stylesheet" href="/s/pieces.css">'
    '<script src="/s/portal.js"></script>'
)


def pages(host: Host) -> dict[str, bytes]:
    """Return the page in every language."""
    return {lang: page(lang, host) for lang in words.LANGUAGES}


def page(lang: str, host: Host) -> bytes:
    """Return the page in `lang`. Raises `ValueError` when Streamlit's own page is not the one we know."""
    name = host.name or words.text(lang, "app.name")
    html = SOURCE
    for old, new in (
        (r"\A\s*<!--.*?-->\s*", ""),
        (r'<html lang="en">', f'<html lang="{lang}">'),
        (r"<title>Streamlit</title>", f"<title>{escape(name)}</title>{HEAD}"),
        (r"<!--(?:(?!-->).)*?agent API.*?-->\s*<link rel=\"service-desc\"[^>]*>", ""),
        (r"\./favicon\.png", "/s/icon.svg"),
        (r"<noscript>.*?</noscript>", f"<noscript><p>{_text(lang, 'bar.noscript')}</p></noscript>"),
        (r"<body>", f"<body>{bar(lang, name, host.away)}"),
    ):
        html, count = re.subn(old, lambda _, new=new: new, html, count=1, flags=re.DOTALL)  # type: ignore[misc]
        if count != 1:
            raise ValueError("Streamlit's page has changed: it must be looked at.")
    # The page is answered at every depth, so its own addresses may not be relative.
    return html.replace('"./static/', '"/static/').encode()


def bar(lang: str, name: str, away: str) -> str:
    """Return what stands above Streamlit's root. Works without a script, except for ending the session."""
    leave = f'href="{escape(away)}" rel="noreferrer" data-leave'
    return (
        f'<a class="skip" href="#stMain">{_text(lang, "bar.skip")}</a>'
        f'<section aria-label="{_text(lang, "bar.label")}">'
        f'<a class="skip" {leave}>{_text(lang, "bar.leave")}</a></section>'
        f'<nav id="bar" data-react-aria-top-layer="true" aria-label="{_text(lang, "bar.label")}" '
        f'data-pages="{escape(name)}" data-close="{_text(lang, "bar.close")}"><div>'
        f'<a class="leave" {leave}>{_text(lang, "bar.leave")}'
        '<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span></a>'
        f'<a class="help" href="/help-now">{_text(lang, "bar.help")}</a>'
        '<form method="post" action="/s/lock" id="lock"><input type="hidden" name="next" value="">'
        f'<button class="lock">{_text(lang, "bar.lock")}</button></form></div>'
        f'<p id="lost" role="status" data-said="{_text(lang, "bar.lost")}"></p></nav>'
    )


def _text(lang: str, key: str) -> str:
    return escape(words.text(lang, key))
