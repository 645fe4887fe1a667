"""The people of a circle, as the patient sees and governs them."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from portal.circle import audiences, consent
from portal.circle.consent import Consent, Signing, Terms
from portal.errors import NeedsSignature, NotSigned, PortalError, SignInFailed
from portal.newtypes import PersonId
from portal.vault import accounts, letters, people, sharing, shelves, upkeep
from portal.vault.doors import Standing
from portal.vault.pages import PAGE
from portal.vault.records import Permission, Person, PersonState
from portal.vault.session import Session

__all__ = ["Departure", "Member", "Standing"]


@dataclass(frozen=True, slots=True)
class Member:
    """One person let in: pet name, what holds now, since when, and whether it is in force."""

    id: PersonId
    label: str
    relation: str
    standing: Standing
    terms: Terms
    began: int
    joined: int


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody is no longer in the circle: the last pet name, the minute, and whether the patient removed them."""

    person: PersonId
    label: str
    when: int
    removed: bool


def members(session: Session, *, now: int) -> list[Member]:
    """Return everybody, by pet name."""
    found = [_member(session, person, now) for person in session.state.people]
    return sorted(found, key=lambda one: one.label.casefold())


def member(session: Session, person: PersonId, *, now: int) -> Member:
    """Return one person. Raises `Gone`."""
    return _member(session, people.find(session, person), now)


def _member(session: Session, person: Person, now: int) -> Member:
    p = person.permission
    signed = _signed(session, person)
    terms = Terms(
        label=person.label,
        relation=person.relation,
        kinds=frozenset(p.kinds),
        lists=frozenset(p.lists),
        everything=p.since == 0,
        purposes=signed.terms.purposes if signed else (),
        ends=p.ends,
        event=signed.terms.event if signed else "",
    )
    how = _standing(session, person, now)
    return Member(person.id, person.label, person.relation, how, terms, p.starts, person.joined)


def _signed(session: Session, person: Person) -> Consent | None:
    try:
        return consent.read(session, person.consent)
    except PortalError:  # damaged or gone: what holds is the permission
        return None


def _standing(session: Session, person: Person, now: int) -> Standing:
    p, judged = person.permission, shelves.judged_now(session, now)
    if p.generation != session.store.generation.id or p.state == PersonState.PUT_BACK:
        return Standing.PUT_BACK
    if judged >= p.ends:
        return Standing.ENDED
    if p.state == PersonState.PAUSED:
        return Standing.PAUSED
    return Standing.OPEN if judged >= p.starts else Standing.NOT_YET


def consent_of(session: Session, person: PersonId) -> Consent:
    """Return the consent as signed. Raises `Gone`, `Tampered`."""
    return consent.read(session, people.find(session, person).consent)


# At once


def pause(session: Session, person: PersonId, *, now: int) -> None:
    """Stop what this person reads, until resumed. Somebody put back stays put back. Raises `Gone`."""
    with session.store.change(now, narrowing=True):
        people.check(session, now)
        if people.find(session, person).permission.state == PersonState.OPEN:
            _permit(session, person, now, narrowing=True, state=PersonState.PAUSED)


def resume(session: Session, person: PersonId, *, now: int) -> None:
    """End a pause, within the consent as signed. Somebody put back stays put back. Raises `Gone`, `ClockBehind`."""
    with session.store.change(now):
        sharing.check_clock(session, now)
        people.check(session, now)
        if people.find(session, person).permission.state == PersonState.PAUSED:
            _permit(session, person, now, state=PersonState.OPEN)


def pause_all(session: Session, *, now: int) -> None:
    """Pause everybody, in one transaction."""
    with session.store.change(now, narrowing=True):
        for person in session.state.people:
            pause(session, person.id, now=now)


def resume_all(session: Session, *, now: int) -> None:
    """End every pause, in one transaction; who was put back stays put back."""
    with session.store.change(now):
        for person in session.state.people:
            resume(session, person.id, now=now)


def remove(session: Session, person: PersonId, *, now: int) -> None:
    """Remove a person: their keys find no row of theirs, and nothing written or changed since. Raises `Gone`."""
    upkeep.remove(session, person, now=now)


def rename_member(session: Session, person: PersonId, label: str, *, now: int) -> None:
    """Give a person another pet name. Raises `IncompleteConsent` for a bad one, `NameTaken`, `Gone`."""
    with session.store.change(now):
        label = consent.check_label(label)
        people.find(session, person)
        audiences.check_free(session, label, but=person)
        people.change(session, person, now, label=label)


