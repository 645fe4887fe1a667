"""Codes: forgiving about how they are typed, strict about what they are."""

import hashlib
import re
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.crypto import codes
from portal.crypto.codes import ALPHABET, INVITATION, RECOVERY, check, make, read, secret_of
from portal.errors import CodeMistyped, CodeOfWrongLength

LENGTHS = [INVITATION, RECOVERY]
KNOWN = "7ZQ4MBHX0T2KDC81NRVW5PE" + check("7ZQ4MBHX0T2KDC81NRVW5PE")

lengths = st.sampled_from(LENGTHS)
bodies = lengths.flatmap(lambda n: st.text(ALPHABET, min_size=n - 1, max_size=n - 1))
whole = bodies.map(lambda body: body + check(body))


def test_the_alphabet_has_32_signs_and_none_that_look_alike():
    assert len(set(ALPHABET)) == len(ALPHABET) == 32
    assert not set("ILOU") & set(ALPHABET)


@pytest.mark.parametrize(("length", "bits"), [(INVITATION, 115), (RECOVERY, 155)])
def test_a_code_holds_the_bits_it_promises(length, bits):
    code = make(length)

    assert len(code) == length
    assert (length - 1) * 5 == bits
    assert read(code, length) == code


def test_every_character_but_the_check_is_drawn(monkeypatch):
    drawn = iter("7ZQ4MBHX0T2KDC81NRVW5PE")
    monkeypatch.setattr(codes.secrets, "choice", lambda signs: next(drawn) if signs == ALPHABET else None)

    assert make(INVITATION) == KNOWN
    assert next(drawn, None) is None


def test_codes_differ():
    assert len({make(INVITATION) for _ in range(100)}) == 100


@given(whole, st.data())
def test_every_single_slip_is_caught(code, data):
    at = data.draw(st.integers(0, len(code) - 1))
    slip = data.draw(st.sampled_from(ALPHABET.replace(code[at], "")))

    with pytest.raises(CodeMistyped):
        read(code[:at] + slip + code[at + 1 :], len(code))


def test_every_single_slip_in_one_code_is_caught():
    for at, right in enumerate(KNOWN):
        for slip in ALPHABET.replace(right, ""):
            with pytest.raises(CodeMistyped):
                read(KNOWN[:at] + slip + KNOWN[at + 1 :], INVITATION)


def test_swaps_of_neighbours_are_caught_but_for_the_first_and_last_sign():
    missed = set()
    for one in ALPHABET:
        for other in ALPHABET:
            body = "7" * 10 + one + other + "7" * 11
            swapped = "7" * 10 + other + one + "7" * 11
            if one != other and check(body) == check(swapped):
                missed.add(frozenset((one, other)))

    assert missed == {frozenset("0Z")}


@given(whole, st.data())
def test_a_code_is_understood_however_it_is_typed(code, data):
    alike = {"0": "0Oo", "1": "1IiLl"}
    signs = [data.draw(st.sampled_from(alike.get(sign, sign + sign.lower()))) for sign in code]
    between = st.text(" -\t\n\u00a0", max_size=2)

    typed = data.draw(between) + "".join(sign + data.draw(between) for sign in signs)

    assert read(typed, len(code)) == code


@given(whole)
def test_the_printed_groups_are_read_back(code):
    printed = "-".join(wrap(code, 4))

    assert re.fullmatch(rf"([{ALPHABET}]{{4}}-)+[{ALPHABET}]{{4}}", printed)
    assert read(printed, len(code)) == code
    assert read(printed.lower(), len(code)) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        KNOWN[:-1],
        KNOWN + "0",
        KNOWN[:-1] + "U",
        KNOWN[:-1] + "é",
        KNOWN[:-1] + "\ud800",
        KNOWN[:5] + "*" + KNOWN[6:],
    ],
)
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(CodeMistyped):
        read(typed, INVITATION)


def test_a_code_of_the_other_length_is_refused():
    with pytest.raises(CodeMistyped):
        read(make(RECOVERY), INVITATION)
    with pytest.raises(CodeMistyped):
        read(make(INVITATION), RECOVERY)


@given(st.text(st.characters(exclude_categories=()), max_size=60), lengths)
def test_any_text_is_a_code_or_refused(typed, length):
    try:
        code = read(typed, length)
    except CodeMistyped:
        return
    assert set(code) <= set(ALPHABET)
    assert code == code[:-1] + check(code[:-1])


def test_a_wrong_length_is_counted_without_what_is_forgiven():
    with pytest.raises(CodeOfWrongLength) as refusal:
        read(" oil0-1 ", INVITATION)

    assert (refusal.value.length, refusal.value.typed, str(refusal.value)) == (INVITATION, 5, "")


def test_a_refusal_repeats_nothing_of_what_was_typed():
    with pytest.raises(CodeMistyped) as refusal:
        read(KNOWN[:-1] + "*", INVITATION)

    assert str(refusal.value) == ""


def test_the_secret_is_the_hash_of_all_but_the_check():
    assert secret_of(KNOWN) == hashlib.sha256(KNOWN[:-1].encode()).digest()


@given(whole, whole)
def test_one_code_has_one_secret(one, other):
    assert (secret_of(one) == secret_of(other)) == (one == other)
