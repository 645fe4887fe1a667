"""Invite and confirm: the patient's side of how two accounts come to share the secret L. PROTOCOL.md, section 9.

The invitation row lies under the code and holds a fresh public key; the join row, under
the same code, holds the joiner's part sealed to it (`joining.py`). L is mixed from both
sides. Always confirm-first: until the patient confirms, there is no person, no door and
no shelf.
"""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import msgspec

from portal.crypto import codes, hpke
from portal.crypto.sealing import Place, place
from portal.errors import Gone, JoinDamaged, Tampered, TooManyInvitations, TooManyPeople
from portal.newtypes import InvitationId, ItemId, Location, PersonId, Secret
from portal.vault import people, shelves, upkeep
from portal.vault.pages import PAGE
from portal.vault.records import INVITATIONS, PEOPLE, Invitation, Invite, Join, Permission, Person, pack, unpack
from portal.vault.session import Session

INVITE_ROW = 2_020  # bytes of the smallest row, of the join row too


@dataclass(frozen=True, slots=True)
class Joined:
    """What a joiner left: the name to show, the pairwise secret, and its 30 digits."""

    name: str
    link: Secret
    number: str


def invite_at(code: Secret) -> Place:
    """Return where the invitation row of a code lies."""
    return place(code, "invite")


def join_at(code: Secret) -> Place:
    """Return where the join row of a code lies."""
    return place(code, "join")


def make(
    session: Session, *, label: str, relation: str, consent: ItemId, offer: bytes, ends: int, now: int
) -> Invitation:
    """Open an invitation. Raises `TooManyInvitations`, `TooManyPeople`."""
    with session.store.change(now):
        state = session.state
        if len(state.invitations) >= INVITATIONS:
            raise TooManyInvitations
        if len(state.people) + len(state.invitations) >= PEOPLE:
            raise TooManyPeople
        made = Invitation(
            id=InvitationId(secrets.token_bytes(8)),
            code=codes.make(codes.INVITATION),
            seed=Secret(hpke.new_seed()),
            r=Secret(secrets.token_bytes(32)),
            label=label,
            relation=relation,
            consent=consent,
            made=now,
            ends=ends,
            generation=session.store.generation.id,
        )
        _write_invite(session, made, offer)
        session.write(now, invitations=[*state.invitations, made])
        return made


def _write_invite(session: Session, made: Invitation, offer: bytes) -> None:
    row = Invite(made.generation, hpke.public_bytes(made.seed), made.r, offer, made.ends)
    session.rows.add(invite_at(codes.secret_of(made.code)), pack(row), INVITE_ROW)


def find(session: Session, invitation: InvitationId) -> Invitation:
    """Return one open invitation. Raises `Gone`."""
    for one in session.state.invitations:
        if one.id == invitation:
            return one
    raise Gone


def was_used(session: Session, invitation: Invitation) -> bool:
    """Say whether somebody used the code. Compares a tag; opens nothing."""
    return session.rows.has(join_at(codes.secret_of(invitation.code)))


def joined(session: Session, invitation: Invitation) -> Joined:
    """Return what the joiner left. Raises `Gone` when nobody did, `JoinDamaged` when it does not open."""
    code = codes.secret_of(invitation.code)
    try:
        box = session.rows.get(join_at(code))
        if box is None:
            raise Gone
        part = unpack(hpke.unseal_join(invitation.seed, code, box), Join)
    except Tampered:
        raise JoinDamaged from None
    link = hpke.link_secret(part.part, invitation.r, code)
    return Joined(part.name, link, hpke.safety_number(link))


def open_names(session: Session, invitations: Sequence[Invitation]) -> dict[InvitationId, Joined | None]:
    """Return who asks to join, by invitation; None where what they left does not open."""
    found: dict[InvitationId, Joined | None] = {}
    for one in invitations:
        if was_used(session, one):
            found[one.id] = None
            with suppress(JoinDamaged):
                found[one.id] = joined(session, one)
    return found


def confirm(session: Session, invitation: InvitationId, permission: Permission, copy: bytes, *, now: int) -> Person:
    """Let the joiner in: join row and private key go, the person is added, the shelf is settled.

    `permission` and `copy` come from the signed consent. Raises `Gone`, `JoinDamaged`.
    """
    with session.store.change(now):
        people.check(session, now)
        one = find(session, invitation)
        if one.generation != session.store.generation.id:
            raise Gone
        link = joined(session, one).link
        person = Person(
            id=PersonId(secrets.token_bytes(8)),
            link=link,
            label=one.label,
            relation=one.relation,
            consent=one.consent,
            joined=now,
            permission=permission,
            letters=session.store.generation.id,
        )
        end(session, invitation, now=now)
        people.put(session, [*session.state.people, person], now, admitted=True)
        session.rows.add(upkeep.consent_at(link), copy, PAGE)
        shelves.settle(session, now, [person])
        return person


def end(session: Session, invitation: InvitationId, *, now: int) -> None:
    """Refuse, cancel or let expire: rows and keys of an invitation go. Raises `Gone`."""
    with session.store.change(now, narrowing=True):
        code = codes.secret_of(find(session, invitation).code)
        session.rows.discard(invite_at(code))
        session.rows.discard(join_at(code))
        session.write(now, invitations=[one for one in session.state.invitations if one.id != invitation])


def extend(session: Session, invitation: InvitationId, offer: bytes, ends: int, *, now: int) -> None:
    """Give an unused invitation a later end. Raises `Gone`, also when it was used meanwhile."""
    with session.store.change(now):
        one = find(session, invitation)
        at = invite_at(codes.secret_of(one.code))
        if was_used(session, one):
            raise Gone
        fresh = msgspec.structs.replace(one, ends=ends)
        session.rows.discard(at)
        _write_invite(session, fresh, offer)
        session.write(now, invitations=[fresh if i.id == one.id else i for i in session.state.invitations])


def replace(session: Session, invitation: InvitationId, offer: bytes, ends: int, *, now: int) -> Invitation:
    """Kill the code of an unused invitation and give it a new one. Raises `Gone`, also when it was used meanwhile."""
    with session.store.change(now):
        old = find(session, invitation)
        if was_used(session, old):
            raise Gone
        end(session, invitation, now=now)
        return make(
            session, label=old.label, relation=old.relation, consent=old.consent, offer=offer, ends=ends, now=now
        )


def expired(session: Session, now: int) -> list[Invitation]:
    """Return the invitations that lead nowhere any more: past their end, given up, or of a generation before."""
    return [one for one in session.state.invitations if _is_over(session, one, now)]


def _is_over(session: Session, one: Invitation, now: int) -> bool:
    if one.generation != session.store.generation.id:
        return True
    given_up = not session.rows.has(invite_at(codes.secret_of(one.code)))
    return (one.ends <= now or given_up) and not was_used(session, one)


def joins_seen(session: Session) -> tuple[tuple[Location, int | None], ...]:
    """Return the tags that change when somebody uses a code: for a cheap comparison at each poll."""
    codes_open = [codes.secret_of(one.code) for one in session.state.invitations]
    locs = [session.kept.place(code, "join").loc for code in codes_open]
    return tuple((loc, session.rows.tag(loc)) for loc in locs)
