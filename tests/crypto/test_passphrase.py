"""Passphrases: the same secret for the same person, and never more derivations at once than the computer bears."""

import hmac
import queue
import threading
import unicodedata

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import assume, example, given
from hypothesis import strategies as st

from portal.crypto import passphrase as module
from portal.crypto.passphrase import CHEAPEST, QUEUE, STANDARD, Gate, fold, stretch
from portal.crypto.sealing import encode
from portal.errors import Busy
from portal.newtypes import Secret

PEPPER, OTHER = bytes(range(32)), bytes(range(1, 33))
NAME, PASSPHRASE = "maple river", "violet lamps hum over the canal"
PATIENCE = 30  # seconds: a test that waits longer has hung

texts = st.text(max_size=40)
anything = st.text(st.characters(exclude_categories=()), max_size=40)


def cheap(name: str = NAME, passphrase: str = PASSPHRASE, pepper: bytes = PEPPER) -> bytes:
    return stretch(Secret(pepper), name, passphrase, CHEAPEST)


# The derivation


def test_the_standard_cost_is_a_constant_of_the_format():
    assert (STANDARD.iterations, STANDARD.memory) == (3, 131_072)
    assert STANDARD.memory >= 19 * 1024
    assert STANDARD.iterations >= 2


def test_the_standard_profile_is_the_default_and_is_argon2id_with_one_lane():
    salt = hmac.digest(PEPPER, encode(b"fsp1", "name", NAME) + b"\x01", "sha256")
    kdf = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=131_072, secret=PEPPER)

    assert stretch(PEPPER, NAME, PASSPHRASE) == kdf.derive(PASSPHRASE.encode())


def test_the_secret_depends_on_everything():
    assert cheap() == cheap()
    assert len(cheap()) == 32
    assert len({cheap(), cheap(name="maple lake"), cheap(passphrase=PASSPHRASE + "s"), cheap(pepper=OTHER)}) == 4
    assert cheap() != stretch(PEPPER, NAME, PASSPHRASE, module.Profile(iterations=2, memory=64))
    assert cheap() != stretch(PEPPER, NAME, PASSPHRASE, module.Profile(iterations=1, memory=128))


@pytest.mark.parametrize("typed", ["Maple River", "MAPLE RIVER", "ｍaple river", "maple\u00a0river"], ids=ascii)
def test_a_name_is_the_same_however_it_is_typed(typed):
    assert cheap(name=typed) == cheap()


@pytest.mark.parametrize(
    ("one", "other"),
    [("STRASSE", "straße"), ("é", "e\u0301"), ("É", "e\u0301"), ("ﬁn", "FIN"), ("ΣΑΣ", "σας"), ("ǰ", "J\u030c")],
)
def test_names_are_folded_in_any_script(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("maple", "mapl"), ("a b", "ab"), ("é", "e"), ("ñ", "n"), ("", " ")])
def test_other_names_stay_apart(one, other):
    assert fold(one) != fold(other)


@given(texts)
def test_folding_is_final(name):
    assert fold(fold(name)) == fold(name)
    assert unicodedata.is_normalized("NFKC", fold(name))
    assert fold(unicodedata.normalize("NFD", name)) == fold(name)


def test_folding_a_single_letter_is_final_for_every_letter():
    signs = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000]

    assert [sign for sign in signs if fold(fold(sign)) != fold(sign)] == []


def test_a_passphrase_is_the_same_composed_and_decomposed():
    text = "mañana será otro día"

    assert cheap(passphrase=unicodedata.normalize("NFD", text)) == cheap(passphrase=unicodedata.normalize("NFC", text))


def test_a_passphrase_is_never_folded_or_trimmed():
    near = [PASSPHRASE, PASSPHRASE.title(), PASSPHRASE + " ", PASSPHRASE.replace(" ", "\u00a0"), "fi", "ﬁ", "FI", ""]

    assert len({cheap(passphrase=text) for text in near}) == len(near)


@given(texts, texts)
def test_two_passphrases_have_one_secret_only_when_they_are_one(one, other):
    assume(unicodedata.normalize("NFC", one) != unicodedata.normalize("NFC", other))

    assert cheap(passphrase=one) != cheap(passphrase=other)


@example("maple \ud800", "violet \ud800")
@given(anything, anything)
def test_any_text_is_an_ordinary_try(name, passphrase):
    assert len(cheap(name, passphrase)) == 32


# The gate


def run(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.daemon = True
        thread.start()


def test_eight_threads_derive_without_hanging():
    found: queue.Queue[bytes] = queue.Queue()
    run([threading.Thread(target=lambda: found.put(cheap())) for _ in range(8)])

    assert {found.get(timeout=PATIENCE) for _ in range(8)} == {cheap()}


def test_there_are_one_or_two_slots():
    assert module.GATE._running._value in (1, 2)
    assert QUEUE == 8


@pytest.mark.parametrize("slots", [1, 2])
def test_no_more_derive_at_once_than_there_are_slots(slots):
    gate, inside, leave = Gate(slots), queue.Queue(), threading.Event()

    def take_turn() -> None:
        with gate.turn():
            inside.put("in")
            leave.wait(PATIENCE)

    run([threading.Thread(target=take_turn) for _ in range(slots)])
    for _ in range(slots):
        inside.get(timeout=PATIENCE)

    assert not gate._running.acquire(blocking=False)  # nobody else gets in ...
    leave.set()
    assert gate._running.acquire(timeout=PATIENCE)  # ... until somebody leaves


@pytest.mark.parametrize("slots", [1, 2])
def test_the_queue_has_eight_places_and_then_says_busy(slots, monkeypatch):
    gate, arrived, go, done = Gate(slots), queue.Queue(), threading.Event(), queue.Queue()

    class Held:
        def __enter__(self) -> None:
            arrived.put("here")
            go.wait(PATIENCE)

        def __exit__(self, *_: object) -> None:
            done.put("gone")

    def take_turn() -> None:
        with gate.turn():
            pass

    monkeypatch.setattr(gate, "_running", Held())
    run([threading.Thread(target=take_turn) for _ in range(slots + QUEUE)])
    for _ in range(slots + QUEUE):
        arrived.get(timeout=PATIENCE)

    with pytest.raises(Busy):
        take_turn()
    go.set()
    for _ in range(slots + QUEUE):
        done.get(timeout=PATIENCE)


def test_a_failure_gives_its_turn_back():
    gate = Gate(1)
    for _ in range(QUEUE + 2):
        with pytest.raises(LookupError), gate.turn():
            raise LookupError

    with gate.turn():
        pass


def test_a_full_queue_refuses_and_derives_nothing(monkeypatch):
    full = Gate(1)
    for _ in range(1 + QUEUE):
        assert full._room.acquire(blocking=False)
    monkeypatch.setattr(module, "GATE", full)

    with pytest.raises(Busy):
        cheap()
    full._room.release()
    assert len(cheap()) == 32
