"""Names and passphrases: what is offered is good, what is refused is refused for a reason."""

import math
import re
import time
import tomllib
import unicodedata
from functools import partial
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zxcvbn import matching

from portal.circle import naming
from portal.circle.naming import check_name, check_passphrase, offer_name, offer_passphrase, strength
from portal.errors import BadName, TellingName, WeakPassphrase

TELLING = re.compile(
    "addict|adicc|adict|alcohol|drug|drog|substanc|sustanc|recover|recuper|rehab|sober|sobri|relaps|recaid|detox|desintox"
    "|withdrawal|treatment|tratamient|therap|terap|clinic|patient|pacient|naloxon|overdos|sobredos"
)
AVOIDED = tomllib.loads((Path(__file__).parents[1] / "library" / "avoided.toml").read_text("utf-8"))
GOOD = "violet lamps hum over the ninth canal"
EVERY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)


# What is offered


def listed(file: str) -> list[str]:
    """The words of a bundled list, without the notice above them."""
    text = (files("portal.circle") / file).read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def notice(file: str) -> str:
    return (files("portal.circle") / file).read_text("utf-8").partition("\na")[0]


def folded(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not unicodedata.combining(sign))


def test_the_list_of_eff_is_whole_and_carries_its_notice():
    words = listed("eff_large.txt")

    assert len(words) == len(set(words)) == 7776
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)?", word) for word in words)
    assert "CC BY 3.0 US" in notice("eff_large.txt")
    assert "Electronic Frontier Foundation" in notice("eff_large.txt")


def test_the_spanish_list_has_each_word_that_needs_no_accent_and_carries_its_notice():
    words = listed("palabras.txt")

    assert len(words) == len(set(words)) == 1714
    assert all(re.fullmatch(r"[a-z]{3,8}", word) for word in words)
    assert {"abeja", "zumo"} <= set(words)
    assert not {"arbol", "corazon", "musica", "sesion", "manana", "mañana"} & set(words)
    assert "BIP-39" in notice("palabras.txt")
    assert "The MIT License (MIT)" in notice("palabras.txt")


def test_each_word_that_is_left_out_stands_in_a_list_once():
    left_out = listed("left_out.txt")

    assert len(left_out) == len(set(left_out))
    assert all((word in listed("eff_large.txt")) + (word in listed("palabras.txt")) == 1 for word in left_out)


@pytest.mark.parametrize(("lang", "file"), [("en", "eff_large.txt"), ("es", "palabras.txt")])
def test_no_telling_and_no_avoided_word_is_ever_drawn(lang, file):
    avoided = {folded(word) for entry in AVOIDED[lang] for word in entry["avoid"]}

    def refused(word: str) -> bool:
        return bool(TELLING.search(word)) or folded(word) in avoided

    assert any(refused(word) for word in listed(file))
    assert not [word for word in naming._passphrase_words(lang) if refused(word)]
    assert set(naming._passphrase_words(lang)) < set(listed(file))


@pytest.mark.parametrize(("lang", "bits"), [("en", 77.53), ("es", 74.98)])
def test_the_bits_of_an_offer_are_those_that_the_module_names(lang, bits):
    _, number = naming._LISTS[lang]
    count = len(naming._passphrase_words(lang))

    assert int(100 * number * math.log2(count)) == round(100 * bits)
    assert f"{math.floor(10 * bits) / 10} bits" in str(naming.__doc__)  # never more than there are
    assert f"log2 of {count:,} words" in str(naming.__doc__)


@pytest.mark.parametrize(("lang", "number"), [("en", 6), ("es", 7)])
def test_an_offered_passphrase_has_words_of_the_list(lang, number):
    words = offer_passphrase(lang).split(" ")

    assert len(words) == number
    assert set(words) <= set(naming._passphrase_words(lang))


def test_the_common_words_differ_without_accents_and_hold_nothing_telling():
    words = [folded(word) for word in listed("comunes.txt")]

    assert len(words) == len(set(words))
    assert all(re.fullmatch(r"[a-z]{2,20}", word) for word in words)
    assert not [word for word in words if TELLING.search(word)]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_offered_passphrases_are_strong_and_accepted(lang):
    for _ in range(100):
        passphrase = offer_passphrase(lang)
        assert strength(passphrase, "maple river").score == 4
        check_passphrase(passphrase, "maple river")


