"""Those who attack: the same people as in tests/vault, in stores that nobody checks afterwards."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.crypto.sealing import Place
from portal.vault import accounts
from portal.vault.rows import Rows
from portal.vault.session import Session
from portal.vault.store import Store
from tests.attacks.tampering import Files
from tests.vault.conftest import _cheap, circle, disk, member, opener, patient, store  # noqa: F401 - fixtures
from tests.vault.story import FAMILY, NOW, PASSPHRASE, Membership, let_in, sign_up, write


@dataclass
class Prey:
    """A store on disk with one circle in it, and the files as an attacker sees them."""

    open_it: object
    files: Files
    store: Store
    patient: Session
    one: Membership
    places: dict[int, Place]
    now: int = NOW

    def stop(self) -> None:
        """The server stops."""
        self.store.close()

    def start(self) -> Store:
        """The server starts again; nobody is signed in yet."""
        assert callable(self.open_it)
        self.store = self.open_it(self.now)
        return self.store

    def sign_in(self) -> Membership:
        """Both come back."""
        self.patient = accounts.sign_in(self.store, "maple river", PASSPHRASE, now=self.now)
        other = accounts.sign_in(self.store, "lake", PASSPHRASE, now=self.now)
        self.one = Membership(self.patient, other, self.one.person, self.one.link)
        return self.one

    def restart(self) -> Membership:
        """Stop, start, and both come back."""
        self.stop()
        self.start()
        return self.sign_in()


@pytest.fixture
def prey(opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Prey:  # noqa: F811 - the fixture above
    places: dict[int, Place] = {}
    add = Rows.add

    def noted(self: Rows, at: Place, *more: int) -> int:
        places[at.loc] = at
        return add(self, at, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(Rows, "add", noted)
    made = opener()
    ana = sign_up(made, "maple river")
    one = let_in(ana, sign_up(made, "lake"))
    for number in range(3):
        write(ana, f"note {number}", FAMILY, now=NOW + number)
    return Prey(opener, Files(tmp_path / "data", tmp_path / "keys"), made, ana, one, places)
