"""Members cannot tell that others exist: a circle of two shows exactly what a crowded one shows."""

from dataclasses import replace

import pytest

from portal.circle import accounts, audiences, circles, inviting, joining, members, notes, readings, tending
from portal.circle.audiences import EVERYONE, Chosen
from portal.circle.kinds import Kind
from portal.newtypes import ItemId, LinkId
from portal.vault import shelves
from tests.circle.story import (
    DAY,
    HOUR,
    MINUTE,
    NOW,
    PATIENT,
    Membership,
    edit,
    let_in,
    sign_up,
    signing,
    terms,
    write,
)
from tests.vault.checks import check_store


class World:
    """One patient and Sam; `crowded` puts June and Fern, a pending ask and their notes between everything."""

    def __init__(self, *, crowded):
        self.store = accounts.open_memory(now=NOW)
        self.patient = sign_up(self.store, PATIENT)
        self.crowded = crowded
        self.others = []
        self.told = []
        self.ids = {}
        self.near = audiences.add_audience(self.patient, "Near", now=NOW)
        self.crowd(NOW)
        self.sam = self.join(NOW)
        self.crowd(NOW)

    def join(self, now):
        """Invite Sam, note the offer, and let Sam in."""
        session = sign_up(self.store, "quiet fern")
        made = inviting.invite(
            self.patient,
            terms(lists=frozenset({EVERYONE, self.near}), purposes=("care", "own:a ride")),
            signing(),
            now=now,
        )
        self.told.append(joining.look(self.store, made.code, now=now))
        link = joining.join(session, made.code, "Sam", now=now)
        self.show(Membership(self.patient, session, made.id, link), now, open_=False)
        return Membership(self.patient, session, inviting.confirm(self.patient, made.id, now=now).id, link)

    def crowd(self, now):
        """Let others in, write for them alone, let them read and leave."""
        if not self.crowded:
            return
        session = sign_up(self.store, f"other {'abcdefghijklmnop'[len(self.others)] * 4}", now=now)
        one = let_in(self.patient, session, now=now, label=f"Other {len(self.others)}")
        self.others.append(one)
        item = write(self.patient, "for them alone", one.person, now=now)
        readings.read(session, one.link, now=now)
        notes.edit(self.patient, item, notes.Text("", "edited"), base=now, now=now)
        write(self.patient, "mine", now=now)
        inviting.invite(self.patient, terms(ends=now + DAY), signing(), now=now)
        if len(self.others) % 2:
            members.pause(self.patient, one.person, now=now)
        tending.tend(self.patient, now)

    def write(self, text, *refs, now, kind=Kind.NOTE):
        """Publish something that Sam reads; in a crowded world others read it too."""
        people = frozenset(one.person for one in self.others if self.crowded and refs == (EVERYONE,))
        item = notes.write(
            self.patient,
            notes.Text("", text),
            kind=kind,
            readers=Chosen(frozenset(refs), people),
            now=now,
        )
        self.ids[item] = len(self.ids)
        return item

    def show(self, one, now, *, open_=True):
        """Note everything that Sam's pages show."""
        self.told.append(replace(circles.circle(one.member, one.link, now=now), id=LinkId(b""), number=""))
        if not open_:
            return
        self.told.append(circles.agreement(one.member, one.link))
        watch = readings.watch(one.member, one.link, now=now)
        self.told.append((len(watch.tags), watch.starts, watch.ends, watch.open))
        for kinds in ((Kind.NOTE,), (Kind.RESOURCE,), ()):
            for page in (1, 2):
                feed = readings.read(one.member, one.link, page=page, kinds=kinds, now=now)
                items = tuple(replace(shown, id=ItemId(bytes([self.ids[shown.id]]))) for shown in feed.items)
                self.told.append(replace(feed, items=items))
        found = readings.search_read(one.member, one.link, "text", now=now)
        self.told.append([self.ids[shown.id] for shown in found.items])
        door = shelves.read_door(self.store.rows, one.record.link)
        self.told.append((door.state, door.starts, door.ends, door.pages, one.held.letters, one.held.seen))

    def news(self, watch, now):
        """Note what Sam's poll tells."""
        self.told.append(readings.news(self.sam.member, self.sam.link, watch, now=now))


def live(world):
    """Run one story, with whatever the world puts between its steps; return what Sam was shown."""
    patient, sam, at = world.patient, world.sam, NOW
    items = []
    for step in range(24):
        at = NOW + step * MINUTE
        items.append(world.write(f"text {step}", EVERYONE, now=at))
        if step % 5 == 0:
            world.crowd(at)
    at += 1
    world.write("a resource", world.near, now=at, kind=Kind.RESOURCE)
    world.show(sam, at)
    watch, at = readings.watch(sam.member, sam.link, now=at), at + HOUR
    world.crowd(at)
    edit(patient, items[2], "text, edited", now=at)
    world.news(watch, at)
    notes.unshare(patient, items[3], sam.person, now=at)
    notes.withdraw(patient, items[4], now=at)
    notes.erase(patient, items[5], now=at)
    world.news(watch, at)
    world.show(sam, at)
    sam.member.begin_visit()
    for one in world.others[:2]:
        circles.leave(one.member, one.link, now=at)
    tending.tend(patient, at)
    world.crowd(at + MINUTE)
    world.write("text again", EVERYONE, now=at + HOUR)
    members.narrow(
        patient,
        sam.person,
        replace(sam.of_patient(now=at).terms, ends=NOW + 30 * DAY, lists=frozenset({EVERYONE})),
        now=at,
    )
    world.show(sam, at + HOUR)
    members.pause(patient, sam.person, now=at + HOUR)
    world.show(sam, at + HOUR, open_=False)
    world.news(watch, at + HOUR)
    return world.told


def test_a_crowded_circle_shows_a_member_what_a_circle_of_two_shows():
    alone, crowded = World(crowded=False), World(crowded=True)

    for one, other in zip(live(alone), live(crowded), strict=True):
        assert one == other

    assert len(crowded.others) >= 6
    for world in (alone, crowded):
        check_store(world.store)
        world.store.close()


@pytest.mark.parametrize("removed", [False, True], ids=["others", "others removed"])
def test_the_order_of_joining_shows_in_no_id_or_number(store, patient, removed):
    first = let_in(patient, sign_up(store, "quiet fern"), label="A")
    if removed:
        members.remove(patient, first.person, now=NOW)
    second = let_in(patient, sign_up(store, "paper lantern"), label="B")

    one = circles.circle(second.member, second.link, now=NOW)

    assert len(one.id) == 8
    assert one.number == ""
    assert one.id != second.person
    assert len(circles.circles(second.member, now=NOW)) == 1
