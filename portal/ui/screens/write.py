"""Write a note, or change one. Readers are named above the button; every refusal keeps the words."""

from html import escape

import streamlit as st

from portal import clock
from portal.circle import audiences, notes
from portal.circle.accounts import Session
from portal.circle.kinds import Kind
from portal.errors import ChangedElsewhere, NoReaders, TooManyTags
from portal.newtypes import ItemId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import card, field, limit
from portal.ui.say import t
from portal.ui.screens import composer, editing, note_acts, readers
from portal.ui.screens.composer import WRITE, Composer
from portal.ui.state import Undo


def page() -> None:
    """Draw the editor. A note that is gone is said, with the way back."""
    _editor()


@st.fragment
def _editor() -> None:
    found = editing.opened(WRITE, "write")
    if found is None:
        return
    session, editor = found
    editing.line(WRITE, WRITE.title, t("write.title"), longest=editing.LONGEST_TITLE)
    editing.text(editor, t("write.text"), height=300)
    editing.line(WRITE, WRITE.tags, t("write.tags"), t("write.tags_hint"))
    if editor.about:
        _who_rereads(session, editor)
    else:
        with field(WRITE.readers):
            readers.choice(session, WRITE.readers, Kind.NOTE)
    editing.buttons(editor, _verb(editor), _change if editor.about else _share)
    limit(t("write.limit"))


def _who_rereads(session: Session, editor: Composer) -> None:
    note = notes.note(session, ItemId(editor.about), now=clock.now())
    with card("rereads"):
        if note.chosen.lists or note.chosen.people:
            readers.named(
                audiences.readers_today(session, note.chosen, Kind.NOTE, now=clock.now()), "write.will_reread"
            )
        else:
            st.html(f'<p class="readers" role="status">{escape(t("write.only_me"))}</p>')


def _verb(editor: Composer) -> str:
    choice = readers.picked(WRITE.readers)
    only_me = choice is not None and not choice.lists and not choice.people
    return t("write.save" if editor.about else "write.keep_me" if only_me else "write.share")


# What the buttons do


def _share() -> None:
    editor = composer.found(WRITE)
    if editor is None:
        return
    with acting(WRITE.text, at={NoReaders: WRITE.readers, TooManyTags: WRITE.tags}):
        chosen = readers.picked(WRITE.readers)
        if chosen is None:
            state.problem(WRITE.readers, t("write.choose"))
            return
        session, now = state.session(), clock.now()
        item = notes.write(
            session,
            composer.typed(WRITE),
            tags=composer.typed_tags(WRITE),
            readers=chosen,
            draft=editor.page,
            now=now,
        )
        composer.end(WRITE)
        note_acts.told(notes.note(session, item, now=now), t("write.kept_me"))
        state.go("notes")


def _change() -> None:
    editor = composer.found(WRITE)
    if editor is None:
        return
    state.settle_messages()
    composer.save(WRITE)
    with acting(WRITE.text, at={TooManyTags: WRITE.tags}):
        try:
            changed = _edit(editor)
        except ChangedElsewhere:
            editor.rival = editor.about
            raise
        composer.end(WRITE)
        undo = Undo(t("write.undo"), note_acts.bring_back, (changed.id, changed.edited))
        state.outcome(t("write.saved_edit"), undo=undo)
        state.open_item("note", editor.about)


def _edit(editor: Composer) -> notes.Note:
    session, item, now = state.session(), ItemId(editor.about), clock.now()
    notes.edit(
        session,
        item,
        composer.typed(WRITE),
        tags=composer.typed_tags(WRITE),
        base=editor.base,
        draft=editor.page,
        now=now,
    )
    return notes.note(session, item, now=now)
