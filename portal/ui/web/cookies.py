"""The cookies of one store: who is signed in, which browser this is, which language it wants.

Cookies ignore ports, so two notebooks on one computer would overwrite each other's: each name ends
in the id of its store. Over TLS the names carry `__Host-`, which no other host can set.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass

from starlette.responses import Response

LANG = "lang"
_PRE = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True, slots=True)
class Cookies:
    """The names for one store, and how its cookies are set."""

    store: str
    secure: bool

    @property
    def sid(self) -> str:
        """The cookie of somebody who signed in. Only its hash is kept on the server."""
        return f"{self._start}sid-{self.store}"

    @property
    def pre(self) -> str:
        """The cookie of a browser: set with the first page, so that tickets and codes count only there."""
        return f"{self._start}pre-{self.store}"

    @property
    def _start(self) -> str:
        return "__Host-" if self.secure else ""

    def put(self, response: Response, name: str, value: str, *, age: int | None = None) -> None:
        """Set a cookie that no script can read and no other site is sent. Without an age it ends with the browser."""
        response.set_cookie(name, value, max_age=age, path="/", secure=self.secure, httponly=True, samesite="strict")

    def drop(self, response: Response, name: str) -> None:
        """Take a cookie back."""
        response.delete_cookie(name, path="/", secure=self.secure, httponly=True, samesite="strict")


def fresh() -> str:
    """Return a new random cookie value: 192 bits."""
    return secrets.token_urlsafe(24)


def well_formed(pre: str | None) -> bool:
    """Say whether a browser's cookie looks like one of ours."""
    return pre is not None and _PRE.fullmatch(pre) is not None


def digest(secret: str) -> str:
    """Return what the server keeps of a cookie or ticket."""
    return hashlib.sha256(secret.encode()).hexdigest()
