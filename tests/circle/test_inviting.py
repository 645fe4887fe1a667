"""Invitations: a signed consent, a code that works once, and the patient's yes or no."""

import pytest

from portal.circle import alerts, circles, inviting, joining, members, notes, tending
from portal.circle.audiences import EVERYONE
from portal.circle.circles import Standing
from portal.circle.consent import Terms
from portal.crypto import codes
from portal.errors import (
    ClockBehind,
    CodeOpensNothing,
    Gone,
    IncompleteConsent,
    JoinDamaged,
    Tampered,
    TooManyInvitations,
    TooManyPeople,
)
from portal.newtypes import InvitationId
from portal.vault import entries, invitations, records
from tests.circle.story import (
    DAY,
    NOW,
    PASSPHRASE,
    Membership,
    another_tab,
    ask,
    doubt,
    invite,
    let_in,
    sign_up,
    signing,
    terms,
    texts,
    write,
)

NOTHING = InvitationId(b"nothing.")


def damage_consent(store, patient, invitation):
    """Put other bytes where the consent of an invitation lies."""
    one = invitations.find(patient, invitation)
    _, entry = entries.find(patient, one.consent)
    with store.change(NOW):
        store.rows.replace(entries.body_at(entry.key), b"something else")


def damage_join(store, invitation_code):
    with store.change(NOW):
        store.rows.replace(invitations.join_at(codes.secret_of(invitation_code)), b"something else")


def history(patient):
    return [(one.label, one.how) for one in inviting.history(patient)]


# Inviting


def test_an_invitation_is_pending_for_seven_days_with_what_was_signed(patient):
    made = invite(patient)

    assert inviting.pending(patient, now=NOW) == [made]
    assert (made.label, made.relation, made.made, made.ends) == ("Sam", "brother", NOW, NOW + 7 * DAY)
    assert made.terms == terms()
    assert len(made.code) == codes.INVITATION


@pytest.mark.parametrize(("days", "open_for"), [(-1, 1), (0, 1), (1, 1), (30, 30), (31, 30), (10**6, 30)])
def test_an_invitation_stays_open_between_one_day_and_thirty(patient, days, open_for):
    made = inviting.invite(patient, terms(), signing(), days=days, now=NOW)
    assert made.ends == NOW + open_for * DAY

    inviting.extend(patient, made.id, days=days, now=NOW + 60)
    assert inviting.pending(patient, now=NOW)[0].ends == NOW + 60 + open_for * DAY

    assert inviting.replace(patient, made.id, days=days, now=NOW + 90).ends == NOW + 90 + open_for * DAY


def test_an_invitation_and_its_consent_are_one_transaction(patient):
    before = patient.rows.number

    invite(patient)

    assert patient.rows.number == before + 1


def test_pressing_twice_makes_two_invitations_that_each_can_be_cancelled(patient):
    first, second = invite(patient), invite(patient)

    assert first.code != second.code
    assert inviting.pending(patient, now=NOW) == [second, first]
    inviting.cancel(patient, second.id, now=NOW)
    assert inviting.pending(patient, now=NOW) == [first]


def test_the_twenty_first_open_invitation_is_refused_and_keeps_no_consent(patient):
    for _ in range(records.INVITATIONS):
        invite(patient)
    before, written = patient.rows.number, len(entries.index(patient).entries)

    with pytest.raises(TooManyInvitations):
        invite(patient)

    assert patient.rows.number == before
    assert len(entries.index(patient).entries) == written


def test_a_full_circle_invites_nobody(monkeypatch, patient, quiet):
    monkeypatch.setattr(invitations, "PEOPLE", 1)
    let_in(patient, quiet)

    with pytest.raises(TooManyPeople):
        invite(patient)


def test_an_invitation_gives_nobody_anything(patient):
    write(patient, "mine")
    invite(patient)

    assert members.members(patient, now=NOW) == []
    assert notes.notes(patient, now=NOW).items[0].readers == ()


# Pending


def test_used_and_expired_ones_and_those_of_before_a_doubt_are_not_pending(store, patient, quiet):
    ask(patient, quiet)
    expired = invite(patient)

    assert [one.id for one in inviting.pending(patient, now=NOW)] == [expired.id]
    assert inviting.pending(patient, now=NOW + 7 * DAY) == []
    doubt(store)
    assert inviting.pending(patient, now=NOW) == []


def test_one_whose_consent_does_not_open_is_left_out_and_the_others_stay(store, patient):
    good, bad, gone = invite(patient), invite(patient), invite(patient)
    damage_consent(store, patient, bad.id)
    with store.change(NOW):
        entries.drop(patient, invitations.find(patient, gone.id).consent, NOW)

    assert inviting.pending(patient, now=NOW) == [good]


# Extend, replace, cancel


def test_extending_keeps_the_code_open_longer(patient, quiet):
    made = invite(patient)

    longer = inviting.extend(patient, made.id, days=10, now=NOW + DAY)

    assert (longer.code, longer.ends) == (made.code, NOW + 11 * DAY)
    assert joining.look(patient.store, made.code, now=NOW + 10 * DAY).ends == NOW + 11 * DAY
    assert joining.join(quiet, made.code, "Sam", now=NOW + 10 * DAY)


