"""G4 and G6: what a patient waits for when they publish, and when they remove somebody."""

from collections.abc import Iterator
from itertools import count

from portal.circle import members, notes
from portal.circle.audiences import EVERYONE, Chosen
from portal.circle.bodies import Text
from portal.vault import entries, reading, shelves
from portal.vault.records import Entry, OwnPage
from portal.vault.session import Session
from tests.bench import data
from tests.bench.data import NOW, Circle
from tests.bench.measure import Outcome, Side, compare
from tests.bench.plain import Plain
from tests.bench.plan import Plan

TARGETS = (4, 8)
PUBLISHES = 5  # in a row, so that a full page is met now and then


def g4(plan: Plan) -> Iterator[Outcome]:
    """Publish one note, durable. Raises `RuntimeError` unless it is one commit and reaches every reader."""
    for readers, target in zip(plan.readers, TARGETS, strict=True):
        writer = _Writer(plan.circle(plan.notes, readers), plan.plain(plan.notes), 3 * plan.rounds * PUBLISHES)
        ours, theirs = Side(writer.publish, times=PUBLISHES), Side(writer.insert, times=PUBLISHES)
        what = f"publish one note to {readers} readers, durable / plaintext insert"
        yield compare("G4", what, ours, theirs, 2 * plan.rounds, target)
        writer.tidy()


class _Writer:
    """Publishes and inserts the same notes, a second apart."""

    def __init__(self, made: Circle, plain: Plain, most: int) -> None:
        self._made, self._plain = made, plain
        self._fresh = list(data.notes(most + PUBLISHES))
        self._published, self._inserted = count(), count()
        self._readers = Chosen(frozenset({EVERYONE}))

    def publish(self) -> None:
        """Publish the next note as the app does."""
        number = next(self._published)
        before = self._made.store.rows.number
        text = Text("", self._fresh[number].text)
        notes.write(self._made.patient, text, readers=self._readers, now=NOW + number + 1)
        if self._made.store.rows.number != before + 1:
            raise RuntimeError("a publish took more than one commit")

    def insert(self) -> None:
        """Insert the next note in the clear."""
        self._plain.insert(self._fresh[next(self._inserted)])

    def tidy(self) -> None:
        """Leave the plaintext store as it was, after a look at what the last reader holds."""
        one = self._made.members[-1]
        held = reading.slips(one.member, one.of_member(), NOW + 1)
        if len(held) < len(self._made.written) + next(self._published):
            raise RuntimeError("what was published did not reach its readers")
        for number in range(next(self._inserted)):
            self._plain.remove(self._fresh[number])


def g6(plan: Plan) -> Iterator[Outcome]:
    """Remove one member / put every text of the same circle under a new key."""
    readers = plan.readers[1]
    made = plan.circle(plan.notes, readers)
    numbers = count(readers)
    ours = Side(
        lambda: members.remove(made.patient, made.members[-1].person, now=NOW),
        after=lambda: data.replace_member(made, next(numbers)),
    )
    theirs = Side(lambda: encrypt_anew(made.patient))
    what = f"remove one of {readers} at {plan.notes:,} notes / full re-encryption"
    yield compare("G6", what, ours, theirs, plan.rounds, 0.02)


def encrypt_anew(patient: Session) -> None:
    """Put every text under a new key and bring it to every shelf, in one transaction: what removal does not need."""
    with patient.store.change(NOW):
        for number in range(patient.state.own):
            page = entries.read_page(patient, number)
            moved = [_moved(patient, entry) for entry in page.entries]
            entries.write_page(patient, number, OwnPage(page.number, moved))
        patient.write(NOW)
        shelves.settle(patient, NOW)


def _moved(patient: Session, entry: Entry) -> Entry:
    key = entries.new_key()
    patient.rows.add(entries.body_at(key), entries.read_body(patient, entry.key, entry.hash))
    patient.rows.remove(entries.body_at(entry.key))
    return data.replaced(entry, key)
