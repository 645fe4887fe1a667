"""The member's side: nothing without an open door, nothing shown before its view is recorded."""

import pytest

from portal.crypto.sealing import place
from portal.errors import DailyLimit, DiskFull, Gone, LinkClosed, Tampered
from portal.newtypes import ItemId, LinkId
from portal.vault import entries, letters, people, reading, sharing, shelves, upkeep
from portal.vault.reading import Standing
from portal.vault.records import SLIPS, PersonState
from portal.vault.session import Session
from tests.vault.story import (
    ASK,
    COPY,
    DAY,
    FAMILY,
    NOTE,
    NOW,
    RESOURCE,
    YEAR,
    confirm,
    invite,
    join,
    let_in,
    read_all,
    sign_up,
    texts,
    write,
)


def standing(one, now=NOW):
    return reading.standing(one.member, one.of_member(), now)


def slips(one, now=NOW, kinds=()):
    return [slip.id for slip in reading.slips(one.member, one.of_member(), now, kinds)]


def permit(one, now=NOW, **fields):
    with one.patient.store.change(now):
        people.permit(one.patient, one.person, now, **fields)
        shelves.settle(one.patient, now)


def views(one):
    upkeep.take_in(one.patient, NOW)
    return [view.item for view in letters.readings_of(one.patient, one.person)]


# Standing


def test_a_link_waits_until_it_is_confirmed(store, patient, member):
    made = invite(patient)
    link = join(member, made)
    assert reading.standing(member, link, NOW) is Standing.WAITING
    confirm(patient, made.id, starts=NOW + DAY)
    assert reading.standing(member, link, NOW) is Standing.NOT_YET
    assert reading.standing(member, link, NOW + DAY) is Standing.OPEN
    assert reading.standing(member, link, NOW + YEAR) is Standing.ENDED


def test_a_refused_link_was_not_let_in(patient, member):
    from portal.vault import invitations  # noqa: PLC0415 - only here

    made = invite(patient)
    link = join(member, made)
    invitations.end(patient, made.id, now=NOW)
    assert reading.standing(member, link, NOW) is Standing.NOT_LET_IN


@pytest.mark.parametrize(
    ("state", "told"), [(PersonState.PAUSED, Standing.PAUSED), (PersonState.PUT_BACK, Standing.PUT_BACK)]
)
def test_a_closed_door_says_why_and_opens_nothing(patient, circle, state, told):
    item = write(patient, "a", FAMILY)
    permit(circle, state=state)
    assert standing(circle) is told
    for act in (
        lambda: slips(circle),
        lambda: reading.newest(circle.member, circle.of_member(), NOW, kinds=(), skip=0, count=20),
        lambda: reading.show(circle.member, circle.link, [item], now=NOW),
        lambda: reading.unread(circle.member, circle.of_member(), NOW),
    ):
        with pytest.raises(LinkClosed):
            act()


def test_after_the_end_a_member_is_refused_whatever_the_shelf_holds(patient, circle):
    write(patient, "a", FAMILY)
    assert standing(circle, NOW + YEAR) is Standing.ENDED
    with pytest.raises(LinkClosed):
        texts(circle, now=NOW + YEAR)
    shelves.settle(patient, NOW + YEAR)
    assert standing(circle, NOW) is Standing.ENDED


def test_a_door_of_another_generation_reads_as_put_back(store, patient, circle):
    permit(circle, generation=b"another.")
    assert standing(circle) is Standing.PUT_BACK


def test_a_door_that_does_not_open_fails_closed(store, patient, circle):
    with store.change(NOW):
        store.rows.replace(shelves.door_at(circle.secret), b"no record")
    assert standing(circle) is Standing.DAMAGED
    with pytest.raises(LinkClosed):
        slips(circle)
    assert not reading.watch(circle.member, circle.link, NOW).open
    shelves.settle(patient, NOW)


