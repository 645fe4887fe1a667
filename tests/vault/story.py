"""How the people of these tests sign up, invite, join, confirm, write and read."""

from dataclasses import dataclass

from portal.crypto import codes
from portal.newtypes import InvitationId, ItemId, LinkId, PersonId, Secret
from portal.vault import accounts, invitations, joining, letters, people, reading, sharing, shelves
from portal.vault.reading import Opened
from portal.vault.records import Invitation, Link, Permission, Person, PersonState, Slip
from portal.vault.session import Session
from portal.vault.store import Store

NOW = 1_800_000_000
MINUTE, HOUR, DAY = 60, 3_600, 86_400
YEAR = 365 * DAY
NOTE, RESOURCE, ASK = 1, 2, 3
KINDS = (NOTE, RESOURCE)
FAMILY, FRIENDS = b"family..", b"friends."
PASSPHRASE = "violet lamps hum over the canal"
CONSENT = ItemId(b"consent as given")
COPY = b"what both of us agreed to"
SPARE_KEYS: dict[bytes, str] = {}  # the recovery code of each account made here


@dataclass(frozen=True)
class Membership:
    """One member in one circle, from both sides."""

    patient: Session
    member: Session
    person: PersonId
    link: LinkId

    def of_patient(self) -> Person:
        """Return the person as the patient's state holds them."""
        return people.find(self.patient, self.person)

    def of_member(self) -> Link:
        """Return the link as the member's state holds it."""
        return letters.find_link(self.member, self.link)

    @property
    def secret(self) -> Secret:
        """The secret that both hold."""
        return self.of_patient().link


def sign_up(store: Store, name: str, *, now: int = NOW, passphrase: str = PASSPHRASE) -> Session:
    """Make an account; its recovery code is kept in SPARE_KEYS."""
    code = accounts.new_recovery_code()
    session = accounts.sign_up(store, name, passphrase, code, now=now, counted=False)
    SPARE_KEYS[session.account] = code
    return session


def spare_key(session: Session) -> str:
    """Return the recovery code that the account was made with."""
    return SPARE_KEYS[session.account]


def permission(session: Session, *, now: int = NOW, **fields: object) -> Permission:
    """Return a permission for notes and resources of the family, everything so far, for a year."""
    told: dict[str, object] = {
        "state": PersonState.OPEN,
        "generation": session.store.generation.id,
        "kinds": list(KINDS),
        "lists": [FAMILY],
        "since": 0,
        "starts": now,
        "ends": now + YEAR,
    }
    return Permission(**{**told, **fields})  # type: ignore[arg-type]


def invite(session: Session, *, now: int = NOW, label: str = "Sam", days: int = 7) -> Invitation:
    """Open an invitation."""
    return invitations.make(
        session, label=label, relation="friend", consent=CONSENT, offer=b"an offer", ends=now + days * DAY, now=now
    )


def secret(invitation: Invitation) -> Secret:
    """Return the secret of a code: both rows of an invitation lie under it."""
    return codes.secret_of(invitation.code)


def join(member: Session, invitation: Invitation, *, now: int = NOW, name: str = "sam at the lake") -> Link:
    """Use a code."""
    return joining.join(member, invitation.code, name, owner="maple river", now=now)


def confirm(patient: Session, invitation: InvitationId, *, now: int = NOW, **fields: object) -> Person:
    """Let a joiner in, under `permission` with `fields`."""
    return invitations.confirm(patient, invitation, permission(patient, now=now, **fields), COPY, now=now)


def let_in(patient: Session, member: Session, *, now: int = NOW, label: str = "Sam", **fields: object) -> Membership:
    """Invite, join and confirm in one go."""
    made = invite(patient, now=now, label=label)
    link = join(member, made, now=now)
    person = confirm(patient, made.id, now=now, **fields)
    return Membership(patient, member, person.id, link.id)


def waiting(patient: Session) -> bool:
    """Say whether a letter waits to be taken in."""
    of = patient.store.generation.id
    next_of = [(p.link, p.taken if p.letters == of else 0) for p in patient.state.people]
    return any(patient.rows.has(letters.letter_at(link, of, number)) for link, number in next_of)


def permit(one: Membership, *, now: int = NOW, **fields: object) -> None:
    """Change what a person may read."""
    with one.patient.store.change(now):
        people.permit(one.patient, one.person, now, **fields)
        shelves.settle(one.patient, now)


def write(
    patient: Session, text: str, *refs: bytes, now: int = NOW, kind: int = NOTE, tags: tuple[str, ...] = ()
) -> ItemId:
    """Publish an entry; without `refs` for the patient alone."""
    return sharing.publish(patient, kind, text.encode(), refs, now=now, tags=tags)


def stored(one: Membership) -> list[Slip]:
    """Return the slips stored for a member, whatever the door says."""
    rows, link = one.patient.rows, one.secret
    door = shelves.read_door(rows, link)
    return [slip for page in range(door.pages if door else 0) for slip in shelves.read_shelf_page(rows, link, page)]


def read_all(one: Membership, *, now: int = NOW) -> list[Opened]:
    """Read everything that the member's page shows, in the order it was written."""
    held = reading.slips(one.member, one.of_member(), now)
    return reading.show(one.member, one.link, [slip.id for slip in held], now=now)


def texts(one: Membership, *, now: int = NOW) -> list[str]:
    """Return the texts that the member reads, oldest first."""
    return [opened.body.decode() for opened in read_all(one, now=now) if opened.body is not None]
