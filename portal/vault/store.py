"""Rows and key folder opened together: is this the store we left?

Every doubt has one answer: a new generation. The store goes on by itself, nobody's
permission stands in it, and each patient lets people in again. Only a file that is gone
or that SQLite cannot read, another schema, or a lost key file is not opened. PROTOCOL.md, section 4.
"""

import secrets
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from portal.crypto.passphrase import CHEAPEST, STANDARD, Profile, stretch
from portal.errors import AccountFull, InTheWay, PortalError, SettingsMissing, StoreFull, StoreGone
from portal.folders import about, check_apart, free_bytes, make_private, private_file
from portal.newtypes import Location, Secret
from portal.vault import hostfile
from portal.vault.hostfile import MIB, Limits
from portal.vault.keyfolder import KeyFolder, store_id
from portal.vault.locking import hold, let_go
from portal.vault.records import Generation, Reason
from portal.vault.rows import Found, Rows
from portal.vault.throttle import Bucket, Throttle

if TYPE_CHECKING:
    from portal.vault.session import Session

NUMBER_LAG = 5  # seconds the number file may lag behind
QUIET = 30  # seconds without a write before the journal is folded in
SETTLE = 60  # seconds between two settlings of an open session
SPARE = 4 * MIB


class Store:
    """One open store. Made by `on_disk` or `in_memory`; closed once."""

    def __init__(self, rows: Rows, pepper: Secret, profile: Profile, limits: Limits) -> None:
        self.rows = rows
        self.limits = limits
        self.id = store_id(pepper)
        self._pepper = pepper
        self._profile = profile
        self.throttle = Throttle(pepper)
        self.strangers = Bucket(30)
        self.codes = Bucket(60)
        self.sign_ups = Bucket(limits.sign_ups, span=3600)
        self._open: weakref.WeakSet[Session] = weakref.WeakSet()
        self.each_minute: Callable[[Session, int], None] | None = None  # what an open session owes its members
        self.carried: set[Location] = set()  # invitations that have carried a sign-up past the hourly limit
        self.fresh = False  # True while nobody has signed up yet
        self.doubt: Reason | None = None  # what this start found amiss
        self.behind = False  # True while the number file cannot be written
        self._settled_at = self._number_at = 0
        self._keys: KeyFolder | None = None
        self._folder: Path | None = None
        self._guard: int | None = None

    @property
    def generation(self) -> Generation:
        """The generation the store is in."""
        return self.rows.generation

    def enter(self, session: "Session") -> None:
        """Count a session among the open ones."""
        with self.rows.lock:
            self._open.add(session)

    def left(self, session: "Session") -> None:
        """A session has ended."""
        with self.rows.lock:
            self._open.discard(session)

    def sessions(self) -> "list[Session]":
        """Return the open sessions."""
        with self.rows.lock:
            return list(self._open)

    @contextmanager
    def change(self, now: int, *, narrowing: bool = False) -> Iterator[None]:
        """One transaction at `now` (UTC seconds). A narrowing one gives up the spare file when the disk is full."""
        if narrowing and self._folder and free_bytes(self._folder) < SPARE:
            (self._folder / "spare").unlink(missing_ok=True)
        with self.rows.change(now):
            yield

    def stretch(self, name: str, passphrase: str) -> Secret:
        """Return the secret that name and passphrase lead to in this store. Raises `Busy`."""
        return stretch(self._pepper, name, passphrase, self._profile)

    def check_room(self, used: int, more: int, *, admitted: bool) -> None:
        """Raise `AccountFull` or `StoreFull` when `more` bytes would exceed a limit."""
        if used + more > (self.limits.account if admitted else self.limits.newcomer):
            raise AccountFull
        if self.rows.size() + more > self.limits.store:
            raise StoreFull

    def tick(self, now: int) -> None:
        """Do what is due: number file, journal, open sessions. Called each second by the server."""
        if now - self._number_at >= NUMBER_LAG:
            self._write_number(now)
        if self.rows.written_at and now - self.rows.written_at >= QUIET:
            with suppress(PortalError):
                self.rows.written_at = 0 if self.rows.checkpoint() else now
            self._make_spare()
        if now - self._settled_at >= SETTLE or now < self._settled_at:
            self._settled_at = now
            self._tend(now)

    def _tend(self, now: int) -> None:
        for session in self.sessions():
            if self.each_minute and not session.closed:
                with suppress(PortalError):
                    self.each_minute(session, now)

    def close(self) -> None:
        """Write the number file, tidy the file, close it and let go of the lock file."""
        self._write_number(0)
        with suppress(PortalError):
            self.rows.tidy()
        self.rows.close()
        if self._guard is not None:
            let_go(self._guard)
            self._guard = None

    @property
    def noticed(self) -> list[str]:
        """Return what the host should know after a start: a doubt's name, `BEHIND`, `EMPTY` before any account."""
        doubt = self.doubt.name if self.doubt else ""
        return [event for event, is_so in ((doubt, doubt), ("BEHIND", self.behind), ("EMPTY", self.fresh)) if is_so]

    def _write_number(self, now: int, *, anew: bool = False) -> None:
        self._number_at = now
        pair = self.generation.number, self.rows.number
        if self._keys and (anew or self._keys.number() != pair):
            try:
                self._keys.write_number(*pair)
            except (PortalError, OSError):
                self.behind = True
            else:
                self.behind = False

    def _make_spare(self) -> None:
        """On a full disk this file is given up, so that removing somebody still works."""
        spare = self._folder / "spare" if self._folder else None
        if spare and not spare.exists() and free_bytes(spare.parent) > 4 * SPARE:
            with suppress(PortalError):
                private_file(spare, bytes(SPARE))

    @classmethod
    def in_memory(cls, *, now: int, profile: Profile = CHEAPEST) -> "Store":
        """Return a throw-away store: nothing is written to disk."""
        pepper = Secret(secrets.token_bytes(32))
        store = cls(Rows(None, pepper), pepper, profile, Limits(sign_ups=1000))
        store._start(store.rows.scan(), (0, 0), now)
        return store

    @classmethod
    def on_disk(cls, data: Path, config: Path, *, now: int) -> "Store":
        """Open the store in `data`, with its keys below `config`; make both at the first start.

        Raises `UnsafeFolders`, `AlreadyRunning`, `KeyFileMissing`, `SettingsMissing`, `StoreGone`, `StoreUnreadable`,
        `ReadOnly`, `InTheWay`, `DiskFull`; `where` in each names the file or folder.
        """
        with about(data):
            check_apart(data, config)
            make_private(data)
        with about(data / "lock"):
            guard = hold(data / "lock")
        try:
            keys, limits = _keys(data, config)
            with about(data / "store.db"):
                store = cls(_rows(data / "store.db", keys), keys.pepper, STANDARD, limits)
                store._keys, store._folder, store._guard = keys, data, guard
                store._start(store.rows.scan(), keys.number(), now)
        except BaseException:
            let_go(guard)
            raise
        store._write_number(now, anew=True)  # even the same number: a key folder that cannot be written is noticed now
        store._make_spare()
        with suppress(PortalError):
            store.rows.checkpoint()  # what an erase could not fold in before the last end
        return store

    def _start(self, found: Found, told: tuple[int, int] | None, now: int) -> None:
        """Go on under the generation that the file, its seal and the number file leave us."""
        first = found.count == 0 and found.seal is None and told == (0, 0)
        reason = Reason.FIRST if first else _doubt(found, told)
        self.fresh = found.count == 0 and reason in {None, Reason.FIRST}
        if reason is None and found.seal is not None:
            self.rows.begin(found.seal.generation, found.seal.number)
            return
        known = found.seal.generation.number if found.seal else 0
        self.doubt = reason or None  # the first generation is none
        number = max(known, told[0] if told else 0) + 1
        transaction = max(found.seal.number if found.seal else 0, told[1] if told else 0)
        self._go_on_under(number, transaction, Reason.CHANGED if reason is None else reason, now)

    def begin_generation(self, now: int) -> None:
        """Go on under a new generation: a doubt arose while the store was open. Nobody's permission stands in it."""
        self._go_on_under(self.generation.number + 1, self.rows.number, Reason.CHANGED, now)

    def _go_on_under(self, number: int, transaction: int, reason: Reason, now: int) -> None:
        generation = Generation(number, secrets.token_bytes(8), reason, now)
        self.rows.begin(generation, transaction, unsealed=True)
        with self.rows.change(now):
            pass  # the store seal alone


