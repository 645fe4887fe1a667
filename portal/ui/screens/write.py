"""Write a note, or change one. Readers are named above the button; every refusal keeps the words."""

from html import escape

import streamlit as st

from portal import clock
from portal.circle import audiences, drafts, notes
from portal.circle.accounts import Session
from portal.circle.kinds import Kind
from portal.errors import ChangedElsewhere, Gone, NoReaders, TooManyTags
from portal.newtypes import ItemId
from portal.ui import frame, state
from portal.ui.acting import acting
from portal.ui.parts import act, actions, card, confirm, empty, field, head, limit, prose, saved, section
from portal.ui.say import names, t
from portal.ui.screens import composer, readers
from portal.ui.screens.composer import READERS, TAGS, TEXT, TITLE, Composer
from portal.ui.state import Undo


def page() -> None:
    """Draw the editor. A note that is gone is said, with the way back."""
    _editor()


@st.fragment
def _editor() -> None:
    if state.ui().to or state.signed() is None:
        st.rerun()  # the frame takes over
    session = state.session()
    try:
        editor = composer.current(session)
    except Gone:
        head(t("write.h1"), back=("notes", t("note.back")))
        empty(t("note.gone"), t("note.gone_hint"))
        return
    frame.name(composer.PAGE)
    edits = "_edit" if editor.about else ""
    head(t(f"write.h1{edits}"), t(f"write.lead{edits}"), back=("notes", t("note.back")))
    if editor.rival:
        _two(session, editor)
    _fields(editor)
    if editor.about:
        _who_rereads(session, editor)
    else:
        with field(READERS):
            readers.choice(session, READERS, Kind.NOTE)
    _buttons(editor)


def _fields(editor: Composer) -> None:
    with field(TITLE, draft=True):
        st.text_input(t("write.title"), key=TITLE, on_change=_save, max_chars=200, autocomplete="off")
    with field(TEXT, draft=True):
        st.text_area(t("write.text"), height=300, key=TEXT, on_change=_save)
        saved(editor.saved, editor.tag)
    with field(TAGS, draft=True):
        st.text_input(t("write.tags"), key=TAGS, on_change=_save, placeholder=t("write.tags_hint"), autocomplete="off")


def _who_rereads(session: Session, editor: Composer) -> None:
    note = notes.note(session, ItemId(editor.about), now=clock.now())
    with card("rereads"):
        if note.chosen.lists or note.chosen.people:
            readers.named(
                audiences.readers_today(session, note.chosen, Kind.NOTE, now=clock.now()), "write.will_reread"
            )
        else:
            st.html(f'<p class="readers" role="status">{escape(t("write.only_me"))}</p>')


def _buttons(editor: Composer) -> None:
    choice = readers.picked(READERS)
    only_me = choice is not None and not choice.lists and not choice.people
    label = "write.save" if editor.about else "write.keep_me" if only_me else "write.share"
    with act("write"):
        st.button(t(label), type="primary", key="write.share", on_click=_change if editor.about else _share)
        st.button(t("write.keep"), type="tertiary", key="write.keep", on_click=_keep)
        if editor.page:
            st.button(t("write.discard"), type="tertiary", key="write.ask_discard", on_click=_ask_discard)
    limit(t("write.limit"))
    if state.asked("write.discard") is not None:
        confirm(
            "write.discard",
            t("write.discard_title"),
            t("write.discard_text"),
            verb=t("write.discard_yes"),
            keep=t("write.discard_no"),
            act=_discard,
        )


def _two(session: Session, editor: Composer) -> None:
    section(t("write.two_h2"), f"{t('write.two_lead')} {t('write.two_rest')}")
    with card("two-other"):
        st.html(f'<h3 class="title">{escape(t("write.two_other"))}</h3>')
        prose(composer.rival_text(session, editor) or t("write.nothing_typed"))
        with actions("two"):
            st.button(t("write.two_use_mine"), key="write.mine", on_click=_use_mine)
            st.button(t("write.two_use_other"), key="write.other", on_click=_use_other)
    st.html(f'<h3 class="title">{escape(t("write.two_mine"))}</h3>')


# What the buttons do


def _save() -> None:
    state.settle_messages()
    state.touch()
    composer.save()


def _share() -> None:
    editor = composer.found()
    if editor is None:
        return
    with acting(TEXT, at={NoReaders: READERS, TooManyTags: TAGS}):
        chosen = readers.picked(READERS)
        if chosen is None:
            state.problem(READERS, t("write.choose"))
            return
        session, now = state.session(), clock.now()
        item = notes.write(
            session,
            composer.typed(),
            tags=composer.typed_tags(),
            readers=chosen,
            draft=editor.page,
            now=now,
        )
        composer.end()
        _shared(notes.note(session, item, now=now))


def _shared(note: notes.Note) -> None:
    if note.readers:
        said = t("write.shared", n=len(note.readers), names=names(note.readers))
        undo = Undo(t("write.undo"), _undo, (note.id,))
        state.outcome(said, more=t("write.tell"), undo=undo, copy=t("write.tell_text"))
    else:
        state.outcome(t("write.kept_me"))
    state.go("notes")


def _undo(item: ItemId) -> None:
    with acting():
        notes.withdraw(state.session(), item, now=clock.now())
        state.outcome(t("note.withdrawn"), more=t("note.withdrawn_limit"))


def _change() -> None:
    editor = composer.found()
    if editor is None:
        return
    state.settle_messages()
    composer.save()
    with acting(TEXT, at={TooManyTags: TAGS}):
        try:
            _edit(editor)
        except ChangedElsewhere:
            editor.rival = editor.about
            raise
        composer.end()
        state.outcome(t("write.saved_edit"))
        state.open_item("note", editor.about)


def _edit(editor: Composer) -> None:
    notes.edit(
        state.session(),
        ItemId(editor.about),
        composer.typed(),
        tags=composer.typed_tags(),
        base=editor.base,
        draft=editor.page,
        now=clock.now(),
    )


def _keep() -> None:
    state.settle_messages()
    composer.save()
    if state.problems():
        return
    editor = composer.found()
    if editor and editor.page:
        state.outcome(t("write.kept_draft"))
    composer.end()
    state.go("notes")


def _use_mine() -> None:
    with acting(TEXT):
        if editor := composer.found():
            composer.use_mine(editor)


def _use_other() -> None:
    with acting(TEXT):
        composer.save()
        if editor := composer.found():
            composer.use_other(editor)


def _ask_discard() -> None:
    state.settle_messages()
    state.touch()
    state.ask("write.discard")


def _discard() -> None:
    with acting(TEXT):
        editor = composer.found()
        if editor is None:
            return
        drafts.drop(state.session(), editor.page, now=clock.now())
        composer.end()
        state.outcome(t("write.discarded"))
        state.go("notes")
