"""Names and passphrases: offered, checked, measured.

Offered names are two neutral words, so that a name tells nothing about its owner.
Offered passphrases are words of the reader's language, drawn from the system's own
randomness: six of EFF's long list in English, 77.5 bits (6 x log2 of 7,762 words);
seven of the Spanish list of BIP-39, 74.9 bits (7 x log2 of 1,678 words). The Spanish
ones are words whose right spelling has no accent and no ñ: every keyboard has these
letters, a tired person types them. A passphrase of one's own may hold anything; what
counts is how many guesses it stands, not which characters it is made of.
"""

import re
import secrets
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from portal.errors import BadName, TellingName, WeakPassphrase

NAME_LENGTH = 40
SHORTEST, LONGEST = 15, 256  # characters of a passphrase

_LISTS = {"en": ("eff_large.txt", 6), "es": ("palabras.txt", 7)}  # the file, and how many words of it are offered
_UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, format and bidi, surrogates, unassigned, line breaks
_BLANK = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")  # letters and signs by category, yet drawn as nothing
_MAIL = re.compile(r"\S@\S")
_PHONE = re.compile(r"(?:\d[\W_]*){7}")

_STEPS = (3, 6, 8, 10)  # decimal digits of guesses that begin the scores 1 to 4
_ENOUGH = 3  # the lowest score that is accepted: 10^8 guesses, each of them at the cost of one sign-in
_MEASURED = 100  # characters: zxcvbn slows down with length ...
_MANY_SIGNS, _MEASURED_SIGNS = 6, 24  # ... and far more with many different signs that stand for letters
_SHORTEST_NAME = 3  # letters of a name that is looked for in a passphrase


@dataclass(frozen=True, slots=True)
class Strength:
    """What a meter shows: a score from 0 to 4 (3 is accepted), and why it is refused, or nothing."""

    score: int
    reason: str


def offer_name(lang: str) -> str:
    """Return two neutral words in `lang` ("en" or "es"; any other gets English ones). Not promised to be unused."""
    lists = _name_words()
    chosen = lists.get(lang, lists["en"])
    return f"{secrets.choice(chosen['first'])} {secrets.choice(chosen['second'])}"


def offer_passphrase(lang: str) -> str:
    """Return random words in `lang` with spaces between, six or seven (any other language gets English ones).

    None of them is telling: the page source before sign-in holds them.
    """
    _, number = _LISTS.get(lang, _LISTS["en"])
    return " ".join(secrets.choice(_passphrase_words(lang)) for _ in range(number))


@cache
def _name_words() -> dict[str, dict[str, list[str]]]:
    lists = tomllib.loads(_text("names.toml"))
    return {lang: {place: words.split() for place, words in both.items()} for lang, both in lists.items()}


@cache
def _passphrase_words(lang: str) -> tuple[str, ...]:
    file, _ = _LISTS.get(lang, _LISTS["en"])
    left_out = set(_lines("left_out.txt"))
    return tuple(word for word in _lines(file) if word not in left_out)


@cache
def _spanish() -> dict[str, int]:
    """Rank the Spanish words that zxcvbn does not know: the commonest first, then those that are offered."""
    words = (*_lines("comunes.txt"), *_lines("palabras.txt"))
    return {word: rank for rank, word in enumerate(dict.fromkeys(map(_unaccented, words)), 1)}


def _lines(name: str) -> list[str]:
    return [line for line in _text(name).splitlines() if not line.startswith("#")]


def _text(name: str) -> str:
    return (files("portal.circle") / name).read_text("utf-8")


def check_name(name: str) -> str:
    """Return `name` without spaces around it and with single ones inside.

    Raises `BadName` when nothing is left to see, when it is longer than 40 characters or
    holds some that cannot be shown, `TellingName` when it looks like an e-mail address or a telephone number.
    """
    name = name.strip()
    if any(unicodedata.category(sign) in _UNSHOWN for sign in name):
        raise BadName
    name = " ".join(name.split())
    if len(name) > NAME_LENGTH or not shows(name):
        raise BadName
    plain = unicodedata.normalize("NFKC", name)
    if _MAIL.search(plain) or _PHONE.search(plain):
        raise TellingName
    return name


def shows(text: str) -> bool:
    """Say whether there is anything to see: a letter, a digit, a sign."""
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in _BLANK.sub("", text))


def check_passphrase(passphrase: str, name: str) -> None:
    """Raise `WeakPassphrase` unless it has 15 to 256 characters, is not `name` and is not soon guessed.

    Any character is welcome and none is asked for.
    """
    if reason := strength(passphrase, name).reason:
        raise WeakPassphrase(reason)


def strength(passphrase: str, name: str) -> Strength:
    """Measure `passphrase`, also one that is half typed. The score is 3 or 4 exactly when it is accepted.

    An estimate from below: only its beginning is measured, and `name` inside it counts for nothing.
    """
    passphrase = unicodedata.normalize("NFC", passphrase)
    if len(passphrase) < SHORTEST:
        return Strength(0, "short")
    if len(passphrase) > LONGEST:
        return Strength(0, "long")
    rest = _without(name, passphrase)
    guesses = min(_guesses(rest), _guesses("".join(rest.split())))  # spaces between common words count for nothing
    score = sum(guesses >= 10**digits for digits in _STEPS)
    reason = "" if score >= _ENOUGH else "common" if rest == passphrase else "name"
    return Strength(score, reason)


def _without(name: str, passphrase: str) -> str:
    """Drop `name` wherever it stands, however it is spaced or capitalised; a name of a letter or two stays."""
    words = _folded(name).split()
    if len("".join(words)) < _SHORTEST_NAME:
        return passphrase
    spaced = r"[\W_]*".join(re.escape(word) for word in words)
    rest, hits = re.subn(spaced, "", _folded(passphrase))
    return rest if hits else passphrase


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _unaccented(text: str) -> str:
    parts = (sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return unicodedata.normalize("NFC", "".join(parts))


def _guesses(text: str) -> int:
    # Late: the sign-in page measures nothing. Not zxcvbn.zxcvbn(): it keeps what it is given for all sessions.
    from zxcvbn.matching import L33T_TABLE, RANKED_DICTIONARIES, omnimatch  # noqa: PLC0415
    from zxcvbn.scoring import most_guessable_match_sequence  # noqa: PLC0415

    text = re.sub(r"\s", " ", _unaccented(text))  # zxcvbn sees no repeats across line breaks
    signs = len({sign for several in L33T_TABLE.values() for sign in several}.intersection(text[:_MEASURED]))
    text = text[: _MEASURED if signs <= _MANY_SIGNS else _MEASURED_SIGNS]
    if not text:
        return 1
    found = omnimatch(text, {**RANKED_DICTIONARIES, "spanish": _spanish()})
    # Exclude its bonus of 10^4 for every part: three common words run together would pass as long.
    return int(most_guessable_match_sequence(text, found, _exclude_additive=True)["guesses"])
