"""The invited person: read the offer, then ask to join."""

from dataclasses import dataclass

from portal.circle import naming
from portal.circle.bodies import unpack
from portal.circle.inviting import OfferBody
from portal.errors import CodeOpensNothing, Tampered
from portal.newtypes import LinkId
from portal.vault import joining
from portal.vault.records import Invite
from portal.vault.session import Session
from portal.vault.store import Store


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation says. `until` ends the permission, `ends` the code."""

    name: str
    kinds: frozenset[int]
    everything: bool
    purposes: tuple[str, ...]
    until: int
    event: str
    ends: int


def look(store: Store, typed: str, *, now: int) -> Offer:
    """Return what a code offers. Raises `CodeMistyped`, `CodeOpensNothing` whatever the reason, `TooManyTries`."""
    return _offer(joining.look(store, typed, now=now))


def _offer(invite: Invite) -> Offer:
    try:
        body = unpack(invite.offer, OfferBody)
    except Tampered:
        raise CodeOpensNothing from None
    return Offer(
        body.name, frozenset(body.kinds), body.everything, tuple(body.purposes), body.until, body.event, invite.ends
    )


def is_own(session: Session, typed: str) -> bool:
    """Say whether a code opens an invitation that this account made. Raises `CodeMistyped`."""
    return joining.is_own(session, typed)


def join(session: Session, typed: str, name: str, *, now: int) -> LinkId:
    """Ask to join under `name`; the code is used up. The link waits until the patient answers.

    Raises `CodeMistyped`, `CodeOpensNothing`, `OwnCode`, `AlreadyLinked`, `TooManyTries`, `BadName`, `TellingName`.
    """
    shown = naming.check_name(name)
    offer = look(session.store, typed, now=now)
    return joining.join(session, typed, shown, owner=offer.name, now=now).id
