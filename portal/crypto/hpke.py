"""One X-Wing key pair an invitation, and the pairwise secret that grows from it.

The joiner's part travels under HPKE (RFC 9180) with ML-KEM-768 and X25519 (X-Wing,
draft-connolly-cfrg-xwing-kem), so that the code and an old copy of the file together
do not give the pairwise secret. A private key is kept as its 32-byte seed, which
SHAKE256 expands as the draft does.
"""

import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric import mlkem, x25519

from portal.crypto.sealing import FORMAT, encode, prf
from portal.errors import Tampered
from portal.newtypes import Secret

_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def new_seed() -> bytes:
    """Return 32 fresh random bytes: the private key as it is kept."""
    return secrets.token_bytes(32)


def _parts(seed: bytes) -> tuple[mlkem.MLKEM768PrivateKey, x25519.X25519PrivateKey]:
    raw = hashlib.shake_256(seed).digest(96)
    return mlkem.MLKEM768PrivateKey.from_seed_bytes(raw[:64]), x25519.X25519PrivateKey.from_private_bytes(raw[64:])


def private_key(seed: bytes) -> hpke.MLKEM768X25519PrivateKey:
    """Return the X-Wing private key that `seed` (32 bytes) stands for."""
    return hpke.MLKEM768X25519PrivateKey(*_parts(seed))


def public_bytes(seed: bytes) -> bytes:
    """Return the public key that belongs to `seed`: 1184 bytes of ML-KEM-768, then 32 of X25519."""
    return b"".join(key.public_key().public_bytes_raw() for key in _parts(seed))


def _public_key(raw: bytes) -> hpke.MLKEM768X25519PublicKey:
    try:
        return hpke.MLKEM768X25519PublicKey(
            mlkem.MLKEM768PublicKey.from_public_bytes(raw[:1184]), x25519.X25519PublicKey.from_public_bytes(raw[1184:])
        )
    except ValueError:
        raise Tampered from None


def _info(code_secret: Secret) -> bytes:
    return encode(FORMAT, "join", code_secret)


def seal_join(public: bytes, code_secret: Secret, payload: bytes) -> bytes:
    """Return `payload` sealed to the invitation's key, bound to its code. Raises `Tampered` for a broken key."""
    try:
        return _SUITE.encrypt(payload, _public_key(public), _info(code_secret))
    except ValueError:  # a worthless X25519 key: the shared secret would be zero
        raise Tampered from None


def unseal_join(seed: bytes, code_secret: Secret, box: bytes) -> bytes:
    """Return what the joiner sealed, or raise `Tampered`."""
    try:
        return _SUITE.decrypt(box, private_key(seed), _info(code_secret))
    except (InvalidTag, ValueError):
        raise Tampered from None


def link_secret(part: Secret, r: bytes, code_secret: Secret) -> Secret:
    """Return L, mixed from the joiner's `part`, the inviter's `r` and the code: 32 bytes that only these two hold."""
    return Secret(prf(part, "link", r, code_secret))


def safety_number(link: Secret) -> str:
    """Return 30 digits, the same on both screens; long, because a person in the middle could grind a short one."""
    return f"{int.from_bytes(prf(link, 'safety')) % 10**30:030d}"
