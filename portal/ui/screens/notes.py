"""All own notes: search, tags, who can read them; pinned first, then by day; 20 a page. Drafts stand on top."""

from collections.abc import Iterable
from itertools import groupby

import streamlit as st

from portal import clock
from portal.circle import notes
from portal.circle.accounts import Session
from portal.circle.drafts import Draft
from portal.circle.kinds import Kind
from portal.circle.notes import ONLY_ME, Filter, Note, Notes
from portal.ui import say, state
from portal.ui.parts import Entry, act, as_typed, by_day, distinct, empty, head
from portal.ui.say import t
from portal.ui.screens import composer, draft_list, note_acts, readers

SEARCH, TAG, READER, DATE, PAGE = "notes.search", "notes.tag", "notes.reader", "notes.date", "notes.page"
EVERY = "all"
DAY = 86_400
DAYS = {"week": 7, "month": 30}


def page() -> None:
    """Draw the list; what is filtered out is said, with the way back to all."""
    session = state.session()
    head(t("notes.h1"))
    known = readers.options(session)
    begun = draft_list.begun(session, composer.WRITE)
    found = _find(session)
    if found.total or begun or _filtered():
        _filter(found.tags, known)
    if begun and not _filtered():
        draft_list.draw(composer.WRITE, begun)
    _list(found, known, begun)
    with act("notes", sticky=True):
        st.button(t("notes.write"), type="primary", key="notes.write", on_click=_write)
    note_acts.erase_dialog()


def _find(session: Session) -> Notes:
    days = DAYS.get(state.text(DATE))
    now = clock.now()
    shown = state.value(PAGE, 1)
    return notes.notes(
        session,
        kind=Kind.NOTE,
        page=shown if isinstance(shown, int) else 1,
        wanted=Filter(
            words=state.text(SEARCH),
            tag=_chosen(TAG),
            reader=_reader(_chosen(READER)),
            since=now - days * DAY if days else 0,
        ),
        now=now,
    )


def _chosen(key: str) -> str:
    found = state.text(key)
    return "" if found == EVERY else found


def _reader(code: str) -> bytes:
    if code == readers.ME:
        return ONLY_ME
    return bytes.fromhex(code.removeprefix(readers.LIST).removeprefix(readers.PERSON))


def _filtered() -> bool:
    return any(_chosen(key) for key in (SEARCH, TAG, READER, DATE))


def _filter(tags: Iterable[str], known: dict[str, str]) -> None:
    every = {EVERY: t("notes.all")}
    with st.container(key="filter", gap="small"):
        with st.container(key="side-filter", horizontal=True, vertical_alignment="bottom", gap="small"):
            st.text_input(
                t("notes.search"),
                placeholder=t("notes.search"),
                icon=":material/search:",
                key=SEARCH,
                label_visibility="collapsed",
                autocomplete="off",
                on_change=_first_page,
            )
            with st.popover(t("notes.filter"), icon=":material/tune:", key="more-filter"):
                _select(READER, t("notes.by_reader"), every | known)
                _select(DATE, t("notes.by_date"), every | {name: t(f"notes.{name}") for name in DAYS})
        if chosen := list(tags):
            _tags(every, chosen)


def _tags(every: dict[str, str], tags: list[str]) -> None:
    names = every | {tag: tag for tag in tags}
    if state.value(TAG) not in names:
        state.put(TAG, EVERY)
    st.pills(
        t("notes.tag"),
        list(names),
        format_func=lambda name: as_typed(names.get(name, "")),
        required=True,
        key=TAG,
        label_visibility="collapsed",
        on_change=_first_page,
    )


def _select(key: str, label: str, names: dict[str, str]) -> None:
    told = distinct(names)
    if state.value(key) not in told:
        state.put(key, EVERY)
    st.selectbox(label, list(told), format_func=lambda name: told.get(name, name), key=key, on_change=_first_page)


def _first_page() -> None:
    state.settle_messages()
    state.touch()
    state.put(PAGE, 1)


def _list(found: Notes, known: dict[str, str], begun: list[Draft]) -> None:
    if found.items:
        by_day((day, (_entry(note, known) for note in several)) for day, several in groupby(found.items, key=_day))
        if found.pages > 1:
            st.pagination(found.pages, key=PAGE, max_visible_pages=5)
    elif _filtered():
        empty(t("notes.none_found"), t("notes.none_found_hint"))
        st.button(t("notes.show_all"), key="notes.show_all", on_click=_show_all)
    elif not begun:
        empty(t("notes.empty"), t("notes.empty_hint"))


def _day(note: Note) -> str:
    return t("notes.pinned") if note.pin else say.day_title(note.written)


def _entry(note: Note, known: dict[str, str]) -> Entry:
    return Entry(
        title=t("note.damaged") if note.damaged else note.title or t("notes.untitled"),
        meta=_meta(note, known),
        source=t("error.Tampered") if note.damaged else note.text,
        to=("note", note.id),
        marks=marks(note),
        menu=note_acts.menu(note),
    )


def _meta(note: Note, known: dict[str, str]) -> str:
    when = say.when(note.written) if note.pin else say.time(note.written)
    who = ", ".join(known[code] for code in readers.codes(note.chosen) if code in known)
    return " · ".join(part for part in (when, who, t("note.edited") if note.edited else "") if part)


def marks(note: Note) -> list[tuple[str, str]]:
    """Return the badges of a note, the weightier first."""
    found = [(t("note.damaged"), "yellow")] if note.damaged else []
    if note.chosen.lists or note.chosen.people:
        found.append((t("note.shared"), "green"))
    if note.pin:
        found.append((t("note.pinned"), "gray"))
    return found


# What the buttons do


def _write() -> None:
    state.settle_messages()
    state.touch()
    composer.begin(composer.WRITE)


def _show_all() -> None:
    _first_page()
    state.clear(SEARCH, TAG, READER, DATE)