@pytest.mark.parametrize(("lang", "number"), [("en", 6), ("es", 7)])
def test_the_shortest_words_still_make_a_strong_passphrase(lang, number):
    shortest = sorted(naming._passphrase_words(lang), key=len)[:number]

    assert strength(" ".join(shortest), "maple river").score == 4


OFFERS = [partial(offer, lang) for offer in (offer_passphrase, offer_name) for lang in ("en", "es")]


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: f"{offer.func.__name__}-{offer.args[0]}")
def test_words_come_from_the_system_s_randomness(monkeypatch, offer):
    monkeypatch.setattr(naming.secrets, "choice", lambda words: words[0])

    assert offer() == offer()


def test_two_offers_differ():
    assert offer_passphrase("en") != offer_passphrase("en")
    assert len({offer_name("en") for _ in range(20)}) > 10


@pytest.mark.parametrize("lang", ["en", "es"])
def test_an_offered_name_is_two_words_that_the_check_accepts(lang):
    for _ in range(100):
        name = offer_name(lang)
        assert len(name.split(" ")) == 2
        assert check_name(name) == name


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_words_of_names_are_many_neutral_and_never_doubled(lang):
    first, second = naming._name_words()[lang]["first"], naming._name_words()[lang]["second"]

    assert min(len(first), len(second)) >= 140
    assert len({*first, *second}) == len(first) + len(second)
    assert not [word for word in (*first, *second) if TELLING.search(word)]
    assert all(unicodedata.is_normalized("NFC", word) and word.islower() for word in (*first, *second))


def test_languages_have_words_of_their_own_and_others_get_english():
    lists = naming._name_words()

    assert offer_name("es").split()[0] in lists["es"]["first"]
    assert offer_name("fr").split()[0] in lists["en"]["first"]
    assert set(offer_passphrase("fr").split()) <= set(naming._passphrase_words("en"))


# Names


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("maple river", "maple river"),
        ("  maple   river ", "maple river"),
        ("maple\u00a0river", "maple river"),
        ("Ñandú 7", "Ñandú 7"),
        ("月の光", "月の光"),
        ("a", "a"),
        ("🌊", "🌊"),
        ("x" * 40, "x" * 40),
        ("x" * 20 + " " * 30 + "y" * 19, "x" * 20 + " " + "y" * 19),
        ("@maple", "@maple"),
        ("maple 123456", "maple 123456"),
    ],
)
def test_a_name_is_kept_as_typed_but_for_spaces(typed, kept):
    assert check_name(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "x" * 41,
        "map\nle",
        "map\tle",
        "map\x00le",
        "map\x7fle",
        "map\u202ele",
        "map\u2066le",
        "map\u200ble",
        "map\u2028le",
        "map\ud800le",
        "map\ue000le",
        "map\u0378le",
        "\ufeffmaple",
        "\u0301",
        "\u3164",
        "\u2800\u2800",
        "\u115f \uffa0",
    ],
    ids=ascii,
)
def test_a_name_that_cannot_be_shown_is_refused(typed):
    with pytest.raises(BadName):
        check_name(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "fern@example.org",
        "me: fern@example",
        "fern＠example.org",
        "5551234567",
        "555-123-4567",
        "+34 600 12 34 56",
        "(555) 123.4567",
        "call 555 1234",
        "５５５１２３４５",
        "٥٥٥١٢٣٤٥",
        "555_123_45",
    ],
)
def test_a_name_that_tells_who_somebody_is_is_refused(typed):
    with pytest.raises(TellingName):
        check_name(typed)


@given(EVERY_TEXT)
def test_a_name_is_refused_or_clean_and_stays_so(typed):
    try:
        name = check_name(typed)
    except (BadName, TellingName):
        return
    assert 0 < len(name) <= 40
    assert check_name(name) == name
    name.encode()


# Passphrases


