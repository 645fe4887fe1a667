"""The member's side of an open door: nothing shown before its view is recorded."""

import pytest

from portal.crypto.sealing import place
from portal.errors import DailyLimit, DiskFull, Gone, LinkClosed, Tampered
from portal.newtypes import ItemId, LinkId
from portal.vault import entries, invitations, letters, reading, sharing, shelves, upkeep
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
    invite,
    join,
    let_in,
    permit,
    read_all,
    secret,
    sign_up,
    texts,
    write,
)


def slips(one, now=NOW, kinds=()):
    return [slip.id for slip in reading.slips(one.member, one.of_member(), now, kinds)]


def views(one):
    upkeep.take_in(one.patient, NOW)
    return [view.item for view in letters.readings_of(one.patient, one.person)]


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
    return invitations.join_at(secret(made))


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
