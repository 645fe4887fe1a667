"""Whatever is done in whatever order: every shelf equals the formula, computed apart (attacks 15 and 16).

The oracle below knows nothing of pages, keys or rows. It keeps what was decided, in plain
values, and says what each member may read.
"""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from portal.errors import ClockBehind, LinkClosed
from portal.newtypes import ItemId
from portal.vault import accounts, doors, entries, letters, people, reading, sharing, shelves, upkeep
from portal.vault.doors import Standing
from portal.vault.records import Generation, PersonState, Reason
from portal.vault.store import Store
from tests.vault import story
from tests.vault.story import ASK, DAY, FAMILY, FRIENDS, HOUR, NOTE, NOW, RESOURCE, Membership

NAMES = ("ana", "ben", "cleo")
kinds = st.sets(st.sampled_from([NOTE, RESOURCE, ASK]), max_size=3)
lists = st.sets(st.sampled_from([FAMILY, FRIENDS]), max_size=2)
spans = st.sampled_from([(0, DAY), (0, 400 * DAY), (HOUR, 3 * HOUR), (-HOUR, HOUR)])
pick = st.integers(0, 10**6)


@dataclass
class Allowed:
    """What the patient decided about one member."""

    kinds: set[int]
    lists: set[bytes]
    since: int
    starts: int
    ends: int
    life: int
    open: bool = True


@dataclass
class Written:
    """One thing the patient wrote."""

    text: str
    kind: int
    written: int
    readers: dict[bytes, int] = field(default_factory=dict)


