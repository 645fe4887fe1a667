"""One own note: its text, who can read it and who did, earlier versions, and what can be done with it."""

from html import escape

import streamlit as st

from portal import clock
from portal.circle import notes, readership, readings
from portal.circle.accounts import Session
from portal.circle.kinds import Kind
from portal.circle.notes import Note
from portal.circle.readership import Reader
from portal.errors import Gone, NoReaders
from portal.newtypes import ItemId, PersonId
from portal.ui import say, state
from portal.ui.acting import acting
from portal.ui.parts import act, as_typed, beside, card, empty, field, head, limit, meta, prose, section
from portal.ui.say import t
from portal.ui.screens import note_acts, readers

CHOICE, SHARING = "note.readers", "note-sharing"
BACK = "notes"


def page() -> None:
    """Draw the note that was opened; one that is gone is said, with the way back."""
    session = state.session()
    try:
        note = notes.note(session, ItemId(state.opened("note")), now=clock.now())
    except Gone:
        head(t("note.gone"), back=(BACK, t("note.back")))
        empty(t("note.gone_hint"))
        return
    head(note.title or t("notes.untitled"), over=_over(note), back=(BACK, t("note.back")))
    prose(note.text if not note.damaged else t("error.Tampered"))
    if note.tags:
        meta(" · ".join(note.tags))
    _readers(session, note)
    if note.versions:
        _earlier(session, note)
    if not state.answers(SHARING).get("open"):
        _buttons(note)
    note_acts.erase_dialog()


def _over(note: Note) -> str:
    edited = t("note.edited_at", when=say.when(note.edited)) if note.edited else ""
    return " · ".join(part for part in (say.when(note.written), edited, t("note.pinned") if note.pin else "") if part)


def _readers(session: Session, note: Note) -> None:
    now = clock.now()
    readings.take_in_quietly(session, now=now)
    told = readership.readership(session, note.id, now=now)
    section(t("note.readers"))
    if note.readers:
        with card("readers"):
            for one in told:
                if one.able:
                    _one(note, one)
        limit(t("note.read_means"))
    elif note.chosen.lists or note.chosen.people:
        meta(t("note.readers_later"))
    else:
        meta(t("note.readers_none"))
    if not note.damaged:
        _sharing(session, note)
    _read_before([one for one in told if not one.able])


def _one(note: Note, one: Reader) -> None:
    key = f"reader{one.person.hex()}"
    with beside(key):
        st.html(_line(one.label, _read(one)))
        st.button(
            t("note.stop"),
            key=f"note.{key}",
            type="tertiary",
            help=as_typed(t("note.stop_with", name=one.label)),
            on_click=_unshare,
            args=(note.id, one.person, one.label),
        )


def _line(name: str, said: str) -> str:
    return f'<p>{escape(name)}</p><p class="meta">{escape(said)}</p>'


def _read(one: Reader) -> str:
    how = "read_formerly" if one.formerly else "read_before" if one.earlier else "read_on"
    return t(f"note.{how}", day=say.day(one.day)) if one.day else t("note.not_read")


def _read_before(told: list[Reader]) -> None:
    """Say who has read it and cannot read it now: what was read is not forgotten when somebody goes."""
    if not told:
        return
    section(t("note.had"))
    with card("had"):
        for one in told:
            stay = t(f"note.stay.{one.stay.value}", name=one.label)
            st.html(_line(one.label or t("note.somebody"), f"{_read(one)} · {stay}"))


def _sharing(session: Session, note: Note) -> None:
    if not state.answers(SHARING).get("open"):
        shared = note.chosen.lists or note.chosen.people
        st.button(
            t("note.share_more" if shared else "note.share_first"), key="note.open_sharing", on_click=_open_sharing
        )
        return
    with field(CHOICE):
        kept = readers.codes(note.chosen)
        readers.choice(session, CHOICE, Kind.NOTE, [] if kept == [readers.ME] else kept)
    with act("sharing"):
        st.button(t("note.share_save"), type="primary", key="note.share", on_click=_share, args=(note.id,))
        st.button(t("note.share_close"), key="note.close_sharing", type="tertiary", on_click=_close_sharing)
    limit(t("write.limit"))


def _earlier(session: Session, note: Note) -> None:
    with st.expander(t("note.earlier"), key="note.earlier", on_change="rerun") as box:
        if not box.open:
            return
        meta(t("note.earlier_note"))
        for version in notes.versions(session, note.id):
            section(t("note.earlier_from", when=say.when(version.edited)), version.title)
            prose(version.text, below=2)


def _buttons(note: Note) -> None:
    if note.damaged:
        st.button(t("note.erase"), key="note.ask_erase", on_click=note_acts.ask_erase, args=(note.id,))
        return
    with act("note"):
        st.button(t("note.edit"), type="primary", key="note.edit", on_click=note_acts.edit, args=(note.id,))
        turn = note_acts.unpin if note.pin else note_acts.pin
        st.button(t("note.unpin" if note.pin else "note.pin"), key="note.pin", on_click=turn, args=(note.id,))
        if note.chosen.lists or note.chosen.people:
            st.button(t("note.withdraw"), key="note.withdraw", on_click=note_acts.withdraw, args=(note.id,))
        st.button(t("note.erase"), type="tertiary", key="note.ask_erase", on_click=note_acts.ask_erase, args=(note.id,))


# What the buttons do


def _unshare(item: ItemId, person: PersonId, label: str) -> None:
    with acting():
        session, now = state.session(), clock.now()
        before = tuple(readers.codes(notes.note(session, item, now=now).chosen))
        notes.unshare(session, item, person, now=now)
        undo = state.Undo(t("note.share_again"), note_acts.share_again, (item, before))
        state.outcome(t("note.stopped", name=label), undo=undo)


def _open_sharing() -> None:
    state.settle_messages()
    state.touch()
    state.answers(SHARING)["open"] = True


def _close_sharing() -> None:
    state.settle_messages()
    state.touch()
    state.drop_answers(SHARING)
    readers.begin_anew(CHOICE)


def _share(item: ItemId) -> None:
    with acting(CHOICE, at={NoReaders: CHOICE}):
        chosen = readers.picked(CHOICE)
        if chosen is None:
            state.problem(CHOICE, t("write.choose"))
            return
        session, now = state.session(), clock.now()
        before = tuple(readers.codes(notes.note(session, item, now=now).chosen))
        notes.share(session, item, chosen, now=now)
        state.drop_answers(SHARING)
        readers.begin_anew(CHOICE)
        note_acts.told(notes.note(session, item, now=now), t("note.withdrawn"), before)
