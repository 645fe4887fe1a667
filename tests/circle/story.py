"""How the people of these tests sign up, invite, join, write and read: what a page would call, in one line each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal.circle import accounts, audiences, circles, inviting, joining, members, notes, readership, readings
from portal.circle.accounts import Session, Store
from portal.circle.audiences import EVERYONE, Chosen
from portal.circle.bodies import Text
from portal.circle.circles import Circle
from portal.circle.consent import Signing, Terms
from portal.circle.inviting import Pending
from portal.circle.kinds import Kind
from portal.circle.members import Member
from portal.circle.readership import Reader
from portal.newtypes import ItemId, LinkId, ListId, PersonId
from portal.vault import letters, people
from portal.vault.records import Generation, Link, Person, Reason

NOW = 1_800_000_000
MINUTE, HOUR, DAY = 60, 3_600, 86_400
PASSPHRASE = "violet lamps hum over the ninth canal"
OTHER_PASSPHRASE = "eleven quiet otters mend the old ferry"
PATIENT = "maple river"

# What people type, by accident or on purpose. Ids of tests hold no content.
NUL, SURROGATE, RTL, LONG = "a\x00b", "a\ud800b", "a\u202eb", "a" * 1_000_000


@dataclass(frozen=True)
class Membership:
    """One member in one circle, from both sides."""

    patient: Session
    member: Session
    person: PersonId
    link: LinkId

    def of_patient(self, *, now: int = NOW) -> Member:
        """Return the member as the patient's page shows them."""
        return members.member(self.patient, self.person, now=now)

    def of_member(self, *, now: int = NOW) -> Circle:
        """Return the circle as the member's page shows it."""
        return circles.circle(self.member, self.link, now=now)

    @property
    def record(self) -> Person:
        """What the patient's state holds of them."""
        return people.find(self.patient, self.person)

    @property
    def held(self) -> Link:
        """What the member's state holds of the circle."""
        return letters.find_link(self.member, self.link)


def sign_up(store: Store, name: str, *, now: int = NOW) -> Session:
    """Make an account under PASSPHRASE."""
    return accounts.sign_up(store, name, PASSPHRASE, accounts.new_spare_key(), now=now)


def another_tab(session: Session, *, now: int = NOW) -> Session:
    """Sign the same person in once more."""
    return accounts.sign_in(session.store, session.name, PASSPHRASE, now=now)


def signing(name: str = PATIENT, **fields: str) -> Signing:
    """Return what the patient enters to sign."""
    told = {"passphrase": PASSPHRASE, "signature": name, "text": "the words", "lang": "en", "zone": "Europe/Madrid"}
    return Signing(**{**told, **fields})


TERMS = Terms(
    label="Sam",
    relation="brother",
    kinds=frozenset({Kind.NOTE, Kind.RESOURCE}),
    lists=frozenset({EVERYONE}),
    everything=True,
    purposes=("support",),
    ends=NOW + 90 * DAY,
)


def terms(**fields: object) -> Terms:
    """Return notes and resources for everybody, everything so far, for 90 days, with `fields`."""
    return replace(TERMS, **fields)  # type: ignore[arg-type]


def invite(patient: Session, *, now: int = NOW, **fields: object) -> Pending:
    """Sign `terms` and open an invitation."""
    return inviting.invite(patient, terms(**fields), signing(patient.name), now=now)


def ask(patient: Session, member: Session, *, now: int = NOW, **fields: object) -> tuple[Pending, LinkId]:
    """Invite, and let the other one use the code."""
    made = invite(patient, now=now, **fields)
    return made, joining.join(member, made.code, member.name, now=now)


def let_in(patient: Session, member: Session, *, now: int = NOW, **fields: object) -> Membership:
    """Invite, join and confirm in one go."""
    made, link = ask(patient, member, now=now, **fields)
    return Membership(patient, member, inviting.confirm(patient, made.id, now=now).id, link)


_LISTS: set[bytes] = {EVERYONE}


def chosen(*refs: bytes) -> Chosen:
    """Return readers: EVERYONE and ids made by `add_list` are lists, all else is a person."""
    lists = frozenset(ListId(ref) for ref in refs if ref in _LISTS)
    return Chosen(lists, frozenset(PersonId(ref) for ref in refs if ref not in lists))


def add_list(patient: Session, name: str, *, now: int = NOW) -> ListId:
    """Make a list that `chosen` knows."""
    made = audiences.add_audience(patient, name, now=now)
    _LISTS.add(made)
    return made


def write(
    patient: Session, text: str, *refs: bytes, title: str = "", url: str = "", now: int = NOW, kind: int = Kind.NOTE
) -> ItemId:
    """Publish a note; without `refs` for the patient alone."""
    return notes.write(patient, Text(title, text, url), kind=kind, readers=chosen(*refs), now=now)


def edit(patient: Session, item: ItemId, text: str, *, now: int = NOW) -> None:
    """Replace a text as its editor would."""
    there = notes.note(patient, item, now=now)
    notes.edit(patient, item, Text("", text), base=there.edited or there.written, now=now)


def texts(one: Membership, *, now: int = NOW, kind: int = Kind.NOTE) -> list[str]:
    """Return what the member reads, newest first."""
    found: list[str] = []
    page, pages = 1, 1
    while page <= pages:
        feed = readings.read(one.member, one.link, page=page, kinds=(kind,), now=now)
        found += [shown.text for shown in feed.items]
        page, pages = page + 1, feed.pages
    return found


def who_read(patient: Session, item: ItemId, *, now: int = NOW) -> list[Reader]:
    """Return who has read the present text, as the patient's page says; whoever read it first comes first."""
    return _by_minute(one for one in readership.readership(patient, item, now=now) if not one.earlier)


def who_read_before(patient: Session, item: ItemId, *, now: int = NOW) -> list[Reader]:
    """Return who has read an earlier text and not the present one."""
    return _by_minute(one for one in readership.readership(patient, item, now=now) if one.earlier)


def _by_minute(told: Iterable[Reader]) -> list[Reader]:
    return sorted((one for one in told if one.day), key=lambda one: one.day)


def readers(patient: Session, item: ItemId, *, now: int = NOW) -> tuple[str, ...]:
    """Return who may read it, as the patient's page says."""
    return notes.note(patient, item, now=now).readers


def doubt(store: Store, *, now: int = NOW, reason: Reason = Reason.OLDER) -> None:
    """Go on under a new generation, as a start does after a doubt."""
    number = store.generation.number + 1
    store.rows.begin(Generation(number, number.to_bytes(8, "big"), reason, now), store.rows.number, unsealed=True)
    with store.change(now):
        pass
