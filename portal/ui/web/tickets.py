"""One-use tickets: the bridge from a passphrase typed in a page to a cookie that no script can read.

A ticket lives 30 seconds, counts once and only in the browser it was made for. The server keeps
its hash. The same browser's invitation code, taken from a link, waits here too.
"""

import hmac
import secrets
from collections import OrderedDict
from dataclasses import dataclass
from typing import Generic, TypeVar

from portal.ui.web.cookies import digest

Held = TypeVar("Held")
TICKET_SECONDS = 30
CODE_SECONDS = 60 * 60
MOST_CODES = 10_000  # anybody may hand one in: the oldest gives way


@dataclass(frozen=True, slots=True, repr=False)
class _Ticket(Generic[Held]):
    held: Held
    pre: str
    ends: int


class Tickets(Generic[Held]):
    """What waits for its browser. Not thread-safe: the desk holds the lock."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Ticket[Held]] = {}

    def issue(self, held: Held, pre: str, now: int) -> str:
        """Return a ticket for `held` that only the browser `pre` can use."""
        ticket = secrets.token_urlsafe(32)
        self._waiting[digest(ticket)] = _Ticket(held, digest(pre), now + TICKET_SECONDS)
        return ticket

    def waits(self, ticket: str, now: int) -> bool:
        """Say whether the ticket is neither used nor late."""
        found = self._waiting.get(digest(ticket))
        return found is not None and now < found.ends

    def take(self, ticket: str, pre: str, now: int) -> Held | None:
        """Return what the ticket stands for, once. None when unknown, used, late or brought by another browser."""
        key = digest(ticket)
        found = self._waiting.get(key)
        if found is None or now >= found.ends or not hmac.compare_digest(found.pre, digest(pre)):
            return None
        del self._waiting[key]
        return found.held

    def expired(self, now: int | None) -> list[Held]:
        """Remove and return what nobody fetched in time; with None, everything."""
        late = [key for key, ticket in self._waiting.items() if now is None or now >= ticket.ends]
        return [self._waiting.pop(key).held for key in late]


class Codes:
    """One invitation code a browser, kept until an hour after that browser's last action. Not thread-safe."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[str, int]] = OrderedDict()

    def hold(self, pre: str, code: str, now: int) -> None:
        """Keep `code` for the browser `pre`, in place of an earlier one."""
        self.drop(pre)
        self._held[digest(pre)] = (code, now + CODE_SECONDS)
        while len(self._held) > MOST_CODES:
            self._held.popitem(last=False)

    def get(self, pre: str, now: int) -> str | None:
        """Return the code that this browser brought, or None."""
        code, ends = self._held.get(digest(pre), ("", 0))
        return code if now < ends else None

    def keep(self, pre_digest: str, now: int) -> None:
        """Somebody acted in this browser: its hour begins again."""
        if pre_digest in self._held:
            self._held[pre_digest] = (self._held[pre_digest][0], now + CODE_SECONDS)

    def drop(self, pre: str) -> None:
        """Forget this browser's code."""
        self._held.pop(digest(pre), None)

    def sweep(self, now: int) -> None:
        """Forget what is older than its hour."""
        for key in [key for key, (_, ends) in self._held.items() if now >= ends]:
            del self._held[key]
