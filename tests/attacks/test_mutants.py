"""The mutation check: with one protection taken away, the test named for it must fail."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.attacks.mutants import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]
NEEDED = ("crypto", "vault", "attacks", "ui", "vectors")
WORKERS = 2
FAILED = 1  # pytest's own: a test ran and failed; 2 and above mean that nothing ran


def run(mutant: Mutant, folder: Path) -> str:
    """Sabotage a copy of the product and run the named test on it; return what is wrong, or nothing."""
    shutil.copytree(ROOT / "portal", folder / "portal")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in ("__init__.py", "conftest.py"):
        (folder / "tests").mkdir(exist_ok=True)
        shutil.copy(ROOT / "tests" / name, folder / "tests")
    for name in NEEDED:
        shutil.copytree(ROOT / "tests" / name, folder / "tests" / name)
    file = folder / "portal" / mutant.file
    text = file.read_text("utf-8")
    for old, new in mutant.edits:
        if text.count(old) != 1:
            return f"the text to sabotage stands {text.count(old)} times in {mutant.file}"
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", mutant.test]
    ours = ("PYTEST", "PYTHONPATH", "COV")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    return "" if done.returncode == FAILED else f"pytest ended with {done.returncode}\n{done.stdout[-2000:]}"


@pytest.fixture(scope="module")
def outcomes(request, tmp_path_factory):
    """Run every mutant that was asked for, a few at a time."""
    asked = [item.callspec.params["mutant"] for item in request.session.items if "outcomes" in item.fixturenames]
    folders = [tmp_path_factory.mktemp("mutant") for _ in asked]
    with ThreadPoolExecutor(WORKERS) as pool:
        found = list(pool.map(run, asked, folders))
    for folder in folders:
        shutil.rmtree(folder)
    return {mutant.name: wrong for mutant, wrong in zip(asked, found, strict=True)}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_sabotage_is_noticed(outcomes, mutant):
    assert not outcomes[mutant.name], outcomes[mutant.name]


def test_each_sabotage_has_a_name_of_its_own():
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