def narrow(session: Session, person: PersonId, terms: Terms, *, now: int) -> None:
    """Allow less from now on, without a signature. Raises `NeedsSignature` when it gives more, `Gone`."""
    with session.store.change(now, narrowing=True):
        old = member(session, person, now=now)
        terms = consent.check_terms(session, terms, now=now)
        if consent.is_wider(old.terms, terms):
            raise NeedsSignature
        kept = people.find(session, person).permission.since
        since = kept if terms.everything == old.terms.everything else shelves.judged_now(session, now)
        fields = {"kinds": sorted(terms.kinds), "lists": sorted(terms.lists), "ends": terms.ends, "since": since}
        _permit(session, person, now, narrowing=True, **fields)


def widen(session: Session, person: PersonId, terms: Terms, signing: Signing, *, now: int) -> None:
    """Put a person under a new consent, signed anew; a pause stays.

    Who saw what came from a certain day on keeps it, unless the new consent says more. Somebody put back is let in
    again by it. Raises `NotSigned`, `IncompleteConsent`, `ClockBehind`, `Gone`, `TooManyTries`, `Busy`.
    """
    consent.check_signature(session, signing, now=now)
    _take_in(session, [person], now)
    with session.store.change(now):
        sharing.check_clock(session, now)
        old = people.find(session, person)
        terms = consent.check_terms(session, terms, now=now)
        item = consent.sign(session, terms, signing, now=now)
        fresh = consent.permission(session, consent.read(session, item))
        state = old.permission.state if old.permission.state == PersonState.PAUSED else PersonState.OPEN
        since = old.permission.since if old.permission.since and fresh.since else fresh.since
        permission = msgspec.structs.replace(fresh, state=state, since=since)
        people.change(session, person, now, permission=permission, consent=item, relation=terms.relation)
        _after(session, person, now, narrowing=True)


def _permit(session: Session, person: PersonId, now: int, *, narrowing: bool = False, **fields: object) -> None:
    people.permit(session, person, now, **fields)
    _after(session, person, now, narrowing=narrowing)


def _after(session: Session, person: PersonId, now: int, *, narrowing: bool = False) -> None:
    """Settle one person and bring their copy of the consent up to what holds. Inside a change."""
    one = people.find(session, person)
    shelves.settle(session, now, [one], narrowing=narrowing)
    signed = _signed(session, one)
    if signed:
        at, copy = upkeep.consent_at(one.link), consent.copy_for_member(signed, one.permission)
        session.rows.discard(at)
        session.rows.add(at, copy, PAGE)


# After a doubt


def put_back(session: Session, *, now: int) -> list[Member]:
    """Return those who had access before the doubt and wait to be let in again, by pet name."""
    return [one for one in members(session, now=now) if one.standing is Standing.PUT_BACK]


def let_in_again(session: Session, chosen: Sequence[PersonId], passphrase: str, *, now: int) -> None:
    """Let in again whom the patient ticked, within their consents. Raises `NotSigned`, `TooManyTries`, `Busy`, `Gone`.

    Letters of the generation before are taken in first.
    """
    try:
        accounts.check_passphrase(session, passphrase, now=now)
    except SignInFailed:
        raise NotSigned from None
    _take_in(session, chosen, now)
    with session.store.change(now):
        sharing.check_clock(session, now)
        shelves.settle(session, now)  # an alarm raised here closes everybody first
        for person in chosen:
            _let_in(session, person, now)


def _take_in(session: Session, chosen: Sequence[PersonId], now: int) -> None:
    """Take in what people sent, of the generation before too; who wanted to leave is let go."""
    generation = session.store.generation.id
    with session.store.change(now):
        upkeep.take_in(session, now)
        for one in session.state.people:
            if one.id in chosen and one.letters != generation:
                number, left = letters.take_all(session, one, now)
                people.change(session, one.id, now, letters=generation, taken=number)
                if left:
                    upkeep.remove(session, one.id, left=True, now=now)


def _let_in(session: Session, person: PersonId, now: int) -> None:
    generation = session.store.generation.id
    old = people.find(session, person)
    permission: Permission = msgspec.structs.replace(old.permission, state=PersonState.OPEN, generation=generation)
    people.change(session, person, now, permission=permission)
    _after(session, person, now)


def departures(session: Session) -> list[Departure]:
    """Return who left by themselves, newest first."""
    return [one for one in departed(session) if not one.removed]


def departed(session: Session) -> list[Departure]:
    """Return everybody who was let in once and is no longer there, newest first."""
    return [
        Departure(one.person, one.label, one.minute, removed=one.kind == letters.REMOVED)
        for one in letters.departed(session)
    ]
