"""A store in memory and its people. Whatever a test did, the store is in order afterwards: see `check_store`."""

from collections.abc import Iterator

import pytest

from portal.circle import accounts
from portal.circle.accounts import Session, Store
from portal.newtypes import ListId
from tests.circle.story import NOW, PATIENT, Membership, add_list, let_in, sign_up
from tests.vault.checks import check_store


@pytest.fixture
def store() -> Iterator[Store]:
    made = accounts.open_memory(now=NOW)
    yield made
    check_store(made)
    made.close()


@pytest.fixture
def patient(store: Store) -> Session:
    return sign_up(store, PATIENT)


@pytest.fixture
def household(patient: Session) -> ListId:
    return add_list(patient, "Household")


@pytest.fixture
def quiet(store: Store) -> Session:
    """Sam's account."""
    return sign_up(store, "quiet fern")


@pytest.fixture
def paper(store: Store) -> Session:
    """June's account."""
    return sign_up(store, "paper lantern")


@pytest.fixture
def sam(patient: Session, quiet: Session) -> Membership:
    """Somebody who reads everything that is for everybody."""
    return let_in(patient, quiet)


@pytest.fixture
def june(patient: Session, paper: Session) -> Membership:
    """Somebody else, who is in no list."""
    return let_in(patient, paper, label="June", relation="mother", lists=frozenset())
