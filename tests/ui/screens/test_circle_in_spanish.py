"""Every page about notes and people, drawn in Spanish: no word is missing and none stays English."""

import re

import pytest

from portal.circle import accounts, circles
from portal.circle.accounts import Settings
from tests.ui.screens.circle_stage import DAY, Stage, open_stage, words

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


def test_what_somebody_reads_and_until_when(stage: Stage) -> None:
    stage.let_in("Sam", ends=stage.now + 3600)
    speak_spanish(stage, "robin")
    shown = words(stage.open("circle"))
    assert "Lee notas que compartes con Sam o con Household." in shown
    assert "Termina hoy" in shown
    assert "Son las personas cuyo permiso lo nombra, no todas las de tu círculo." in shown


def test_a_permission_that_is_over_is_renewed(stage: Stage) -> None:
    sam = stage.let_in("Sam")
    speak_spanish(stage, "robin")
    stage.later(100 * DAY)
    assert "Podía leer notas que compartiste con Sam o con Household." in words(stage.open("circle"))
    at = stage.open("person", sam)
    assert "Renovar el permiso de Sam" in words(at)
    assert at.button(key="person.apply").label == "Renovar permiso"
    stage.press(at, "person.apply")
    assert "Esto da a Sam un permiso nuevo." in words(at)


def test_who_left_is_told_on_the_first_page(stage: Stage) -> None:
    stage.let_in("Sam")
    speak_spanish(stage, "robin")
    circles.leave(stage.people["Sam"], stage.link(), now=stage.now)
    assert "Sam salió de tu círculo hoy." in words(stage.open("today"))
