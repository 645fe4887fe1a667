"""Join: once, by the code alone; what leads nowhere has one answer."""

from textwrap import wrap

import msgspec
import pytest

from portal.crypto import codes, hpke
from portal.errors import AlreadyLinked, CodeMistyped, CodeOpensNothing, OwnCode, TooManyTries
from portal.vault import invitations, joining, letters
from portal.vault.records import LINKS, Invite, Join, pack, unpack
from portal.vault.throttle import Bucket
from tests.vault.story import DAY, NOW, invite, join, secret, sign_up


def row(session, made):
    return unpack(session.rows.get(invitations.invite_at(secret(made))), Invite)


def test_a_code_opens_the_offer(store, patient):
    made = invite(patient)
    for typed in (made.code, "-".join(wrap(made.code, 4)).lower(), f"  {made.code} "):
        seen = joining.look(store, typed, now=NOW)
        assert (seen.offer, seen.ends) == (b"an offer", NOW + 7 * DAY)
    assert invitations.find(patient, made.id) == made


def test_a_code_works_once(store, patient, member):
    made = invite(patient)
    join(member, made)
    with pytest.raises(CodeOpensNothing):
        join(sign_up(store, "canal"), made)
    assert invitations.was_used(patient, made)


@pytest.mark.parametrize("fate", ["expired", "cancelled", "replaced", "unknown", "damaged", "worthless key"])
def test_a_code_that_leads_nowhere_has_one_answer(store, patient, member, fate):
    made, now = invite(patient), NOW
    match fate:
        case "expired":
            now = made.ends
        case "cancelled":
            invitations.end(patient, made.id, now=NOW)
        case "replaced":
            invitations.replace(patient, made.id, b"an offer", NOW + DAY, now=NOW)
        case "unknown":
            made = msgspec.structs.replace(made, code=codes.make(codes.INVITATION))
        case "damaged":
            with store.change(NOW):
                store.rows.replace(invitations.invite_at(secret(made)), b"no record")
        case "worthless key":
            bad = msgspec.structs.replace(row(patient, made), public=bytes(1216))
            with store.change(NOW):
                store.rows.replace(invitations.invite_at(secret(made)), pack(bad))
    with pytest.raises(CodeOpensNothing):
        join(member, made, now=now)
    if fate != "worthless key":
        with pytest.raises(CodeOpensNothing):
            joining.look(store, made.code, now=now)
    assert member.state.links == []


def test_a_slip_is_noticed_and_tries_are_counted(store, patient):
    made = invite(patient)
    with pytest.raises(CodeMistyped):
        joining.look(store, made.code[:-1], now=NOW)
    store.codes = Bucket(1)
    for _ in range(3):
        joining.look(store, made.code, now=NOW)
    with pytest.raises(CodeOpensNothing):
        joining.look(store, codes.make(codes.INVITATION), now=NOW)
    with pytest.raises(TooManyTries):
        joining.look(store, made.code, now=NOW)


def test_looking_for_what_carries_a_sign_up_spends_nothing(store, patient):
    made = invite(patient)
    place = invitations.invite_at(secret(made)).loc
    assert [joining.carrier(store, made.code, now=NOW) for _ in range(2)] == [place, place]
    assert joining.carrier(store, codes.make(codes.INVITATION), now=NOW) is None
    assert joining.carrier(store, "nonsense", now=NOW) is None
    assert not store.carried


def test_the_own_code_and_too_many_circles_are_refused(store, patient, member):
    made = invite(patient)
    with pytest.raises(OwnCode):
        join(patient, made)
    with store.change(NOW):
        link = join(sign_up(store, "canal"), invite(patient))
        member.write(NOW, links=[link] * LINKS)
    with pytest.raises(AlreadyLinked):
        join(member, made)
    joining.look(store, made.code, now=NOW)


def test_the_join_row_says_nothing_to_whoever_has_the_code(patient, member):
    made = invite(patient)
    link = join(member, made)
    box = patient.rows.get(invitations.join_at(secret(made)))
    part = unpack(hpke.unseal_join(made.seed, secret(made), box), Join).part
    assert part not in box
    assert b"sam at the lake" not in box
    assert hpke.link_secret(part, made.r, secret(made)) == link.link
    assert letters.find_link(member, link.id).name == "maple river"
