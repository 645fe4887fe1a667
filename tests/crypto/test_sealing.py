"""Sealing: one place, one secret, one size of a ladder; everything else is refused."""

import hmac
import struct

import pytest
from cryptography.cobblestone import Cobblestone256Encryptor
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.crypto.sealing import FORMAT, LADDER, ROOM, Place, encode, place, prf, seal, step_for, unseal
from portal.errors import Tampered, TooLong

SECRET, OTHER = bytes(range(32)), bytes(range(1, 33))
HERE = place(SECRET, "shelf", 0)

secrets = st.binary(min_size=32, max_size=32)
parts = st.one_of(st.binary(max_size=20), st.text(max_size=10), st.integers(0, 2**64 - 1))
names = st.lists(parts, max_size=5)
steps = st.sampled_from(LADDER)


def blob(part):
    return part.encode() if isinstance(part, str) else struct.pack(">Q", part) if isinstance(part, int) else part


def sealed_as_is(at: Place, padded: bytes) -> bytes:
    box = Cobblestone256Encryptor(at.key, at.context)
    return box.update(padded) + box.finalize()


# Encoding and derivation


def test_the_encoding_is_lengths_and_parts():
    assert encode(b"fsp1", "é", 1) == b"\0\0\0\4fsp1" + b"\0\0\0\2\xc3\xa9" + b"\0\0\0\x08" + b"\0\0\0\0\0\0\0\1"
    assert encode() == b""


def test_parts_do_not_run_into_each_other():
    assert encode("ab", "c") != encode("a", "bc") != encode("abc")
    assert encode("") != encode()


@given(names, names)
def test_the_encoding_is_injective(one, other):
    assume([blob(part) for part in one] != [blob(part) for part in other])

    assert encode(*one) != encode(*other)


@given(names)
def test_the_encoding_can_be_read_back(name):
    rest, found = encode(*name), []
    while rest:
        (size,) = struct.unpack(">I", rest[:4])
        found.append(rest[4 : 4 + size])
        rest = rest[4 + size :]

    assert found == [blob(part) for part in name]


@pytest.mark.parametrize("number", [-1, 2**64])
def test_a_number_that_is_no_u64_is_refused(number):
    with pytest.raises(struct.error):
        encode(number)


@given(secrets, names, st.integers(1, 32))
def test_prf_is_the_first_block_of_hkdf_expand(secret, label, size):
    block = hmac.digest(secret, encode(b"fsp1", *label) + b"\x01", "sha256")

    assert prf(secret, *label, size=size) == block[:size]


@given(secrets, names)
def test_a_place_is_made_as_the_design_says(secret, name):
    at = place(secret, *name)

    assert struct.pack(">q", at.loc) == prf(secret, "loc", *name, size=8)
    assert at.key == prf(secret, "key", *name)
    assert at.context == encode(FORMAT, *name, struct.pack(">q", at.loc))
    assert at == place(secret, *name)


@given(secrets, secrets, names, names)
def test_another_secret_or_name_is_another_place(secret, other, name, renamed):
    assume(secret != other and [blob(part) for part in name] != [blob(part) for part in renamed])
    here = place(secret, *name)

    for there in (place(other, *name), place(secret, *renamed)):
        assert there.loc != here.loc
        assert there.key != here.key
        assert there.context != here.context


# The ladder


def test_the_ladder_and_its_rooms_are_those_of_the_format():
    overheads = [step - room for step, room in ROOM.items()]

    assert LADDER == (1_000, 2_020, 4_050, 8_660, 16_850, 33_220, 65_950)
    assert overheads == [72 + 4, 72 + 4, 72 + 4, 72 + 4, 88 + 4, 104 + 4, 136 + 4]


@pytest.mark.parametrize("step", LADDER)
def test_each_room_fills_its_row_to_the_byte_and_one_more_takes_the_next(step):
    full = seal(HERE, b"x" * ROOM[step])
    assert len(full) == step
    assert unseal(HERE, full) == b"x" * ROOM[step]

    if step == LADDER[-1]:
        with pytest.raises(TooLong):
            seal(HERE, b"x" * (ROOM[step] + 1))
    else:
        assert len(seal(HERE, b"x" * (ROOM[step] + 1))) == LADDER[LADDER.index(step) + 1]


