"""Codes that people read, type and say: invitation codes and recovery codes.

Crockford's base 32 (no I, L, O, U) with a Luhn mod 32 character at the end, which
catches every single slip and nearly every swap of neighbours. As a secret a code is
SHA-256 of its other characters: with 115 bits and more nothing slower is needed.
"""

import hashlib
import secrets

from portal.errors import CodeMistyped, CodeOfWrongLength
from portal.newtypes import Secret

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
INVITATION = 24  # characters: 23 random = 115 bits
RECOVERY = 32  # characters: 31 random = 155 bits
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def make(length: int) -> str:
    """Return a fresh code of `length` characters, the last of which is the check."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return body + check(body)


def check(body: str) -> str:
    """Return the Luhn mod 32 character of `body`."""
    total = 0
    for step, sign in enumerate(reversed(body)):
        total += sum(divmod(ALPHABET.index(sign) * (2 - step % 2), 32))
    return ALPHABET[-total % 32]


def read(typed: str, length: int) -> str:
    """Return the code that was meant: case, spaces, dashes, O for 0, I and L for 1 are forgiven.

    Raises `CodeOfWrongLength`, or `CodeMistyped` when a character or the check does not fit.
    """
    code = "".join(typed.upper().split()).translate(_FORGIVEN)
    if len(code) != length:
        raise CodeOfWrongLength(length, len(code))
    if not set(code) <= set(ALPHABET) or check(code[:-1]) != code[-1]:
        raise CodeMistyped
    return code


def secret_of(code: str) -> Secret:
    """Return the 32-byte secret of a code as `make` or `read` gave it."""
    return Secret(hashlib.sha256(code[:-1].encode()).digest())
