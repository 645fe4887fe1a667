"""Join: the joiner's side of how two accounts come to share the secret L. PROTOCOL.md, section 9.

A code is used once: its invitation row goes and the join row comes in one transaction.
From then on the link waits for the patient's yes.
"""

import secrets

from portal.crypto import codes, hpke
from portal.errors import AlreadyLinked, CodeMistyped, CodeOpensNothing, OwnCode, Tampered, TooManyTries
from portal.newtypes import LinkId, Location, Secret
from portal.vault.invitations import INVITE_ROW, invite_at, join_at
from portal.vault.records import LINKS, Invite, Join, Link, pack, unpack
from portal.vault.session import Session
from portal.vault.store import Store


def carrier(store: Store, typed: str, *, now: int) -> Location | None:
    """Return what may carry a sign-up past the hourly limit: the invitation that a code, as typed, opens, or None."""
    try:
        look(store, typed, now=now)
    except (CodeMistyped, CodeOpensNothing, TooManyTries):
        return None
    return invite_at(_read(typed)).loc


def look(store: Store, typed: str, *, now: int) -> Invite:
    """Return what a code, as typed, opens. A code that opens nothing counts as a guess: a page drawn again does not.

    Raises `CodeMistyped`, `TooManyTries`, `CodeOpensNothing`.
    """
    code = _read(typed)
    store.codes.check(now)
    try:
        return _look(store, code, now)
    except CodeOpensNothing:
        store.codes.take(now)
        raise


def _read(typed: str) -> Secret:
    return codes.secret_of(codes.read(typed, codes.INVITATION))


def _look(store: Store, code: Secret, now: int) -> Invite:
    try:
        payload = store.rows.get(invite_at(code))
        invite = unpack(payload, Invite) if payload is not None else None
    except Tampered:
        invite = None
    if invite is None or invite.ends <= now or invite.generation != store.generation.id:
        raise CodeOpensNothing
    return invite


def is_own(session: Session, typed: str) -> bool:
    """Say whether a code, as typed, opens an invitation of this account. Raises `CodeMistyped`."""
    code = _read(typed)
    return any(codes.secret_of(one.code) == code for one in session.state.invitations)


def join(session: Session, typed: str, name: str, *, owner: str, now: int) -> Link:
    """Use a code, once: the invitation row goes, the join row comes, the link waits.

    `name` is what the patient sees, `owner` the pseudonym the offer named. Raises `CodeMistyped`,
    `CodeOpensNothing`, `OwnCode`, `AlreadyLinked` when there is no room for another circle.
    """
    code = _read(typed)
    with session.store.change(now):
        if is_own(session, typed):
            raise OwnCode
        if len(session.state.links) >= LINKS:
            raise AlreadyLinked
        invite = _look(session.store, code, now)
        part = Secret(secrets.token_bytes(32))
        try:
            box = hpke.seal_join(invite.public, code, pack(Join(part, name)))
        except Tampered:
            raise CodeOpensNothing from None
        session.rows.remove(invite_at(code))
        session.rows.add(join_at(code), box, INVITE_ROW)
        link = Link(
            id=LinkId(secrets.token_bytes(8)),
            link=hpke.link_secret(part, invite.r, code),
            name=owner,
            label="",
            join=join_at(code).loc,
            asked=now,
        )
        session.write(now, links=[*session.state.links, link])
        return link


def number_of(link: Link) -> str:
    """Return the safety number of a link, as the member's screen shows it."""
    return hpke.safety_number(link.link)
