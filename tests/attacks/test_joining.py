"""Attacks 10, 11, 18: codes and joins, forged, swapped, raced, spied on."""

import itertools
import threading
from textwrap import wrap

import msgspec
import pytest

from portal.crypto import codes, hpke
from portal.crypto.sealing import place, prf, seal, unseal
from portal.errors import CodeOpensNothing, JoinDamaged, OwnCode, PortalError
from portal.newtypes import Secret
from portal.vault import invitations, joining
from portal.vault.invitations import INVITE_ROW, invite_at, join_at
from portal.vault.records import Invite, Join, pack, unpack
from tests.vault.story import DAY, NOW, confirm, invite, join, secret, sign_up

# 10


def test_10_a_join_without_the_code_has_no_place(prey):
    made = invite(prey.patient)
    right = join_at(secret(made))
    for guess in (b"", bytes(32), prey.one.secret, prey.one.member.seed, codes.secret_of(codes.make(codes.INVITATION))):
        assert join_at(Secret(guess or bytes(32))).loc != right.loc
    assert not invitations.was_used(prey.patient, made)


@pytest.mark.parametrize("running", [True, False])
def test_10_a_join_row_written_into_the_file(prey, running):
    """Whoever holds the code and the file, but joins past the app."""
    made = invite(prey.patient)
    box = hpke.seal_join(hpke.public_bytes(made.seed), secret(made), pack(Join(Secret(bytes(32)), "someone else")))
    if not running:
        prey.stop()
    at = join_at(secret(made))
    prey.files.put(at.loc, seal(at, box, INVITE_ROW))
    if running:
        with pytest.raises(JoinDamaged):
            invitations.joined(prey.patient, made)
        return
    prey.start()
    prey.sign_in()
    with pytest.raises(PortalError):
        confirm(prey.patient, made.id)
    assert len(prey.patient.state.people) == 1


def test_10_swapped_join_rows_open_nothing(prey):
    one, other = invite(prey.patient), invite(prey.patient)
    join(sign_up(prey.store, "canal"), one)
    join(sign_up(prey.store, "hill"), other)
    boxes = [prey.store.rows.get(join_at(secret(made))) for made in (one, other)]
    with prey.store.change(NOW):
        for made, box in ((one, boxes[1]), (other, boxes[0])):
            prey.store.rows.replace(join_at(secret(made)), box, INVITE_ROW)
    for made in (one, other):
        with pytest.raises(JoinDamaged):
            invitations.joined(prey.patient, made)


def test_10_the_same_code_twice_at_once_makes_one_link(store, patient):
    made = invite(patient)
    people = [sign_up(store, f"someone {number}") for number in range(8)]
    gate, outcomes = threading.Barrier(len(people)), []

    def try_it(session):
        gate.wait(20)
        try:
            outcomes.append(join(session, made))
        except CodeOpensNothing:
            outcomes.append(None)

    threads = [threading.Thread(target=try_it, args=(session,)) for session in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(outcomes) == 8
    (link,) = [one for one in outcomes if one]
    assert sum(len(session.state.links) for session in people) == 1
    assert invitations.joined(patient, made).link == link.link


def test_10_the_same_part_under_two_invitations_makes_two_secrets(patient):
    one, other = invite(patient), invite(patient)
    part = Secret(b"l" * 32)
    links = {hpke.link_secret(part, made.r, secret(made)) for made in (one, other)}
    links.add(hpke.link_secret(part, other.r, secret(one)))
    links.add(hpke.link_secret(part, one.r, secret(other)))
    assert len(links) == 4
    assert one.r != other.r


def test_10_the_own_code_is_refused_and_stays(store, patient):
    made = invite(patient)
    with pytest.raises(OwnCode):
        join(patient, made)
    joining.look(store, made.code, now=NOW)


# 11


def test_11_the_code_and_copies_of_the_file_do_not_give_the_secret(prey):
    """The code opens the invitation and the join row of copies from before and after the join: L stays unknown."""
    made = invite(prey.patient)
    code = secret(made)
    before = prey.files.rows()
    link = join(sign_up(prey.store, "canal"), made)
    after = prey.files.rows()
    offer = unpack(unseal(invite_at(code), before[invite_at(code).loc]), Invite)
    box = unseal(join_at(code), after[join_at(code).loc])
    assert offer.r == made.r
    assert invite_at(code).loc not in after
    for known in (box, offer.public, offer.r + code + bytes(32)):
        for start in range(len(known) - 31):
            part = Secret(known[start : start + 32])
            assert hpke.link_secret(part, offer.r, code) != link.link
    assert link.link not in {prf(code, "link", offer.r, code), prf(offer.r, "link", offer.r, code), code}
    for name in itertools.product(("link", "join", "invite", "seed"), ((), (0,))):
        assert prf(code, name[0], *name[1]) not in {link.link, made.seed}
    confirm(prey.patient, made.id)
    confirmed = prey.files.rows()
    assert join_at(code).loc not in confirmed
    assert made.seed not in pack(prey.patient.state)


# 18


@pytest.mark.parametrize("fate", ["expired", "cancelled", "replaced", "used", "unknown"])
def test_18_one_message_for_every_code_that_opens_nothing(store, patient, member, fate):
    made, now = invite(patient), NOW
    match fate:
        case "expired":
            now = made.ends
        case "cancelled":
            invitations.end(patient, made.id, now=NOW)
        case "replaced":
            invitations.replace(patient, made.id, b"", NOW + DAY, now=NOW)
        case "used":
            join(sign_up(store, "canal"), made)
        case "unknown":
            made = msgspec.structs.replace(made, code=codes.make(codes.INVITATION))
    for act in (lambda: joining.look(store, made.code, now=now), lambda: join(member, made, now=now)):
        with pytest.raises(CodeOpensNothing) as refusal:
            act()
        assert str(refusal.value) == ""


def test_18_lower_case_dashes_and_spaces_work(store, patient):
    made = invite(patient)
    for typed in (made.code.lower(), "-".join(wrap(made.code, 4)), " ".join(made.code).lower()):
        assert joining.look(store, typed, now=NOW).ends == made.ends


def test_18_an_invitation_has_its_own_place(patient):
    one, other = invite(patient), invite(patient)
    assert len({place(secret(made), name).loc for made in (one, other) for name in ("invite", "join")}) == 4
