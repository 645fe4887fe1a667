"""Measure two sides in turn, and keep only their ratio: absolute times differ between computers and runs."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One goal as measured. `target` is None where a figure only stands beside a goal."""

    goal: str
    what: str
    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    target: float | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """The ratio of the medians."""
        return median(self.ours) / median(self.theirs)

    @property
    def spread(self) -> tuple[float, float]:
        """The smallest and the largest ratio of one round."""
        rounds = [ours / theirs for ours, theirs in zip(self.ours, self.theirs, strict=True)]
        return min(rounds), max(rounds)

    @property
    def met(self) -> bool | None:
        """Say whether the goal is met, or None where there is none."""
        return None if self.target is None else self.ratio <= self.target


@dataclass(frozen=True, slots=True)
class Side:
    """What is measured, `times` in a row; `before` readies a round and `after` tidies it, both unmeasured."""

    work: Work
    before: Work | None = None
    after: Work | None = None
    times: int = 1

    def once(self) -> float:
        """Return the milliseconds of one piece of work."""
        if self.before:
            self.before()
        with _quiet():
            began = time.perf_counter()
            for _ in range(self.times):
                self.work()
            took = time.perf_counter() - began
        if self.after:
            self.after()
        return took * 1000 / self.times


@contextmanager
def _quiet() -> Iterator[None]:
    """Collect now, not in the middle."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def race(ours: Side, theirs: Side, rounds: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the milliseconds of each round. Sides take turns at being first; one round before is thrown away."""
    found: tuple[list[float], list[float]] = [], []
    for number in range(rounds + 1):
        order = (0, 1) if number % 2 else (1, 0)
        took = {side: (ours, theirs)[side].once() for side in order}
        if number:
            for side in order:
                found[side].append(took[side])
    return tuple(found[0]), tuple(found[1])


def compare(goal: str, what: str, ours: Side, theirs: Side, rounds: int, target: float | None = None) -> Outcome:
    """Race two sides and return the outcome of a goal."""
    mine, other = race(ours, theirs, rounds)
    return Outcome(goal=goal, what=what, ours=mine, theirs=other, target=target)
