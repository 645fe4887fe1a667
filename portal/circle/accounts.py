"""Open a store, sign up, sign in, recover, lock: gives the Session that every use case takes."""

from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from portal.circle import naming, tending
from portal.circle.bodies import Settings, pack, unpack
from portal.errors import BadText, NotHttps, Tampered
from portal.vault import accounts, joining
from portal.vault.session import Session
from portal.vault.store import Store

SHORTEST_LOCK, LONGEST_LOCK = 1, 60  # minutes
LONGEST_ADDRESS, LONGEST_WORD = 200, 40  # characters: the vault has room for 400 bytes of settings

__all__ = ["Session", "Settings", "Store"]


def open_store(data: Path, config: Path, *, now: int) -> Store:
    """Open the store in `data` with its keys below `config`, or make both. See `Store.on_disk` for the refusals."""
    store = Store.on_disk(data, config, now=now)
    store.each_minute = tending.tend
    return store


def open_memory(*, now: int) -> Store:
    """Return a throw-away store in memory."""
    store = Store.in_memory(now=now)
    store.each_minute = tending.tend
    return store


def new_spare_key() -> str:
    """Return a fresh recovery code: 32 characters, to be shown once and asked back."""
    return accounts.new_recovery_code()


def check_spare_key(store: Store, name: str, typed: str, *, now: int, local: bool = True) -> None:
    """Raise unless this is the spare key of an account of this name. Nothing stays open.

    `CodeMistyped`, `CodeOfWrongLength`, `SignInFailed` when the two do not belong together, `TooManyTries`.
    """
    accounts.check_recovery(store, " ".join(name.split()), typed, now=now, local=local)


def groups(code: str, size: int = 4) -> list[str]:
    """Return a code in groups that can be read aloud."""
    return [code[i : i + size] for i in range(0, len(code), size)]


def sign_up(store: Store, name: str, passphrase: str, spare_key: str, *, now: int, invited: str = "") -> Session:
    """Make an account. A code that opens an invitation (`invited`) carries one past the hourly limit, once it is made.

    Raises `TellingName`, `BadName`, `WeakPassphrase`, `ChooseAnotherPassphrase`, `SignUpsClosed`, `TooManyTries`,
    `Busy`, `StoreFull`.
    """
    name = naming.check_name(name)
    naming.check_passphrase(passphrase, name)
    carrier = joining.carrier(store, invited, now=now) if invited else None
    session = accounts.sign_up(store, name, passphrase, spare_key, now=now, carrier=carrier, settings=pack(Settings()))
    return _opened(session)


def sign_in(store: Store, name: str, passphrase: str, *, now: int, local: bool = True) -> Session:
    """Open an account and do what is due in its circle. Raises `SignInFailed`, `TooManyTries`, `Busy`."""
    session = _opened(accounts.sign_in(store, " ".join(name.split()), passphrase, now=now, local=local))
    tending.tend_quietly(session, now)
    return session


def recover(
    store: Store, name: str, spare_key: str, passphrase: str, new_spare_key: str, *, now: int, local: bool = True
) -> Session:
    """Open an account with its spare key, under a new passphrase; `new_spare_key` replaces the old one.

    Raises `SignInFailed`, `CodeMistyped`, `WeakPassphrase`, `ChooseAnotherPassphrase`, `TooManyTries`, `Busy`.
    """
    name = " ".join(name.split())
    naming.check_passphrase(passphrase, name)
    session = _opened(accounts.recover(store, name, spare_key, passphrase, new_spare_key, now=now, local=local))
    tending.tend_quietly(session, now)
    return session


def change_passphrase(session: Session, old: str, new: str, *, now: int) -> None:
    """Put the account under a new passphrase; its other sessions end.

    Raises `SignInFailed` for the old one, `SamePassphrase` when nothing would change, `WeakPassphrase`,
    `ChooseAnotherPassphrase`, `TooManyTries`, `Busy`.
    """
    naming.check_passphrase(new, session.state.name)
    accounts.change_passphrase(session, old, new, now=now)


def replace_spare_key(session: Session, passphrase: str, spare_key: str, *, now: int) -> None:
    """Give the account a new spare key; the old one opens nothing. Raises `SignInFailed`, `TooManyTries`, `Busy`."""
    accounts.replace_recovery(session, passphrase, spare_key, now=now)


def sign_out_elsewhere(session: Session) -> None:
    """End every other session of this account."""
    accounts.end_sessions(session)


def settings(session: Session) -> Settings:
    """Return what this person chose; the defaults where nothing is stored."""
    try:
        return unpack(session.state.settings, Settings)
    except Tampered:
        return Settings()


def save_settings(session: Session, chosen: Settings, *, now: int) -> None:
    """Keep what this person chose; the lock time stays within its bounds.

    Raises `NotHttps` for an address to leave to that is not https or too long, `BadText` for what is no setting at all.
    """
    minutes = min(max(chosen.lock_minutes, SHORTEST_LOCK), LONGEST_LOCK)
    if chosen.away and not _is_address(chosen.away):
        raise NotHttps
    if not all(_is_code(word) for word in (chosen.lang, chosen.zone, chosen.country)):
        raise BadText
    with session.store.change(now):
        session.write(now, settings=pack(chosen.but(lock_minutes=minutes)))
    _opened(session)


def _is_address(away: str) -> bool:
    """Say whether this leads away: https, to a host that is not this computer."""
    try:
        parts = urlsplit(away)
    except ValueError:
        return False
    elsewhere = bool(parts.hostname) and not _is_here(parts.hostname or "")
    return elsewhere and parts.scheme == "https" and " " not in away and _is_code(away, LONGEST_ADDRESS)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _is_code(word: str, longest: int = LONGEST_WORD) -> bool:
    return len(word) <= longest and word.isascii() and word.isprintable()


def is_patient(session: Session) -> bool:
    """Say whether this account has a circle of its own: it wrote, or let somebody in, or belongs to no other circle."""
    state = session.state
    return bool(not state.links or state.people or state.invitations or state.used)


def _opened(session: Session) -> Session:
    session.name = session.state.name
    session.lock_minutes = settings(session).lock_minutes
    return session
