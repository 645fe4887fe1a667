"""Notes, and resources of the patient's own: write, share, edit, withdraw. Both are entries with readers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from portal.circle.audiences import Chosen
from portal.circle.audiences import chosen as as_chosen
from portal.circle.bodies import Text, pack, unpack
from portal.circle.kinds import SHAREABLE, Kind
from portal.circle.searching import Index
from portal.circle.texts import checked, checked_tags
from portal.errors import Gone, NoReaders, Tampered
from portal.newtypes import ItemId, PersonId
from portal.vault import drafts, entries, sharing
from portal.vault.records import Entry
from portal.vault.session import Session

PAGE = 20  # notes shown at once
ONLY_ME = b"only-me"


@dataclass(frozen=True, slots=True)
class Note:
    """One note as the patient sees it. `edited` is 0 where it never was; `readers` are those who may read it now."""

    id: ItemId
    kind: int
    title: str
    text: str
    url: str
    tags: tuple[str, ...]
    pin: bool
    written: int
    edited: int
    chosen: Chosen
    readers: tuple[str, ...]
    versions: int
    damaged: bool


@dataclass(frozen=True, slots=True)
class Notes:
    """One page of notes: pinned first, then newest. `tags` are all that stand on notes of this kind."""

    items: tuple[Note, ...]
    page: int
    pages: int
    tags: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which notes to show. `reader` is a list, a person, or ONLY_ME; `since` in UTC seconds. Empty means all."""

    words: str = ""
    tag: str = ""
    reader: bytes = b""
    since: int = 0


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier text of a note, for the patient alone. `edited` is when it was written."""

    title: str
    text: str
    url: str
    edited: int


# Reading one's own


def notes(session: Session, *, kind: int = Kind.NOTE, page: int = 1, wanted: Filter | None = None, now: int) -> Notes:
    """Return one page of the notes that `wanted` lets through."""
    with session.rows.lock:
        written = [entry for entry in entries.index(session).entries if entry.kind == kind]
        wanted = wanted or Filter()
        kept = _holding(session, list(_through(session, written, wanted)), wanted.words)
        kept.sort(key=lambda entry: (entry.pin, entry.written, entry.id), reverse=True)
        shown = kept[(page - 1) * PAGE : page * PAGE]
        items = tuple(_note(session, entry, now) for entry in shown)
    tags = sorted({tag for entry in written for tag in entry.tags}, key=str.casefold)
    return Notes(items, page, max(1, -(-len(kept) // PAGE)), tuple(tags), len(kept))


def _through(session: Session, written: Iterable[Entry], wanted: Filter) -> Iterator[Entry]:
    for entry in written:
        if wanted.tag and wanted.tag not in entry.tags:
            continue
        if wanted.reader and not _is_shared(session, entry, wanted.reader):
            continue
        if entry.written < wanted.since:
            continue
        yield entry


def _holding(session: Session, written: list[Entry], words: str) -> list[Entry]:
    """Return the entries that hold all of `words` in title, text or tags."""
    if not words.strip():
        return written
    index: Index[tuple[bytes, ...]] = session.kept.made("words of my own", Index)
    named = {(entry.id, entry.hash, *(tag.encode() for tag in entry.tags)): entry for entry in written}
    return [named[key] for key in index.find(words, named, lambda key: _words(session, named[key]))]


def _words(session: Session, entry: Entry) -> tuple[str, ...]:
    body = _body(session, entry)
    return (body.title, body.text, *entry.tags) if body else ()


def _is_shared(session: Session, entry: Entry, reader: bytes) -> bool:
    refs = as_chosen((one.ref for one in entry.readers), session).refs
    return reader in refs or (reader == ONLY_ME and not refs)


def note(session: Session, item: ItemId, *, now: int) -> Note:
    """Return one note. Raises `Gone`."""
    return _note(session, _find(session, item), now)


def _find(session: Session, item: ItemId) -> Entry:
    _, entry = entries.find(session, item)
    if entry.kind not in SHAREABLE:
        raise Gone
    return entry


def _note(session: Session, entry: Entry, now: int) -> Note:
    body = _body(session, entry)
    readers = sorted((one.label for one in sharing.readers_now(session, entry, now=now)), key=str.casefold)
    return Note(
        id=entry.id,
        kind=entry.kind,
        title=body.title if body else "",
        text=body.text if body else "",
        url=body.url if body else "",
        tags=tuple(entry.tags),
        pin=entry.pin,
        written=entry.written,
        edited=entry.edited,
        chosen=as_chosen((reader.ref for reader in entry.readers), session),
        readers=tuple(readers),
        versions=len(entry.versions),
        damaged=body is None,
    )


def _body(session: Session, entry: Entry) -> Text | None:
    try:
        return unpack(entries.read_body(session, entry.key, entry.hash), Text)
    except Tampered:
        return None


def versions(session: Session, item: ItemId) -> list[Earlier]:
    """Return earlier texts, newest first; what does not open is left out. Raises `Gone`."""
    found = []
    for version in reversed(_find(session, item).versions):
        try:
            body = unpack(entries.read_body(session, version.key, version.hash), Text)
        except Tampered:
            continue
        found.append(Earlier(body.title, body.text, body.url, version.edited))
    return found


# Writing


def write(
    session: Session,
    body: Text,
    *,
    kind: int = Kind.NOTE,
    tags: Sequence[str] = (),
    readers: Chosen | None = None,
    draft: bytes = b"",
    now: int,
) -> ItemId:
    """Keep a new text and share it with `readers`; the draft it came from goes in the same transaction.

    Raises `EmptyText`, `TooLong`, `BadText`, `BadLink`, `TooManyTags`, `ClockBehind`, `AccountFull`, `StoreFull`, and
    `NoReaders` when readers were chosen of whom nobody may read it today.
    """
    body, tags = checked(body), checked_tags(tags)
    with session.store.change(now):
        refs = _refs(session, kind, readers or Chosen(), now)
        item = sharing.publish(session, kind, pack(body), refs, tags=tags, now=now)
        _drop_draft(session, draft, now)
        return item


def edit(
    session: Session,
    item: ItemId,
    body: Text,
    *,
    tags: Sequence[str] = (),
    base: int,
    readers: Chosen | None = None,
    draft: bytes = b"",
    now: int,
) -> None:
    """Replace a text; its readers stay unless others are given. `base` is `edited or written` when the editor opened.

    Raises `ChangedElsewhere`, `Gone` and what `write` raises.
    """
    with session.store.change(now):
        _find(session, item)
        sharing.edit(session, item, pack(checked(body)), base=base, tags=checked_tags(tags), now=now)
        if readers is not None:
            share(session, item, readers, now=now)
        _drop_draft(session, draft, now)


def _refs(session: Session, kind: int, readers: Chosen, now: int) -> list[bytes]:
    """Return the readers as the vault takes them, without lists and people that are gone. Raises `NoReaders`."""
    if readers.refs and not sharing.readers_of(session, kind, readers.refs, now=now):
        raise NoReaders
    return as_chosen(readers.refs, session).refs


def _drop_draft(session: Session, draft: bytes, now: int) -> None:
    if draft:
        drafts.drop(session, ItemId(draft), now=now)


def share(session: Session, item: ItemId, readers: Chosen, *, now: int) -> None:
    """Make exactly these the readers. Raises `NoReaders` when none of them may read it today, `ClockBehind`, `Gone`."""
    with session.store.change(now, narrowing=True):
        entry = _find(session, item)
        sharing.set_readers(session, item, _refs(session, entry.kind, readers, now), now=now)


def unshare(session: Session, item: ItemId, person: PersonId, *, now: int) -> None:
    """Take a note from one person. Raises `Gone`."""
    sharing.unshare(session, _find(session, item).id, person, now=now)


def withdraw(session: Session, item: ItemId, *, now: int) -> None:
    """Take a note from everybody, under a new key. Raises `Gone`."""
    sharing.withdraw(session, _find(session, item).id, now=now)


def pin(session: Session, item: ItemId, on: bool, *, now: int) -> None:
    """Keep a note on top, or no longer. Raises `Gone`."""
    sharing.pin(session, _find(session, item).id, on, now=now)


def erase(session: Session, item: ItemId, *, now: int) -> None:
    """Delete a note and its earlier texts; their bytes are overwritten. Raises `Gone`."""
    sharing.erase(session, _find(session, item).id, now=now)
