"""Invite and confirm: never without the patient's yes."""

import msgspec
import pytest

from portal.crypto import hpke
from portal.errors import CodeOpensNothing, Gone, JoinDamaged, TooManyInvitations, TooManyPeople
from portal.newtypes import InvitationId
from portal.vault import invitations, joining, people, reading, shelves
from portal.vault.records import INVITATIONS, PEOPLE
from tests.vault.story import COPY, DAY, FAMILY, NOW, confirm, invite, join, permission, secret, sign_up, texts, write

NONE = InvitationId(bytes(8))


def test_both_sides_come_to_the_same_secret_and_the_same_number(patient, member):
    made = invite(patient)
    link = join(member, made)
    found = invitations.joined(patient, made)
    assert (found.link, found.name) == (link.link, "sam at the lake")
    assert found.number == joining.number_of(link) == hpke.safety_number(link.link)
    assert len(found.number) == 30


def test_confirming_opens_the_door_and_forgets_the_key(store, patient, member):
    write(patient, "hello", FAMILY)
    made = invite(patient)
    link = join(member, made)
    person = confirm(patient, made.id)
    assert (person.label, person.relation, person.link) == ("Sam", "friend", link.link)
    assert patient.state.invitations == []
    assert patient.state.admitted
    assert not store.rows.has(invitations.join_at(secret(made)))
    assert reading.consent_copy(member, link.id) == COPY
    shown = reading.show(member, link.id, [slip.id for slip in reading.slips(member, link, NOW)], now=NOW)
    assert [one.body for one in shown] == [b"hello"]


def test_until_confirmed_there_is_no_person_no_door_no_shelf(patient, member):
    made = invite(patient)
    link = join(member, made)
    write(patient, "hello", FAMILY)
    assert patient.state.people == []
    assert shelves.read_door(patient.rows, link.link) is None
    assert not patient.rows.has(shelves.page_at(link.link, 0))


def test_an_invitation_of_another_generation_opens_nothing_and_is_over(store, patient, member):
    made = invite(patient)
    used = invite(patient)
    join(member, used)
    store.rows.generation = msgspec.structs.replace(store.generation, id=b"the next")
    with pytest.raises(CodeOpensNothing):
        joining.look(store, made.code, now=NOW)
    with pytest.raises(CodeOpensNothing):
        join(member, made)
    with pytest.raises(Gone):
        confirm(patient, used.id)
    assert invitations.expired(patient, NOW) == [made, used]


def test_what_is_over_and_what_is_not(store, patient, member):
    used, unused, given_up = invite(patient), invite(patient), invite(patient)
    other = sign_up(store, "canal")
    join(member, used)
    link = join(other, given_up)
    reading.leave(other, link.id, now=NOW)
    assert invitations.expired(patient, NOW) == [given_up]
    assert invitations.expired(patient, used.ends) == [unused, given_up]


def test_refusing_leaves_no_row(patient, member):
    made = invite(patient)
    join(member, made)
    invitations.end(patient, made.id, now=NOW)
    assert not patient.rows.has(invitations.join_at(secret(made)))
    assert patient.state.invitations == []
    for act in (
        lambda: invitations.find(patient, made.id),
        lambda: invitations.end(patient, NONE, now=NOW),
        lambda: confirm(patient, made.id),
    ):
        with pytest.raises(Gone):
            act()


def test_extending_gives_a_later_end_to_an_unused_one(store, patient, member):
    made = invite(patient)
    invitations.extend(patient, made.id, b"again", made.ends + DAY, now=NOW)
    assert joining.look(store, made.code, now=made.ends).offer == b"again"
    assert invitations.find(patient, made.id).ends == made.ends + DAY
    join(member, made)
    with pytest.raises(Gone):
        invitations.extend(patient, made.id, b"again", made.ends + DAY, now=NOW)
    with pytest.raises(Gone):
        invitations.replace(patient, made.id, b"again", made.ends, now=NOW)


def test_replacing_gives_another_code_to_the_same_person(store, patient):
    made = invite(patient)
    fresh = invitations.replace(patient, made.id, b"an offer", NOW + DAY, now=NOW)
    assert (fresh.label, fresh.relation, fresh.consent) == (made.label, made.relation, made.consent)
    assert fresh.code != made.code
    assert fresh.seed != made.seed
    assert patient.state.invitations == [fresh]
    joining.look(store, fresh.code, now=NOW)


def test_nobody_joined_is_gone_and_a_damaged_join_is_said(store, patient, member):
    made = invite(patient)
    with pytest.raises(Gone):
        invitations.joined(patient, made)
    join(member, made)
    with store.change(NOW):
        store.rows.replace(invitations.join_at(secret(made)), b"no box")
    with pytest.raises(JoinDamaged):
        invitations.joined(patient, made)
    with pytest.raises(JoinDamaged):
        confirm(patient, made.id)
    with store.change(NOW):
        box = hpke.seal_join(hpke.public_bytes(made.seed), secret(made), b"no record")
        store.rows.replace(invitations.join_at(secret(made)), box)
    with pytest.raises(JoinDamaged):
        invitations.joined(patient, made)


def test_who_asks_by_invitation(store, patient, member):
    waiting, used, damaged = invite(patient), invite(patient), invite(patient)
    watch = invitations.joins_seen(patient)
    join(member, used)
    assert invitations.joins_seen(patient) != watch
    join(sign_up(store, "canal"), damaged)
    with store.change(NOW):
        store.rows.replace(invitations.join_at(secret(damaged)), b"no box")
    found = invitations.open_names(patient, [waiting, used, damaged])
    assert found == {used.id: invitations.joined(patient, used), damaged.id: None}


def test_so_many_invitations_and_people(store, patient, circle):
    for _ in range(INVITATIONS):
        invite(patient)
    with pytest.raises(TooManyInvitations):
        invite(patient)
    for one in patient.state.invitations:
        invitations.end(patient, one.id, now=NOW)
    with store.change(NOW):
        people.put(patient, [circle.of_patient()] * (PEOPLE - 1), NOW)
    invite(patient)
    with pytest.raises(TooManyPeople):
        invite(patient)
    with store.change(NOW):
        people.put(patient, [circle.of_patient()], NOW)


def test_a_permission_that_is_confirmed_is_the_one_that_was_signed(patient, member):
    made = invite(patient)
    join(member, made)
    signed = permission(patient, kinds=[2])
    person = invitations.confirm(patient, made.id, signed, COPY, now=NOW)
    assert person.permission == signed
    assert texts_of(patient, person) == []


def texts_of(patient, person):
    return shelves.shelf(person, [], patient.store.generation.id, NOW)


def test_nothing_is_read_before_the_yes(patient, circle, member):
    write(patient, "a", FAMILY)
    assert texts(circle) == ["a"]