def test_who_was_removed_reads_so_once_they_had_been_in(patient, circle):
    link = circle.of_member()
    upkeep.remove(patient, circle.person, now=NOW)
    assert reading.standing(circle.member, link, NOW) is Standing.NOT_LET_IN
    reading.mark_opened(circle.member, link, now=NOW)
    assert standing(circle) is Standing.REMOVED
    number = patient.rows.number
    reading.mark_opened(circle.member, circle.of_member(), now=NOW)
    assert patient.rows.number == number


# Slips


def test_slips_come_by_kind(patient, circle):
    note = write(patient, "a", FAMILY)
    resource = write(patient, "b", FAMILY, kind=RESOURCE, now=NOW + 1)
    write(patient, "c", FAMILY, kind=ASK)
    assert (slips(circle), slips(circle, kinds=[NOTE]), slips(circle, kinds=[ASK])) == ([note, resource], [note], [])


@pytest.mark.parametrize("total", [0, 1, SLIPS - 1, SLIPS, SLIPS + 1, 2 * SLIPS + 7])
def test_any_stretch_of_the_newest_is_the_same_as_of_all(patient, circle, total):
    items = [write(patient, str(number), FAMILY, now=NOW + number) for number in range(total)]
    link = circle.of_member()
    for skip, count in [(0, 20), (0, 1), (3, 5), (SLIPS - 2, 5), (SLIPS, 20), (total, 5), (max(0, total - 1), 5)]:
        for kinds in ((), (NOTE,)):
            found, told = reading.newest(circle.member, link, NOW, kinds=kinds, skip=skip, count=count)
            assert ([slip.id for slip in found], told) == (items[::-1][skip : skip + count], total)


def test_a_shelf_page_that_does_not_open_hides_nothing_silently(store, patient, circle):
    write(patient, "a", FAMILY)
    with store.change(NOW):
        store.rows.replace(shelves.page_at(circle.secret, 0), b"no record")
    with pytest.raises(Tampered):
        slips(circle)
    shelves.settle(patient, NOW)


# Showing


def test_what_is_shown_is_recorded_once_and_again_after_an_edit(patient, circle):
    item = write(patient, "a", FAMILY)
    for _ in range(3):
        assert texts(circle) == ["a"]
    assert views(circle) == [item]
    sharing.edit(patient, item, b"b", base=NOW, now=NOW + 9)
    assert texts(circle) == ["b"]
    assert views(circle) == [item, item]


def test_when_the_view_cannot_be_recorded_nothing_is_shown(patient, circle, monkeypatch):
    write(patient, "a", FAMILY)

    def refuse(*_, **__):
        raise DiskFull

    opened = []
    read_body = entries.read_body
    monkeypatch.setattr(letters, "send", refuse)
    monkeypatch.setattr(entries, "read_body", lambda *more: opened.append(1) or read_body(*more))
    with pytest.raises(DiskFull):
        texts(circle)
    assert not opened
    monkeypatch.setattr(entries, "read_body", read_body)


def test_what_is_no_longer_on_the_shelf_is_left_out(patient, circle):
    kept, gone = write(patient, "a", FAMILY), write(patient, "b", FAMILY)
    sharing.withdraw(patient, gone, now=NOW)
    shown = reading.show(circle.member, circle.link, [gone, kept, ItemId(bytes(16))], now=NOW)
    assert [(one.slip.id, one.body) for one in shown] == [(kept, b"a")]


def test_a_body_that_does_not_open_is_shown_as_nothing_and_hides_no_other(store, patient, circle):
    item = write(patient, "a", FAMILY)
    write(patient, "b", FAMILY, now=NOW + 1)
    with store.change(NOW):
        store.rows.replace(entries.body_at(entries.find(patient, item)[1].key), b"another text")
    assert [one.body for one in read_all(circle)] == [None, b"b"]


def test_more_than_one_letter_of_views(patient, circle):
    items = {write(patient, str(number), FAMILY) for number in range(70)}
    assert len(read_all(circle)) == 70
    assert set(views(circle)) == items