@given(st.integers(0, ROOM[LADDER[-1]]), steps)
def test_the_step_is_the_lowest_that_fits_and_is_allowed(size, smallest):
    step = step_for(size, smallest)

    assert step in LADDER
    assert ROOM[step] >= size
    assert step >= smallest
    assert not [lower for lower in LADDER if smallest <= lower < step and ROOM[lower] >= size]


@given(st.integers(1, 10**9))
def test_too_long_says_by_how_much_and_nothing_else(excess):
    with pytest.raises(TooLong) as refusal:
        step_for(ROOM[LADDER[-1]] + excess)

    assert refusal.value.excess == excess
    assert str(refusal.value) == "too long"


# Seal and unseal


@given(secrets, names, st.binary(max_size=3_000), steps)
def test_what_was_sealed_opens_at_its_place(secret, name, payload, smallest):
    at = place(secret, *name)
    sealed = seal(at, payload, smallest)

    assert unseal(at, sealed) == payload
    assert len(sealed) == step_for(len(payload), smallest)


@pytest.mark.parametrize("payload", [b"", b"\0", b"\0\0\0\0", b"ends in zeros\0\0\0"])
def test_zeros_of_the_payload_are_not_taken_for_padding(payload):
    assert unseal(HERE, seal(HERE, payload)) == payload


def test_two_seals_of_one_payload_differ():
    assert seal(HERE, b"words")[:24] != seal(HERE, b"words")[:24]


def test_the_payload_does_not_show():
    assert b"words" not in seal(HERE, b"words" * 100)


@given(st.binary(max_size=1_500), st.data())
def test_no_byte_can_be_changed(payload, data):
    sealed = bytearray(seal(HERE, payload))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))

    with pytest.raises(Tampered):
        unseal(HERE, bytes(sealed))


def test_no_bit_of_a_row_can_be_flipped():
    sealed = seal(HERE, b"words")
    for i in range(len(sealed)):
        changed = bytearray(sealed)
        changed[i] ^= 1 << (i % 8)
        with pytest.raises(Tampered):
            unseal(HERE, bytes(changed))


@pytest.mark.parametrize("size", [10, 16_384, 20_000, 40_000, 65_000])
def test_a_row_cannot_be_cut_extended_or_reordered(size):
    sealed = seal(HERE, b"x" * size)
    chunk = 16_384 + 16
    first, second = sealed[56 : 56 + chunk], sealed[56 + chunk : 56 + 2 * chunk]
    damaged = [sealed[:cut] for cut in (0, 1, 24, 55, 56, 72, len(sealed) - 16, len(sealed) - 1)]
    damaged += [sealed + b"\0", sealed + sealed, sealed[1:]]
    if len(second) == chunk:
        damaged += [sealed[:56] + second + first + sealed[56 + 2 * chunk :], sealed[: 56 + chunk]]

    for row in damaged:
        with pytest.raises(Tampered):
            unseal(HERE, row)


@given(st.binary(max_size=2_000))
def test_bytes_that_nobody_sealed_are_refused(row):
    with pytest.raises(Tampered):
        unseal(HERE, row)


@pytest.mark.parametrize(
    "there",
    [
        place(SECRET, "shelf", 1),
        place(SECRET, "door"),
        place(OTHER, "shelf", 0),
        HERE._replace(key=OTHER),
        HERE._replace(context=b""),
        HERE._replace(context=place(SECRET, "shelf", 1).context),
        HERE._replace(context=HERE.context + b"\0"),
    ],
    ids=["other number", "other name", "other secret", "other key", "no context", "other context", "longer context"],
)
def test_a_row_opens_nowhere_else(there):
    sealed = seal(HERE, b"words")

    with pytest.raises(Tampered):
        unseal(there, sealed)


@pytest.mark.parametrize(
    "padded",
    [
        b"",
        b"\0\0",
        struct.pack(">I", 6) + b"words",
        struct.pack(">I", 2**32 - 1) + b"words",
        struct.pack(">I", 4) + b"words",
    ],
    ids=["nothing", "half a length", "one too long", "far too long", "padding is not zeros"],
)
def test_a_payload_of_another_shape_is_refused_though_it_opens(padded):
    with pytest.raises(Tampered):
        unseal(HERE, sealed_as_is(HERE, padded))


def test_a_refusal_says_nothing():
    with pytest.raises(Tampered) as refusal:
        unseal(HERE, bytes(1_000))

    assert str(refusal.value) == ""
    assert refusal.value.__suppress_context__
