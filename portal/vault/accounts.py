"""Sign up, sign in, recover, change passphrase: rows that lead to one seed.

An account row is wrapped twice, by the passphrase and by the recovery code. An unknown
name and a wrong passphrase are the same thing: a missing row. There is no user table
and no password hash. PROTOCOL.md, section 5.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import msgspec

from portal.crypto import codes
from portal.crypto.passphrase import fold
from portal.crypto.sealing import place
from portal.errors import (
    ChooseAnotherPassphrase,
    PortalError,
    SamePassphrase,
    SignInFailed,
    SignUpsClosed,
    Tampered,
    TooManyTries,
)
from portal.newtypes import Location, Secret
from portal.vault.pages import PAGE
from portal.vault.records import ALARM_STATE, Account, OwnPage, State, pack, unpack
from portal.vault.session import Session, account_place, locations
from portal.vault.store import Store


def new_recovery_code() -> str:
    """Return a fresh recovery code: 32 characters, 155 bits and a check."""
    return codes.make(codes.RECOVERY)


def sign_up(
    store: Store,
    name: str,
    passphrase: str,
    recovery: str,
    *,
    now: int,
    counted: bool = True,
    carrier: Location | None = None,
    settings: bytes = b"",
) -> Session:
    """Make an account and return its session. An invitation (`carrier`) carries one past the hourly limit.

    Names need not be unique. Raises `ChooseAnotherPassphrase` when this name with this
    passphrase is one already, `SignUpsClosed`, `TooManyTries`, `Busy`, `StoreFull`.
    """
    store.throttle.check(name, now)
    store.check_room(0, 0, admitted=False)
    roots = store.stretch(name, passphrase), codes.secret_of(recovery)
    if store.rows.has(account_place(roots[0])):
        store.throttle.failed(name, now)
        raise ChooseAnotherPassphrase
    seed = Secret(secrets.token_bytes(32))
    state = State(
        name=name,
        accounts=locations(*roots),
        last=now,
        own=1,
        number=0,
        generation=store.generation.number,
        lists=[],
        people=[],
        invitations=[],
        links=[],
        drafts=[],
        settings=settings,
        host=store.fresh,
    )
    with _counted(store, carrier, counted, now), store.change(now):
        for root in roots:
            store.rows.add(account_place(root), pack(Account(seed)))
        store.rows.add(place(seed, "state"), pack(state), PAGE)
        store.rows.add(place(seed, "own", 0), pack(OwnPage(0, [])), PAGE)
    store.fresh = False
    return Session(store, seed)


@contextmanager
def _counted(store: Store, carrier: Location | None, counted: bool, now: int) -> Iterator[None]:
    """Let one account be made, by itself: only one that was made takes from the hour, or spends its invitation."""
    with store.rows.lock:
        spent = None if carrier in store.carried else carrier
        if spent is None and counted:
            try:
                store.sign_ups.check(now)
            except TooManyTries:
                raise SignUpsClosed from None
        yield
        if spent is not None:
            store.carried.add(spent)
        elif counted:
            store.sign_ups.take(now)


def sign_in(store: Store, name: str, passphrase: str, *, now: int, local: bool = True) -> Session:
    """Return the session that name and passphrase open. Raises `SignInFailed`, `TooManyTries`, `Busy`."""
    _check_tries(store, name, now, local)
    return _enter(store, name, store.stretch(name, passphrase), now)


def recover(
    store: Store, name: str, recovery: str, passphrase: str, fresh: str, *, now: int, local: bool = True
) -> Session:
    """Open the account of a recovery code and give it a new passphrase and the code `fresh`; both old rows go.

    `recovery` is as typed. Raises `CodeMistyped`, `SignInFailed` for a wrong name too,
    `ChooseAnotherPassphrase`, `TooManyTries`, `Busy`.
    """
    session = _found(store, name, recovery, now, local)
    try:
        _rewrap(session, (store.stretch(name, passphrase), codes.secret_of(fresh)), now)
    except BaseException:
        session.close()
        raise
    return session


def check_recovery(store: Store, name: str, recovery: str, *, now: int, local: bool = True) -> None:
    """Raise unless this code, as typed, opens an account of this name: `CodeMistyped`, `SignInFailed`, `TooManyTries`.

    A failure counts as one of `recover`. Nothing stays open.
    """
    _found(store, name, recovery, now, local).close()


def change_passphrase(session: Session, old: str, new: str, *, now: int) -> None:
    """Put the account under a new passphrase; its other sessions end. Raises `SignInFailed` for the old one."""
    root = check_passphrase(session, old, now=now)
    fresh = session.store.stretch(session.state.name, new)
    with session.store.change(now):
        at = _account_row(session, root, fresh)
        kept = [loc for loc in session.state.accounts if loc != account_place(root).loc]
        session.write(now, accounts=[at, *kept][:2])
    _end_others(session)


def replace_recovery(session: Session, passphrase: str, fresh: str, *, now: int) -> None:
    """Replace the recovery code; the old one opens nothing. Raises `SignInFailed` for the passphrase."""
    root = check_passphrase(session, passphrase, now=now)
    with session.store.change(now):
        _drop_rows(session, keep=root)
        at = account_place(codes.secret_of(fresh))
        session.rows.add(at, pack(Account(session.seed)))
        session.write(now, accounts=[account_place(root).loc, at.loc])


def check_passphrase(session: Session, passphrase: str, *, now: int) -> Secret:
    """Return the secret of this account's passphrase: how things are signed.

    Raises `SignInFailed`, `TooManyTries`, `Busy`.
    """
    name = session.state.name
    session.store.throttle.check(name, now)
    root = session.store.stretch(name, passphrase)
    at = account_place(root)
    with suppress(Tampered):
        payload = session.rows.get(at)
        if payload and at.loc in session.state.accounts and unpack(payload, Account).seed == session.seed:
            session.store.throttle.succeeded(name)
            return root
    session.store.throttle.failed(name, now)
    raise SignInFailed


def end_sessions(session: Session) -> None:
    """Sign this account out everywhere else."""
    _end_others(session)


def _check_tries(store: Store, name: str, now: int, local: bool) -> None:
    store.throttle.check(name, now)
    if not local:
        store.strangers.take(now)


def _found(store: Store, name: str, recovery: str, now: int, local: bool) -> Session:
    """Open the account of a recovery code. A code of somebody else is a failure of `name`."""
    _check_tries(store, name, now, local)
    session = _enter(store, name, codes.secret_of(codes.read(recovery, codes.RECOVERY)), now)
    if fold(session.state.name) == fold(name):
        return session
    session.close()
    store.throttle.failed(name, now)
    raise SignInFailed


def _enter(store: Store, name: str, root: Secret, now: int) -> Session:
    """Open the account row of `root`; raise the last time. A row whose address the state does not hold is a failure."""
    at = account_place(root)
    try:
        payload = store.rows.get(at)
        if payload is None:
            raise SignInFailed
        session = Session(store, unpack(payload, Account).seed)
    except (SignInFailed, Tampered):
        store.throttle.failed(name, now)
        raise SignInFailed from None
    if not _belongs(session, name, at.loc, now):
        session.close()
        store.throttle.failed(name, now)
        raise SignInFailed
    store.throttle.succeeded(name)
    with suppress(PortalError), store.change(now):  # sign-in goes on when its own writes fail
        session.write(now)
    return session


def _belongs(session: Session, name: str, loc: Location, now: int) -> bool:
    try:
        return loc in session.state.accounts
    except Tampered:
        _begin_anew(session, name, loc, now)
        return True


def _begin_anew(session: Session, name: str, loc: Location, now: int) -> None:
    """A state that does not open is begun anew: own pages are found by probing, people are invited again.

    Where somebody changed it under our hands the store goes on under a new generation: the doors of this
    circle, whose keys are lost with the state, must not stay open.
    """
    if not session.rows.intact(session.state_at):
        session.store.begin_generation(now)
    own = 0
    while session.rows.has(place(session.seed, "own", own)):
        own += 1
    state = State(
        name=name,
        accounts=[loc],
        last=now,
        own=own,
        number=0,
        generation=session.store.generation.number,
        lists=[],
        people=[],
        invitations=[],
        links=[],
        drafts=[],
        settings=b"",
        admitted=True,
        alarm=ALARM_STATE,
    )
    with session.store.change(now):
        session.put(state)
        if not own:
            session.rows.add(place(session.seed, "own", 0), pack(OwnPage(0, [])), PAGE)
            session.put(msgspec.structs.replace(state, own=1))


def _account_row(session: Session, old: Secret, fresh: Secret) -> Location:
    """Add the row of `fresh` and delete that of `old`. Inside a change.

    Raises `SamePassphrase`, `ChooseAnotherPassphrase`.
    """
    at = account_place(fresh)
    if at == account_place(old):
        raise SamePassphrase
    if session.rows.has(at):
        raise ChooseAnotherPassphrase
    session.rows.add(at, pack(Account(session.seed)))
    session.rows.discard(account_place(old))
    return at.loc


def _rewrap(session: Session, roots: tuple[Secret, Secret], now: int) -> None:
    with session.store.change(now):
        _drop_rows(session)
        if any(session.rows.has(account_place(root)) for root in roots):
            raise ChooseAnotherPassphrase
        for root in roots:
            session.rows.add(account_place(root), pack(Account(session.seed)))
        session.write(now, accounts=locations(*roots))
    _end_others(session)


def _drop_rows(session: Session, keep: Secret | None = None) -> None:
    kept = account_place(keep).loc if keep else None
    for loc in session.state.accounts:
        if loc != kept and session.rows.tag(loc) is not None:
            session.rows.remove_at(loc)


def _end_others(session: Session) -> None:
    for other in session.store.sessions():
        if other is not session and other.account == session.account:
            other.close()
