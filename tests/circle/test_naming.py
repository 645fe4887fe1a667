"""Names and passphrases: what is offered is good, what is refused is refused for a reason."""

import re
import time
import unicodedata
from importlib.resources import files

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
GOOD = "violet lamps hum over the ninth canal"
EVERY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)


# What is offered


def test_the_list_of_eff_is_whole_and_carries_its_notice():
    text = (files("portal.circle") / "eff_large.txt").read_text("utf-8")
    words = [line for line in text.splitlines() if not line.startswith("#")]

    assert len(words) == len(set(words)) == 7776
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)?", word) for word in words)
    assert "CC BY 3.0 US" in text
    assert "Electronic Frontier Foundation" in text


def test_telling_words_and_no_others_are_never_drawn():
    text = (files("portal.circle") / "eff_large.txt").read_text("utf-8")
    drawn = set(naming._passphrase_words())

    left_out = {line for line in text.splitlines() if not line.startswith("#")} - drawn

    assert left_out == {word for word in left_out | drawn if TELLING.search(word)}


def test_an_offered_passphrase_has_six_words_of_the_list():
    words = offer_passphrase().split(" ")

    assert len(words) == 6
    assert set(words) <= set(naming._passphrase_words())


def test_offered_passphrases_are_strong_and_accepted():
    for _ in range(100):
        passphrase = offer_passphrase()
        assert strength(passphrase, "maple river").score == 4
        check_passphrase(passphrase, "maple river")


def test_the_shortest_words_still_make_a_strong_passphrase():
    shortest = sorted(naming._passphrase_words(), key=len)[:6]

    assert strength(" ".join(shortest), "maple river").score == 4


@pytest.mark.parametrize("offer", [offer_passphrase, lambda: offer_name("en"), lambda: offer_name("es")])
def test_words_come_from_the_system_s_randomness(monkeypatch, offer):
    monkeypatch.setattr(naming.secrets, "choice", lambda words: words[0])

    assert offer() == offer()


def test_two_offers_differ():
    assert offer_passphrase() != offer_passphrase()
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
    ("passphrase", "name"),
    [
        ("kx7!vq2#mz9&wf", "maple river"),  # 14 characters
        (GOOD * 8, "maple river"),
        ("", "maple river"),
        ("passwordpassword", "maple river"),
        ("iloveyouiloveyou", "maple river"),
        ("qwertyuiopasdfgh", "maple river"),
        ("123456789012345678", "maple river"),
        ("a" * 60, "maple river"),
        (" " * 20, "maple river"),
        ("\n" * 20, "maple river"),
        ("P4ssw0rdP4ssw0rd", "maple river"),
        ("contraseñacontraseña", "maple river"),  # score 2
        (GOOD, GOOD),
        (GOOD, GOOD.upper()),
        (GOOD.replace(" ", ""), GOOD),
        (GOOD, "".join(chr(ord(sign) + 0xFEE0) if sign != " " else sign for sign in GOOD)),  # full-width letters
        ("zyqo wexu zyqo wexu", "Zyqo Wexu"),
        ("zyqowexu-ZYQOWEXU-1", "zyqo wexu"),
    ],
)
def test_a_weak_passphrase_is_refused(passphrase, name):
    with pytest.raises(WeakPassphrase):
        check_passphrase(passphrase, name)


@pytest.mark.parametrize(
    "passphrase",
    [
        GOOD,
        "kx7!vq2#mz9&wfp",  # 15 characters
        "mi perro ladra a los trenes azules",
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
    ("passphrase", "words"),
    [
        ("short", "strength.short"),
        ("x" * 257, "strength.long"),
        ("a" * 20, "strength.0"),
        ("123456789012345678", "strength.1"),
        ("contraseñacontraseña", "strength.2"),
        (GOOD, "strength.4"),
    ],
)
def test_the_meter_has_words_for_each_score(passphrase, words):
    assert strength(passphrase, "maple river").words == words


def test_the_score_rises_with_the_guesses(monkeypatch):
    def scored(digits: int) -> tuple[int, int]:
        monkeypatch.setattr(naming, "_guesses", lambda _: 10**digits)
        measured = strength(GOOD, "")
        return measured.score, measured.bits

    assert [scored(digits) for digits in (0, 2, 3, 6, 8, 10)] == [(0, 0), (0, 6), (1, 9), (2, 19), (3, 26), (4, 33)]


@given(EVERY_TEXT, st.text(max_size=40))
def test_the_meter_and_the_check_agree_on_any_text(passphrase, name):
    measured = strength(passphrase, name)
    try:
        check_passphrase(passphrase, name)
    except WeakPassphrase:
        assert measured.score < 3
    else:
        assert measured.score >= 3
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