def _doubt(found: Found, told: tuple[int, int] | None) -> Reason | None:
    """Return why this is not the store we left, or None."""
    if not found.fits or found.seal is None:
        return Reason.CHANGED
    if told is None:
        return Reason.NUMBER_MISSING
    return Reason.OLDER if (found.seal.generation.number, found.seal.number) < told else None


def _keys(data: Path, config: Path) -> tuple[KeyFolder, Limits]:
    """Open the key folder that `settings.toml` names, or make both for a folder without a store."""
    file = data / "settings.toml"
    with about(file):
        settings = hostfile.read(file)
        if settings is None and _filled(data / "store.db"):
            raise SettingsMissing
    if settings is not None:
        with about(config / settings.store / "key"):
            return KeyFolder.open(config, settings.store), settings.limits
    with about(config):
        keys = KeyFolder.create(config)
    with about(file):
        hostfile.write(file, store_id(keys.pepper))
    return keys, Limits()


def _rows(database: Path, keys: KeyFolder) -> Rows:
    """Open the table. It is made only while the number file has never counted: a start cut off before the first row."""
    if database.is_dir():
        raise InTheWay
    if not _filled(database) and keys.number() != (0, 0):
        raise StoreGone
    database.touch(mode=0o600)
    return Rows(database, keys.pepper)


def _filled(file: Path) -> bool:
    return file.exists() and file.stat().st_size > 0
