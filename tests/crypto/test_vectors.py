"""Public vectors, against the primitives as our modules call them. Where they come from: tests/vectors/README.md."""

import base64
import hashlib
import json
import zlib
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from portal.crypto.hpke import private_key, public_bytes

FOLDER = Path(__file__).parent.parent / "vectors"


def blocks(name: str) -> list[dict[str, str]]:
    """Read a file of `field = value` lines in numbered blocks."""
    found: list[dict[str, str]] = []
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        field, equals, value = (part.strip() for part in line.partition("="))
        if line.startswith("#") or not equals:
            continue
        if field == "COUNT":
            found.append({})
        found[-1][field] = value
    return found


COBBLESTONE = json.loads((FOLDER / "cobblestone-256.json").read_text("utf-8"))["vectors"]
XWING = json.loads((FOLDER / "hpke-xwing.json").read_text("utf-8"))
ARGON2ID, HKDF = blocks("argon2id.txt"), blocks("rfc-5869-HKDF-SHA256.txt")
KDFS = {0x0001: hpke.KDF.HKDF_SHA256, 0x0011: hpke.KDF.SHAKE256}
KEY = bytes(range(32))
AEADS = {0x0003: hpke.AEAD.CHACHA20_POLY1305}


def test_every_vector_is_there():
    assert [len(vectors) for vectors in (COBBLESTONE, XWING, ARGON2ID, HKDF)] == [34, 2, 6, 3]
    assert sum(vector["expect"] == "success" for vector in COBBLESTONE) == 9


def ciphertext(vector: dict[str, Any]) -> bytes:
    sealed = base64.b64decode(vector["ciphertext"] or "")
    return zlib.decompress(sealed) if vector.get("compressed") else sealed


def opened(digest: hashes.HashAlgorithm, key: bytes, context: bytes, sealed: bytes) -> bytes:
    """Open by the text of c2sp.org/chunked-encryption, in the plainest way, with any hash for the derivation."""
    if len(key) != 32 or len(sealed) < 56:
        raise InvalidTag
    info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0" + sealed[:24] + context
    derived = HKDFExpand(digest, 32 + 12 + 32, info).derive(key)
    if derived[44:] != sealed[24:56]:
        raise InvalidTag
    cipher, base, plain, rest = AESGCM(derived[:32]), int.from_bytes(derived[32:44], "big"), b"", sealed[56:]
    for number in count():
        chunk, rest = rest[: 16_384 + 16], rest[16_384 + 16 :]
        if len(chunk) < 16:
            raise InvalidTag
        plain += cipher.decrypt((base ^ number).to_bytes(12, "big"), chunk, None)
        if len(chunk) < 16_384 + 16:
            break
    if rest:
        raise InvalidTag
    return plain


@pytest.mark.parametrize("vector", COBBLESTONE, ids=lambda vector: vector["comment"])
def test_chunked_encryption(vector):
    """The vectors derive with SHA-256, Cobblestone with SHA-512: they prove `opened`, which then proves Cobblestone."""
    key, context, sealed = bytes.fromhex(vector["key"]), vector["context"].encode(), ciphertext(vector)

    if vector["expect"] == "success":
        payload = opened(hashes.SHA256(), key, context, sealed)
        assert len(payload) == vector["payload_length"]
        assert hashlib.sha256(payload).hexdigest() == vector["payload_sha256"]
    else:
        with pytest.raises(InvalidTag):
            opened(hashes.SHA256(), key, context, sealed)


@pytest.mark.parametrize("size", [0, 1, 16_383, 16_384, 16_385, 32_768, 65_810, 257 * 16_384 + 1])
def test_cobblestone_is_chunked_encryption_with_sha512(size):
    payload = bytes(range(256)) * (size // 256) + bytes(size % 256)
    box = Cobblestone256Encryptor(KEY, b"context\0")
    sealed = box.update(payload) + box.finalize()

    assert opened(hashes.SHA512(), KEY, b"context\0", sealed) == payload


@pytest.mark.parametrize("vector", COBBLESTONE, ids=lambda vector: vector["comment"])
def test_cobblestone_refuses_what_was_derived_with_another_hash(vector):
    key, context, sealed = bytes.fromhex(vector["key"]), vector["context"].encode(), ciphertext(vector)

    with pytest.raises(InvalidTag if len(key) == 32 else ValueError):
        unsealed(key, context, sealed)


def unsealed(key: bytes, context: bytes, sealed: bytes) -> bytes:
    box = Cobblestone256Decryptor(key, context)
    return box.update(sealed) + box.finalize()


@pytest.mark.parametrize("vector", XWING, ids=lambda vector: f"kdf {vector['kdf_id']}")
def test_xwing_key_pair_from_its_seed(vector):
    assert public_bytes(bytes.fromhex(vector["skRm"])) == bytes.fromhex(vector["pkRm"])


@pytest.mark.parametrize("vector", XWING, ids=lambda vector: f"kdf {vector['kdf_id']}")
def test_xwing_opens(vector):
    first = vector["encryptions"][0]  # a Suite seals one message a key: the later ones of a vector have no call
    suite = hpke.Suite(hpke.KEM.MLKEM768_X25519, KDFS[vector["kdf_id"]], AEADS[vector["aead_id"]])
    box = bytes.fromhex(vector["enc"] + first["ct"])
    key, info = private_key(bytes.fromhex(vector["skRm"])), bytes.fromhex(vector["info"])

    # Each message of the vectors has associated data, which the public call leaves out.
    payload = openssl.hpke._decrypt_with_aad(suite, box, key, info, bytes.fromhex(first["aad"]))

    assert payload == bytes.fromhex(first["pt"])


@pytest.mark.parametrize("vector", ARGON2ID, ids=lambda vector: vector["COUNT"])
def test_argon2id(vector):
    kdf = Argon2id(
        salt=bytes.fromhex(vector["salt"]),
        length=int(vector["length"]),
        iterations=int(vector["iter"]),
        lanes=int(vector["lanes"]),
        memory_cost=int(vector["memcost"]),
        secret=bytes.fromhex(vector.get("secret", "")) or None,
        ad=bytes.fromhex(vector.get("ad", "")) or None,
    )

    assert kdf.derive(bytes.fromhex(vector["pass"])) == bytes.fromhex(vector["output"])


@pytest.mark.parametrize("vector", HKDF, ids=lambda vector: vector["COUNT"])
def test_hkdf_expand(vector):
    kdf = HKDFExpand(hashes.SHA256(), int(vector["L"]), bytes.fromhex(vector["info"]))

    assert kdf.derive(bytes.fromhex(vector["PRK"])) == bytes.fromhex(vector["OKM"])
