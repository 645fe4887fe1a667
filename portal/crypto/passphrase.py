"""From a name and a passphrase to the secret of an account row.

Argon2id (RFC 9106) with the key file as its `secret`. Parameters are constants of
the format: never stored, never read, never an option. One lane, because more lanes
help an attacker as much as us and hang when two threads derive at once.

A gate lets one derivation run at a time (two on four cores or more): each takes
128 MiB, and more at once gains nothing. Who would stand ninth in the queue is told
`Busy` at once.
"""

import os
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from portal.crypto.sealing import prf
from portal.errors import Busy
from portal.newtypes import Secret


@dataclass(frozen=True, slots=True)
class Profile:
    """The cost of one derivation. `memory` is in KiB."""

    iterations: int
    memory: int


STANDARD = Profile(iterations=3, memory=128 * 1024)  # OWASP's floor is 19 MiB and 2 passes
CHEAPEST = Profile(iterations=1, memory=64)  # only a store in memory accepts it

QUEUE = 8


class Gate:
    """Lets `slots` derivations run and QUEUE more wait."""

    def __init__(self, slots: int) -> None:
        self._running = threading.Semaphore(slots)
        self._room = threading.Semaphore(slots + QUEUE)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a slot. Raises `Busy` when the queue is full."""
        if not self._room.acquire(blocking=False):
            raise Busy
        try:
            with self._running:
                yield
        finally:
            self._room.release()


MANY_CORES = 4
GATE = Gate(2 if (os.cpu_count() or 1) >= MANY_CORES else 1)


def fold(name: str) -> str:
    """Return the form of a name that is compared: NFKC, case folded (then NFKC again, since folding can undo it)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def stretch(pepper: Secret, name: str, passphrase: str, profile: Profile = STANDARD) -> Secret:
    """Return the 32-byte secret that `name` and `passphrase` lead to under this key file. Raises `Busy`."""
    kdf = Argon2id(
        salt=prf(pepper, "name", fold(name)),
        length=32,
        iterations=profile.iterations,
        lanes=1,
        memory_cost=profile.memory,
        secret=pepper,
    )
    with GATE.turn():
        return Secret(kdf.derive(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")))
