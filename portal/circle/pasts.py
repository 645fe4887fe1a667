"""The history of invitations: one entry of the own space each, kept after the invitation itself is gone."""

from dataclasses import dataclass

from portal.circle.bodies import Past as _Past
from portal.circle.bodies import pack, unpack
from portal.circle.kinds import Kind
from portal.errors import Tampered
from portal.vault import entries, invitations, sharing
from portal.vault.records import Invitation
from portal.vault.session import Session


@dataclass(frozen=True, slots=True)
class Past:
    """What became of an invitation. `how`: confirmed, refused, cancelled, replaced, expired."""

    label: str
    made: int
    ended: int
    how: str


def close(session: Session, invitation: Invitation, how: str, *, now: int) -> None:
    """End an invitation and keep what became of it. Raises `Gone`."""
    with session.store.change(now, narrowing=True):
        invitations.end(session, invitation.id, now=now)
        keep(session, invitation, how, now=now)


def keep(session: Session, invitation: Invitation, how: str, *, now: int) -> None:
    """Keep what became of an invitation that has ended. Inside a change."""
    past = _Past(invitation.label, invitation.made, now, how)
    sharing.publish(session, Kind.INVITATION, pack(past), (), now=now)


def history(session: Session) -> list[Past]:
    """Return what became of invitations, newest first; what does not open is left out."""
    found: list[Past] = []
    for entry in entries.index(session).entries:
        if entry.kind == Kind.INVITATION:
            try:
                past = unpack(entries.read_body(session, entry.key, entry.hash), _Past)
            except Tampered:
                continue
            found.append(Past(past.label, past.made, past.ended, past.how))
    return sorted(found, key=lambda past: past.ended, reverse=True)