def test_so_many_pages_a_day(store, patient, circle, monkeypatch):
    monkeypatch.setattr(reading, "PAGES_A_DAY", 2)
    start = NOW - NOW % DAY + DAY
    for number in range(3):
        write(patient, str(number), FAMILY, now=NOW + number)
    items = slips(circle)
    for item in items[:2]:
        reading.show(circle.member, circle.link, [item], now=start)
    with pytest.raises(DailyLimit):
        reading.show(circle.member, circle.link, items[2:], now=start + DAY - 1)
    assert len(reading.show(circle.member, circle.link, items[:2], now=start)) == 2
    with pytest.raises(LinkClosed):
        reading.show(circle.member, circle.link, items[2:], now=NOW + YEAR)
    assert len(reading.show(circle.member, circle.link, items[2:], now=start + DAY)) == 1


def test_what_was_new_stays_marked_until_the_session_ends(patient, circle):
    item = write(patient, "a", FAMILY)
    texts(circle, now=NOW + 5)
    assert circle.member.fresh[circle.link] == {item: True}
    sharing.edit(patient, item, b"b", base=NOW, now=NOW + 9)
    texts(circle, now=NOW + 10)
    assert circle.member.fresh[circle.link] == {item: False}
    assert circle.member.visits[circle.link] == 0
    again = Session(patient.store, circle.member.seed)
    write(patient, "c", FAMILY, now=NOW + 20)
    reading.show(again, circle.link, slips(circle), now=NOW + 30)
    assert again.visits[circle.link] == NOW + 10


# News, and what is no longer shared


def test_news_counts_what_is_new_or_changed_and_records_nothing(store, patient, circle):
    item = write(patient, "a", FAMILY)

    def news():
        return [slip.id for slip, _ in reading.unread(circle.member, circle.of_member(), NOW)]

    number = store.rows.number
    assert news() == [item]
    assert store.rows.number == number
    texts(circle)
    assert news() == []
    sharing.edit(patient, item, b"b", base=NOW, now=NOW + 9)
    assert news() == [item]


def test_what_was_read_and_is_withdrawn_is_told_once(patient, circle):
    item = write(patient, "a", FAMILY)
    write(patient, "never read", FAMILY, now=NOW + 5)
    reading.show(circle.member, circle.link, [item], now=NOW)
    assert reading.no_longer_shared(circle.member, circle.of_member(), NOW) == []
    sharing.withdraw(patient, item, now=NOW)
    gone = reading.no_longer_shared(circle.member, circle.of_member(), NOW)
    assert [one.id for one in gone] == [item]
    reading.told_gone(circle.member, circle.link, gone, now=NOW)
    number = patient.rows.number
    reading.told_gone(circle.member, circle.link, [], now=NOW)
    assert patient.rows.number == number
    assert reading.no_longer_shared(circle.member, circle.of_member(), NOW) == []


def test_what_comes_back_is_new(patient, circle):
    item = write(patient, "a", FAMILY)
    texts(circle)
    sharing.withdraw(patient, item, now=NOW)
    gone = reading.no_longer_shared(circle.member, circle.of_member(), NOW)
    reading.told_gone(circle.member, circle.link, gone, now=NOW)
    sharing.set_readers(patient, item, [FAMILY], now=NOW)
    assert [slip.id for slip, _ in reading.unread(circle.member, circle.of_member(), NOW)] == [item]


# A poll


def test_a_poll_sees_changes_without_opening_anything(store, patient, circle, monkeypatch):
    write(patient, "a", FAMILY)
    seen = reading.watch(circle.member, circle.link, NOW)
    opened = []
    monkeypatch.setattr(store.rows, "get", lambda *_: opened.append(1))
    assert reading.same(circle.member, seen, NOW + 5)
    assert not reading.same(circle.member, seen, NOW + YEAR)
    assert not opened
    monkeypatch.undo()
    write(patient, "b", FAMILY)
    assert not reading.same(circle.member, seen, NOW + 5)


