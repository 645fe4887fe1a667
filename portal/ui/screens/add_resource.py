"""A resource of one's own: a title, a text or a link, and who can read it. Nobody is chosen at the start."""

import streamlit as st

from portal import clock
from portal.circle import audiences, members, notes
from portal.circle.audiences import Chosen
from portal.circle.bodies import Text
from portal.circle.kinds import Kind
from portal.circle.members import Standing
from portal.circle.notes import Note
from portal.errors import BadLink, EmptyText, NoReaders
from portal.newtypes import ItemId, ListId, PersonId
from portal.ui import parts, state
from portal.ui.acting import acting
from portal.ui.say import names, t

TITLE, TEXT, URL, WHO = "add.title", "add.text", "add.url", "add.who"
ME = "me"
AT = {BadLink: URL, EmptyText: TEXT, NoReaders: WHO}


def page() -> None:
    """Draw the form, filled when a resource is edited."""
    old = _old()
    if old and not state.answers("add").get("filled"):
        _fill(old)
    parts.head(t("add.h1_edit" if old else "add.h1"), t("add.lead"), back=("library", t("nav.library")))
    for key, label in ((TITLE, "add.title"), (URL, "add.url")):
        with parts.field(key):
            st.text_input(t(label), key=key, autocomplete="off")
    with parts.field(TEXT):
        st.text_area(t("add.text"), key=TEXT)
    with parts.field(WHO):
        chosen = parts.several_of(WHO, t("add.who"), _who())
    parts.meta(_preview(chosen))
    with parts.act("add"):
        label = t("add.keep" if chosen in ([], [ME]) else "add.share")
        st.button(label, type="primary", key="add.save", on_click=_save)
    parts.limit(t("add.limit"))


def _old() -> Note | None:
    item = state.chosen("add")
    if not isinstance(item, bytes):
        return None
    return notes.note(state.session(), ItemId(item), now=clock.now())


def _fill(old: Note) -> None:
    chosen = [f"l{one.hex()}" for one in old.chosen.lists] + [f"p{one.hex()}" for one in old.chosen.people]
    for key, content in ((TITLE, old.title), (URL, old.url), (TEXT, old.text)):
        state.put(key, content)
    state.put(WHO, chosen or [ME])
    state.answers("add").update(filled=True, base=old.edited or old.written)


def _who() -> dict[str, str]:
    session = state.session()
    groups = {f"l{one.id.hex()}": one.name or t("add.everyone") for one in audiences.audiences(session)}
    open_now = [one for one in members.members(session, now=clock.now()) if one.standing is Standing.OPEN]
    return {ME: t("library.only_me")} | groups | {f"p{one.id.hex()}": one.label for one in open_now}


def _chosen(picked: list[str]) -> Chosen:
    lists = frozenset(ListId(bytes.fromhex(one[1:])) for one in picked if one.startswith("l"))
    people = frozenset(PersonId(bytes.fromhex(one[1:])) for one in picked if one.startswith("p"))
    return Chosen(lists=lists, people=people)


def _preview(picked: list[str]) -> str:
    chosen = _chosen(picked)
    if not (chosen.lists or chosen.people):
        return t("add.nobody")
    readers = audiences.readers_today(state.session(), chosen, Kind.RESOURCE, now=clock.now())
    return t("add.readers", names=names(readers)) if readers else t("add.no_readers")


def _save() -> None:
    with acting(TEXT, AT):
        picked = state.value(WHO)
        picked = list(picked) if isinstance(picked, list) else []
        if not picked:
            raise NoReaders
        _write(_chosen(picked if ME not in picked else []))
        state.drop_answers("add")
        state.clear(TITLE, TEXT, URL, WHO)
        state.close_item("add")
        state.outcome(t("add.saved"))
        state.go("library")


def _write(chosen: Chosen) -> None:
    session, now = state.session(), clock.now()
    title, text, url = state.text(TITLE), state.text(TEXT), state.text(URL).strip()
    item = state.chosen("add")
    body = Text(title=title, text=text, url=url)
    if not isinstance(item, bytes):
        notes.write(session, body, kind=Kind.RESOURCE, readers=chosen, now=now)
        return
    base = int(str(state.answers("add")["base"]))
    notes.edit(session, ItemId(item), body, base=base, now=now)
    notes.share(session, ItemId(item), chosen, now=now)
