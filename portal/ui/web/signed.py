"""Somebody who is signed in, and what remains of them when the notebook is locked.

Lives in server memory only, never in `st.session_state`. Nothing here shows itself in a `repr`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Spot = dict[str, bytes | str]


class Store(Protocol):
    """What the desk needs from an open store."""

    @property
    def id(self) -> str: ...
    @property
    def noticed(self) -> Sequence[str]: ...
    def tick(self, now: int) -> object: ...
    def close(self) -> object: ...


class Session(Protocol):
    """What the desk needs from an unlocked account: `close` drops its keys."""

    @property
    def store(self) -> Store: ...
    @property
    def name(self) -> str: ...
    @property
    def account(self) -> bytes: ...
    @property
    def lock_minutes(self) -> int: ...
    @property
    def closed(self) -> bool: ...
    def close(self) -> object: ...


@dataclass(slots=True, repr=False, kw_only=True)
class Signed:
    """One signed-in browser. `spot` remembers ids, never text: which entry is open, so that a refresh comes back."""

    sides: Mapping[str, Session]
    side: str
    pre: str
    seen: int
    page: str = ""
    spot: Spot = field(default_factory=dict)

    @property
    def session(self) -> Session:
        """The session in front: a sample circle has a patient's and a member's side."""
        return self.sides[self.side]

    @property
    def until(self) -> int:
        """The second at which the notebook locks itself unless somebody acts."""
        return self.seen + 60 * self.session.lock_minutes

    def turn(self, side: str) -> None:
        """Bring another side to the front. Raises `KeyError` for a side that is not there."""
        self.sides[side]
        self.side, self.page, self.spot = side, "", {}

    def clock(self, now: int) -> str:
        """Return the hidden mark from which the page knows when to warn and when to cover itself."""
        idle = 60 * self.session.lock_minutes
        return f'<span hidden data-idle="{idle}" data-until="{self.until}" data-now="{now}"></span>'


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class Locked:
    """What the lock page may show and where unlocking leads back to. No key is left."""

    name: str
    page: str
    account: bytes
    spot: Spot
    since: int