class Circle(RuleBasedStateMachine):
    """A patient, three accounts that may become members, and the oracle beside them."""

    @initialize()
    def begin(self) -> None:
        self.store = Store.in_memory(now=NOW)
        self.patient = story.sign_up(self.store, "maple river")
        self.accounts = [story.sign_up(self.store, name) for name in NAMES]
        self.now, self.life, self.count = NOW, 0, 0
        self.members: dict[bytes, Membership] = {}
        self.allowed: dict[bytes, Allowed] = {}
        self.written: dict[ItemId, Written] = {}

    # What the oracle says

    @property
    def judged(self) -> int:
        return max(self.now, self.patient.state.last)

    def stands(self, who: bytes) -> bool:
        one = self.allowed[who]
        return one.open and one.life == self.life and one.starts <= self.judged < one.ends

    def may_read(self, who: bytes) -> list[ItemId]:
        one = self.allowed[who]

        def reaches(ref: bytes, when: int) -> bool:
            return (ref in one.lists or ref == who) and when >= one.since

        found = [
            (it.written, item)
            for item, it in self.written.items()
            if self.stands(who) and it.kind in one.kinds and any(reaches(*reader) for reader in it.readers.items())
        ]
        return [item for _, item in sorted(found)]

    # Members

    @rule(which=pick, kinds=kinds, lists=lists, span=spans, everything=st.booleans())
    def confirm(self, which: int, kinds: set[int], lists: set[bytes], span: tuple[int, int], everything: bool) -> None:
        free = [one for one in self.accounts if not any(m.member is one for m in self.members.values())]
        if not free:
            return
        since, starts, ends = 0 if everything else self.now, self.now + span[0], self.now + span[1]
        one = story.let_in(
            self.patient, free[which % len(free)], now=self.now, kinds=sorted(kinds), lists=sorted(lists),
            since=since, starts=starts, ends=ends,
        )  # fmt: skip
        self.members[one.person] = one
        self.allowed[one.person] = Allowed(set(kinds), set(lists), since, starts, ends, self.life)

    def permit(self, who: bytes, **fields: Any) -> None:
        with self.store.change(self.now, narrowing=True):
            people.permit(self.patient, self.members[who].person, self.now, **fields)
            shelves.settle(self.patient, self.now, [self.members[who].of_patient()], narrowing=True)

    def who(self, which: int) -> bytes:
        return sorted(self.members)[which % len(self.members)]

    @precondition(lambda self: self.members)
    @rule(which=pick, kinds=kinds, lists=lists, span=spans)
    def widen_or_narrow(self, which: int, kinds: set[int], lists: set[bytes], span: tuple[int, int]) -> None:
        who = self.who(which)
        one = self.allowed[who]
        one.kinds, one.lists, one.ends = set(kinds), set(lists), self.now + span[1]
        self.permit(who, kinds=sorted(kinds), lists=sorted(lists), ends=one.ends)

    @precondition(lambda self: self.members)
    @rule(which=pick, on=st.booleans())
    def pause_or_resume(self, which: int, on: bool) -> None:
        who = self.who(which)
        self.allowed[who].open = on
        self.permit(who, state=PersonState.OPEN if on else PersonState.PAUSED)

    @precondition(lambda self: self.members)
    @rule(which=pick)
    def remove(self, which: int) -> None:
        one = self.members.pop(self.who(which))
        self.allowed.pop(one.person)
        upkeep.remove(self.patient, one.person, now=self.now)
        reading.leave(one.member, one.link, now=self.now)

    @precondition(lambda self: self.members)
    @rule(which=pick)
    def leave(self, which: int) -> None:
        one = self.members.pop(self.who(which))
        self.allowed.pop(one.person)
        reading.leave(one.member, one.link, now=self.now)
        upkeep.settle_all(self.patient, self.now)

    # Entries

    @rule(kind=st.sampled_from([NOTE, RESOURCE, ASK]), refs=lists, alone=st.booleans(), which=pick)
    def publish(self, kind: int, refs: set[bytes], alone: bool, which: int) -> None:
        chosen = sorted(refs) + ([self.who(which)] if self.members and alone else [])
        self.count += 1
        text, when = f"text {self.count}", self.judged
        try:
            item = story.write(self.patient, text, *chosen, now=self.now, kind=kind)
        except ClockBehind:
            assert chosen
            assert self.now < when - sharing.BEHIND
            return
        self.written[item] = Written(text, kind, when, dict.fromkeys(chosen, when))

    def item(self, which: int) -> ItemId:
        return sorted(self.written)[which % len(self.written)]

    @precondition(lambda self: self.written)
    @rule(which=pick)
    def edit(self, which: int) -> None:
        item = self.item(which)
        _, old = entries.find(self.patient, item)
        self.count += 1
        text = f"text {self.count}"
        try:
            sharing.edit(self.patient, item, text.encode(), base=old.edited or old.written, now=self.now)
        except ClockBehind:
            assert self.written[item].readers
            return
        self.written[item].text = text

    @precondition(lambda self: self.written)
    @rule(which=pick, refs=lists, alone=st.booleans())
    def set_readers(self, which: int, refs: set[bytes], alone: bool) -> None:
        item = self.item(which)
        it, when = self.written[item], self.judged
        chosen = sorted(refs) + ([self.who(which)] if self.members and alone else [])
        try:
            sharing.set_readers(self.patient, item, chosen, now=self.now)
        except ClockBehind:
            assert any(ref not in it.readers for ref in chosen)
            return
        it.readers = {ref: it.readers.get(ref, when) for ref in chosen}

    @precondition(lambda self: self.written and self.members)
    @rule(which=pick)
    def unshare(self, which: int) -> None:
        item, who = self.item(which), self.who(which)
        sharing.unshare(self.patient, item, self.members[who].person, now=self.now)
        it = self.written[item]
        left: dict[bytes, int] = {}
        for ref, when in it.readers.items():
            others = [one for one in self.members if ref in self.allowed[one].lists and one != who]
            hers = others if ref in self.allowed[who].lists else [ref] if ref != who else []
            for one in hers:
                left[one] = max(left.get(one, 0), when)
        it.readers = left

    @precondition(lambda self: self.written)
    @rule(which=pick)
    def withdraw(self, which: int) -> None:
        item = self.item(which)
        sharing.withdraw(self.patient, item, now=self.now)
        self.written[item].readers = {}

    @precondition(lambda self: self.written)
    @rule(which=pick)
    def erase(self, which: int) -> None:
        item = self.item(which)
        sharing.erase(self.patient, item, now=self.now)
        del self.written[item]

    # Time and doubt

    @rule(step=st.sampled_from([60, HOUR, 2 * HOUR, 2 * DAY, -60, -HOUR, -2 * DAY]))
    def time_passes(self, step: int) -> None:
        self.now = max(NOW, self.now + step)
        upkeep.settle_all(self.patient, self.now)

    @rule()
    def date_confirmed(self) -> None:
        """What the patient answers when the clock is behind: this is the date."""
        with self.store.change(self.now):
            self.patient.set_last(self.now)
            shelves.settle(self.patient, self.now)

    @rule()
    def new_generation(self) -> None:
        self.life += 1
        number = self.store.generation.number + 1
        fresh = Generation(number, number.to_bytes(8, "big"), Reason.CHANGED, self.now)
        self.store.rows.begin(fresh, self.store.rows.number, unsealed=True)
        upkeep.settle_all(self.patient, self.now)

    @precondition(lambda self: self.members)
    @rule(which=pick)
    def let_in_again(self, which: int) -> None:
        who = self.who(which)
        self.allowed[who].life, self.allowed[who].open = self.life, True
        self.permit(who, state=PersonState.OPEN, generation=self.store.generation.id)

    @rule()
    def sign_in_again(self) -> None:
        self.patient.close()
        self.patient = accounts.sign_in(self.store, "maple river", story.PASSPHRASE, now=self.now)
        upkeep.settle_all(self.patient, self.now)
        self.members = {
            who: Membership(self.patient, one.member, one.person, one.link) for who, one in self.members.items()
        }

    # What must always be true

    @invariant()
    def a_full_settle_changes_no_row(self) -> None:
        number = self.store.rows.number
        shelves.settle(self.patient, self.now)
        assert self.store.rows.number == number

    @invariant()
    def each_shelf_is_the_formula(self) -> None:
        for who, one in self.members.items():
            assert [slip.id for slip in story.stored(one)] == self.may_read(who)
            door = shelves.read_door(self.store.rows, one.secret)
            assert door is not None
            assert door.pages == -(-len(self.may_read(who)) // 40)
            assert not self.store.rows.has(shelves.page_at(one.secret, door.pages))

    @invariant()
    def what_keys_open_is_what_the_page_shows(self) -> None:
        for who, one in self.members.items():
            wanted = [self.written[item].text for item in self.may_read(who)]
            opened = [entries.read_body(one.member, slip.key, slip.hash).decode() for slip in story.stored(one)]
            assert opened == wanted
            try:
                shown = story.texts(one, now=self.now)
            except LinkClosed:
                shown = []
                assert not self.is_open(one)
            assert shown == (wanted if self.is_open(one) else [])

    def is_open(self, one: Membership) -> bool:
        """A member's own session judges by the clock."""
        mine = self.allowed[one.person]
        standing = doors.standing(one.member, letters.find_link(one.member, one.link), self.now)
        by_clock = mine.open and mine.life == self.life and mine.starts <= self.now < mine.ends
        assert standing is not Standing.OPEN or by_clock
        return standing is Standing.OPEN

    @invariant()
    def the_file_is_the_one_its_seal_describes(self) -> None:
        assert self.store.rows.scan().fits

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()


TestCircle = Circle.TestCase
TestCircle.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
