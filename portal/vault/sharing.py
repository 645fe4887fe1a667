"""Publish, edit, share, unshare, withdraw, erase: an entry and its shelves in one transaction.

An entry's text changes its key whenever it changes, and whenever somebody who could
read it no longer can. Earlier texts are sealed again under keys that never left the
patient's own space.
"""

import secrets
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from portal.errors import ChangedElsewhere, ClockBehind, Tampered
from portal.newtypes import ItemId, PersonId
from portal.vault import entries, shelves
from portal.vault.records import VERSIONS, Entry, Person, Reader, Slip, Version
from portal.vault.session import Session

BEHIND = 600  # seconds the clock may lie before the last time


def check_clock(session: Session, now: int) -> None:
    """Raise `ClockBehind` while the clock lies more than ten minutes before the patient's last time."""
    if now < session.state.last - BEHIND:
        raise ClockBehind


def publish(
    session: Session,
    kind: int,
    body: bytes,
    refs: Sequence[bytes],
    *,
    now: int,
    tags: Sequence[str] = (),
    card: bytes = b"",
) -> ItemId:
    """Write a new entry and put it on the shelf of every reader that `covers` admits.

    `refs` are lists and people; none means the patient alone. Raises `ClockBehind` when it
    would be shared, `TooLong`, `AccountFull`, `StoreFull`.
    """
    with session.store.change(now):
        if refs:
            check_clock(session, now)
        shelves.settle_ended(session, now)
        judged = shelves.judged_now(session, now)
        key = entries.new_key()
        entry = Entry(
            id=ItemId(secrets.token_bytes(16)),
            key=key,
            kind=kind,
            written=judged,
            edited=0,
            hash=entries.digest(body),
            readers=[Reader(ref, judged) for ref in refs],
            tags=list(tags),
            card=card,
        )
        used = entries.add_body(session, key, body)
        entries.append(session, entry, now, used=used)
        _refresh(session, None, entry, now)
        return entry.id


def edit(session: Session, item: ItemId, body: bytes, *, base: int, now: int, tags: Sequence[str] = ()) -> None:
    """Replace the text of an entry; readers keep it, under a new key, marked edited.

    `base` is the time of the text the edit began from: raises `ChangedElsewhere` when
    another one is there. Also `Gone`, `ClockBehind`, `TooLong`, `AccountFull`, `StoreFull`.
    """
    with session.store.change(now):
        _, old = entries.find(session, item)
        if base != (old.edited or old.written):
            raise ChangedElsewhere
        if old.readers:
            check_clock(session, now)
        shelves.settle_ended(session, now)
        if entries.digest(body) == old.hash:
            entries.change(session, item, now, tags=list(tags))
            return
        edited = max(shelves.judged_now(session, now), (old.edited or old.written) + 1)
        key = entries.new_key()
        versions = _keep_version(session, old, now)
        entries.write_body(session, key, body, now)
        fresh = entries.change(
            session, item, now, key=key, hash=entries.digest(body), edited=edited, tags=list(tags), versions=versions
        )
        _refresh(session, old, fresh, now)


def _keep_version(session: Session, old: Entry, now: int) -> list[Version]:
    """Seal the present text again under a fresh key; the oldest of more than VERSIONS goes. Inside a change."""
    versions, key = list(old.versions), entries.new_key()
    with suppress(Tampered):  # a text that does not open is lost: damage never blocks
        entries.write_body(session, key, entries.read_body(session, old.key, old.hash), now)
        versions.append(Version(key, old.hash, old.edited or old.written))
    entries.remove_body(session, old.key)
    for stale in versions[:-VERSIONS]:
        entries.remove_body(session, stale.key)
    return versions[-VERSIONS:]


def set_readers(session: Session, item: ItemId, refs: Sequence[bytes], *, now: int) -> None:
    """Share an entry with exactly `refs`. Who was a reader before keeps the time it was shared with them.

    Whoever loses it by this gets nothing new: the text goes under a new key. Raises `Gone`, `ClockBehind`.
    """
    with session.store.change(now, narrowing=True):
        _, old = entries.find(session, item)
        kept = {reader.ref: reader for reader in old.readers}
        if any(ref not in kept for ref in refs):
            check_clock(session, now)
        judged = shelves.judged_now(session, now)
        _set(session, old, [kept.get(ref, Reader(ref, judged)) for ref in refs], now)


