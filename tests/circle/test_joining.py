"""The invited person: one code, used once; whatever is wrong with it gets one answer, and a slip its own."""

from textwrap import wrap

import pytest

from portal.circle import circles, inviting, joining, members, tending
from portal.circle.audiences import EVERYONE
from portal.circle.circles import Standing
from portal.circle.joining import Offer
from portal.circle.kinds import Kind
from portal.crypto import codes
from portal.errors import (
    AlreadyLinked,
    BadName,
    CodeMistyped,
    CodeOpensNothing,
    OwnCode,
    TellingName,
    TooManyTries,
)
from portal.vault import invitations, records
from tests.circle.story import (
    DAY,
    LONG,
    NOW,
    NUL,
    RTL,
    SURROGATE,
    another_tab,
    ask,
    doubt,
    invite,
    let_in,
    write,
)


def test_an_offer_says_who_what_why_and_until_when_and_nothing_of_lists_or_people(patient, household):
    made = invite(
        patient,
        label="My Sammy",
        lists=frozenset({household, EVERYONE}),
        purposes=("care", "own:a ride"),
        event="we move",
    )

    offer = joining.look(patient.store, made.code, now=NOW)

    assert offer == Offer(
        name="maple river",
        kinds=frozenset({Kind.NOTE, Kind.RESOURCE}),
        everything=True,
        purposes=("care", "own:a ride"),
        until=NOW + 90 * DAY,
        event="we move",
        ends=NOW + 7 * DAY,
    )
    row = patient.rows.get(invitations.invite_at(codes.secret_of(made.code)))
    for secret in (household, b"Sammy", b"brother", b"Household", EVERYONE + EVERYONE):
        assert secret not in row


def test_looking_writes_nothing_and_uses_nothing(patient, quiet):
    made = invite(patient)
    before = patient.rows.number

    joining.look(patient.store, made.code, now=NOW)
    joining.look(patient.store, made.code, now=NOW)

    assert patient.rows.number == before
    assert joining.join(quiet, made.code, "Sam", now=NOW)


def typings(code):
    return {
        "lower": code.lower(),
        "dashes": "-".join(wrap(code, 4)),
        "spaces": f"  {' '.join(code)}\n",
        "letters": code.replace("0", "O").replace("1", "l"),
    }


@pytest.mark.parametrize("how", ["lower", "dashes", "spaces", "letters"])
def test_a_code_may_be_typed_as_people_type(patient, how):
    code = invite(patient).code

    assert joining.look(patient.store, typings(code)[how], now=NOW).name == "maple river"


@pytest.mark.parametrize(
    "typed",
    ["", " ", "0" * 23, "0" * 25, "U" * 24, NUL, SURROGATE, RTL, LONG, "javascript:alert(1)"],
    ids=["empty", "blank", "short", "long", "letter", "nul", "half", "rtl", "1 MB", "javascript"],
)
def test_a_code_that_cannot_be_one_is_mistyped(store, quiet, typed):
    for use in (
        lambda: joining.look(store, typed, now=NOW),
        lambda: joining.join(quiet, typed, "Sam", now=NOW),
    ):
        with pytest.raises(CodeMistyped):
            use()


def test_one_wrong_character_is_mistyped_and_not_unknown(patient):
    code = invite(patient).code
    at = codes.ALPHABET.index(code[3])

    with pytest.raises(CodeMistyped):
        joining.look(patient.store, code[:3] + codes.ALPHABET[(at + 1) % 32] + code[4:], now=NOW)


def used(patient, paper):
    return ask(patient, paper)[0].code, NOW


def expired(patient, _paper):
    return invite(patient).code, NOW + 7 * DAY


def cancelled(patient, _paper):
    made = invite(patient)
    inviting.cancel(patient, made.id, now=NOW)
    return made.code, NOW


def replaced(patient, _paper):
    made = invite(patient)
    inviting.replace(patient, made.id, now=NOW)
    return made.code, NOW


def refused(patient, paper):
    made, _ = ask(patient, paper)
    inviting.refuse(patient, made.id, now=NOW)
    return made.code, NOW


def confirmed(patient, paper):
    made, _ = ask(patient, paper)
    inviting.confirm(patient, made.id, now=NOW)
    return made.code, NOW


def doubted(patient, _paper):
    made = invite(patient)
    doubt(patient.store)
    return made.code, NOW


def unknown(_patient, _paper):
    return codes.make(codes.INVITATION), NOW


