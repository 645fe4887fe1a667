"""Stores and people. Whatever a test did, its store is in order afterwards: see `checks`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.crypto.passphrase import CHEAPEST
from portal.vault import store as module
from portal.vault.session import Session
from portal.vault.store import Store
from tests.vault.checks import check_store
from tests.vault.story import NOW, Membership, let_in, sign_up

Opener = Callable[..., Store]


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product has no option for this, so the constant itself is replaced."""
    monkeypatch.setattr(module, "STANDARD", CHEAPEST)


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store.in_memory(now=NOW)
    yield made
    check_store(made)
    made.close()


@pytest.fixture
def opener(tmp_path: Path) -> Iterator[Opener]:
    """Opens the store on disk, again and again: the one before is closed first. Nothing is checked at the end."""
    opened: list[Store] = []

    def close() -> None:
        if opened and opened[0]._guard is not None:  # the test has not closed it
            opened[0].close()
        opened.clear()

    def open_it(now: int = NOW) -> Store:
        close()
        opened.append(Store.on_disk(tmp_path / "data", tmp_path / "keys", now=now))
        return opened[0]

    yield open_it
    close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Store]:
    made = Store.on_disk(tmp_path / "data", tmp_path / "keys", now=NOW)
    yield made
    check_store(made)
    made.close()


@pytest.fixture
def patient(store: Store) -> Session:
    return sign_up(store, "maple river")


@pytest.fixture
def member(store: Store) -> Session:
    return sign_up(store, "lake")


@pytest.fixture
def circle(patient: Session, member: Session) -> Membership:
    """A patient and one member who is let in: notes and resources of the family, everything so far, for a year."""
    return let_in(patient, member)
