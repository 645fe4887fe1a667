"""Lists of names, and a sentence for every refusal."""

import inspect

import pytest

from portal import errors
from portal.errors import CodeOfWrongLength, IncompleteConsent, PortalError, TooLong, TooManyTries, WeakPassphrase
from portal.ui import words

CLASSES = [
    found
    for _, found in inspect.getmembers(errors, inspect.isclass)
    if issubclass(found, PortalError) and found is not PortalError
]
MADE: dict[type[PortalError], list[PortalError]] = {
    CodeOfWrongLength: [CodeOfWrongLength(24, 3)],
    TooLong: [TooLong(3)],
    TooManyTries: [TooManyTries(5)],
    IncompleteConsent: [IncompleteConsent(element) for element in ("label", "kinds", "purposes", "ends")],
    WeakPassphrase: [WeakPassphrase(reason) for reason in ("short", "long", "name", "common")],
}


def made(refusal: type[PortalError]) -> list[PortalError]:
    return MADE.get(refusal) or [refusal()]


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("refusal", CLASSES, ids=lambda found: found.__name__)
def test_every_refusal_has_words(refusal: type[PortalError], lang: str) -> None:
    for error in made(refusal):
        said = words.of(lang, error)

        assert said.endswith(".")
        assert "{" not in said


@pytest.mark.parametrize(
    ("lang", "names", "said"),
    [
        ("en", [], ""),
        ("en", ["June"], "June"),
        ("en", ["June", "Sam"], "June and Sam"),
        ("en", ["Fern", "June", "Sam"], "Fern, June and Sam"),
        ("es", ["June", "Sam"], "June y Sam"),
        ("es", ["June", "Inés"], "June e Inés"),
    ],
)
def test_names(lang: str, names: list[str], said: str) -> None:
    assert words.listed(lang, names) == said


def test_a_name_that_holds_a_comma_and_an_and_stays_as_it_is() -> None:
    assert words.listed("en", ["Tom, and Ann", "Sam"]) == "Tom, and Ann and Sam"