def damaged(patient, _paper):
    made = invite(patient)
    at = invitations.invite_at(codes.secret_of(made.code))
    with patient.store.change(NOW):
        patient.rows.replace(at, b"something else")
    return made.code, NOW


def damaged_offer(patient, _paper):
    made = invite(patient)
    one = invitations.find(patient, made.id)
    invitations.extend(patient, one.id, b"something else", one.ends, now=NOW)
    return made.code, NOW


@pytest.mark.parametrize(
    "why",
    [unknown, used, expired, cancelled, replaced, refused, confirmed, doubted, damaged, damaged_offer],
    ids=lambda why: why.__name__,
)
def test_a_code_that_opens_nothing_gets_one_answer_whatever_the_reason(patient, quiet, paper, why):
    code, now = why(patient, paper)
    before = patient.rows.number

    for use in (
        lambda: joining.look(patient.store, code, now=now),
        lambda: joining.join(quiet, code, "Sam", now=now),
    ):
        with pytest.raises(CodeOpensNothing) as answer:
            use()
        assert answer.value.args == ()
        assert answer.value.__cause__ is None

    assert patient.rows.number == before
    assert circles.circles(quiet, now=now) == []
    tending.tend(patient, now)


def test_trying_codes_is_slowed_down(store, quiet):
    for _ in range(60):
        with pytest.raises(CodeOpensNothing):
            joining.look(store, codes.make(codes.INVITATION), now=NOW)

    with pytest.raises(TooManyTries):
        joining.join(quiet, codes.make(codes.INVITATION), "Sam", now=NOW)


# Joining


def test_whoever_joins_waits_and_reads_nothing_yet(patient, quiet):
    made = invite(patient)

    link = joining.join(quiet, made.code, "  Sam  the brother ", now=NOW)

    one = circles.circle(quiet, link, now=NOW)
    assert (one.name, one.label, one.standing, one.asked) == ("maple river", "maple river", Standing.WAITING, NOW)
    assert inviting.asks(patient)[0].name == "Sam the brother"


def test_a_code_works_once_for_one_person_and_pressing_twice_asks_once(patient, quiet, paper):
    made, link = ask(patient, quiet)

    for session in (quiet, another_tab(quiet), paper):
        with pytest.raises(CodeOpensNothing):
            joining.join(session, made.code, "Sam", now=NOW)

    assert [one.id for one in circles.circles(quiet, now=NOW)] == [link]
    assert circles.circles(paper, now=NOW) == []
    assert len(inviting.asks(patient)) == 1


def test_the_own_code_is_refused_with_its_own_answer_and_stays_open(patient, quiet):
    made = invite(patient)

    with pytest.raises(OwnCode):
        joining.join(patient, made.code, "me", now=NOW)

    assert joining.look(patient.store, made.code, now=NOW)
    assert joining.join(quiet, made.code, "Sam", now=NOW)


@pytest.mark.parametrize(
    "name", ["", " ", NUL, SURROGATE, RTL, LONG], ids=["empty", "blank", "nul", "half", "rtl", "long"]
)
def test_a_name_that_cannot_be_shown_uses_no_code(patient, quiet, name):
    made = invite(patient)

    with pytest.raises(BadName):
        joining.join(quiet, made.code, name, now=NOW)

    assert inviting.pending(patient, now=NOW) == [made]


def test_a_name_that_tells_who_it_is_uses_no_code(patient, quiet):
    made = invite(patient)

    with pytest.raises(TellingName):
        joining.join(quiet, made.code, "sam@example.org", now=NOW)

    assert inviting.pending(patient, now=NOW) == [made]


def test_somebody_in_twenty_circles_joins_no_more(monkeypatch, patient, quiet):
    assert records.LINKS == 20
    monkeypatch.setattr("portal.vault.joining.LINKS", 1)
    ask(patient, quiet)
    made = invite(patient)

    with pytest.raises(AlreadyLinked):
        joining.join(quiet, made.code, "Sam", now=NOW)

    assert inviting.pending(patient, now=NOW) == [made]


def test_one_account_is_patient_and_member_and_the_two_never_mix(patient, quiet):
    sam = let_in(patient, quiet)
    back = let_in(quiet, patient, label="Maple")
    write(quiet, "from me to you", EVERYONE)

    assert [one.label for one in members.members(patient, now=NOW)] == ["Sam"]
    assert [one.label for one in members.members(quiet, now=NOW)] == ["Maple"]
    assert sam.of_member().name == "maple river"
    assert back.of_member().name == "quiet fern"