@pytest.mark.parametrize(
    ("passphrase", "name", "reason"),
    [
        ("kx7!vq2#mz9&wf", "maple river", "short"),  # 14 characters
        ("", "maple river", "short"),
        ("mapleriver", "maple river", "short"),
        (GOOD * 8, "maple river", "long"),
        ("x" * 257, "maple river", "long"),
        ("passwordpassword", "maple river", "common"),
        ("te amo mucho mi amor", "maple river", "common"),
        ("hola hola hola hola", "maple river", "common"),
        ("iloveyouiloveyou", "maple river", "common"),
        ("qwertyuiopasdfgh", "maple river", "common"),
        ("123456789012345678", "maple river", "common"),
        ("a" * 60, "maple river", "common"),
        (" " * 20, "maple river", "common"),
        ("\n" * 20, "maple river", "common"),
        ("P4ssw0rdP4ssw0rd", "maple river", "common"),
        ("contraseñacontraseña", "maple river", "common"),
        ("contraseña12345", "maple river", "common"),
        ("contrasena12345", "maple river", "common"),
        ("CONTRASEN\u0303A12345", "maple river", "common"),
        ("virgendelpilar1", "maple river", "common"),
        ("teamomuchomiamor", "maple river", "common"),
        ("micontraseña2024", "maple river", "common"),
        ("MiContraseña2024!", "maple river", "common"),  # score 2
        ("mifamiliateamo1", "maple river", "common"),
        ("iloveyoumybaby1", "maple river", "common"),  # three common words in a row
        ("passwordpassword", "", "common"),
        (GOOD, GOOD, "name"),
        (GOOD, GOOD.upper(), "name"),
        (GOOD.replace(" ", ""), GOOD, "name"),
        (GOOD, "".join(chr(ord(sign) + 0xFEE0) if sign != " " else sign for sign in GOOD), "name"),  # full-width
        ("zyqo wexu zyqo wexu", "Zyqo Wexu", "name"),
        ("zyqowexu-ZYQOWEXU-1", "zyqo wexu", "name"),
        ("Zyqo Wexu password", "zyqo wexu", "name"),
    ],
)
def test_a_weak_passphrase_is_refused_for_its_reason(passphrase, name, reason):
    with pytest.raises(WeakPassphrase) as refusal:
        check_passphrase(passphrase, name)

    assert refusal.value.reason == strength(passphrase, name).reason == reason
    assert refusal.value.args == ("weak",)  # nothing of what was typed


@pytest.mark.parametrize(
    "passphrase",
    [
        GOOD,
        "kx7!vq2#mz9&wfp",  # 15 characters
        "mi perro ladra a los trenes azules",
        "mi abuela hace croquetas los domingos por la tarde",
        "la casa de mi abuela es azul",
        "火曜日の朝に青い汽車が橋を渡って行く",
        "kzvbwqhxmtrnplcyfgdj",
        "\x00 any sign at all \ud800 counts",
        (GOOD * 8)[:256],
    ],
    ids=ascii,
)
def test_a_good_passphrase_of_any_characters_is_accepted(passphrase):
    check_passphrase(passphrase, "maple river")


def test_the_length_is_counted_in_the_form_that_is_stretched():
    decomposed = unicodedata.normalize("NFD", "kxávqémzíwfóp")  # 13 characters once composed

    assert len(decomposed) > 15
    with pytest.raises(WeakPassphrase):
        check_passphrase(decomposed, "maple river")


def test_a_name_of_one_letter_takes_nothing_away():
    assert strength(GOOD, "a") == strength(GOOD, "maple river")


@pytest.mark.parametrize(
    ("passphrase", "score"),
    [
        ("short", 0),
        ("x" * 257, 0),
        ("a" * 20, 0),
        ("123456789012345678", 1),
        ("MiContraseña2024!", 2),
        (GOOD, 4),
    ],
)
def test_the_meter_has_five_scores(passphrase, score):
    assert strength(passphrase, "maple river").score == score


def test_the_score_rises_with_the_guesses(monkeypatch):
    def scored(digits: int) -> int:
        monkeypatch.setattr(naming, "_guesses", lambda _: 10**digits)
        return strength(GOOD, "").score

    assert [scored(digits) for digits in (0, 2, 3, 6, 8, 10)] == [0, 0, 1, 2, 3, 4]


@given(EVERY_TEXT, st.text(max_size=40))
def test_the_meter_and_the_check_agree_on_any_text(passphrase, name):
    measured = strength(passphrase, name)
    try:
        check_passphrase(passphrase, name)
    except WeakPassphrase:
        assert measured.score < 3
        assert measured.reason
    else:
        assert measured.score >= 3
        assert not measured.reason
    assert 0 <= measured.score <= 4


def test_nothing_typed_stays_in_the_library():
    strength("zyqo wexu runs along", "zyqowexu")

    assert "user_inputs" not in matching.RANKED_DICTIONARIES


@pytest.mark.parametrize(
    "passphrase", ["4@({[<69!|17 05$+7832%" * 11, "ab" * 128, "1!|7" * 64, "[(a{<b" * 42, "é" * 256]
)
def test_no_passphrase_makes_the_meter_slow(passphrase):
    start = time.process_time()

    strength(passphrase, "maple river")

    assert time.process_time() - start < 1.5
