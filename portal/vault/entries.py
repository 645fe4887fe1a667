"""The own index and the bodies: what the patient wrote, for the patient alone.

Own pages hold `Entry` records in the order they were written and fill by bytes. A page
is rewritten in place and may grow up the ladder; an entry that no longer fits moves to
the newest page. Bodies are rows of their own, one under each item key, stored once.
"""

import hashlib
import secrets
from dataclasses import dataclass

import msgspec

from portal.crypto.sealing import LADDER, ROOM, Place, place
from portal.errors import Gone, Tampered
from portal.newtypes import ItemId, Secret
from portal.vault.pages import PAGE
from portal.vault.records import Entry, OwnPage, pack, unpack
from portal.vault.session import Session


@dataclass(frozen=True, slots=True)
class Index:
    """Every entry that opens, in the order of (written, id). `damaged` pages did not open."""

    entries: tuple[Entry, ...]
    damaged: int


def page_at(session: Session, index: int) -> Place:
    """Return the place of own page `index`."""
    return session.kept.place(session.seed, "own", index)


def read_page(session: Session, index: int) -> OwnPage:
    """Return an own page; from memory while its row is the same. Raises `Tampered`, for a missing page too."""
    at = page_at(session, index)
    with session.rows.lock:
        tag = session.rows.tag(at.loc)
        cached = session.own_cache.get(index)
        if cached and cached[0] == tag:
            return cached[1]
        payload = session.rows.get(at)
        if payload is None or tag is None:
            raise Tampered
        page = unpack(payload, OwnPage)
        session.own_cache[index] = tag, page
        return page


def write_page(session: Session, index: int, page: OwnPage) -> None:
    """Store an own page, new or not. Inside a change."""
    at, payload = page_at(session, index), pack(page)
    if session.rows.has(at):
        session.rows.replace(at, payload, PAGE)
    else:
        session.rows.add(at, payload, PAGE)


def index(session: Session) -> Index:
    """Return all entries that open."""
    found: list[Entry] = []
    damaged = 0
    with session.rows.lock:
        for number in range(session.state.own):
            try:
                found += read_page(session, number).entries
            except Tampered:
                damaged += 1
    found.sort(key=order)
    return Index(tuple(found), damaged)


def order(entry: Entry) -> tuple[int, bytes]:
    """The order of entries and slips: by the time they were written, then by id."""
    return entry.written, entry.id


def find(session: Session, item: ItemId) -> tuple[int, Entry]:
    """Return the page of an entry and the entry. Raises `Gone`."""
    for number in reversed(range(session.state.own)):
        try:
            page = read_page(session, number)
        except Tampered:
            continue
        for entry in page.entries:
            if entry.id == item:
                return number, entry
    raise Gone


def append(session: Session, entry: Entry, now: int, **fields: object) -> None:
    """Add an entry to the newest own page, or to a new one. Inside a change; the state is written with `fields`."""
    newest = session.state.own - 1
    number = session.state.number
    try:
        page = read_page(session, newest)
    except Tampered:
        page = None
    if page is not None:
        grown = OwnPage(number, [*page.entries, entry])
        if not page.entries or len(pack(grown)) <= ROOM[PAGE]:
            write_page(session, newest, grown)
            session.write(now, **fields)
            return
    write_page(session, newest + 1, OwnPage(number, [entry]))
    session.write(now, own=newest + 2, **fields)


def change(session: Session, item: ItemId, now: int, **fields: object) -> Entry:
    """Rewrite an entry with `fields`. Raises `Gone`. Inside a change."""
    number, old = find(session, item)
    fresh = msgspec.structs.replace(old, **fields)
    page = read_page(session, number)
    entries = [fresh if entry.id == item else entry for entry in page.entries]
    if len(pack(OwnPage(page.number, entries))) <= ROOM[LADDER[-1]]:
        write_page(session, number, OwnPage(page.number, entries))
        session.write(now)
    else:
        drop(session, item, now)
        append(session, fresh, now)
    return fresh


def drop(session: Session, item: ItemId, now: int) -> None:
    """Take an entry off its page. Raises `Gone`. Inside a change."""
    number, _ = find(session, item)
    page = read_page(session, number)
    write_page(session, number, OwnPage(page.number, [entry for entry in page.entries if entry.id != item]))
    session.write(now)


def body_at(key: Secret) -> Place:
    """Return where the text under an item key lies."""
    return place(key, "body")


def digest(body: bytes) -> bytes:
    """Return the hash that entries and slips hold of a body (SHA-256)."""
    return hashlib.sha256(body).digest()


def new_key() -> Secret:
    """Return a fresh item key."""
    return Secret(secrets.token_bytes(32))


def add_body(session: Session, key: Secret, body: bytes, *, more: bool = True) -> int:
    """Store a body under its key; return the bytes that the account uses with it, for the state. Inside a change.

    Raises `TooLong`; `AccountFull` and `StoreFull` only when it is `more`, not when it takes another's place.
    """
    state = session.state
    if more:
        session.store.check_room(state.used, len(body), admitted=state.admitted)
    return state.used + session.rows.add(body_at(key), body)


def write_body(session: Session, key: Secret, body: bytes, now: int, *, more: bool = True) -> None:
    """Store a body under its key and count its bytes in the state. Inside a change. Raises what `add_body` raises."""
    session.write(now, used=add_body(session, key, body, more=more))


def read_body(session: Session, key: Secret, expected: bytes) -> bytes:
    """Return a body. Raises `Tampered` when it is missing or has another hash than `expected`."""
    body = session.rows.get(body_at(key))
    if body is None or digest(body) != expected:
        raise Tampered
    return body


def remove_body(session: Session, key: Secret) -> None:
    """Delete a body, whether or not it opens; its bytes no longer count. Inside a change."""
    state = session.state
    size = session.rows.discard(body_at(key))
    session.put(msgspec.structs.replace(state, used=max(0, state.used - size)))
