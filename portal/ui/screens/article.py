"""One read, with its sources and when they were checked."""

import streamlit as st

from portal import clock, library
from portal.errors import Gone
from portal.ui import parts, state
from portal.ui.say import t
from portal.ui.screens.sources import said


def page() -> None:
    """Draw the read that was opened."""
    slug = state.chosen("reading")
    if not isinstance(slug, str):
        raise Gone
    read = library.article(slug, state.lang())
    parts.head(read.title, read.summary, over=t("library.minutes", n=read.minutes), back=("library", t("nav.library")))
    parts.prose(read.markdown, below=0)
    lines = "".join(f"<li>{_source(source)}</li>" for source in read.sources)
    st.html(f'<div class="sources"><h2 class="title">{parts.safe(t("library.sources"))}</h2><ol>{lines}</ol></div>')
    parts.print_button()
    parts.limit(t("library.limit"))


def _source(source: library.Source) -> str:
    line = parts.safe(said(source, clock.now()))
    if not source.href:
        return line
    href, shown = parts.safe(source.href), parts.safe(source.url_text)
    return f'{line} <a href="{href}" rel="noreferrer noopener" target="_blank">{shown}</a>'
