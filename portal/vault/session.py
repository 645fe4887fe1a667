"""One signed-in account: its seed, its state, and what was opened of its own pages.

What is kept in memory is good while the tags of the rows are the same, so two tabs or
two browsers of one person never work from an old state: state is read and written
inside one change.
"""

import msgspec

from portal.crypto.sealing import Place, place
from portal.errors import SessionEnded, Tampered
from portal.newtypes import ItemId, LinkId, Location, Secret
from portal.vault.kept import Kept
from portal.vault.pages import PAGE
from portal.vault.records import OwnPage, State, pack, unpack
from portal.vault.store import Store


class Session:
    """An unlocked account in one store. `close` drops its keys; nothing opens afterwards."""

    def __init__(self, store: Store, seed: Secret) -> None:
        self.store = store
        self.rows = store.rows
        self._seed = bytearray(seed)
        self._state_at = place(seed, "state")
        self.account: bytes = self._state_at.key[:8]
        self.closed = False
        self.name = ""
        self.lock_minutes = 10
        self._state: tuple[int, State] | None = None
        self.own_cache: dict[int, tuple[int, OwnPage]] = {}
        self.kept = Kept(self.rows)
        self.fresh: dict[LinkId, dict[ItemId, bool]] = {}  # what was new (True) or changed (False) in this session
        self.visits: dict[LinkId, int] = {}  # when the visit before this session was
        self.gone: dict[LinkId, set[ItemId]] = {}  # entries this session was told are no longer shared
        store.enter(self)

    @property
    def seed(self) -> Secret:
        """The 32 bytes everything of this account derives from. Raises `SessionEnded`."""
        if self.closed:
            raise SessionEnded
        return Secret(bytes(self._seed))

    @property
    def state_at(self) -> Place:
        """Where the state lies. Raises `SessionEnded`."""
        if self.closed:
            raise SessionEnded
        return self._state_at

    @property
    def state(self) -> State:
        """The state as stored now. Raises `Tampered` or `SessionEnded`."""
        at = self.state_at
        with self.rows.lock:
            tag = self.rows.tag(at.loc)
            if self._state is None or self._state[0] != tag:
                payload = self.rows.get(at)
                if payload is None or tag is None:
                    raise Tampered
                self._state = tag, unpack(payload, State)
            return self._state[1]

    def write(self, now: int, **changes: object) -> State:
        """Store the state with `changes`, its last time never going back. Inside a change."""
        state = msgspec.structs.replace(self.state, **changes)
        state = msgspec.structs.replace(state, last=max(state.last, now))
        self.put(state)
        return state

    def set_last(self, now: int) -> None:
        """Make `now` the last time, though it may lie before it: the patient confirmed the date. Inside a change."""
        self.put(msgspec.structs.replace(self.state, last=now))

    def put(self, state: State) -> None:
        """Store this state. Inside a change."""
        at, payload = self.state_at, pack(state)
        if self.rows.has(at):
            self.rows.replace(at, payload, PAGE)
        else:
            self.rows.add(at, payload, PAGE)

    def begin_visit(self) -> None:
        """Forget what was new to this session: what was read up to now counts as an earlier visit."""
        self.fresh.clear()
        self.visits.clear()
        self.gone.clear()

    def close(self) -> None:
        """Drop the keys. The seed is wiped as far as the language allows; copies may live until they are collected."""
        self.closed = True
        self._seed[:] = bytes(len(self._seed))
        self._state = None
        self.own_cache.clear()
        self.kept.clear()
        self.fresh.clear()
        self.store.left(self)

    def __repr__(self) -> str:
        return "<Session>"


def account_place(root: Secret) -> Place:
    """Return where the account row of a passphrase or recovery code lies."""
    return place(root, "account")


def locations(*roots: Secret) -> list[Location]:
    """Return the addresses of account rows."""
    return [account_place(root).loc for root in roots]
