"""Marks: what is remembered under a hash, how long, and how much of it."""

import pytest

from portal.ui.web import marks
from portal.ui.web.marks import MARK_SECONDS, Marks
from tests.ui.web.conftest import NOON


def known(here: Marks, *told: tuple[str, str]) -> list[bool]:
    return [here.has(key, word) for key, word in told]


def test_a_mark_stands_for_its_key_and_its_word_only() -> None:
    here = Marks()
    here.put("one", "start", NOON)
    assert known(here, ("one", "start"), ("one", "back-in"), ("two", "start")) == [True, False, False]
    here.drop("one", "start")
    here.drop("one", "never put")
    assert not here.has("one", "start")


def test_all_marks_of_a_key_go_but_one() -> None:
    here = Marks()
    for key, word in (("one", "start"), ("one", "back-in"), ("two", "start")):
        here.put(key, word, NOON)
    here.keep_only("one", "back-in")
    assert known(here, ("one", "start"), ("one", "back-in"), ("two", "start")) == [False, True, True]


def test_a_mark_goes_after_twelve_hours_and_a_new_one_begins_them_anew() -> None:
    here = Marks()
    here.put("one", "start", NOON)
    here.put("two", "start", NOON)
    here.put("one", "start", NOON + 1)
    here.sweep(NOON + MARK_SECONDS - 1)
    assert known(here, ("one", "start"), ("two", "start")) == [True, True]
    here.sweep(NOON + MARK_SECONDS)
    assert known(here, ("one", "start"), ("two", "start")) == [True, False]


def test_the_oldest_gives_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "MOST", 2)
    here = Marks()
    for key in ("one", "two", "one", "three"):
        here.put(key, "start", NOON)
    assert known(here, ("one", "start"), ("two", "start"), ("three", "start")) == [True, False, True]