def test_replacing_kills_the_old_code_and_keeps_the_consent(patient, quiet):
    old = invite(patient)

    new = inviting.replace(patient, old.id, now=NOW)

    assert new.code != old.code
    assert new.terms == old.terms
    assert inviting.pending(patient, now=NOW) == [new]
    assert history(patient) == [("Sam", "replaced")]
    with pytest.raises(CodeOpensNothing):
        joining.join(quiet, old.code, "Sam", now=NOW)
    assert joining.join(quiet, new.code, "Sam", now=NOW)


def test_cancelling_ends_the_code_at_once(patient, quiet):
    made = invite(patient)

    inviting.cancel(patient, made.id, now=NOW)

    assert inviting.pending(patient, now=NOW) == []
    assert history(patient) == [("Sam", "cancelled")]
    with pytest.raises(CodeOpensNothing):
        joining.join(quiet, made.code, "Sam", now=NOW)


@pytest.mark.parametrize(
    "use", [inviting.extend, inviting.replace, inviting.cancel], ids=["extend", "replace", "cancel"]
)
def test_what_somebody_used_meanwhile_is_an_ask_and_can_be_neither_extended_nor_taken_back(patient, quiet, use):
    made, _ = ask(patient, quiet)
    before = patient.rows.number

    with pytest.raises(Gone):
        use(patient, made.id, now=NOW)

    assert patient.rows.number == before
    assert [one.id for one in inviting.asks(patient)] == [made.id]


@pytest.mark.parametrize(
    "use",
    [inviting.extend, inviting.replace, inviting.cancel, inviting.confirm, inviting.refuse],
    ids=["extend", "replace", "cancel", "confirm", "refuse"],
)
def test_what_is_not_there_or_was_done_in_another_tab_is_gone(patient, use):
    made = invite(patient)
    inviting.cancel(another_tab(patient), made.id, now=NOW)
    before = patient.rows.number

    for invitation in (NOTHING, made.id):
        with pytest.raises(Gone):
            use(patient, invitation, now=NOW)

    assert patient.rows.number == before


# Asks


def test_who_used_a_code_asks_with_the_number_that_their_page_shows(patient, quiet):
    made, link = ask(patient, quiet)

    (one,) = inviting.asks(patient)

    assert (one.id, one.label, one.name, one.terms, one.damaged) == (made.id, "Sam", "quiet fern", terms(), False)
    assert one.number == circles.circle(quiet, link, now=NOW).number
    assert len(one.number) == 30
    assert one.number.isdecimal()


def test_asks_come_in_the_order_of_inviting_and_pending_ones_are_none(patient, quiet, paper):
    first, _ = ask(patient, quiet, label="Sam")
    invite(patient, label="Fern")
    second, _ = ask(patient, paper, label="June")

    assert [one.id for one in inviting.asks(patient)] == [first.id, second.id]


def test_an_ask_waits_past_the_end_of_the_code(patient, quiet):
    made, _ = ask(patient, quiet)
    later = NOW + 30 * DAY

    tending.tend(patient, later)

    assert [one.id for one in inviting.asks(patient)] == [made.id]
    assert inviting.confirm(patient, made.id, now=later).standing is Standing.OPEN


def test_asks_of_before_a_doubt_are_none(store, patient, quiet):
    made, _ = ask(patient, quiet)
    doubt(store)

    assert inviting.asks(patient) == []
    with pytest.raises(Gone):
        inviting.confirm(patient, made.id, now=NOW)
    tending.tend(patient, NOW)


def test_the_watch_changes_when_somebody_uses_a_code_and_opens_nothing(monkeypatch, patient, quiet):
    made = invite(patient)
    before = inviting.ask_watch(patient)
    write(patient, "something else")

    def no_row(_at):
        raise AssertionError

    with monkeypatch.context() as patch:
        patch.setattr(patient.rows, "get", no_row)
        assert inviting.ask_watch(patient) == before

    joining.join(quiet, made.code, "Sam", now=NOW)

    assert inviting.ask_watch(patient) != before


# Confirm and refuse


def test_a_yes_lets_in_as_the_consent_says(patient, quiet):
    made, link = ask(patient, quiet)
    write(patient, "mine")

    one = inviting.confirm(patient, made.id, now=NOW)

    assert (one.label, one.standing, one.terms) == ("Sam", Standing.OPEN, terms())
    assert inviting.asks(patient) == []
    assert history(patient) == [("Sam", "confirmed")]
    assert circles.circle(quiet, link, now=NOW).standing is Standing.OPEN
    write(patient, "for you", EVERYONE)
    assert texts(Membership(patient, quiet, one.id, link)) == ["for you"]


