"""Whatever the patient does, in whatever order: the readers shown beside a note are those who can read it."""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from portal.circle import accounts, alerts, audiences, circles, inviting, joining, members, notes, readings, tending
from portal.circle.audiences import EVERYONE, Chosen
from portal.circle.kinds import SHAREABLE, Kind
from portal.circle.members import Standing
from portal.errors import LinkClosed, NoReaders, PortalError
from tests.circle.story import (
    DAY,
    HOUR,
    NOW,
    PASSPHRASE,
    PATIENT,
    Membership,
    doubt,
    sign_up,
    signing,
    terms,
)
from tests.vault.checks import check_settled

NAMES = ("Sam", "June", "Fern")
WHICH = st.integers(0, 9)
SOME = st.sets(st.integers(0, 5), max_size=3)


class Circle(RuleBasedStateMachine):
    """A patient, a list, three people who come and go, and notes."""

    @initialize()
    def begin(self):
        self.now = NOW
        self.store = accounts.open_memory(now=NOW)
        self.patient = sign_up(self.store, PATIENT)
        self.accounts = {name: sign_up(self.store, f"the account of {name}") for name in NAMES}
        self.inside = {}
        self.near = audiences.add_audience(self.patient, "Near", now=NOW)
        self.items = []
        for name in NAMES[:2]:
            self.admit(name, terms(label=name, ends=NOW + 30 * DAY))
        self.write({0}, Kind.NOTE)
        self.write({0, 3}, Kind.RESOURCE)

    def admit(self, name, allowed):
        """Invite, join and confirm."""
        made = inviting.invite(self.patient, allowed, signing(), now=self.now)
        link = joining.join(self.accounts[name], made.code, name, now=self.now)
        person = inviting.confirm(self.patient, made.id, now=self.now)
        self.inside[name] = Membership(self.patient, self.accounts[name], person.id, link)

    def readers(self, picks):
        """Return the readers that numbers stand for: two lists, then people."""
        refs = [EVERYONE, self.near, *(one.person for one in self.inside.values())]
        picked = [refs[at] for at in picks if at < len(refs)]
        lists = frozenset(ref for ref in picked if ref in {EVERYONE, self.near})
        return Chosen(lists, frozenset(ref for ref in picked if ref not in lists))

    def person(self, which):
        return list(self.inside.values())[which % len(self.inside)] if self.inside else None

    def item(self, which):
        return self.items[which % len(self.items)] if self.items else None

    def tick(self):
        """Do what the server does each minute, or a sign-in does."""
        tending.tend(self.patient, self.now)

    # People

    @rule(which=WHICH, kinds=st.sets(st.sampled_from(SHAREABLE), min_size=1), lists=SOME, everything=st.booleans())
    def let_in(self, which, kinds, lists, everything):
        name = NAMES[which % len(NAMES)]
        if name in self.inside:
            return
        allowed = replace(
            terms(label=name, ends=self.now + 30 * DAY),
            kinds=frozenset(kinds),
            lists=frozenset(ref for at, ref in enumerate((EVERYONE, self.near)) if at in lists),
            everything=everything,
        )
        self.admit(name, allowed)

    @rule(which=WHICH, back=st.booleans(), everybody=st.booleans())
    def pause_or_resume(self, which, back, everybody):
        one = self.person(which)
        if everybody:
            (members.resume_all if back else members.pause_all)(self.patient, now=self.now)
        elif one:
            (members.resume if back else members.pause)(self.patient, one.person, now=self.now)

    @rule(which=WHICH, kinds=st.sets(st.sampled_from(SHAREABLE), min_size=1), lists=SOME, days=st.integers(1, 40))
    def change(self, which, kinds, lists, days):
        one = self.person(which)
        if not one:
            return
        wanted = replace(
            one.of_patient(now=self.now).terms,
            kinds=frozenset(kinds),
            lists=frozenset(ref for at, ref in enumerate((EVERYONE, self.near)) if at in lists),
            everything=days % 2 == 0,
            ends=self.now + days * DAY,
        )
        try:
            members.narrow(self.patient, one.person, wanted, now=self.now)
        except PortalError:
            members.widen(self.patient, one.person, wanted, signing(), now=self.now)

    @rule(which=WHICH, by_themselves=st.booleans())
    def go(self, which, by_themselves):
        one = self.person(which)
        if not one:
            return
        if by_themselves:
            circles.leave(one.member, one.link, now=self.now)
            self.tick()
        else:
            members.remove(self.patient, one.person, now=self.now)
        self.inside = {name: other for name, other in self.inside.items() if other.person != one.person}

    @rule(which=WHICH)
    def doubt_and_let_in_again(self, which):
        doubt(self.store, now=self.now)
        self.tick()
        chosen = [one.person for at, one in enumerate(self.inside.values()) if at != which % 3]
        members.let_in_again(self.patient, chosen, PASSPHRASE, now=self.now)

    # Notes

    @rule(picks=SOME, kind=st.sampled_from(SHAREABLE))
    def write(self, picks, kind):
        if len(self.items) >= notes.PAGE:
            return  # one page of each side shows everything
        try:
            body = notes.Text("", f"text {len(self.items)}")
            item = notes.write(self.patient, body, kind=kind, readers=self.readers(picks), now=self.now)
        except NoReaders:
            return
        self.items.append(item)

    @rule(which=WHICH, picks=SOME)
    def share(self, which, picks):
        item = self.item(which)
        if item:
            try:
                notes.share(self.patient, item, self.readers(picks), now=self.now)
            except NoReaders:
                return

    @rule(which=WHICH, whom=WHICH)
    def unshare(self, which, whom):
        item, one = self.item(which), self.person(whom)
        if item and one:
            notes.unshare(self.patient, item, one.person, now=self.now)
            assert one.of_patient(now=self.now).label not in notes.note(self.patient, item, now=self.now).readers

    @rule(which=WHICH)
    def withdraw(self, which):
        item = self.item(which)
        if item:
            notes.withdraw(self.patient, item, now=self.now)
            assert notes.note(self.patient, item, now=self.now).readers == ()

    @rule(which=WHICH)
    def edit(self, which):
        item = self.item(which)
        if item:
            there = notes.note(self.patient, item, now=self.now)
            body = notes.Text("", there.text + " and more")
            notes.edit(self.patient, item, body, base=there.edited or there.written, now=self.now)

    @rule(which=WHICH)
    def erase(self, which):
        item = self.item(which)
        if item:
            notes.erase(self.patient, item, now=self.now)
            self.items.remove(item)

    @rule()
    def remove_the_list(self):
        audiences.remove_audience(self.patient, self.near, now=self.now)
        self.near = audiences.add_audience(self.patient, "Near", now=self.now)

    # Time

    @rule(hours=st.sampled_from([1, 24, 24 * 20]))
    def time_goes_on(self, hours):
        self.now += hours * HOUR
        self.tick()

    @rule()
    def the_clock_was_wrong(self):
        tending.tend(self.patient, self.now + 365 * DAY)
        alerts.confirm_date(self.patient, PASSPHRASE, now=self.now)

    # The promise

    @invariant()
    def the_readers_shown_are_those_who_can_read(self):
        shown = {
            note.id: set(note.readers)
            for kind in (Kind.NOTE, Kind.RESOURCE)
            for note in notes.notes(self.patient, kind=kind, now=self.now).items
        }
        can = {name: self.reads(one) for name, one in self.inside.items()}
        assert shown == {item: {name for name in can if item in can[name]} for item in shown}
        assert set().union(*can.values()) <= set(shown)

    def reads(self, one):
        """Return what a member's page and keys open."""
        try:
            feed = readings.read(one.member, one.link, kinds=(), now=self.now)
        except LinkClosed:
            assert one.of_patient(now=self.now).standing is not Standing.OPEN
            return set()
        assert one.of_patient(now=self.now).standing is Standing.OPEN
        assert not any(item.damaged for item in feed.items)
        return {item.id for item in feed.items}

    @invariant()
    def everything_is_settled(self):
        check_settled(self.patient)

    def teardown(self):
        if hasattr(self, "store"):
            assert self.store.rows.scan().fits
            self.store.close()


TestCircle = Circle.TestCase
TestCircle.settings = settings(max_examples=40, stateful_step_count=30)
