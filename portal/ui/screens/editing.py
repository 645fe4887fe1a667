"""What every editor draws and does: fields that save themselves, two versions to choose from, keep or erase a draft."""

from collections.abc import Callable
from html import escape

import streamlit as st

from portal import clock
from portal.circle import drafts
from portal.circle.accounts import Session
from portal.errors import Gone
from portal.ui import frame, state
from portal.ui.acting import acting
from portal.ui.parts import act, actions, card, confirm, empty, field, head, prose, saved, section
from portal.ui.say import t
from portal.ui.screens import composer
from portal.ui.screens.composer import Composer, Form

AFTER = {composer.WRITE: "notes", composer.ADD: "library"}
LONGEST_TITLE = 200


def opened(form: Form, words: str) -> tuple[Session, Composer] | None:
    """Draw the head, and the other version where there are two. A text that is gone is said and has no editor."""
    if state.ui().to or state.signed() is None:
        st.rerun()  # the frame takes over
    session = state.session()
    back = (AFTER[form], t("note.back" if form == composer.WRITE else "nav.library"))
    try:
        editor = composer.current(form, session)
    except Gone:
        head(t(f"{words}.h1"), back=back)
        empty(t("note.gone"), t("note.gone_hint"))
        return None
    frame.name(form.page)
    edits = "_edit" if editor.about else ""
    head(t(f"{words}.h1{edits}"), t(f"{words}.lead{edits}"), back=back)
    if editor.rival:
        _two(session, editor)
    return session, editor


def line(form: Form, key: str, label: str, hint: str = "", longest: int | None = None) -> None:
    """Draw a field of one line that saves itself."""
    with field(key, draft=True):
        st.text_input(
            label, key=key, on_change=_save, args=(form,), placeholder=hint, max_chars=longest, autocomplete="off"
        )


def text(editor: Composer, label: str, height: int) -> None:
    """Draw the field of the text (`height` in pixels) and when it was saved."""
    form = editor.form
    with field(form.text, draft=True):
        st.text_area(label, height=height, key=form.text, on_change=_save, args=(form,))
        saved(editor.saved, editor.tag)


def buttons(editor: Composer, label: str, do: Callable[[], None]) -> None:
    """Draw the primary button, and the ways to leave."""
    form = editor.form
    with act(form.page):
        st.button(label, type="primary", key=f"{form.page}.share", on_click=do)
        st.button(t("write.keep"), type="tertiary", key=f"{form.page}.keep", on_click=_keep, args=(form,))
        if editor.page:
            asked = f"{form.page}.ask_discard"
            st.button(t("write.discard"), type="tertiary", key=asked, on_click=_ask_discard, args=(form,))
    if state.asked(_discarding(form)) is not None:
        confirm(
            _discarding(form),
            t("write.discard_title"),
            t("write.discard_text"),
            verb=t("write.discard_yes"),
            keep=t("write.discard_no"),
            act=_discard,
            args=(form,),
        )


def _two(session: Session, editor: Composer) -> None:
    section(t("write.two_h2"), f"{t('write.two_lead')} {t('write.two_rest')}")
    form = editor.form
    with card("two-other"):
        st.html(f'<h3 class="title">{escape(t("write.two_other"))}</h3>')
        prose(composer.rival_text(session, editor) or t("write.nothing_typed"))
        with actions("two"):
            st.button(t("write.two_use_mine"), key=f"{form.page}.mine", on_click=_use_mine, args=(form,))
            st.button(t("write.two_use_other"), key=f"{form.page}.other", on_click=_use_other, args=(form,))
    st.html(f'<h3 class="title">{escape(t("write.two_mine"))}</h3>')


def _discarding(form: Form) -> str:
    return f"{form.page}.discard"


# What the buttons do


def _save(form: Form) -> None:
    state.settle_messages()
    state.touch()
    composer.save(form)


def _keep(form: Form) -> None:
    state.settle_messages()
    composer.save(form)
    if state.problems():
        return
    editor = composer.found(form)
    if editor and editor.page:
        state.outcome(t("write.kept_draft"))
    composer.end(form)
    state.go(AFTER[form])


def _use_mine(form: Form) -> None:
    with acting(form.text):
        if editor := composer.found(form):
            composer.use_mine(editor)


def _use_other(form: Form) -> None:
    with acting(form.text):
        composer.save(form)
        if editor := composer.found(form):
            composer.use_other(editor)


def _ask_discard(form: Form) -> None:
    state.settle_messages()
    state.touch()
    state.ask(_discarding(form))


def _discard(form: Form) -> None:
    with acting(form.text):
        editor = composer.found(form)
        if editor is None:
            return
        drafts.drop(state.session(), editor.page, now=clock.now())
        composer.end(form)
        state.outcome(t("write.discarded"))
        state.go(AFTER[form])