def test_before_the_yes_nothing_is_read(patient, quiet, paper):
    let_in(patient, paper, label="June")
    _, link = ask(patient, quiet)
    write(patient, "for everybody", EVERYONE)

    assert circles.circle(quiet, link, now=NOW).standing is Standing.WAITING
    assert [one.label for one in members.members(patient, now=NOW)] == ["June"]
    with pytest.raises(Gone):
        circles.agreement(quiet, link)


def test_confirming_twice_lets_in_once(patient, quiet):
    made, _ = ask(patient, quiet)
    inviting.confirm(patient, made.id, now=NOW)

    with pytest.raises(Gone):
        inviting.confirm(another_tab(patient), made.id, now=NOW)

    assert len(members.members(patient, now=NOW)) == 1


def test_an_unused_invitation_can_be_confirmed_by_nobody(patient):
    made = invite(patient)

    with pytest.raises(Gone):
        inviting.confirm(patient, made.id, now=NOW)

    assert inviting.pending(patient, now=NOW) == [made]


def test_a_consent_that_has_ended_lets_nobody_in(patient, quiet):
    made, _ = ask(patient, quiet, ends=NOW + DAY)

    with pytest.raises(IncompleteConsent) as refused:
        inviting.confirm(patient, made.id, now=NOW + DAY)

    assert refused.value.element == "ends"
    assert members.members(patient, now=NOW) == []
    assert [one.id for one in inviting.asks(patient)] == [made.id]


def test_a_clock_behind_lets_nobody_in(patient, quiet):
    made, _ = ask(patient, quiet)
    write(patient, "later", now=NOW + DAY)

    with pytest.raises(ClockBehind):
        inviting.confirm(patient, made.id, now=NOW)
    alerts.confirm_date(patient, PASSPHRASE, now=NOW)

    assert inviting.confirm(patient, made.id, now=NOW).standing is Standing.OPEN


def test_a_no_turns_the_joiner_away_and_the_code_is_dead(patient, quiet, paper):
    made, link = ask(patient, quiet)

    inviting.refuse(patient, made.id, now=NOW)

    assert inviting.asks(patient) == []
    assert history(patient) == [("Sam", "refused")]
    assert circles.circle(quiet, link, now=NOW).standing is Standing.NOT_LET_IN
    with pytest.raises(CodeOpensNothing):
        joining.join(paper, made.code, "June", now=NOW)


def test_refusing_after_a_yes_in_another_tab_removes_nobody(patient, quiet):
    made, _ = ask(patient, quiet)
    inviting.confirm(another_tab(patient), made.id, now=NOW)

    with pytest.raises(Gone):
        inviting.refuse(patient, made.id, now=NOW)

    assert len(members.members(patient, now=NOW)) == 1


# Damage


def test_what_a_joiner_left_and_does_not_open_can_only_be_refused(store, patient, quiet):
    made, _ = ask(patient, quiet)
    damage_join(store, made.code)

    (one,) = inviting.asks(patient)
    assert (one.damaged, one.name, one.number, one.terms) == (True, "", "", terms())
    with pytest.raises(JoinDamaged):
        inviting.confirm(patient, made.id, now=NOW)
    inviting.refuse(patient, made.id, now=NOW)

    assert inviting.asks(patient) == []


def test_an_ask_whose_consent_does_not_open_can_only_be_refused_and_the_others_stay(store, patient, quiet, paper):
    bad, _ = ask(patient, quiet)
    good, _ = ask(patient, paper, label="June")
    damage_consent(store, patient, bad.id)

    first, second = inviting.asks(patient)
    assert (first.damaged, second.damaged, second.id) == (True, False, good.id)
    assert first.terms == Terms(
        label="Sam",
        relation="brother",
        kinds=frozenset(),
        lists=frozenset(),
        everything=False,
        purposes=(),
        ends=0,
    )
    with pytest.raises(Tampered):
        inviting.confirm(patient, bad.id, now=NOW)
    inviting.refuse(patient, bad.id, now=NOW)

    assert [one.id for one in inviting.asks(patient)] == [good.id]


# History


def test_history_tells_what_became_of_each_newest_first(store, patient):
    made = [invite(patient, label=label, now=NOW) for label in ("A", "B", "C", "D")]
    joiners = [sign_up(store, "quiet fern"), sign_up(store, "paper lantern")]
    for one, joiner in zip(made[:2], joiners, strict=True):
        joining.join(joiner, one.code, "Sam", now=NOW)

    inviting.confirm(patient, made[0].id, now=NOW + 1)
    inviting.refuse(patient, made[1].id, now=NOW + 2)
    inviting.cancel(patient, made[2].id, now=NOW + 3)
    tending.tend(patient, NOW + 7 * DAY)

    told = inviting.history(patient)
    assert [(one.label, one.how) for one in told] == [
        ("D", "expired"),
        ("C", "cancelled"),
        ("B", "refused"),
        ("A", "confirmed"),
    ]
    assert [one.ended for one in told] == [NOW + 7 * DAY, NOW + 3, NOW + 2, NOW + 1]
    assert {one.made for one in told} == {NOW}
