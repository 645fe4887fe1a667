"""What an open session does at sign-in and each minute: take in, let expire, settle."""

from contextlib import suppress

from portal.circle import pasts
from portal.errors import PortalError
from portal.vault import invitations, upkeep
from portal.vault.session import Session


def tend(session: Session, now: int) -> None:
    """Take in joins and letters, end invitations that are over, settle. Writes nothing when nothing is due."""
    for over in invitations.expired(session, now):
        pasts.close(session, over, "expired", now=now)
    upkeep.settle_all(session, now)


def tend_quietly(session: Session, now: int) -> None:
    """Do the same at sign-in, which goes on when its own writes fail."""
    with suppress(PortalError):
        tend(session, now)
