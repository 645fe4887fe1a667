"""What must be true of every store after every test: the file is the one its seal describes, every shelf is settled."""

from portal.vault import shelves
from portal.vault.session import Session
from portal.vault.store import Store


def check_store(store: Store) -> None:
    """Assert that a full scan equals the store seal, and that a full settle changes no row."""
    assert store.rows.scan().fits
    for session in store.sessions():
        if not session.closed:
            check_settled(session)


def check_settled(session: Session) -> None:
    """Assert that settling everybody at the patient's last time writes nothing."""
    before = session.rows.number
    shelves.settle(session, session.state.last)
    assert session.rows.number == before, "a full settle changed a row"
