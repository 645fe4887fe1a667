"""The editor of one note in one tab: where its draft lies, what it changes, and how it ends.

The words stand in the widgets and, sealed, in the draft; here is only which draft it is. Every pause in typing
saves. Two tabs that change the same draft both keep their text, and the reader chooses.
"""

from dataclasses import dataclass

from portal import clock
from portal.circle import drafts, notes
from portal.circle.accounts import Session
from portal.circle.bodies import Text
from portal.circle.drafts import Draft
from portal.circle.kinds import Kind
from portal.errors import ChangedElsewhere, Gone, PortalError
from portal.newtypes import ItemId
from portal.ui import say, state
from portal.ui.screens import readers

PAGE, SLOT = "write", "composer"
TITLE, TEXT, TAGS, READERS = "write.title", "write.text", "write.tags", "write.readers"
NEW, DRAFT, NOTE = "new", "draft-", "note-"


@dataclass(slots=True)
class Composer:
    """Which draft this tab saves to. `rival` is what another tab left: nothing, a draft, or the edited note itself."""

    about: bytes = b""
    base: int = 0
    page: bytes = b""
    tag: int = 0
    saved: int = 0
    rival: bytes = b""
    closed: bool = False


def begin(where: str = NEW) -> None:
    """Open the editor: `NEW`, a draft (`DRAFT` + id) or a note (`NOTE` + id)."""
    _forget()
    state.remember(PAGE, where)
    state.go(PAGE)


def end() -> None:
    """The words are kept elsewhere now: empty the editor."""
    composer = found()
    if composer:
        composer.closed = True
    state.clear(TITLE, TEXT, TAGS)
    readers.begin_anew(READERS)
    state.remember(PAGE, NEW)


def found() -> Composer | None:
    """Return the editor of this tab while it is open. After it ended there is none: a second press finds nothing."""
    composer = state.answers(PAGE).get(SLOT)
    return composer if isinstance(composer, Composer) and not composer.closed else None


def current(session: Session) -> Composer:
    """Return the editor of this tab, begun from its draft when there is one. Raises `Gone` for a note that is gone."""
    composer = found()
    if composer is None or state.value(TEXT) is None:
        composer = _fresh(session, composer)
        state.answers(PAGE)[SLOT] = composer
    return composer


def save() -> None:
    """Seal what stands in the editor as a draft. Never empties it; a refusal is shown at the text."""
    composer = found()
    if composer is None or not (state.text(TITLE) or state.text(TEXT) or composer.page):
        return
    session = state.session()
    try:
        kept = _keep(session, composer)
    except ChangedElsewhere:
        _both(session, composer)
    except PortalError as error:
        composer.saved = 0  # what stands there now is not saved
        state.problem(TEXT, say.sorry(error))
    else:
        _at(composer, kept)


def typed() -> Text:
    """Return what stands in the editor."""
    return Text(state.text(TITLE), state.text(TEXT))


def typed_tags() -> tuple[str, ...]:
    """Return the tags between the commas, each once."""
    parts = [part.strip() for part in state.text(TAGS).split(",")]
    return tuple(dict.fromkeys(part for part in parts if part))


def rival_text(session: Session, composer: Composer) -> str:
    """Return the other text of two."""
    if composer.rival == composer.about:
        return notes.note(session, ItemId(composer.about), now=clock.now()).text
    return next((one.text for one in drafts.drafts(session) if one.page == composer.rival), "")


def use_mine(composer: Composer) -> None:
    """Go on with this text; the other draft stays where it is."""
    if composer.rival == composer.about:
        note = notes.note(state.session(), ItemId(composer.about), now=clock.now())
        composer.base = note.edited or note.written
    composer.rival = b""


def use_other(composer: Composer) -> None:
    """Open the other text; this one stays among the drafts."""
    rival = composer.rival
    _forget()
    if rival != composer.about:
        state.remember(PAGE, DRAFT + rival.hex())
    else:
        state.remember(PAGE, NOTE + rival.hex() + "-anew")


def _forget() -> None:
    state.drop_answers(PAGE)
    state.clear(TITLE, TEXT, TAGS)
    readers.begin_anew(READERS)


def _keep(session: Session, composer: Composer) -> Draft:
    body, tags, about, now = typed(), typed_tags(), composer.about, clock.now()
    began = _began(composer)
    try:
        return drafts.save(session, body, tags=tags, began=began, about=about, now=now)
    except Gone:  # erased in another tab, and somebody types on: a new draft
        return drafts.save(session, body, tags=tags, about=about, now=now)


def _began(composer: Composer) -> Draft | None:
    """The draft this text continues: which one and which state of it, without its words."""
    if not composer.page:
        return None
    return Draft(composer.page, Kind.NOTE, composer.about, "", "", "", (), composer.saved, composer.tag)


def _both(session: Session, composer: Composer) -> None:
    """Another tab changed the draft: ours was kept as a draft of its own; find it."""
    text = state.text(TEXT)
    mine = next((d for d in drafts.drafts(session) if d.page != composer.page and d.text == text), None)
    composer.rival = composer.page
    if mine:
        _at(composer, mine)


def _at(composer: Composer, draft: Draft) -> None:
    composer.page, composer.tag, composer.saved = draft.page, draft.tag, draft.saved
    if not composer.about:
        state.remember(PAGE, DRAFT + draft.page.hex())


def _fresh(session: Session, before: Composer | None) -> Composer:
    where = state.chosen(PAGE)
    draft = _draft(session, where if isinstance(where, str) else "", before)
    about = draft.about if draft else _about(where)
    composer = Composer(about=about)
    if about:
        _from_note(session, composer, draft)
    if draft:
        _fill(draft.title, draft.text, draft.tags)
        _at(composer, draft)
    elif not about:
        _fill("", "", ())
    return composer


def _from_note(session: Session, composer: Composer, draft: Draft | None) -> None:
    """Begin from the note. A draft older than the note's last change was made over another text: saving asks."""
    note = notes.note(session, ItemId(composer.about), now=clock.now())
    stamp = note.edited or note.written
    composer.base = stamp if draft is None or stamp <= draft.saved else 0
    _fill(note.title, note.text, note.tags)


def _draft(session: Session, where: str, before: Composer | None) -> Draft | None:
    if before and before.page:
        where = DRAFT + before.page.hex()
    if where.startswith(DRAFT):
        page = bytes.fromhex(where.removeprefix(DRAFT))
        return next((one for one in drafts.drafts(session) if one.page == page), None)
    if where.endswith("-anew"):
        return None
    return drafts.draft_for(session, Kind.NOTE, _about(where)) if where.startswith(NOTE) or not where else None


def _about(where: object) -> bytes:
    if isinstance(where, str) and where.startswith(NOTE):
        return bytes.fromhex(where.removeprefix(NOTE).removesuffix("-anew"))
    return b""


def _fill(title: str, text: str, tags: tuple[str, ...]) -> None:
    state.put(TITLE, title)
    state.put(TEXT, text)
    state.put(TAGS, ", ".join(tags))
