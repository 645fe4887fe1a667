"""The harness runs, on data so small that it says nothing of speed: no time is asserted anywhere."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.vault import letters, reading
from tests.bench import data, table
from tests.bench.__main__ import WHERE, goals, main
from tests.bench.measure import Outcome, Side, race
from tests.bench.plan import Plan

BELOW_THE_PAGE = [name for name, module in WHERE.items() if module in ("reading_goals", "writing_goals", "file_goals")]


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plan]:
    monkeypatch.setattr(gc, "collect", lambda: 0)  # slow among the objects of a whole suite
    made = Plan(folder=tmp_path, rounds=2, notes=120, few=60, many=130, readers=(2, 3))
    yield made
    made.close()


def test_every_goal_below_the_page_measures_something(plan: Plan) -> None:
    found = [outcome for goal in goals(BELOW_THE_PAGE) for outcome in goal(plan)]

    assert {outcome.goal for outcome in found} >= set(BELOW_THE_PAGE)
    assert all(outcome.ratio > 0 for outcome in found)
    assert all(table.line(outcome).startswith(outcome.goal) for outcome in found)


def test_every_goal_has_its_function() -> None:
    assert [goal.__name__ for goal in goals(list(WHERE))] == [name.lower() for name in WHERE]


def test_a_circle_is_what_publishing_would_have_made(tmp_path: Path) -> None:
    made = data.circle(tmp_path, 100, 2)
    before = made.store.rows.number

    for one in made.members:
        held = reading.slips(one.member, one.of_member(), data.NOW)
        assert len(held) == len(made.written)
        assert [slip.written for slip in held] == [note.written for note in made.written]
    data.everything_read(made)
    visit = made.visit()
    assert reading.unread(visit, letters.find_link(visit, made.link), data.NOW) == []
    assert made.store.rows.number == before + 1
    assert made.store.rows.scan().fits
    made.store.close()


def test_lengths_are_those_of_the_goals() -> None:
    sizes = sorted(len(note.text) for note in data.notes(4_000))

    assert 550 < sizes[2_000] < 650
    assert 2_700 < sizes[3_800] < 3_300


def test_sides_take_turns_and_the_first_round_does_not_count() -> None:
    said: list[str] = []
    ours, theirs = race(Side(lambda: said.append("ours")), Side(lambda: said.append("theirs"), times=2), 2)

    assert said == ["theirs", "theirs", "ours", "ours", "theirs", "theirs", "theirs", "theirs", "ours"]
    assert len(ours) == len(theirs) == 2


@pytest.mark.parametrize(("ours", "met", "said"), [((1.0, 3.0), True, "yes"), ((3.0, 7.0), False, "NO")])
def test_a_line_says_the_ratio_of_the_medians_its_spread_and_whether_the_goal_is_met(
    ours: tuple[float, ...], met: bool, said: str
) -> None:
    outcome = Outcome(goal="G0", what="something", ours=ours, theirs=(1.0, 1.0), target=2)

    assert outcome.met is met
    assert f"{ours[0]:.3f}-{ours[1]:.3f}" in table.line(outcome)
    assert table.line(outcome).endswith(said)


def test_a_goal_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--only", "G99"])

    assert "no such goal: G99" in capsys.readouterr().err
