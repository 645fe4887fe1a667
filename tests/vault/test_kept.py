"""What a session keeps (portal/vault/kept.py) is what the rows hold now, or it is opened again."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from portal.crypto.sealing import LADDER, Place, place
from portal.errors import SessionEnded, Tampered
from portal.newtypes import Secret
from portal.vault.kept import Kept
from portal.vault.records import Draft, pack
from portal.vault.rows import Rows
from portal.vault.store import Store
from tests.vault.story import NOW, sign_up

SECRET = Secret(bytes(32))
ONE, OTHER = Draft(b"one", NOW), Draft(b"other", NOW)


@pytest.fixture
def store() -> Iterator[Store]:
    made = Store.in_memory(now=NOW)
    yield made
    assert made.rows.scan().fits
    made.close()


@pytest.fixture
def rows(store: Store) -> Rows:
    with store.change(NOW):
        store.rows.add(place(SECRET, "draft"), pack(ONE))
    return store.rows


@pytest.fixture
def kept(rows: Rows) -> Kept:
    return Kept(rows)


@contextmanager
def failing(rows: Rows) -> Iterator[None]:
    """A change that is undone at its end."""
    with pytest.raises(ZeroDivisionError), rows.change(NOW):  # noqa: PT012  it has to come from inside
        yield
        raise ZeroDivisionError


def opened(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> list[Place]:
    """Count the rows that are opened from here on."""
    found: list[Place] = []
    get = rows.get

    def noted(at: Place) -> bytes | None:
        found.append(at)
        return get(at)

    monkeypatch.setattr(rows, "get", noted)
    return found


def test_a_record_is_opened_once_while_its_row_is_the_same(
    rows: Rows, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = opened(rows, monkeypatch)

    assert kept.record(SECRET, "draft", kind=Draft) == kept.record(SECRET, "draft", kind=Draft) == ONE
    assert len(reads) == 1


def test_a_row_that_changed_is_opened_again(rows: Rows, kept: Kept) -> None:
    kept.record(SECRET, "draft", kind=Draft)
    with rows.change(NOW):
        rows.replace(place(SECRET, "draft"), pack(OTHER))
        assert kept.record(SECRET, "draft", kind=Draft) == OTHER

    assert kept.record(SECRET, "draft", kind=Draft) == OTHER


def test_a_row_that_went_is_not_there(rows: Rows, kept: Kept) -> None:
    kept.record(SECRET, "draft", kind=Draft)
    with rows.change(NOW):
        rows.remove(place(SECRET, "draft"))

    assert kept.record(SECRET, "draft", kind=Draft) is None


def test_what_a_change_that_failed_wrote_is_forgotten(rows: Rows, kept: Kept) -> None:
    with failing(rows):
        kept.replace(OTHER, LADDER[0], SECRET, "draft")
        assert kept.record(SECRET, "draft", kind=Draft) == OTHER

    assert kept.record(SECRET, "draft", kind=Draft) == ONE


def test_what_was_written_is_not_opened_again(rows: Rows, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    with rows.change(NOW):
        kept.replace(OTHER, LADDER[0], SECRET, "draft")
    reads = opened(rows, monkeypatch)

    assert kept.record(SECRET, "draft", kind=Draft) == OTHER
    assert reads == []
    assert Kept(rows).record(SECRET, "draft", kind=Draft) == OTHER


def test_nothing_is_written_where_nothing_was(rows: Rows, kept: Kept) -> None:
    with pytest.raises(Tampered), rows.change(NOW):
        kept.replace(OTHER, LADDER[0], SECRET, "elsewhere")


def test_a_row_of_another_shape_is_refused_each_time(rows: Rows, kept: Kept) -> None:
    with rows.change(NOW):
        rows.replace(place(SECRET, "draft"), b"something else")

    for _ in range(2):
        with pytest.raises(Tampered):
            kept.record(SECRET, "draft", kind=Draft)


def test_an_answer_is_good_until_the_next_transaction(rows: Rows, kept: Kept) -> None:
    answers = iter(range(9))

    assert [kept.answer("a", lambda: next(answers)) for _ in range(2)] == [0, 0]
    assert kept.answer("b", lambda: next(answers)) == 1
    with rows.change(NOW):
        rows.remove(place(SECRET, "draft"))
    assert [kept.answer("a", lambda: next(answers)) for _ in range(2)] == [2, 2]


def test_an_answer_from_the_middle_of_a_change_is_not_kept(rows: Rows, kept: Kept) -> None:
    answers = iter(range(9))
    kept.answer("a", lambda: next(answers))
    with failing(rows):
        rows.remove(place(SECRET, "draft"))
        assert [kept.answer("a", lambda: next(answers)) for _ in range(2)] == [1, 2]

    assert kept.answer("a", lambda: next(answers)) == 0


def test_a_closed_session_keeps_nothing(store: Store) -> None:
    patient = sign_up(store, "maple river")
    patient.kept.answer("a", lambda: 1)
    patient.close()

    assert patient.kept.answer("a", lambda: 2) == 2
    with pytest.raises(SessionEnded):
        _ = patient.state
