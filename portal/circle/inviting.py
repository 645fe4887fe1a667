"""Invitations: a signed consent, a code, and the patient's yes or no to whoever uses it."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from portal.circle import begun, consent, pasts
from portal.circle.bodies import Body, pack
from portal.circle.consent import Signing, Terms
from portal.circle.members import Member, member
from portal.circle.pasts import Past, history
from portal.errors import Gone, IncompleteConsent, Tampered
from portal.newtypes import InvitationId, Location
from portal.vault import invitations, sharing
from portal.vault.invitations import Joined
from portal.vault.records import Invitation
from portal.vault.session import Session

DAY = 86_400
LONGEST = 30  # days an invitation stays open

__all__ = ["Past", "history"]


class OfferBody(Body, frozen=True):
    """What the invited person reads before joining: who invites, what they will see, why, until when."""

    name: Annotated[str, Meta(max_length=40)]
    kinds: list[int]
    everything: bool
    purposes: list[str]
    until: int
    event: str


@dataclass(frozen=True, slots=True)
class Pending:
    """An invitation that nobody has used."""

    id: InvitationId
    label: str
    relation: str
    code: str
    made: int
    ends: int
    terms: Terms


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody used a code and asks to join. `number` has 30 digits.

    `damaged`: what they left, or the consent, does not open. Then they can only be refused, and `terms` may be empty.
    """

    id: InvitationId
    label: str
    name: str
    number: str
    terms: Terms
    damaged: bool


def invite(session: Session, terms: Terms, signing: Signing, *, answers: int = 0, days: int = 7, now: int) -> Pending:
    """Sign a consent and open an invitation under it, in one transaction; the answers that led to it end with it.

    `answers` is the tag of those that were read, 0 for none: then none are touched. Raises `IncompleteConsent`,
    `NotSigned`, `TooManyInvitations`, `TooManyPeople`, `TooManyTries`, `Busy`; `Gone` when the answers were made or
    erased elsewhere, `ChangedElsewhere` when they are no longer those.
    """
    begun.check(session, answers)
    terms = consent.check_terms(session, terms, now=now)
    consent.check_signature(session, signing, now=now)
    with session.store.change(now):
        begun.check(session, answers)
        item = consent.sign(session, terms, signing, now=now)
        made = invitations.make(
            session,
            label=terms.label,
            relation=terms.relation,
            consent=item,
            offer=_offer(session, terms),
            ends=_end(days, now),
            now=now,
        )
        if answers:
            begun.erase(session, now=now)
    return _pending(session, made)


def _end(days: int, now: int) -> int:
    return now + min(max(days, 1), LONGEST) * DAY


def _offer(session: Session, terms: Terms) -> bytes:
    return pack(
        OfferBody(
            session.state.name, sorted(terms.kinds), terms.everything, list(terms.purposes), terms.ends, terms.event
        )
    )


def _pending(session: Session, one: Invitation) -> Pending:
    terms = consent.read(session, one.consent).terms
    return Pending(one.id, one.label, one.relation, one.code, one.made, one.ends, terms)


def pending(session: Session, *, now: int) -> list[Pending]:
    """Return the open invitations that nobody used, newest first. One whose consent does not open is left out."""
    over = {one.id for one in invitations.expired(session, now)}
    unused = [one for one in session.state.invitations if one.id not in over and not _used(session, one)]
    return [_pending(session, one) for one in reversed(unused) if _readable(session, one)]


def _used(session: Session, one: Invitation) -> bool:
    return invitations.was_used(session, one)


def _readable(session: Session, one: Invitation) -> bool:
    return _signed(session, one) is not None


def _signed(session: Session, one: Invitation) -> Terms | None:
    try:
        return consent.read(session, one.consent).terms
    except (Gone, Tampered):
        return None


def extend(session: Session, invitation: InvitationId, *, days: int = 7, now: int) -> Pending:
    """Keep an unused code open longer. Raises `Gone`, also when somebody used it meanwhile."""
    terms = consent.read(session, invitations.find(session, invitation).consent).terms
    invitations.extend(session, invitation, _offer(session, terms), _end(days, now), now=now)
    return _pending(session, invitations.find(session, invitation))


def replace(session: Session, invitation: InvitationId, *, days: int = 7, now: int) -> Pending:
    """Kill the code of an unused invitation and make a new one. Raises `Gone`."""
    with session.store.change(now):
        old = invitations.find(session, invitation)
        terms = consent.read(session, old.consent).terms
        made = invitations.replace(session, invitation, _offer(session, terms), _end(days, now), now=now)
        pasts.keep(session, old, "replaced", now=now)
    return _pending(session, made)


def cancel(session: Session, invitation: InvitationId, *, now: int) -> None:
    """End an unused invitation at once. Raises `Gone`, also when somebody used it meanwhile: then it is an ask."""
    with session.store.change(now, narrowing=True):
        one = invitations.find(session, invitation)
        if _used(session, one):
            raise Gone
        pasts.close(session, one, "cancelled", now=now)


def asks(session: Session) -> list[Ask]:
    """Return who used a code and waits for an answer, oldest first."""
    there = [one for one in session.state.invitations if one.generation == session.store.generation.id]
    names = invitations.open_names(session, there)
    return [_ask(session, one, names[one.id]) for one in there if one.id in names]


def _ask(session: Session, one: Invitation, joined: Joined | None) -> Ask:
    terms = _signed(session, one)
    return Ask(
        id=one.id,
        label=one.label,
        name=joined.name if joined else "",
        number=joined.number if joined else "",
        terms=terms or _nothing(one),
        damaged=joined is None or terms is None,
    )


def _nothing(one: Invitation) -> Terms:
    return Terms(
        label=one.label,
        relation=one.relation,
        kinds=frozenset(),
        lists=frozenset(),
        everything=False,
        purposes=(),
        ends=0,
    )


def confirm(session: Session, invitation: InvitationId, *, now: int) -> Member:
    """Let the joiner in, as the consent says.

    Raises `Gone`, `JoinDamaged`, `ClockBehind`, `IncompleteConsent` past its end, `Tampered` when it does not open.
    """
    with session.store.change(now):
        sharing.check_clock(session, now)
        one = invitations.find(session, invitation)
        signed = consent.read(session, one.consent)
        if signed.terms.ends <= now:
            raise IncompleteConsent("ends")
        permission = consent.permission(session, signed)
        copy = consent.copy_for_member(signed, permission)
        person = invitations.confirm(session, invitation, permission, copy, now=now)
        pasts.keep(session, one, "confirmed", now=now)
        return member(session, person.id, now=now)


def refuse(session: Session, invitation: InvitationId, *, now: int) -> None:
    """Turn the joiner away; the code is dead. Raises `Gone`."""
    with session.store.change(now, narrowing=True):
        pasts.close(session, invitations.find(session, invitation), "refused", now=now)


def ask_watch(session: Session) -> tuple[tuple[Location, int | None], ...]:
    """Return what changes when somebody uses a code. A poll compares two of these; no row is read."""
    return invitations.joins_seen(session)
