"""A store with people in it, made once by the use cases themselves: a journey starts where its own story begins."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from portal.circle import accounts, inviting, joining, notes
from portal.circle.accounts import Session, Store
from portal.circle.audiences import Chosen
from portal.circle.bodies import Text
from portal.circle.consent import Signing, Terms
from portal.circle.kinds import Kind
from portal.newtypes import PersonId
from tests.journeys.steps import Account

LASTS = 90 * 86_400  # seconds
SHARED, SHARED_TEXT = "Sunday soup", "Leek and potato, for everybody at home."
PRIVATE, PRIVATE_TEXT = "Under the pear tree", "I sat there until it was dark."
OWN, OWN_TEXT = "Blue bicycle", "The chain is mended."


@dataclass(frozen=True)
class Seed:
    """Where the store lies, and who is in it: Robin writes, Fern reads, Sam knows neither of them."""

    folder: Path
    robin: Account
    fern: Account
    sam: Account


def plant(folder: Path) -> Seed:
    """Make the store below `folder`, as a server of the journeys looks for it."""
    for name in ("data", "keys"):
        (folder / name).mkdir(parents=True, mode=0o700)
    now = int(time.time())
    store = accounts.open_store(folder / "data", folder / "keys", now=now)
    try:
        robin, at_robin = _sign_up(store, "Robin", now)
        fern, at_fern = _sign_up(store, "Fern", now)
        sam, at_sam = _sign_up(store, "Sam", now)
        _write(at_robin, PRIVATE, PRIVATE_TEXT, now)
        _write(at_sam, OWN, OWN_TEXT, now)
        member = _let_in(at_robin, robin, at_fern, now)
        _write(at_robin, SHARED, SHARED_TEXT, now, Chosen(people=frozenset({member})))
    finally:
        store.close()
    return Seed(folder, robin, fern, sam)


def copied(seed: Seed, to: Path) -> Path:
    """Copy the store below `to`, for a server that may change it."""
    for name in ("data", "keys"):
        shutil.copytree(seed.folder / name, to / name)
    return to


def _sign_up(store: Store, name: str, now: int) -> tuple[Account, Session]:
    account = Account(name, f"{name} keeps six quiet words here", accounts.new_spare_key())
    return account, accounts.sign_up(store, name, account.passphrase, account.spare_key, now=now)


def _write(session: Session, title: str, text: str, now: int, readers: Chosen | None = None) -> None:
    notes.write(session, Text(title, text), readers=readers, now=now)


def _let_in(robin: Session, account: Account, fern: Session, now: int) -> PersonId:
    terms = Terms(
        label="Fern",
        relation="sister",
        kinds=frozenset({int(Kind.NOTE), int(Kind.RESOURCE)}),
        lists=frozenset(),
        everything=True,
        purposes=("support",),
        ends=now + LASTS,
    )
    signing = Signing(passphrase=account.passphrase, signature=account.name, text="As read.", lang="en", zone="UTC")
    made = inviting.invite(robin, terms, signing, now=now)
    joining.join(fern, made.code, "Fern", now=now)
    return inviting.confirm(robin, made.id, now=now).id
