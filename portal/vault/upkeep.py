"""What the patient's session owes its members: take in what they sent, let go who leaves, settle.

Removing, in one transaction: shelf and door go first, every letter that opens is taken
in, whatever else lies under L is deleted, L is forgotten; the name and the day stay in
the patient's inbox, beside the readings. The promise, exactly: a leaver's keys find no
row of theirs, and nothing written or changed since opens with them.
"""

from portal.crypto.sealing import Place, place
from portal.newtypes import PersonId, Secret
from portal.vault import letters, people, shelves
from portal.vault.session import Session


def consent_at(link: Secret) -> Place:
    """Return where the member's copy of the consent lies."""
    return place(link, "consent")


def settle_all(session: Session, now: int) -> None:
    """Do what an open session does each minute and at sign-in."""
    take_in(session, now)
    shelves.settle(session, now)


def take_in(session: Session, now: int) -> None:
    """Take in what members sent; whoever left is removed. One transaction, nothing written when nothing waits."""
    with session.store.change(now):
        everybody = session.state.people
        if everybody:
            people.check(session, now)
        for person in everybody:
            if letters.take(session, person, now):
                remove(session, person.id, left=True, now=now)


def remove(session: Session, person: PersonId, *, left: bool = False, now: int) -> None:
    """Remove a person; `left` when they asked for it. Damage never stands in the way. Raises `Gone`."""
    with session.store.change(now, narrowing=True):
        people.check(session, now)
        gone = people.find(session, person)
        shelves.empty(session.rows, gone.link)
        _, asked = letters.take_all(session, gone, now)
        session.rows.discard(consent_at(gone.link))
        if not left and not asked:
            letters.keep_removal(session, gone, now)  # after what gives room: a full disk must not stop a removal
        people.put(session, [one for one in session.state.people if one.id != person], now)
        session.kept.clear()
        session.rows.fold_after()
