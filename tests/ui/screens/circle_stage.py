"""A circle on a store in memory, and the true pages drawn for the person in front."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from streamlit.testing.v1 import AppTest

from portal import clock
from portal.circle import accounts, audiences, inviting, joining, notes, readership, readings
from portal.circle.accounts import Session
from portal.circle.audiences import Chosen
from portal.circle.bodies import Text
from portal.circle.consent import Signing, Terms
from portal.circle.kinds import Kind
from portal.errors import DiskFull
from portal.newtypes import ItemId, LinkId, ListId, PersonId
from portal.ui import state
from portal.ui.web import desk
from portal.ui.web.cookies import digest
from tests.ui.opened import MAIN

NOON = 1_800_000_000
DAY = 86_400
PASSPHRASE = "seven quiet boats on a lake"
PRE = "pre"


@dataclass
class Stage:
    """Robin, whose circle it is, and Sam, who reads."""

    robin: Session
    household: ListId
    now: int = NOON
    path: str = "today"
    front: str = "robin"
    people: dict[str, Session] = field(default_factory=dict)
    sids: dict[str, str] = field(default_factory=dict)

    def clock(self) -> int:
        return self.now

    def terms(self, label: str = "Sam", **changes: object) -> Terms:
        """What Sam may see: notes for the household, from today on."""
        wanted: dict[str, object] = {
            "label": label,
            "relation": "brother",
            "kinds": frozenset({int(Kind.NOTE)}),
            "lists": frozenset({self.household}),
            "everything": True,
            "purposes": ("support",),
            "ends": self.now + 90 * DAY,
        }
        return Terms(**(wanted | changes))  # type: ignore[arg-type]

    def signing(self) -> Signing:
        return Signing(passphrase=PASSPHRASE, signature="Robin", text="as read", lang="en", zone="UTC")

    def invite(self, label: str = "Sam", **changes: object) -> inviting.Pending:
        return inviting.invite(self.robin, self.terms(label, **changes), self.signing(), now=self.now)

    def asks(self, label: str = "Sam", **changes: object) -> inviting.Pending:
        """Invite somebody and let them use the code."""
        made = self.invite(label, **changes)
        member = accounts.sign_up(
            self.robin.store, f"{label} here", PASSPHRASE + label, accounts.new_spare_key(), now=self.now
        )
        self.people[label] = member
        joining.join(member, made.code, label, now=self.now)
        return made

    def let_in(self, label: str = "Sam", **changes: object) -> PersonId:
        return inviting.confirm(self.robin, self.asks(label, **changes).id, now=self.now).id

    def write(self, text: str = "The rain stopped at noon.", title: str = "A better evening", **how: object) -> ItemId:
        """Write a note for the household."""
        readers = how.pop("readers", Chosen(lists=frozenset({self.household})))
        return notes.write(self.robin, Text(title, text), readers=readers, now=self.now, **how)  # type: ignore[arg-type]

    def who_read(self, item: ItemId) -> list[str]:
        """Take in what was sent, and return who has read the present text."""
        readings.take_in(self.robin, now=self.now)
        told = readership.readership(self.robin, item, now=self.now)
        return [one.label for one in told if one.day and not one.earlier]

    def link(self, label: str = "Sam") -> LinkId:
        return self.people[label].state.links[0].id

    def next_visit(self, who: str = "Sam", *, after: int = 0) -> None:
        """Time passes, and they come again: what they saw until now was an earlier visit."""
        self.later(after)
        self.people[who].begin_visit()

    def sit(self, who: str) -> None:
        """Somebody sits down in front of the page."""
        session = self.robin if who == "robin" else self.people[who]
        here = desk.current()
        sid = here.exchange(here.issue(session, PRE), PRE)
        assert sid
        self.sids[who], self.front = sid, who

    @property
    def sid(self) -> str:
        """The cookie of the person in front."""
        return self.sids[self.front]

    def later(self, seconds: int) -> None:
        """Let time pass while everybody stays at their page."""
        self.now += seconds
        for sid in self.sids.values():
            signed = desk.current()._signed.get(digest(sid))
            if signed:
                signed.seen = self.now

    def open(self, path: str, item: bytes = b"") -> AppTest:
        """Open a page, on one entry if it shows one."""
        if item:
            self.remember(path, item)
        at = AppTest.from_file(str(MAIN), default_timeout=20)
        at.session_state["ui"] = state.Interface(to=path)
        return self.run(at)

    def remember(self, path: str, item: bytes | str) -> None:
        """Let a page know which entry it shows."""
        signed = desk.current().person(self.sid)
        assert signed
        signed.spot[f"open.{path}"] = item

    def run(self, at: AppTest) -> AppTest:
        """Run the page; nothing may raise."""
        at.run()
        assert not at.exception, [found.value for found in at.exception]
        self.path = at.session_state["ui"].path
        return at

    def press(self, at: AppTest, key: str) -> AppTest:
        """Press a button and follow where it leads."""
        at.button(key=key).click()
        return self.run(at)


def open_stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Set the stage: Robin has an account and a group; nobody is invited yet."""
    store = accounts.open_memory(now=NOON)
    robin = accounts.sign_up(store, "Robin", PASSPHRASE, accounts.new_spare_key(), now=NOON)
    stage = Stage(robin, audiences.add_audience(robin, "Household", now=NOON))
    monkeypatch.setattr(clock, "now", stage.clock)
    monkeypatch.setattr(state, "current_sid", lambda: stage.sid)
    monkeypatch.setattr(state, "current_pre", lambda: PRE)
    desk.install(desk.Desk(store))
    stage.sit("robin")
    yield stage
    desk.current().close()
    desk.install(None)


def sams_home(stage: Stage) -> str:
    """Return the words of Sam's first page."""
    if stage.front != "Sam":
        stage.sit("Sam")
    return words(stage.open("home"))


def full(*_: object, **__: object) -> None:
    """Stand in for whatever finds that the disk is full."""
    raise DiskFull


def words(at: AppTest) -> str:
    """Return everything that is drawn as HTML, in order."""
    return "\n".join(str(found.proto.body) for found in at.get("html"))
