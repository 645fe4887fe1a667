"""A name or a tag full of marks stands on buttons and in choices as it was typed."""

import pytest

from portal.circle.audiences import Chosen
from tests.ui.screens.circle_stage import Stage, open_stage

stage = pytest.fixture(open_stage)
NAME = ":material/delete: :red[B] $x$"
DRAWN = r"\:material/delete\: \:red\[B\] \$x\$"


def test_a_pet_name_in_the_choice_of_readers(stage: Stage) -> None:
    stage.let_in(NAME)
    stage.write("Slept well.", "Night", readers=Chosen())
    at = stage.open("write")
    assert DRAWN in at.button_group(key="write.readers").options


def test_a_pet_name_on_the_page_of_a_person(stage: Stage) -> None:
    at = stage.open("person", stage.let_in(NAME))
    assert [one.label for one in at.expander if DRAWN in one.label]
    stage.press(at, "person.remove")
    assert DRAWN in at.button(key="circle.remove.yes").label


def test_a_tag_in_the_list_of_notes(stage: Stage) -> None:
    stage.write("Slept well.", "Night", readers=Chosen(), tags=("**x**",))
    assert r"\*\*x\*\*" in stage.open("notes").button_group(key="notes.tag").options
