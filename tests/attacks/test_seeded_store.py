"""What a thief sees of a store in use: two circles, six accounts, 300 notes; journal, key folder, copy, temp files.

Every word that a person wrote holds the same canary, which is looked for in many encodings; so is every code.
"""

import base64
import math
import random
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.circle import accounts, audiences, begun, drafts, inviting, joining, members, notes, readings
from portal.circle.audiences import EVERYONE, Chosen
from portal.circle.bodies import Answers, Text
from portal.circle.consent import Signing, Terms
from portal.circle.kinds import SHAREABLE
from portal.crypto.passphrase import CHEAPEST
from portal.crypto.sealing import LADDER
from portal.newtypes import LinkId, ListId
from portal.vault import entries, shelves
from portal.vault import store as store_module
from portal.vault.session import Session
from portal.vault.store import Store

NOW = 1_790_000_000
NOTES = 150  # a circle
SIGNS = "abcdefghjkmnpqrstvwxyz"
CANARY = "kestrelwaq"  # in every word


@dataclass(slots=True)
class Seeded:
    store: Store
    folder: Path
    secrets: list[str]
    patients: list[Session]
    members: list[Session]


class Sower:
    """Two circles of a patient and two members each; remembers every word it used."""

    def __init__(self, store: Store) -> None:
        self.store, self.random, self.now = store, random.Random(7), NOW  # noqa: S311 - invented words
        self.secrets: list[str] = [CANARY]
        self.members: list[Session] = []

    def word(self) -> str:
        return self.random.choice(SIGNS) + CANARY + "".join(self.random.choice(SIGNS) for _ in range(6))

    def tick(self) -> int:
        self.now += 61
        return self.now

    def account(self) -> tuple[Session, str]:
        name, passphrase, key = self.word(), self.word() + " " + self.word(), accounts.new_spare_key()
        self.secrets.append(key)
        return accounts.sign_up(self.store, name, passphrase, key, now=self.tick()), passphrase

    def circle(self) -> Session:
        patient, passphrase = self.account()
        group = audiences.add_audience(patient, self.word(), now=self.tick())
        signing = Signing(
            passphrase=passphrase, signature=patient.name, text=self.word(), lang="en", zone="Europe/Madrid"
        )
        joined = [self.member(patient, group, signing) for _ in range(2)]
        for number in range(NOTES):
            self.note(patient, group, number)
        for session, link in joined:
            readings.read(session, link, now=self.tick())
            readings.read_one(session, link, readings.read(session, link, now=self.now).items[0].id, now=self.now)
        drafts.save(patient, Text(self.word(), self.word()), tags=[self.word()], now=self.tick())
        words = {name: self.word() for name in begun.LONGEST}
        begun.keep(patient, Answers(lists=(ListId(group),), purposes=("care",)).but(**words), now=self.tick())
        self.store.each_minute(patient, self.tick())  # type: ignore[misc]
        return patient

    def member(self, patient: Session, group: bytes, signing: Signing) -> tuple[Session, LinkId]:
        terms = Terms(
            label=self.word(), relation=self.word(), kinds=frozenset(int(k) for k in SHAREABLE),
            lists=frozenset({EVERYONE, ListId(group)}), everything=True, purposes=("own:" + self.word(),),
            ends=NOW + 10**7, event=self.word(),
        )  # fmt: skip
        pending = inviting.invite(patient, terms, signing, now=self.tick())
        self.secrets.append(pending.code)
        session, _ = self.account()
        self.members.append(session)
        link = joining.join(session, pending.code, self.word(), now=self.tick())
        inviting.confirm(patient, pending.id, now=self.tick())
        return session, link

    def note(self, patient: Session, group: bytes, number: int) -> None:
        body = " ".join(self.word() for _ in range(self.random.choice((3, 20, 150))))
        readers = [Chosen(), Chosen(frozenset({EVERYONE})), Chosen(frozenset({ListId(group)}))][number % 3]
        item = notes.write(patient, Text(self.word(), body), tags=[self.word()], readers=readers, now=self.tick())
        if number % 10 == 0:
            base = notes.note(patient, item, now=self.now).written
            notes.edit(patient, item, Text(self.word(), self.word()), base=base, now=self.tick())
        if number % 25 == 1:
            notes.withdraw(patient, item, now=self.tick())


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    folder = tmp_path_factory.mktemp("seeded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store_module, "STANDARD", CHEAPEST)
        patch.setenv("TMPDIR", str(folder / "tmp"))
        (folder / "tmp").mkdir()
        patch.setattr(tempfile, "tempdir", str(folder / "tmp"))
        store = accounts.open_store(folder / "data", folder / "keys", now=NOW)
        sower = Sower(store)
        patients = [sower.circle() for _ in range(2)]
        shutil.copytree(folder / "data", folder / "while-in-use")
        yield Seeded(store, folder, sower.secrets, patients, sower.members)
        for patient in patients:
            before = store.rows.number
            shelves.settle(patient, patient.state.last)
            assert store.rows.number == before
        assert store.rows.scan().fits
        store.close()


def _rows(seeded: Seeded) -> list[tuple[int, bytes]]:
    with sqlite3.connect(seeded.folder / "data" / "store.db") as db:
        found = db.execute("select loc, ct from rec order by rowid").fetchall()
    db.close()
    return found


def _encodings(word: str) -> Iterator[bytes]:
    plain = word.encode()
    for text in (word, word.upper(), word.capitalize(), word[::-1]):
        yield from (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be"), text.encode().hex().encode())
    for shift in range(3):  # only the signs that no neighbour changes
        yield base64.b64encode(b"x" * shift + plain)[4 if shift else 0 : -4]
    yield ",".join(str(sign) for sign in plain).encode()


def test_the_sample_is_as_large_as_promised(seeded: Seeded) -> None:
    assert len({one.account for one in (*seeded.patients, *seeded.members)}) == 6
    assert sum(entry.kind == 1 for one in seeded.patients for entry in entries.index(one).entries) == 300
    assert [len(members.members(one, now=NOW + 10**5)) for one in seeded.patients] == [2, 2]


def test_no_word_of_anybody_stands_in_any_file(seeded: Seeded) -> None:
    needles = [needle for secret in seeded.secrets for needle in _encodings(secret)]
    files = [file for file in seeded.folder.rglob("*") if file.is_file()]
    assert {"store.db", "store.db-wal", "key", "number", "settings.toml"} <= {file.name for file in files}
    for file in files:
        haystack = file.read_bytes() + b"\n" + str(file.relative_to(seeded.folder)).encode()
        assert not [needle for needle in needles if needle in haystack], f"a canary in {file.name}"


@pytest.mark.parametrize("written", [str.encode, lambda word: base64.b64encode(b"ab" + word.encode() + b"cd")])
def test_the_search_finds_a_word_that_is_there(written: Callable[[str], bytes]) -> None:
    assert any(needle in written("x" + CANARY + "yz") for needle in _encodings(CANARY))


def test_the_schema_has_room_for_an_address_and_a_sealed_row_alone(seeded: Seeded) -> None:
    with sqlite3.connect(seeded.folder / "data" / "store.db") as db:
        tables = db.execute("select type, name from sqlite_schema").fetchall()
        columns = [(name, kind) for _, name, kind, *_ in db.execute("pragma table_info(rec)")]
    db.close()
    assert tables == [("table", "rec")]
    assert columns == [("loc", "INTEGER"), ("ct", "BLOB")]


def test_every_row_has_a_size_of_the_ladder_and_looks_random(seeded: Seeded) -> None:
    rows = _rows(seeded)
    assert {len(ct) for _, ct in rows} <= set(LADDER)
    counts = Counter(b"".join(ct for _, ct in rows))
    total = counts.total()
    entropy = -sum(n / total * math.log2(n / total) for n in counts.values())
    assert entropy > 7.999
    assert len({ct[:24] for _, ct in rows}) == len(rows), "two rows share a salt"


def test_the_order_of_rows_tells_nothing_of_the_order_of_writing(seeded: Seeded) -> None:
    written = [
        entries.body_at(entry.key).loc for patient in seeded.patients for entry in entries.index(patient).entries
    ]
    place = {loc: rank for rank, (loc, _) in enumerate(_rows(seeded))}
    ranks = [place[loc] for loc in written]
    middle = (len(ranks) - 1) / 2
    order = sorted(ranks)
    spread = sum((i - middle) * (order.index(rank) - middle) for i, rank in enumerate(ranks))
    correlation = spread / sum((i - middle) ** 2 for i in range(len(ranks)))
    assert abs(correlation) < 4 / math.sqrt(len(ranks))
