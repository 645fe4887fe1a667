"""The drafts of one kind that wait: where each was begun, and the way on."""

from html import escape

import streamlit as st

from portal.circle import drafts
from portal.circle.accounts import Session
from portal.circle.drafts import Draft
from portal.ui import say, state
from portal.ui.parts import beside, card, plain, section
from portal.ui.say import t
from portal.ui.screens import composer
from portal.ui.screens.composer import Form


def begun(session: Session, form: Form) -> list[Draft]:
    """Return the drafts that `form` goes on with, newest first."""
    return [draft for draft in drafts.drafts(session) if draft.kind == form.kind]


def draw(form: Form, waiting: list[Draft]) -> None:
    """Draw a card for each draft under one heading; nothing without drafts."""
    if not waiting:
        return
    section(t("notes.drafts"), t("notes.drafts_note"))
    for draft in waiting:
        _draft(form, draft)


def _draft(form: Form, draft: Draft) -> None:
    key = f"draft{draft.page.hex()}"
    said = t(f"{form.page}.draft_of" if draft.about else "notes.draft_meta", when=say.when(draft.saved))
    with card(key), beside(key):
        st.html(
            f'<h3 class="title">{escape(draft.title or t("notes.untitled"))}</h3><p class="meta">{escape(said)}</p>'
            f'<p class="excerpt">{escape(plain(draft.text or draft.url))}</p>'
        )
        st.button(t("note.open"), key=f"{form.page}.{key}", on_click=_open, args=(form, draft.page))


def _open(form: Form, draft: bytes) -> None:
    state.settle_messages()
    state.touch()
    composer.begin(form, composer.DRAFT + draft.hex())
