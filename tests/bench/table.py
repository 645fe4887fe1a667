"""The table that a run prints: goal, both sides, ratio, spread, target, met or not."""

from collections.abc import Iterator
from statistics import median

from tests.bench.measure import Outcome

HEAD = ("goal", "what", "ours", "other side", "ratio", "spread", "target", "met")
WIDTHS = (5, 74, 14, 14, 8, 16, 7, 4)


def line(outcome: Outcome) -> str:
    """Return one line of the table."""
    low, high = outcome.spread
    met = {True: "yes", False: "NO", None: ""}[outcome.met]
    target = "" if outcome.target is None else f"{outcome.target:g}"
    ours, theirs = (f"{median(side):.3f} {outcome.unit}" for side in (outcome.ours, outcome.theirs))
    spread = f"{low:.3f}-{high:.3f}"
    return _row((outcome.goal, outcome.what, ours, theirs, f"{outcome.ratio:.3f}", spread, target, met))


def head() -> Iterator[str]:
    """Yield the lines above the first."""
    yield _row(HEAD)
    yield _row(tuple("-" * width for width in WIDTHS))


def _row(cells: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()
