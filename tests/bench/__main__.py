"""`python -m tests.bench [--only G1,G4] [--quick]`: measure every goal and print the table."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from tests.bench import table
from tests.bench.measure import Outcome
from tests.bench.plan import Plan, quick

# Goals that need a browser or a server are imported only when they are asked for.
WHERE = {
    "G1": "reading_goals",
    "G2": "reading_goals",
    "G3": "reading_goals",
    "G11": "reading_goals",
    "G13": "reading_goals",
    "G15": "file_goals",
    "G5": "file_goals",
    "G4": "writing_goals",
    "G6": "writing_goals",
    "G9": "process_goals",
    "G10": "process_goals",
    "G8": "browser_goals",
    "G14": "browser_goals",
    "G16": "load_goals",
}


def goals(names: list[str]) -> Iterator[Callable[[Plan], Iterator[Outcome]]]:
    """Yield the goals called so, in the order that keeps circles unchanged as long as they are needed."""
    for name, module in WHERE.items():
        if name in names:
            yield getattr(import_module(f"tests.bench.{module}"), name.lower())


def run(plan: Plan, names: list[str]) -> list[Outcome]:
    """Measure goals and print each line when it is known."""
    found = []
    for row in table.head():
        print(row)
    for goal in goals(names):
        for outcome in goal(plan):
            print(table.line(outcome), flush=True)
            found.append(outcome)
    return found


def _keep_bytecode(folder: Path) -> None:
    """Let processes that are measured keep what they compile, as an installed program does."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


def main(arguments: list[str]) -> int:
    """Return 0 when every goal that was measured is met."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--only", default=",".join(WHERE), help="goals, separated by commas")
    parser.add_argument("--quick", action="store_true", help="smaller circles")
    chosen = parser.parse_args(arguments)
    names = chosen.only.upper().split(",")
    if unknown := [name for name in names if name not in WHERE]:
        parser.error(f"no such goal: {', '.join(unknown)}")
    with tempfile.TemporaryDirectory() as folder:
        _keep_bytecode(Path(folder) / "bytecode")
        plan = quick(Path(folder)) if chosen.quick else Plan(folder=Path(folder))
        try:
            outcomes = run(plan, names)
        finally:
            plan.close()
    missed = [one for one in outcomes if one.met is False]
    print(f"\n{len(missed)} of {sum(one.target is not None for one in outcomes)} targets missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
