"""A resource of one's own: a title, a text or a link, and who can read it. Nobody is chosen at the start."""

import streamlit as st

from portal import clock
from portal.circle import notes, texts
from portal.circle.kinds import Kind
from portal.errors import BadLink, ChangedElsewhere, EmptyText, NoReaders
from portal.newtypes import ItemId
from portal.ui import state
from portal.ui.acting import acting
from portal.ui.parts import field, limit
from portal.ui.say import names, t
from portal.ui.screens import composer, editing, note_acts, readers
from portal.ui.screens.composer import ADD, Composer
from portal.ui.state import Undo

AT = {BadLink: ADD.url, EmptyText: ADD.text, NoReaders: ADD.readers}


def page() -> None:
    """Draw the form, filled when a resource is edited; one that is gone is said, with the way back."""
    _editor()


@st.fragment
def _editor() -> None:
    found = editing.opened(ADD, "add")
    if found is None:
        return
    session, editor = found
    editing.line(ADD, ADD.title, t("add.title"), longest=editing.LONGEST_TITLE)
    editing.line(ADD, ADD.url, t("add.url"))
    editing.text(editor, t("add.text"), height=150)
    with field(ADD.readers):
        readers.choice(session, ADD.readers, Kind.RESOURCE, _readers_now(editor))
    editing.buttons(editor, _verb(), _done)
    limit(t("add.limit"))


def _readers_now(editor: Composer) -> list[str]:
    """An edit begins with today's readers; something new with nobody."""
    if not editor.about:
        return []
    return readers.codes(notes.note(state.session(), ItemId(editor.about), now=clock.now()).chosen)


def _verb() -> str:
    choice = readers.picked(ADD.readers)
    return t("add.share" if choice is None or choice.lists or choice.people else "add.keep")


# What the button does


def _done() -> None:
    editor = composer.found(ADD)
    if editor is None:
        return
    state.settle_messages()
    composer.save(ADD)
    with acting(ADD.text, AT):
        if readers.picked(ADD.readers) is None:
            state.problem(ADD.readers, t("write.choose"))
            return
        _publish(editor)
        composer.end(ADD)
        state.go("library")


def _publish(editor: Composer) -> None:
    session, now = state.session(), clock.now()
    body, chosen = texts.whole_link(composer.typed(ADD)), readers.picked(ADD.readers)
    if not editor.about:
        item = notes.write(session, body, kind=Kind.RESOURCE, readers=chosen, draft=editor.page, now=now)
        note_acts.told(notes.note(session, item, now=now), t("add.saved"))
        return
    item = ItemId(editor.about)
    before = tuple(readers.codes(notes.note(session, item, now=now).chosen))
    try:
        notes.edit(session, item, body, base=editor.base, readers=chosen, draft=editor.page, now=now)
    except ChangedElsewhere:
        editor.rival = editor.about
        raise
    changed = notes.note(session, item, now=now)
    can = t("write.shared", n=len(changed.readers), names=names(changed.readers)) if changed.readers else ""
    undo = Undo(t("write.undo"), note_acts.bring_back, (item, changed.edited, before))
    state.outcome(t("add.changed"), more=can, undo=undo)
