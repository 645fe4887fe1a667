"""G1, G2, G3, G11, G13: what a member waits for when they read, search, or leave a page open."""

from collections.abc import Callable, Iterator
from unittest.mock import patch

from portal.circle import readings
from portal.circle.bodies import Text, unpack
from portal.crypto import sealing
from portal.newtypes import Location
from portal.vault import doors, entries, letters, reading
from portal.vault.session import Session
from tests.bench.data import NOW, Circle, everything_read, link_of, words
from tests.bench.measure import Outcome, Side, compare
from tests.bench.plain import Plain, sqlcipher
from tests.bench.plan import Plan

PAGE = 20
POLLS = 2_000  # in a row: one is over in a microsecond


def g1(plan: Plan) -> Iterator[Outcome]:
    """Newest page of 20 for a member, cold and with door and shelf page opened before; then the page as it is drawn."""
    made, plain = plan.circle(plan.notes, plan.readers[0]), plan.plain(plan.notes)
    everything_read(made)
    locs = [note.loc for note in made.written[-PAGE:]]
    once, theirs = Side(lambda: plain.read(locs)), Side(lambda: plain.read(locs), times=10)
    visitor = _Visitor(made)
    cold = Side(visitor.page, before=visitor.come)
    yield compare("G1", "newest page of 20, cold / plaintext page", cold, once, 3 * plan.rounds, 8)
    warm = Side(visitor.page, times=10)
    yield compare("G1", "the same, door and shelf page opened before", warm, theirs, 3 * plan.rounds, 6)
    first = Side(visitor.drawn, before=visitor.come)
    yield compare("", "   with all counts of the visit: first page after sign-in", first, once, plan.rounds)
    again = Side(visitor.drawn, times=10)
    yield compare("", "   with all counts of the visit: next page", again, theirs, plan.rounds)


class _Visitor:
    """A member with a session that can be begun anew."""

    def __init__(self, made: Circle) -> None:
        self._made = made
        self._session = made.visit()

    def come(self) -> None:
        """Begin a session in which nothing is opened."""
        self._session.close()
        self._session = self._made.visit()

    def page(self) -> list[Text]:
        """Open the newest page: door, shelf page, tags, bodies, hashes."""
        return newest(self._session, self._made, PAGE)

    def everything(self) -> list[Text]:
        """Open the whole feed."""
        return newest(self._session, self._made, len(self._made.written))

    def drawn(self) -> readings.Feed:
        """Open the newest page as it is drawn, with what is new and what is gone since the last visit."""
        return readings.read(self._session, self._made.link, now=NOW)

    def search(self, word: str) -> readings.Found:
        """Search what was opened."""
        return readings.search_read(self._session, self._made.link, word, now=NOW)


def newest(session: Session, made: Circle, count: int) -> list[Text]:
    """Return the newest texts, opened as a page is."""
    link = link_of(session, made)
    with session.rows.lock:
        held, _ = reading.newest(session, link, NOW, kinds=(), skip=0, count=count)
        return [unpack(entries.read_body(session, one.key, one.hash), Text) for one in held]


def g2(plan: Plan) -> Iterator[Outcome]:
    """The newest page of a large circle and of a small one."""
    sides = []
    for size in (plan.many, plan.few):
        made = plan.circle(size, 1)
        everything_read(made)
        visitor = _Visitor(made)
        sides.append((Side(visitor.page, before=visitor.come), Side(visitor.page, times=10)))
    what = f"newest page of 20 at {plan.many:,} notes / at {plan.few:,}"
    yield compare("G2", f"{what}, cold", sides[0][0], sides[1][0], 3 * plan.rounds, 1.3)
    yield compare("G2", f"{what}, opened before", sides[0][1], sides[1][1], 3 * plan.rounds, 1.3)
    for size in (plan.many, plan.few):
        plan.forget(size, 1)


def g3(plan: Plan) -> Iterator[Outcome]:
    """The whole feed; the figure of SQLCipher stands beside it."""
    made, plain = plan.circle(plan.notes, plan.readers[0]), plan.plain(plan.notes)
    locs = [note.loc for note in made.written]
    visitor = _Visitor(made)
    ours, theirs = Side(visitor.everything, before=visitor.come), Side(lambda: plain.read(locs))
    yield compare("G3", f"whole feed of {plan.notes:,} / plaintext feed", ours, theirs, plan.rounds, 5)
    other = sqlcipher(plan.fresh("sealed-whole.db"))
    if other:
        other.fill(made.written)
        beside = Side(lambda: other.read(locs))
        yield compare("", "   SQLCipher's whole feed / plaintext feed", beside, theirs, plan.rounds)
        other.close()


def g11(plan: Plan) -> Iterator[Outcome]:
    """Search after the session's build: a word that stands in few texts, and one that stands in none."""
    made = plan.circle(plan.notes, plan.readers[0])
    everything_read(made)
    visitor = _Visitor(made)
    plain = Plain(plan.fresh("search.db"))
    plain.index(made.written)
    for word, said in ((words()[11], "a word"), ("zzyzx", "a word that is not there")):
        ours = Side(_searching(visitor.search, word))
        theirs = Side(_searching(plain.search, word), times=5)
        what = f"search {said} in {plan.notes:,} opened notes / FTS5 on disk"
        yield compare("G11", what, ours, theirs, plan.rounds, 2)
    plain.close()


def _searching(search: Callable[[str], object], word: str) -> Callable[[], object]:
    return lambda: search(word)


def g13(plan: Plan) -> Iterator[Outcome]:
    """The poll of an idle open page. Raises `RuntimeError` when it derives, opens or writes anything."""
    made, plain = plan.circle(plan.notes, plan.readers[0]), plan.plain(plan.notes)
    everything_read(made)
    session = made.visit()
    watch = readings.watch(session, made.link, now=NOW)
    _check_idle(session, lambda: readings.news(session, made.link, watch, now=NOW))
    ours = Side(lambda: readings.news(session, made.link, watch, now=NOW), times=POLLS)
    theirs = Side(lambda: plain.db.execute("select 1").fetchone(), times=POLLS)
    what = f"poll of an idle open page at {plan.notes:,} notes / trivial SELECT"
    yield compare("G13", what, ours, theirs, plan.rounds, 5)
    person = made.members[0].of_patient()
    at = letters.letter_at(person.link, session.store.generation.id, 0)
    moved = Side(lambda: doors.same(session, watch, NOW), times=POLLS, before=lambda: _elsewhere(made, at))
    yield compare("", "   the same after somebody else's write", moved, theirs, plan.rounds)


def _elsewhere(made: Circle, at: sealing.Place) -> None:
    """Write something that the open page does not depend on."""
    with made.store.change(NOW):
        made.store.rows.discard(at)
        made.store.rows.add(at, b"")


def _check_idle(session: Session, poll: Callable[[], object]) -> None:
    number = session.rows.number

    def refuse(*_: object, **__: object) -> Location:
        raise RuntimeError("an idle poll derived or opened something")

    with patch.object(sealing, "prf", refuse), patch.object(sealing, "unseal", refuse):
        poll()
    if session.rows.number != number:
        raise RuntimeError("an idle poll wrote something")
