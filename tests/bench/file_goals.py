"""G5 and G15: how large the file is, and how long the look at it takes at start."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from portal.vault.rows import Rows
from tests.bench.measure import Outcome, Side, compare
from tests.bench.plan import Plan

TARGETS = (2.3, 4)
KIB = 1024


def g5(plan: Plan) -> Iterator[Outcome]:
    """The file of one circle, with few and with many readers of everything / the plaintext file, both after VACUUM."""
    theirs = plan.plain(plan.notes).vacuumed(plan.fresh("plain-vacuumed.db")) / KIB
    for readers, target in zip(plan.readers, TARGETS, strict=True):
        made = plan.circle(plan.notes, readers)
        made.store.rows.checkpoint()
        ours = _vacuumed(_file(plan, readers), plan.fresh("ours-vacuumed.db")) / KIB
        what = f"file of {plan.notes:,} notes with {readers} readers / plaintext file, after VACUUM"
        yield Outcome(goal="G5", what=what, ours=(ours,), theirs=(theirs,), target=target, unit="KiB")


def _file(plan: Plan, readers: int) -> Path:
    return plan.folder / f"{plan.notes}-{readers}" / "data" / "store.db"


def _vacuumed(database: Path, into: Path) -> int:
    reader = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    reader.execute("vacuum into ?", (str(into),))
    reader.close()
    return into.stat().st_size


def g15(plan: Plan) -> Iterator[Outcome]:
    """The scan at start: every tag, the order, the sizes / reading every row of the same file once."""
    made = plan.circle(plan.notes, plan.readers[0])
    made.store.rows.checkpoint()
    copy = plan.fresh("scanned.db")
    _vacuumed(_file(plan, plan.readers[0]), copy)
    rows, reader = Rows(copy, made.store._pepper), sqlite3.connect(copy)
    if not rows.scan().fits:
        raise RuntimeError("the copy is not the store")
    theirs = Side(lambda: sum(len(ct) for _, ct in reader.execute("select loc, ct from rec order by rowid")))
    what = f"start-up scan at {plan.notes:,} notes / reading the same file once"
    yield compare("G15", what, Side(rows.scan), theirs, plan.rounds, 4)
    rows.close()
    reader.close()
