"""Circles of any size, filled as publishing one entry after another would have filled them, only faster.

Lengths are log-normal: median 600 bytes, 95th percentile 3 KB. Every run makes the same texts.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from portal.circle import bodies
from portal.circle.audiences import EVERYONE
from portal.circle.kinds import Kind
from portal.crypto.passphrase import CHEAPEST
from portal.crypto.sealing import ROOM
from portal.newtypes import ItemId, LinkId, Location, Secret
from portal.vault import accounts, entries, letters, reading, shelves
from portal.vault.pages import PAGE
from portal.vault.records import Entry, Link, OwnPage, Reader, Seen, pack
from portal.vault.session import Session
from portal.vault.store import Store
from tests.vault.story import Membership, let_in

NOW = 1_800_000_000
MEDIAN, HIGH, HIGH_AT = 600, 3_000, 1.645  # bytes, bytes, standard deviations at the 95th percentile
LONGEST = 60_000
VOCABULARY = 5_000
SYLLABLES = ("ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "lu", "me", "no", "pa", "ri", "so", "tu", "va")
PATIENT, MEMBER = "maple river", "lake"
PASSPHRASE = "violet lamps hum over the canal"


@dataclass(frozen=True, slots=True)
class Note:
    """One text, with the address that the plaintext store uses."""

    loc: Location
    text: str
    written: int


@dataclass(slots=True)
class Circle:
    """A patient, their members, and what was written."""

    store: Store
    patient: Session
    members: list[Membership]
    written: list[Note]

    def visit(self) -> Session:
        """Return a fresh session of the first member: nothing of it is opened yet."""
        return Session(self.store, self.members[0].member.seed)

    @property
    def link(self) -> LinkId:
        """The first member's link."""
        return self.members[0].link


def words() -> list[str]:
    """Return the invented language that notes are written in."""
    chance = random.Random(7)  # noqa: S311  invented texts
    return ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(VOCABULARY)]


def notes(count: int) -> Iterator[Note]:
    """Yield `count` notes, oldest first, a minute apart."""
    chance = random.Random(count)  # noqa: S311  invented texts
    pool = " ".join(chance.choices(words(), k=100_000))
    width = math.log(HIGH / MEDIAN) / HIGH_AT
    for number in range(count):
        size = min(LONGEST, max(20, int(chance.lognormvariate(math.log(MEDIAN), width))))
        start = chance.randrange(len(pool) - size)
        loc = Location(chance.getrandbits(64) - 2**63)
        yield Note(loc, pool[start : start + size], NOW - 60 * (count - number))


def circle(folder: Path | None, count: int, readers: int, *, cheap: bool = True) -> Circle:
    """Return a circle of `readers` members who may open all of `count` notes, on disk in `folder` or in memory.

    Its sign-ups are cheap, since what signing in costs is measured apart; a server opens only those that are not.
    """
    store = _store(folder, cheap=cheap)
    made = list(notes(count))
    patient = _account(store, PATIENT)
    members = [add_member(store, patient, number) for number in range(readers)]
    with store.change(NOW):
        fill(patient, made)
        shelves.settle(patient, NOW)
    return Circle(store, patient, members, made)


def _store(folder: Path | None, *, cheap: bool) -> Store:
    if folder is None:
        return Store.in_memory(now=NOW)
    folder.mkdir(parents=True, exist_ok=True)
    store = Store.on_disk(folder / "data", folder / "keys", now=NOW)
    if cheap:
        store._profile = CHEAPEST
    return store


def _account(store: Store, name: str) -> Session:
    return accounts.sign_up(store, name, PASSPHRASE, accounts.new_recovery_code(), now=NOW, counted=False)


def add_member(store: Store, patient: Session, number: int) -> Membership:
    """Let one more member in."""
    return let_in(patient, _account(store, f"{MEMBER} {number}"), now=NOW, label=f"Sam {number}", lists=[EVERYONE])


def fill(patient: Session, written: list[Note]) -> None:
    """Store bodies and own pages. Inside a change."""
    page: list[Entry] = []
    number = patient.state.own - 1
    for note in written:
        entry = _entry(patient, note)
        if page and len(pack(OwnPage(patient.state.number, [*page, entry]))) > ROOM[PAGE]:
            entries.write_page(patient, number, OwnPage(patient.state.number, page))
            page, number = [], number + 1
        page.append(entry)
    entries.write_page(patient, number, OwnPage(patient.state.number, page))
    patient.write(NOW, own=number + 1)


def _entry(patient: Session, note: Note) -> Entry:
    body, key = bodies.pack(bodies.Text("", note.text)), entries.new_key()
    patient.rows.add(entries.body_at(key), body)
    readers = [Reader(EVERYONE, note.written)]
    return Entry(
        ItemId(note.loc.to_bytes(8, "big", signed=True) * 2),
        key,
        Kind.NOTE,
        note.written,
        0,
        entries.digest(body),
        readers,
    )


def everything_read(made: Circle) -> None:
    """Let the first member have read everything, as one who visits often has."""
    one = made.members[0]
    if one.of_member().seen:
        return
    with made.store.change(NOW):
        held = reading.slips(one.member, one.of_member(), NOW)
        run = reading.seen_run(one.member, one.of_member())
        pages = run.append(0, [Seen(slip.id, slip.edited) for slip in held])
        letters.change_link(one.member, one.link, NOW, seen=pages, opened=True, visited=NOW)


def link_of(session: Session, made: Circle) -> Link:
    """Return the first member's link as `session` of theirs holds it."""
    return letters.find_link(session, made.link)


def replace_member(made: Circle, number: int) -> None:
    """Let somebody in for the last member, who was removed."""
    here = {person.id for person in made.patient.state.people}
    made.members = [one for one in made.members if one.person in here]
    made.members.append(add_member(made.store, made.patient, number))


def replaced(entry: Entry, key: Secret) -> Entry:
    """Return an entry under another key."""
    return msgspec.structs.replace(entry, key=key)