def unshare(session: Session, item: ItemId, person: PersonId, *, now: int) -> None:
    """Take an entry from one person; a list they are in is replaced by its other people, each with the list's time."""
    with session.store.change(now, narrowing=True):
        _, old = entries.find(session, item)
        people = session.state.people
        mine = next((one for one in people if one.id == person), None)
        lists: set[bytes] = set(mine.permission.lists) if mine else set()
        times: dict[bytes, int] = {}
        for reader in old.readers:
            for ref in _without(reader.ref, person, lists, people):
                times[ref] = max(times.get(ref, 0), reader.when)
        _set(session, old, [Reader(ref, when) for ref, when in times.items()], now)


def _without(ref: bytes, person: PersonId, lists: set[bytes], people: Sequence[Person]) -> list[bytes]:
    if ref == person:
        return []
    return [one.id for one in people if ref in one.permission.lists and one.id != person] if ref in lists else [ref]


def withdraw(session: Session, item: ItemId, *, now: int) -> None:
    """Take an entry from everybody, under a new key. Raises `Gone`."""
    with session.store.change(now, narrowing=True):
        _, old = entries.find(session, item)
        _set(session, old, [], now)


def _set(session: Session, old: Entry, readers: list[Reader], now: int) -> None:
    shelves.settle_ended(session, now)
    fresh = entries.change(session, old.id, now, readers=readers)
    before, after = _slips(session, old, now), _slips(session, fresh, now)
    if not readers or any(person not in after for person in before):
        fresh = rekey(session, fresh, now)
    _refresh(session, old, fresh, now)


def rekey(session: Session, entry: Entry, now: int) -> Entry:
    """Move an entry's text under a new key. A text that does not open is lost: damage never blocks. Inside a change."""
    key = entries.new_key()
    with suppress(Tampered):
        entries.write_body(session, key, entries.read_body(session, entry.key, entry.hash), now, more=False)
    entries.remove_body(session, entry.key)
    return entries.change(session, entry.id, now, key=key)


def pin(session: Session, item: ItemId, on: bool, *, now: int) -> None:
    """Pin or unpin an entry for the patient. Raises `Gone`."""
    with session.store.change(now):
        entries.change(session, item, now, pin=on)


def erase(session: Session, item: ItemId, *, now: int) -> None:
    """Delete an entry, its text and earlier texts, from every shelf and from the files. Raises `Gone`."""
    with session.store.change(now, narrowing=True):
        _, old = entries.find(session, item)
        shelves.settle_ended(session, now)
        entries.drop(session, item, now)
        _refresh(session, old, msgspec.structs.replace(old, readers=[]), now)
        for key in (old.key, *(version.key for version in old.versions)):
            entries.remove_body(session, key)
        session.rows.fold_after()


def _slips(session: Session, entry: Entry, now: int) -> dict[PersonId, Slip]:
    generation, judged = session.store.generation.id, shelves.judged_now(session, now)
    covered = [one for one in session.state.people if shelves.covers(one, entry, generation, judged)]
    return {one.id: shelves.slip(entry) for one in covered}


def _refresh(session: Session, old: Entry | None, new: Entry, now: int) -> None:
    """Bring a changed entry to the shelves of everybody who had it or gets it. Inside a change."""
    before = _slips(session, old, now) if old else {}
    after = _slips(session, new, now)
    judged = shelves.judged_now(session, now)
    for person in session.state.people:
        if person.id in before or person.id in after:
            shelves.refresh(session, person, before.get(person.id), after.get(person.id), judged)


def readers_of(session: Session, kind: int, refs: Sequence[bytes], *, now: int) -> list[Person]:
    """Return who would read an entry of `kind` shared with `refs` at `now`: the preview of `publish`."""
    judged = shelves.judged_now(session, now)
    probe = Entry(ItemId(bytes(16)), entries.new_key(), kind, judged, 0, bytes(32), [Reader(r, judged) for r in refs])
    return readers_now(session, probe, now=now)


def readers_now(session: Session, entry: Entry, *, now: int) -> list[Person]:
    """Return who may read this entry at `now`."""
    generation, judged = session.store.generation.id, shelves.judged_now(session, now)
    return [one for one in session.state.people if shelves.covers(one, entry, generation, judged)]
