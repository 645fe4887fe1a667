"""The shape of every record: one frozen, typed Struct each, stored as a MessagePack array.

Decoding checks every type and bound; a payload of another shape is `Tampered`.
A field is added only at the end and with a default. Times are UTC in whole seconds.
Every string and list of the state has a bound, and the bounds together fit the
largest row (a test adds them up).
"""

from enum import IntEnum
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from portal.errors import Tampered
from portal.newtypes import InvitationId, ItemId, LinkId, ListId, Location, PersonId, Secret

Time = Annotated[int, Meta(ge=0, le=2**40)]
Count = Annotated[int, Meta(ge=0, le=2**40)]
Loc = Annotated[Location, Meta(ge=-(2**63), le=2**63 - 1)]
Item = Annotated[ItemId, Meta(min_length=16, max_length=16)]
Key = Annotated[Secret, Meta(min_length=32, max_length=32)]
Hash = Annotated[bytes, Meta(min_length=32, max_length=32)]
Short = Annotated[bytes, Meta(min_length=8, max_length=8)]
Person_ = Annotated[PersonId, Meta(min_length=8, max_length=8)]
List_ = Annotated[ListId, Meta(min_length=8, max_length=8)]
Link_ = Annotated[LinkId, Meta(min_length=8, max_length=8)]
Invitation_ = Annotated[InvitationId, Meta(min_length=8, max_length=8)]
Kind = Annotated[int, Meta(ge=0, le=255)]
Name = Annotated[str, Meta(max_length=40)]
Word = Annotated[str, Meta(max_length=20)]

PEOPLE, LISTS, INVITATIONS, LINKS, DRAFTS = 60, 20, 20, 20, 40  # bounds of the lists in a state
DRAFTS_ALONE = 1  # drafts that are the only one of their kind, beside DRAFTS of the others
DRAFT_BYTES = 65_000
TAGS, READERS, VERSIONS = 8, 80, 20  # bounds of the lists in an entry
SLIPS = 40  # on a full shelf page
LETTER_ITEMS = 32
ALARM_NONE, ALARM_PEOPLE, ALARM_STATE = 0, 1, 2  # what the patient has to be told of their own rows


