"""The join box and the pairwise secret: only the invitation's key opens it, and only under its code."""

import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.crypto.hpke import link_secret, new_seed, public_bytes, safety_number, seal_join, unseal_join
from portal.crypto.sealing import encode
from portal.errors import Tampered

SEED, OTHER_SEED = bytes(range(32)), bytes(range(1, 33))
PUBLIC = public_bytes(SEED)
CODE, OTHER_CODE = b"c" * 32, b"d" * 32
PART, R = b"p" * 32, b"r" * 32
ENCAPSULATED = 1088 + 32  # bytes of ML-KEM-768 ciphertext and X25519 key before the sealed part

secrets = st.binary(min_size=32, max_size=32)


def test_seeds_are_fresh_and_32_bytes():
    assert len(new_seed()) == 32
    assert new_seed() != new_seed()


def test_a_seed_stands_for_one_key_pair():
    assert len(PUBLIC) == 1184 + 32
    assert public_bytes(SEED) == PUBLIC
    assert public_bytes(OTHER_SEED) != PUBLIC


@settings(max_examples=30)
@given(secrets, secrets, st.binary(max_size=300))
def test_what_the_joiner_seals_the_inviter_opens(seed, code, payload):
    box = seal_join(public_bytes(seed), code, payload)

    assert unseal_join(seed, code, box) == payload
    assert len(box) == ENCAPSULATED + len(payload) + 16


def test_two_boxes_of_one_payload_differ():
    assert seal_join(PUBLIC, CODE, b"part") != seal_join(PUBLIC, CODE, b"part")


def test_another_code_is_refused():
    with pytest.raises(Tampered):
        unseal_join(SEED, OTHER_CODE, seal_join(PUBLIC, CODE, b"part"))


def test_another_key_is_refused():
    with pytest.raises(Tampered):
        unseal_join(OTHER_SEED, CODE, seal_join(PUBLIC, CODE, b"part"))


@settings(max_examples=50)
@given(st.data())
def test_no_byte_can_be_changed(data):
    box = bytearray(seal_join(PUBLIC, CODE, b"part"))
    box[data.draw(st.integers(0, len(box) - 1))] ^= data.draw(st.integers(1, 255))

    # X25519 ignores the top bit of a key, but X-Wing hashes the key as sent.
    with pytest.raises(Tampered):
        unseal_join(SEED, CODE, bytes(box))


@pytest.mark.parametrize("at", [0, 1087, 1088, ENCAPSULATED - 1, ENCAPSULATED, -1])
def test_no_part_of_a_box_can_be_changed(at):
    box = bytearray(seal_join(PUBLIC, CODE, b"part"))
    box[at] ^= 0x80

    with pytest.raises(Tampered):
        unseal_join(SEED, CODE, bytes(box))


@pytest.mark.parametrize("size", [0, 1, 32, 1088, ENCAPSULATED, ENCAPSULATED + 15, ENCAPSULATED + 19])
def test_a_box_cut_short_is_refused(size):
    with pytest.raises(Tampered):
        unseal_join(SEED, CODE, seal_join(PUBLIC, CODE, b"part")[:size])


def test_a_box_with_more_behind_it_is_refused():
    with pytest.raises(Tampered):
        unseal_join(SEED, CODE, seal_join(PUBLIC, CODE, b"part") + b"\0")


def test_a_box_with_a_worthless_x25519_key_is_refused():
    box = seal_join(PUBLIC, CODE, b"part")

    with pytest.raises(Tampered):
        unseal_join(SEED, CODE, box[:1088] + bytes(32) + box[ENCAPSULATED:])


@pytest.mark.parametrize(
    "public",
    [b"", PUBLIC[:-1], PUBLIC + b"\0", PUBLIC[:1184], b"\xff" * 1184 + PUBLIC[1184:], PUBLIC[:1184] + bytes(32)],
    ids=["empty", "short", "long", "half", "no point of ML-KEM", "worthless X25519"],
)
def test_a_broken_public_key_is_refused(public):
    with pytest.raises(Tampered):
        seal_join(public, CODE, b"part")


def test_the_pairwise_secret_is_made_as_the_design_says():
    assert link_secret(PART, R, CODE) == hmac.digest(PART, encode(b"fsp1", "link", R, CODE) + b"\x01", "sha256")


def test_the_pairwise_secret_depends_on_both_sides_and_the_code():
    mixed = {
        link_secret(PART, R, CODE),
        link_secret(b"q" * 32, R, CODE),
        link_secret(PART, b"s" * 32, CODE),
        link_secret(PART, R, OTHER_CODE),
        link_secret(PART, CODE, R),
    }

    assert len(mixed) == 5


@given(secrets)
def test_the_safety_number_has_30_digits(link):
    number = safety_number(link)

    assert len(number) == 30
    assert number.isdecimal()
    assert number == safety_number(link)
    block = hmac.digest(link, encode(b"fsp1", "safety") + b"\x01", "sha256")
    assert int(number) == int.from_bytes(block, "big") % 10**30


@given(secrets, secrets)
def test_another_link_has_another_number(one, other):
    assert (safety_number(one) == safety_number(other)) == (one == other)