@pytest.mark.parametrize("act", ["edit", "pause", "remove"])
def test_a_poll_sees(patient, circle, act):
    item = write(patient, "a", FAMILY)
    seen = reading.watch(circle.member, circle.link, NOW)
    match act:
        case "edit":
            sharing.edit(patient, item, b"b", base=NOW, now=NOW + 9)
        case "pause":
            permit(circle, state=PersonState.PAUSED)
        case "remove":
            upkeep.remove(patient, circle.person, now=NOW)
    assert not reading.same(circle.member, seen, NOW)


def test_a_poll_of_a_waiting_link_sees_the_confirmation(patient, member):
    made = invite(patient)
    link = join(member, made)
    seen = reading.watch(member, link.id, NOW)
    assert reading.same(member, seen, NOW + YEAR)
    confirm(patient, made.id)
    assert not reading.same(member, seen, NOW)


# Leaving


def test_leaving_drops_the_link_and_tells_the_patient(patient, circle):
    write(patient, "a", FAMILY)
    texts(circle)
    secret, member = circle.secret, circle.member
    run = reading.seen_run(member, circle.of_member())
    reading.leave(member, circle.link, now=NOW)
    assert member.state.links == []
    assert not member.rows.has(run.at(0))
    upkeep.take_in(patient, NOW)
    assert patient.state.people == []
    assert not any(member.rows.has(place(secret, name)) for name in ("door", "consent"))


def test_leaving_is_possible_while_waiting(patient, member):
    made = invite(patient)
    link = join(member, made)
    reading.leave(member, link.id, now=NOW)
    assert member.state.links == []
    assert not member.rows.has(place_of_join(made))


def place_of_join(made):
    from portal.crypto import codes  # noqa: PLC0415 - only here
    from portal.vault import invitations  # noqa: PLC0415 - only here

    return invitations.join_at(codes.secret_of(made.code))


def test_leaving_is_possible_from_a_closed_or_damaged_circle(store, patient, circle):
    other = let_in(patient, sign_up(store, "canal"), label="Kim")
    permit(circle, state=PersonState.PAUSED)
    reading.leave(circle.member, circle.link, now=NOW)
    with store.change(NOW):
        store.rows.replace(shelves.door_at(other.secret), b"no record")
    reading.leave(other.member, other.link, now=NOW)
    assert (circle.member.state.links, other.member.state.links) == ([], [])
    upkeep.settle_all(patient, NOW)
    assert [one.id for one in patient.state.people] == [other.person]


def test_leaving_a_circle_that_is_not_there_is_refused(member):
    with pytest.raises(Gone):
        reading.leave(member, LinkId(bytes(8)), now=NOW)


def test_the_members_copy_of_the_consent(patient, circle):
    assert reading.consent_copy(circle.member, circle.link) == COPY
    upkeep.remove(patient, circle.person, now=NOW)
    with pytest.raises(Gone):
        reading.consent_copy(circle.member, circle.link)


def test_a_missing_shelf_page_hides_nothing_silently(store, patient, circle):
    write(patient, "a", FAMILY)
    with store.change(NOW):
        store.rows.remove(shelves.page_at(circle.secret, 0))
    with pytest.raises(Tampered):
        slips(circle)
    item = write(patient, "b", FAMILY, now=NOW + 1)
    assert slips(circle)[-1] == item
    assert len(slips(circle)) == 2


def test_the_end_is_what_the_door_says_and_nothing_without_one(store, patient, circle):
    link = circle.of_member()
    assert reading.ends(circle.member, link) == NOW + YEAR
    with store.change(NOW):
        store.rows.replace(shelves.door_at(circle.secret), b"no record")
    assert reading.ends(circle.member, link) == 0
    upkeep.remove(patient, circle.person, now=NOW)
    assert reading.ends(circle.member, link) == 0


def test_a_poll_looks_again_after_every_transaction_of_others(store, patient, circle):
    write(patient, "a", FAMILY)
    seen = reading.watch(circle.member, circle.link, NOW)
    write(patient, "mine alone")
    assert reading.same(circle.member, seen, NOW)
    write(patient, "b", FAMILY)
    assert not reading.same(circle.member, seen, NOW)
    assert not reading.same(circle.member, seen, NOW)
