"""The editor of one text in one tab: where its draft lies, what it changes, and how it ends.

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

SLOT = "composer"
NEW, DRAFT, NOTE = "new", "draft-", "note-"


@dataclass(frozen=True, slots=True)
class Form:
    """The page that writes one kind of text, and the keys of its widgets; without `tags` or `url` there is none."""

    page: str
    kind: Kind
    title: str
    text: str
    readers: str
    tags: str = ""
    url: str = ""

    @property
    def typed(self) -> list[str]:
        """The keys of what somebody types."""
        return [key for key in (self.title, self.text, self.tags, self.url) if key]


WRITE = Form("write", Kind.NOTE, "write.title", "write.text", "write.readers", tags="write.tags")
ADD = Form("add", Kind.RESOURCE, "add.title", "add.text", "add.readers", url="add.url")


@dataclass(slots=True)
class Composer:
    """Which draft this tab saves to. `rival` is what another tab left: nothing, a draft, or the edited text itself."""

    form: Form
    about: bytes = b""
    base: int = 0
    page: bytes = b""
    tag: int = 0
    saved: int = 0
    rival: bytes = b""
    closed: bool = False


def begin(form: Form, where: str = NEW) -> None:
    """Open the editor: `NEW`, a draft (`DRAFT` + id) or what is there (`NOTE` + id)."""
    _forget(form)
    state.remember(form.page, where)
    state.go(form.page)


def end(form: Form) -> None:
    """The words are kept elsewhere now: empty the editor."""
    composer = found(form)
    if composer:
        composer.closed = True
    state.clear(*form.typed)
    readers.begin_anew(form.readers)
    state.remember(form.page, NEW)


def found(form: Form) -> Composer | None:
    """Return the editor of this tab while it is open. After it ended there is none: a second press finds nothing."""
    composer = state.answers(form.page).get(SLOT)
    return composer if isinstance(composer, Composer) and not composer.closed else None


def current(form: Form, session: Session) -> Composer:
    """Return the editor of this tab, begun from its draft when there is one. Raises `Gone` for a text that is gone."""
    composer = found(form)
    if composer is None or state.value(form.text) is None:
        composer = _fresh(form, session, composer)
        state.answers(form.page)[SLOT] = composer
    return composer


def save(form: Form) -> None:
    """Seal what stands in the editor as a draft. Never empties it; a refusal is shown at the text."""
    composer = found(form)
    if composer is None or not (composer.page or any(state.text(key) for key in form.typed)):
        return
    session = state.session()
    try:
        kept = _keep(session, composer)
    except ChangedElsewhere:
        _both(session, composer)
    except PortalError as error:
        composer.saved = 0  # what stands there now is not saved
        state.problem(form.text, say.sorry(error))
    else:
        _at(composer, kept)


def typed(form: Form) -> Text:
    """Return what stands in the editor."""
    return Text(state.text(form.title), state.text(form.text), state.text(form.url) if form.url else "")


def typed_tags(form: Form) -> tuple[str, ...]:
    """Return the tags between the commas, each once."""
    parts = [part.strip() for part in state.text(form.tags).split(",")] if form.tags else []
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
    form, rival = composer.form, composer.rival
    _forget(form)
    if rival != composer.about:
        state.remember(form.page, DRAFT + rival.hex())
    else:
        state.remember(form.page, NOTE + rival.hex() + "-anew")


def _forget(form: Form) -> None:
    state.drop_answers(form.page)
    state.clear(*form.typed)
    readers.begin_anew(form.readers)


def _keep(session: Session, composer: Composer) -> Draft:
    form, about, now = composer.form, composer.about, clock.now()
    body, tags, began = typed(form), typed_tags(form), _began(composer)
    try:
        return drafts.save(session, body, tags=tags, began=began, kind=form.kind, about=about, now=now)
    except Gone:  # erased in another tab, and somebody types on: a new draft
        return drafts.save(session, body, tags=tags, kind=form.kind, about=about, now=now)


def _began(composer: Composer) -> Draft | None:
    """The draft this text continues: which one and which state of it, without its words."""
    if not composer.page:
        return None
    form = composer.form
    return Draft(composer.page, form.kind, composer.about, "", "", "", (), composer.saved, composer.tag)


def _both(session: Session, composer: Composer) -> None:
    """Another tab changed the draft: ours was kept as a draft of its own; find it."""
    text = state.text(composer.form.text)
    mine = next((d for d in drafts.drafts(session) if d.page != composer.page and d.text == text), None)
    composer.rival = composer.page
    if mine:
        _at(composer, mine)


def _at(composer: Composer, draft: Draft) -> None:
    composer.page, composer.tag, composer.saved = draft.page, draft.tag, draft.saved
    if not composer.about:
        state.remember(composer.form.page, DRAFT + draft.page.hex())


def _fresh(form: Form, session: Session, before: Composer | None) -> Composer:
    where = state.chosen(form.page)
    where = where if isinstance(where, str) else ""
    draft = _draft(form, session, where, before)
    about = draft.about if draft else _about(where)
    composer = Composer(form, about=about)
    if about:
        _from_note(session, composer, draft)
    if draft:
        _fill(form, Text(draft.title, draft.text, draft.url), draft.tags)
        _at(composer, draft)
    elif not about:
        _fill(form, Text("", ""), ())
    return composer


def _from_note(session: Session, composer: Composer, draft: Draft | None) -> None:
    """Begin from what is there. A draft older than its last change was made over another text: saving asks."""
    note = notes.note(session, ItemId(composer.about), now=clock.now())
    stamp = note.edited or note.written
    composer.base = stamp if draft is None or stamp <= draft.saved else 0
    _fill(composer.form, Text(note.title, note.text, note.url), note.tags)


def _draft(form: Form, session: Session, where: str, before: Composer | None) -> Draft | None:
    if before and before.page:
        where = DRAFT + before.page.hex()
    if where.startswith(DRAFT):
        page = bytes.fromhex(where.removeprefix(DRAFT))
        return next((one for one in drafts.drafts(session) if one.page == page), None)
    if where.endswith("-anew"):
        return None
    return drafts.draft_for(session, form.kind, _about(where)) if where.startswith(NOTE) or not where else None


def _about(where: str) -> bytes:
    return bytes.fromhex(where.removeprefix(NOTE).removesuffix("-anew")) if where.startswith(NOTE) else b""


def _fill(form: Form, body: Text, tags: tuple[str, ...]) -> None:
    state.put(form.title, body.title)
    state.put(form.text, body.text)
    if form.url:
        state.put(form.url, body.url)
    if form.tags:
        state.put(form.tags, ", ".join(tags))
