"""Names and passphrases: offered, checked, measured.

Offered names are two neutral words, so that a name tells nothing about its owner.
Offered passphrases are six words of EFF's long list, drawn from the system's own
randomness: 77.5 bits. A passphrase of one's own may hold anything; what counts is
how many guesses it stands, not which characters it is made of.
"""

import re
import secrets
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain

from zxcvbn.matching import L33T_TABLE, omnimatch
from zxcvbn.scoring import most_guessable_match_sequence

from portal.errors import BadName, TellingName, WeakPassphrase

NAME_LENGTH = 40
SHORTEST, LONGEST = 15, 256  # characters of a passphrase
WORDS = 6  # of an offered passphrase

_UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, format and bidi, surrogates, unassigned, line breaks
_BLANK = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")  # letters and signs by category, yet drawn as nothing
_MAIL = re.compile(r"\S@\S")
_PHONE = re.compile(r"(?:\d[\W_]*){7}")

# The page source before sign-in must hold no telling word, so these are never drawn: 0.01 bits.
_NOT_OFFERED = frozenset(
    ["clinic", "detoxify", "hydrogen", "impatient", "patient", "recovery", "rehab", "relapse", "relapsing", "substance"]
)

_STEPS = (3, 6, 8, 10)  # decimal digits of guesses that begin the scores 1 to 4
_ENOUGH = 3  # the lowest score that is accepted: 10^8 guesses, each of them at the cost of one sign-in
_MEASURED = 100  # characters: zxcvbn slows down with length ...
_MANY_SIGNS, _MEASURED_SIGNS = 6, 24  # ... and far more with many different signs that stand for letters
_SHORTEST_NAME = 3  # letters of a name that is looked for in a passphrase
_SIGNS = frozenset(chain.from_iterable(L33T_TABLE.values()))


@dataclass(frozen=True, slots=True)
class Strength:
    """What a meter shows: a score from 0 to 4 (3 is accepted), the catalogue key of its words, the bits to guess."""

    score: int
    words: str
    bits: int


def offer_name(lang: str) -> str:
    """Return two neutral words in `lang` ("en" or "es"; any other gets English ones). Not promised to be unused."""
    lists = _name_words()
    chosen = lists.get(lang, lists["en"])
    return f"{secrets.choice(chosen['first'])} {secrets.choice(chosen['second'])}"


def offer_passphrase() -> str:
    """Return six random words with spaces between: 77 bits."""
    return " ".join(secrets.choice(_passphrase_words()) for _ in range(WORDS))


@cache
def _name_words() -> dict[str, dict[str, list[str]]]:
    lists = tomllib.loads(_text("names.toml"))
    return {lang: {place: words.split() for place, words in both.items()} for lang, both in lists.items()}


@cache
def _passphrase_words() -> tuple[str, ...]:
    lines = _text("eff_large.txt").splitlines()
    return tuple(line for line in lines if not line.startswith("#") and line not in _NOT_OFFERED)


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
    if len(name) > NAME_LENGTH or not _shows(name):
        raise BadName
    plain = unicodedata.normalize("NFKC", name)
    if _MAIL.search(plain) or _PHONE.search(plain):
        raise TellingName
    return name


def _shows(name: str) -> bool:
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in _BLANK.sub("", name))


def check_passphrase(passphrase: str, name: str) -> None:
    """Raise `WeakPassphrase` unless it has 15 to 256 characters, is not `name` and is not soon guessed.

    Any character is welcome and none is asked for.
    """
    if strength(passphrase, name).score < _ENOUGH:
        raise WeakPassphrase


def strength(passphrase: str, name: str) -> Strength:
    """Measure `passphrase`, also one that is half typed. The score is 3 or 4 exactly when it is accepted.

    An estimate from below: only its beginning is measured, and `name` inside it counts for nothing.
    """
    passphrase = unicodedata.normalize("NFC", passphrase)
    if len(passphrase) < SHORTEST:
        return Strength(0, "strength.short", 0)
    if len(passphrase) > LONGEST:
        return Strength(0, "strength.long", 0)
    guesses = _guesses(_without(name, passphrase))
    score = sum(guesses >= 10**digits for digits in _STEPS)
    return Strength(score, f"strength.{score}", guesses.bit_length() - 1)


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


def _guesses(text: str) -> int:
    # Not zxcvbn.zxcvbn(): it keeps what it is given in a table that all sessions share.
    text = re.sub(r"\s", " ", text)  # zxcvbn sees no repeats across line breaks
    signs = len(_SIGNS.intersection(text[:_MEASURED]))
    text = text[: _MEASURED if signs <= _MANY_SIGNS else _MEASURED_SIGNS]
    return int(most_guessable_match_sequence(text, omnimatch(text))["guesses"]) if text else 1
