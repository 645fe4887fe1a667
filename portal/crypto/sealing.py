"""Seal bytes for one place, under one secret.

A place is the address, the key and the context of one row, all derived from a
secret and a name. A sealed row opens only at the place it was sealed for: moved,
altered, cut or under another secret it is refused alike. The cipher is
Cobblestone-256 (C2SP chunked-encryption: HKDF-Expand-SHA-512 and AES-256-GCM with
a 192-bit salt and a key commitment) from `cryptography`; derivation is
HKDF-Expand-SHA-256 (RFC 5869). PROTOCOL.md, section 2, gives the layout.
"""

import struct
from typing import NamedTuple

from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from portal.errors import Tampered, TooLong
from portal.newtypes import Location

FORMAT = b"fsp1"
LADDER = (1_000, 2_020, 4_050, 8_660, 16_850, 33_220, 65_950)  # bytes of a sealed row; each fills whole 4 KiB pages
_CHUNK = 16_384  # Cobblestone seals in chunks of 16 KiB
_HEADER = 56  # 24 bytes of salt, 32 of key commitment
_TAG = 16  # one for each chunk, and one more when the last chunk is full
_LENGTH = 4

Part = bytes | str | int


class Place(NamedTuple):
    """Where one row lies and how it is sealed: address, 32-byte key, context."""

    loc: Location
    key: bytes
    context: bytes


def encode(*parts: Part) -> bytes:
    """Join parts with their lengths, so that ("ab", "c") and ("a", "bc") differ. Integers are u64, big-endian."""
    blobs = [_blob(part) for part in parts]
    return b"".join(struct.pack(">I", len(blob)) + blob for blob in blobs)


def _blob(part: Part) -> bytes:
    if isinstance(part, str):
        return part.encode("utf-8", "surrogatepass")  # a name nobody can have still has to be refused like any other
    return struct.pack(">Q", part) if isinstance(part, int) else part


def prf(secret: bytes, *label: Part, size: int = 32) -> bytes:
    """Return `size` bytes that depend on `secret` and `label` and tell nothing about either (HKDF-Expand, RFC 5869)."""
    return _expand(secret, encode(FORMAT, *label), size)


def _expand(secret: bytes, info: bytes, size: int) -> bytes:
    return HKDFExpand(hashes.SHA256(), size, info).derive(secret)


_NAME, _LOC, _KEY = encode(FORMAT), encode(FORMAT, "loc"), encode(FORMAT, "key")


def place(secret: bytes, *name: Part) -> Place:
    """Return the one place of the row called `name` under `secret`."""
    told = encode(*name)
    loc, key = _expand(secret, _LOC + told, 8), _expand(secret, _KEY + told, 32)
    return Place(Location(struct.unpack(">q", loc)[0]), key, _NAME + told + encode(loc))


def _room(step: int) -> int:
    """Bytes of payload that a row of `step` bytes holds."""
    chunks = next(n for n in range(1, 9) if (step - _HEADER - _TAG * n) // _CHUNK + 1 == n)
    return step - _HEADER - _TAG * chunks - _LENGTH


ROOM = {step: _room(step) for step in LADDER}


def step_for(size: int, smallest: int = LADDER[0]) -> int:
    """Return the size of the row that holds `size` bytes of payload. Raises `TooLong` past the largest."""
    for step in LADDER:
        if step >= smallest and ROOM[step] >= size:
            return step
    raise TooLong(size - ROOM[LADDER[-1]])


def seal(at: Place, payload: bytes, smallest: int = LADDER[0]) -> bytes:
    """Return `payload` sealed for `at`, padded to a step of the ladder. Raises `TooLong`."""
    room = ROOM[step_for(len(payload), smallest)]
    box = Cobblestone256Encryptor(at.key, at.context)
    padded = struct.pack(">I", len(payload)) + payload + bytes(room - len(payload))
    return box.update(padded) + box.finalize()


def unseal(at: Place, sealed: bytes) -> bytes:
    """Return the payload, or raise `Tampered`. Never returns part of one."""
    box = Cobblestone256Decryptor(at.key, at.context)
    try:
        padded = box.update(sealed) + box.finalize()
    except (InvalidTag, ValueError):
        raise Tampered from None
    size = struct.unpack(">I", padded[:_LENGTH])[0] if len(padded) >= _LENGTH else len(padded)
    if size > len(padded) - _LENGTH or padded[_LENGTH + size :] != bytes(len(padded) - _LENGTH - size):
        raise Tampered
    return padded[_LENGTH : _LENGTH + size]
