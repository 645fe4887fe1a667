"""G9 and G10: what a whole process costs, so each is measured in processes of its own."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Outcome
from tests.bench.plan import Plan

ROOT = Path(__file__).parents[2]
PATIENCE = 300  # seconds until a process counts as hanging
FOR_SIGN_IN = (
    "portal.circle.accounts, portal.folders, portal.ui.web.life, portal.ui.web.quiet, portal.ui.web.routes, "
    "portal.ui.shell, portal.ui.state, portal.ui.say, portal.ui.screens.sign_in"
)
IMPORT = "import time; t = time.perf_counter(); {}; print((time.perf_counter() - t) * 1000)"

SIGN_INS = """
import resource, sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from portal.vault import accounts
from portal.vault.store import Store
folder, many = Path(sys.argv[1]), int(sys.argv[2])
store = Store.on_disk(folder / "data", folder / "keys", now=1_800_000_000)
enter = lambda n: store.stretch("somebody", f"violet lamps hum over the canal {n}")
with ThreadPoolExecutor(many) as pool:
    list(pool.map(enter, range(many)))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""

DERIVE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from portal.crypto.passphrase import Profile, stretch
cheap = Profile(iterations=1, memory=8 * 1024)
with ThreadPoolExecutor(8) as pool:
    made = list(pool.map(lambda n: stretch(bytes(32), "somebody", str(n), cheap), range(int(sys.argv[1]))))
print(len(set(made)))
"""


def g9(plan: Plan) -> Iterator[Outcome]:
    """Import of everything the sign-in page needs / `import streamlit`."""
    ours, theirs = [], []
    for number in range(plan.rounds + 1):
        mine = float(_run(IMPORT.format(f"import streamlit; streamlit.App; import {FOR_SIGN_IN}")))
        other = float(_run(IMPORT.format("import streamlit")))
        if number:  # the first one warms the disk
            ours.append(mine)
            theirs.append(other)
    what = "import of all that the sign-in page needs / import streamlit"
    yield Outcome(goal="G9", what=what, ours=tuple(ours), theirs=tuple(theirs), target=1.15)


def g10(plan: Plan) -> Iterator[Outcome]:
    """Peak memory of many sign-ins at once / of one; then derivations from 8 threads, which must all come back."""
    ours, theirs = [], []
    for _ in range(plan.rounds):
        ours.append(_peak(plan.sign_ins))
        theirs.append(_peak(1))
    what = f"peak memory of {plan.sign_ins} sign-ins at once / of one"
    yield Outcome(goal="G10", what=what, ours=tuple(ours), theirs=tuple(theirs), target=2.2, unit="MiB")
    made = plan.derivations
    try:
        lost = made - int(_run(DERIVE, str(made)))
    except subprocess.TimeoutExpired:
        lost = made
    what = f"derivations of {made} from 8 threads that hung or failed / of all"
    yield Outcome(goal="G10", what=what, ours=(lost,), theirs=(made,), target=0, unit="")


def _peak(many: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        return float(_run(SIGN_INS, folder, str(many)))


def _run(script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    return done.stdout.strip()
