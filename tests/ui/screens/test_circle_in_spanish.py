"""Every page about notes and people, drawn in Spanish: no word is missing and none stays English."""

import re

import pytest

from portal.circle import accounts
from portal.circle.accounts import Settings
from tests.ui.screens.circle_stage import Stage, open_stage, words

stage = pytest.fixture(open_stage)
ENGLISH = re.compile(r"\b(the|you|your|and|who|notes?|read|share[ds]?|choose|until|open)\b", re.IGNORECASE)


def speak_spanish(stage: Stage, who: str) -> None:
    session = stage.robin if who == "robin" else stage.people[who]
    accounts.save_settings(session, Settings(lang="es"), now=stage.now)
    stage.sit(who)


@pytest.mark.parametrize("path", ["notes", "note", "write", "circle", "person", "invite", "code", "compare", "let-in"])
def test_the_pages_of_the_one_who_writes(stage: Stage, path: str) -> None:
    sam, asked, made = stage.let_in("Sam"), stage.asks("Ana"), stage.invite("Eva")
    items = {"note": stage.write("Hoy.", "Tarde"), "person": sam, "code": made.id, "compare": asked.id}
    speak_spanish(stage, "robin")
    at = stage.open(path, items.get(path, b""))
    assert not ENGLISH.findall(re.sub(r"<[^>]+>|Household", " ", words(at)))


@pytest.mark.parametrize("path", ["home", "shared", "open", "what-i-see", "leave"])
def test_the_pages_of_the_one_who_reads(stage: Stage, path: str) -> None:
    stage.let_in("Sam")
    item = stage.write("Hoy.", "Tarde")
    speak_spanish(stage, "Sam")
    at = stage.open(path, item if path == "open" else b"")
    assert not ENGLISH.findall(re.sub(r"<[^>]+>", " ", words(at)))