class Record(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What every record has in common: an immutable array of typed fields."""


class Reason(IntEnum):
    """Why a generation began."""

    FIRST = 0
    CHANGED = 1  # rows do not fit the store seal
    OLDER = 2  # an older copy was put back
    NUMBER_MISSING = 3  # the number file is gone


class Generation(Record, frozen=True):
    """One unbroken life of the store. `since` is when it began."""

    number: Count
    id: Short
    reason: Annotated[int, Meta(ge=0, le=9)]
    since: Time


class StoreSeal(Record, frozen=True):
    """What the whole file must equal: transactions so far, rows without this one, XOR of their tags."""

    number: Count
    count: Count
    root: Annotated[bytes, Meta(min_length=16, max_length=16)]
    generation: Generation


class Account(Record, frozen=True):
    """The row that a passphrase or a recovery code leads to."""

    seed: Key


class PersonState(IntEnum):
    """What the patient decided about one person."""

    OPEN = 1
    PAUSED = 2
    PUT_BACK = 3
    ENDED = 4  # only on doors: the permission's end has passed


class Permission(Record, frozen=True):
    """The part of a consent that access depends on. `lists` are the audiences this person is in."""

    state: Annotated[int, Meta(ge=1, le=3)]
    generation: Short
    kinds: Annotated[list[Kind], Meta(max_length=16)]
    lists: Annotated[list[List_], Meta(max_length=LISTS)]
    since: Time
    starts: Time
    ends: Time


class Person(Record, frozen=True):
    """One member, as the patient's state holds them. `taken` letters of `letters` generation were taken in."""

    id: Person_
    link: Key
    label: Name
    relation: Word
    consent: Item
    joined: Time
    permission: Permission
    letters: Short
    taken: Count = 0


class Audience(Record, frozen=True):
    """A named list of people."""

    id: List_
    name: Name


class Invitation(Record, frozen=True):
    """An open invitation. `seed` is the private key; `generation` the one it was made in."""

    id: Invitation_
    code: Annotated[str, Meta(min_length=24, max_length=24)]
    seed: Key
    r: Key
    label: Name
    relation: Word
    consent: Item
    made: Time
    ends: Time
    generation: Short


class Link(Record, frozen=True):
    """A circle that this account is a member of. `join` is the address of the join row: waiting while it is there."""

    id: Link_
    link: Key
    name: Name
    label: Name
    join: Loc
    asked: Time
    opened: bool = False
    letters_in: Short = bytes(8)
    letters: Count = 0
    seen: Count = 0
    visited: Time = 0
    day: Count = 0
    pages_today: Count = 0


class DraftRef(Record, frozen=True):
    """Where one draft lies. `about` is the entry being edited, or empty for a new one."""

    page: Item
    kind: Kind
    about: Annotated[bytes, Meta(max_length=16)]


class State(Record, frozen=True):
    """What one account is in this store: as a patient, as a member, and where its own rows are."""

    name: Name
    accounts: Annotated[list[Loc], Meta(max_length=2)]
    last: Time
    own: Count
    number: Count
    generation: Count
    lists: Annotated[list[Audience], Meta(max_length=LISTS)]
    people: Annotated[list[Person], Meta(max_length=PEOPLE)]
    invitations: Annotated[list[Invitation], Meta(max_length=INVITATIONS)]
    links: Annotated[list[Link], Meta(max_length=LINKS)]
    drafts: Annotated[list[DraftRef], Meta(max_length=DRAFTS + DRAFTS_ALONE)]
    settings: Annotated[bytes, Meta(max_length=400)]
    views: Count = 0
    inbox: Count = 0
    used: Count = 0
    admitted: bool = False
    host: bool = False
    alarm: Annotated[int, Meta(ge=0, le=2)] = ALARM_NONE


class Reader(Record, frozen=True):
    """A list or person that a thing was shared with, and when."""

    ref: Short
    when: Time


class Version(Record, frozen=True):
    """An earlier text, sealed under a key that never left the patient's own space."""

    key: Key
    hash: Hash
    edited: Time


class Entry(Record, frozen=True):
    """One thing the patient wrote, as the own index holds it. `card` is for the patient's eyes only."""

    id: Item
    key: Key
    kind: Kind
    written: Time
    edited: Time
    hash: Hash
    readers: Annotated[list[Reader], Meta(max_length=READERS)]
    tags: Annotated[list[Annotated[str, Meta(max_length=30)]], Meta(max_length=TAGS)] = []
    pin: bool = False
    versions: Annotated[list[Version], Meta(max_length=VERSIONS)] = []
    card: Annotated[bytes, Meta(max_length=1000)] = b""


class OwnPage(Record, frozen=True):
    """A page of the own index. `number` is the people number when the page was newest."""

    number: Count
    entries: Annotated[list[Entry], Meta(max_length=2000)]


class Slip(Record, frozen=True):
    """What a member holds of one entry. Never when it was shared with whom."""

    id: Item
    key: Key
    kind: Kind
    written: Time
    edited: Time
    hash: Hash


class ShelfPage(Record, frozen=True):
    """Up to SLIPS slips; a page is full before the next begins."""

    slips: Annotated[list[Slip], Meta(max_length=SLIPS)]


class Door(Record, frozen=True):
    """What the patient's session last said about one member: state, span, number of shelf pages."""

    generation: Short
    state: Annotated[int, Meta(ge=1, le=4)]
    starts: Time
    ends: Time
    pages: Count


class LetterKind(IntEnum):
    """What a member sends."""

    VIEW = 1
    LEAVE = 2


class Letter(Record, frozen=True):
    """One letter of a member. `minute` is UTC seconds cut to the minute."""

    kind: Annotated[int, Meta(ge=1, le=99)]
    minute: Time
    items: Annotated[list[Item], Meta(max_length=LETTER_ITEMS)] = []
    text: Annotated[str, Meta(max_length=3500)] = ""
    token: Annotated[bytes, Meta(max_length=32)] = b""


class View(Record, frozen=True):
    """One recorded reading."""

    person: Person_
    item: Item
    minute: Time


class Received(Record, frozen=True):
    """A letter as taken in. `label` is the sender's pet name then; `damaged` letters have kind 0.

    Kind 100 is no letter: the patient removed this person. No member can send it.
    """

    person: Person_
    label: Name
    kind: Annotated[int, Meta(ge=0, le=100)]
    minute: Time
    text: Annotated[str, Meta(max_length=3500)] = ""


class Seen(Record, frozen=True):
    """What a member has read: the entry and the edit. `gone` once they were told that it is no longer shared."""

    id: Item
    edited: Time
    gone: bool = False


class Invite(Record, frozen=True):
    """What the code opens."""

    generation: Short
    public: Annotated[bytes, Meta(min_length=1216, max_length=1216)]
    r: Key
    offer: Annotated[bytes, Meta(max_length=2000)]
    ends: Time


class Join(Record, frozen=True):
    """The joiner's part, sealed to the invitation's key."""

    part: Key
    name: Name


class Draft(Record, frozen=True):
    """An unfinished text of one composer."""

    body: Annotated[bytes, Meta(max_length=DRAFT_BYTES)]
    saved: Time


R = TypeVar("R")


def pack(record: object) -> bytes:
    """Return the stored form of a record. Raises `ValueError` beyond its bounds: it would never open again."""
    payload = msgspec.msgpack.encode(record)
    if isinstance(record, Record):
        try:
            msgspec.msgpack.decode(payload, type=type(record))
        except (msgspec.MsgspecError, UnicodeDecodeError):
            raise ValueError("a record beyond its bounds") from None
    return payload


def unpack(payload: bytes, kind: type[R]) -> R:
    """Return the record, or raise `Tampered` when the payload has another shape."""
    try:
        return msgspec.msgpack.decode(payload, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise Tampered from None
