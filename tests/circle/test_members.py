"""The people of a circle: less at once, more only with a signature, and nobody opened by accident."""

import pytest

from portal.circle import accounts, alerts, circles, joining, members, readings, tending
from portal.circle.audiences import EVERYONE
from portal.circle.kinds import Kind
from portal.circle.members import Standing
from portal.errors import (
    ClockBehind,
    CodeOpensNothing,
    Gone,
    IncompleteConsent,
    LinkClosed,
    NeedsSignature,
    NotSigned,
    SessionEnded,
    TooManyTries,
)
from portal.newtypes import ItemId, PersonId
from portal.vault import entries, letters
from tests.circle.story import (
    DAY,
    HOUR,
    LONG,
    MINUTE,
    NOW,
    NUL,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    RTL,
    SURROGATE,
    another_tab,
    ask,
    doubt,
    invite,
    let_in,
    readers,
    signing,
    terms,
    texts,
    who_read,
    write,
)

NO_ONE = PersonId(b"no one..")
YEAR = 365 * DAY


def standings(patient, *, now=NOW):
    return {one.label: one.standing for one in members.members(patient, now=now)}


def closed(one, *, now=NOW):
    """Say whether the member can read nothing, by the page, by search and by a known id."""
    for use in (
        lambda: readings.read(one.member, one.link, now=now),
        lambda: readings.read_one(one.member, one.link, ItemId(bytes(16)), now=now),
        lambda: readings.search_read(one.member, one.link, "", now=now),
    ):
        with pytest.raises(LinkClosed):
            use()
    return True


# Who is there


def test_members_come_by_pet_name_whatever_its_case(patient, quiet, paper):
    let_in(patient, quiet, label="zoe")
    let_in(patient, paper, label="Anna")

    assert [one.label for one in members.members(patient, now=NOW)] == ["Anna", "zoe"]


def test_a_member_shows_what_holds_now(patient, sam):
    one = sam.of_patient()

    assert (one.label, one.relation, one.standing, one.joined) == ("Sam", "brother", Standing.OPEN, NOW)
    assert one.terms == terms()


def test_a_permission_began_when_it_was_signed_last(patient, sam):
    members.narrow(patient, sam.person, terms(ends=NOW + 9 * DAY), now=NOW + HOUR)
    assert sam.of_patient(now=NOW + HOUR).began == NOW

    members.widen(patient, sam.person, terms(), signing(), now=NOW + DAY)
    assert sam.of_patient(now=NOW + DAY).began == NOW + DAY


@pytest.mark.parametrize(
    "use",
    [
        lambda patient: members.member(patient, NO_ONE, now=NOW),
        lambda patient: members.consent_of(patient, NO_ONE),
        lambda patient: members.pause(patient, NO_ONE, now=NOW),
        lambda patient: members.resume(patient, NO_ONE, now=NOW),
        lambda patient: members.remove(patient, NO_ONE, now=NOW),
        lambda patient: members.rename_member(patient, NO_ONE, "Sam", now=NOW),
        lambda patient: members.narrow(patient, NO_ONE, terms(), now=NOW),
        lambda patient: members.widen(patient, NO_ONE, terms(), signing(), now=NOW),
        lambda patient: members.let_in_again(patient, [NO_ONE], PASSPHRASE, now=NOW),
    ],
    ids=["member", "consent_of", "pause", "resume", "remove", "rename", "narrow", "widen", "let_in_again"],
)
def test_somebody_who_is_not_there_is_gone_for_every_use(patient, sam, use):
    before = patient.rows.number

    with pytest.raises(Gone):
        use(patient)

    assert patient.rows.number == before


def test_a_damaged_consent_leaves_what_holds_and_the_right_to_take_it_away(store, patient, sam):
    write(patient, "hello", EVERYONE)
    _, entry = entries.find(patient, sam.record.consent)
    with store.change(NOW):
        store.rows.replace(entries.body_at(entry.key), b"something else")

    assert sam.of_patient().terms == terms(purposes=())
    members.pause(patient, sam.person, now=NOW)
    assert closed(sam)
    members.remove(patient, sam.person, now=NOW)
    assert members.members(patient, now=NOW) == []


# Pause and resume


def test_a_pause_closes_at_once_and_a_resume_opens_what_the_consent_allows(patient, sam):
    item = write(patient, "hello", EVERYONE)

    members.pause(patient, sam.person, now=NOW)
    assert standings(patient) == {"Sam": Standing.PAUSED}
    assert sam.of_member().standing is Standing.PAUSED
    assert readers(patient, item) == ()
    assert closed(sam)

    members.resume(patient, sam.person, now=NOW)
    assert texts(sam) == ["hello"]
    assert sam.of_patient().terms == terms()


def test_pausing_or_resuming_twice_writes_once(patient, sam):
    members.pause(patient, sam.person, now=NOW)
    before = patient.rows.number
    members.pause(patient, sam.person, now=NOW)
    assert patient.rows.number == before

    members.resume(patient, sam.person, now=NOW)
    before = patient.rows.number
    members.resume(patient, sam.person, now=NOW)
    assert patient.rows.number == before


def test_everybody_can_be_paused_and_resumed_in_one_transaction(patient, sam, june):
    before = patient.rows.number
    members.pause_all(patient, now=NOW)
    assert patient.rows.number == before + 1
    assert set(standings(patient).values()) == {Standing.PAUSED}

    members.resume_all(patient, now=NOW)
    assert patient.rows.number == before + 2
    assert set(standings(patient).values()) == {Standing.OPEN}


def test_pausing_in_one_tab_and_renaming_in_another_lose_neither(patient, sam):
    tab = another_tab(patient)

    members.pause(patient, sam.person, now=NOW)
    members.rename_member(tab, sam.person, "Sammy", now=NOW)

    assert standings(patient) == standings(tab) == {"Sammy": Standing.PAUSED}


def test_a_clock_set_back_neither_resumes_nor_widens_nor_lets_in(patient, sam):
    members.pause(patient, sam.person, now=NOW + DAY)

    with pytest.raises(ClockBehind):
        members.resume(patient, sam.person, now=NOW)
    with pytest.raises(ClockBehind):
        members.widen(patient, sam.person, terms(), signing(), now=NOW)
    with pytest.raises(ClockBehind):
        members.let_in_again(patient, [sam.person], PASSPHRASE, now=NOW)

    assert standings(patient, now=NOW + DAY) == {"Sam": Standing.PAUSED}


def test_a_clock_set_back_does_not_stop_a_pause_or_a_removal(patient, sam, june):
    write(patient, "later", now=NOW + DAY)

    members.pause(patient, sam.person, now=NOW)
    members.narrow(patient, june.person, terms(label="June", lists=frozenset(), ends=NOW + 2 * DAY), now=NOW)
    members.remove(patient, june.person, now=NOW)

    assert standings(patient) == {"Sam": Standing.PAUSED}


# The end


def test_at_the_end_nothing_opens_even_before_the_patient_comes(patient, sam):
    write(patient, "hello", EVERYONE)
    end = NOW + 90 * DAY

    assert texts(sam, now=end - 1) == ["hello"]
    assert closed(sam, now=end)
    assert sam.of_member(now=end).standing is Standing.ENDED
    assert standings(patient, now=end) == {"Sam": Standing.ENDED}


def test_pausing_and_resuming_somebody_whose_time_is_over_opens_nothing(patient, sam):
    write(patient, "hello", EVERYONE)
    end = NOW + 90 * DAY
    tending.tend(patient, end)

    members.pause(patient, sam.person, now=end)
    members.resume(patient, sam.person, now=end)

    assert standings(patient, now=end) == {"Sam": Standing.ENDED}
    assert closed(sam, now=end)


def test_a_clock_set_back_does_not_reopen_what_has_ended_for_the_patient(patient, sam):
    item = write(patient, "hello", EVERYONE)
    tending.tend(patient, NOW + 90 * DAY)

    assert readers(patient, item, now=NOW) == ()
    assert closed(sam, now=NOW)
    assert standings(patient, now=NOW) == {"Sam": Standing.ENDED}


def test_a_permission_that_has_not_begun_opens_nothing(patient, quiet):
    sam = let_in(patient, quiet, now=NOW + YEAR, ends=NOW + YEAR + DAY)
    assert closed(sam, now=NOW)
    assert sam.of_member().standing is Standing.NOT_YET

    alerts.confirm_date(patient, PASSPHRASE, now=NOW)

    assert standings(patient) == {"Sam": Standing.NOT_YET}
    assert closed(sam)


# Narrowing


def test_narrowing_takes_effect_at_once_and_needs_no_signature(patient, sam):
    write(patient, "a note", EVERYONE)
    write(patient, "a resource", EVERYONE, kind=Kind.RESOURCE)

    members.narrow(patient, sam.person, terms(kinds=frozenset({Kind.RESOURCE}), ends=NOW + DAY), now=NOW)

    assert texts(sam) == []
    assert texts(sam, kind=Kind.RESOURCE) == ["a resource"]
    assert closed(sam, now=NOW + DAY)
    told = circles.agreement(sam.member, sam.link)
    assert (told.kinds, told.until) == (frozenset({Kind.RESOURCE}), NOW + DAY)


def test_from_today_on_takes_what_was_before(patient, sam):
    write(patient, "early", EVERYONE)

    members.narrow(patient, sam.person, terms(everything=False), now=NOW + DAY)
    write(patient, "late", EVERYONE, now=NOW + DAY)

    assert texts(sam, now=NOW + DAY) == ["late"]
    told = circles.agreement(sam.member, sam.link)
    assert (told.everything, told.since) == (False, NOW + DAY)


def test_narrowing_something_else_keeps_the_day_from_which_on(patient, quiet):
    sam = let_in(patient, quiet, everything=False)
    write(patient, "a note", EVERYONE)

    members.narrow(patient, sam.person, terms(everything=False, ends=NOW + 2 * DAY), now=NOW + DAY)

    assert texts(sam, now=NOW + DAY) == ["a note"]
    assert sam.record.permission.since == NOW


@pytest.mark.parametrize(
    "fields",
    [
        {"kinds": frozenset({Kind.NOTE, Kind.RESOURCE})},
        {"lists": frozenset({EVERYONE})},
        {"ends": NOW + 31 * DAY},
        {"everything": True},
        {"purposes": ("support", "care")},
        {"event": "we move"},
        {"ends": NOW + DAY, "everything": True},
    ],
    ids=["kinds", "lists", "ends", "everything", "purposes", "event", "mixed"],
)
def test_more_in_any_element_needs_a_signature_and_changes_nothing(patient, quiet, fields):
    narrow = {
        "kinds": frozenset({Kind.NOTE}),
        "lists": frozenset(),
        "everything": False,
        "ends": NOW + 30 * DAY,
    }
    sam = let_in(patient, quiet, **narrow)
    before = patient.rows.number

    with pytest.raises(NeedsSignature):
        members.narrow(patient, sam.person, terms(**{**narrow, **fields}), now=NOW)

    assert patient.rows.number == before
    members.widen(patient, sam.person, terms(**{**narrow, **fields}), signing(), now=NOW)
    assert sam.of_patient().terms == terms(**{**narrow, **fields})


def test_incomplete_terms_narrow_nothing(patient, sam):
    with pytest.raises(IncompleteConsent) as refused:
        members.narrow(patient, sam.person, terms(kinds=frozenset()), now=NOW)

    assert refused.value.element == "kinds"
    assert sam.of_patient().terms == terms()


def test_narrowing_somebody_paused_does_not_open_them(patient, sam):
    members.pause(patient, sam.person, now=NOW)

    members.narrow(patient, sam.person, terms(ends=NOW + DAY), now=NOW)

    assert standings(patient) == {"Sam": Standing.PAUSED}
    assert closed(sam)


# Widening


def test_widening_puts_the_person_under_the_new_consent(patient, quiet):
    sam = let_in(patient, quiet, kinds=frozenset({Kind.RESOURCE}), lists=frozenset())
    members.widen(patient, sam.person, terms(relation="cousin"), signing(text="new words"), now=NOW + DAY)

    write(patient, "a note", EVERYONE, now=NOW + DAY)

    assert texts(sam, now=NOW + DAY) == ["a note"]
    assert members.consent_of(patient, sam.person).text == "new words"
    assert members.consent_of(patient, sam.person).signed == NOW + DAY
    assert sam.of_patient().relation == "cousin"
    assert circles.agreement(sam.member, sam.link).signed == NOW + DAY


@pytest.mark.parametrize(
    "fields", [{"passphrase": OTHER_PASSPHRASE}, {"signature": "quiet fern"}], ids=["passphrase", "name"]
)
def test_without_a_signature_nothing_is_widened(patient, sam, fields):
    before = patient.rows.number

    with pytest.raises(NotSigned):
        members.widen(patient, sam.person, terms(ends=NOW + YEAR), signing(**fields), now=NOW)

    assert patient.rows.number == before


def test_an_incomplete_consent_widens_nothing(patient, sam):
    before = patient.rows.number

    with pytest.raises(IncompleteConsent):
        members.widen(patient, sam.person, terms(ends=NOW), signing(), now=NOW)

    assert patient.rows.number == before


def test_widening_somebody_paused_keeps_the_pause(patient, sam):
    members.pause(patient, sam.person, now=NOW)

    members.widen(patient, sam.person, terms(ends=NOW + YEAR), signing(), now=NOW)

    assert standings(patient) == {"Sam": Standing.PAUSED}
    assert closed(sam)


def test_renewing_what_came_from_a_day_on_takes_nothing_away(patient, quiet):
    sam = let_in(patient, quiet, everything=False)
    write(patient, "early", EVERYONE)

    members.widen(patient, sam.person, terms(everything=False, ends=NOW + YEAR), signing(), now=NOW + DAY)

    assert texts(sam, now=NOW + DAY) == ["early"]


def test_a_new_consent_from_today_on_ends_everything_so_far(patient, sam):
    write(patient, "early", EVERYONE)

    members.widen(patient, sam.person, terms(everything=False, ends=NOW + YEAR), signing(), now=NOW + DAY)

    assert texts(sam, now=NOW + DAY) == []
    assert circles.agreement(sam.member, sam.link).everything is False


def test_a_new_consent_for_everything_opens_what_was_before(patient, quiet, paper):
    let_in(patient, paper, label="June")
    write(patient, "early", EVERYONE)
    sam = let_in(patient, quiet, now=NOW + DAY, everything=False)
    assert texts(sam, now=NOW + DAY) == []

    members.widen(patient, sam.person, terms(ends=NOW + YEAR), signing(), now=NOW + 2 * DAY)

    assert texts(sam, now=NOW + 2 * DAY) == ["early"]
    assert circles.agreement(sam.member, sam.link).everything is True


def test_an_ended_permission_is_renewed_only_by_a_signature(patient, sam):
    write(patient, "hello", EVERYONE)
    end = NOW + 90 * DAY
    tending.tend(patient, end)
    renewed = terms(ends=end + DAY)

    with pytest.raises(NeedsSignature):
        members.narrow(patient, sam.person, renewed, now=end)
    members.widen(patient, sam.person, renewed, signing(), now=end)

    assert texts(sam, now=end) == ["hello"]


# Renaming


@pytest.mark.parametrize(
    "label",
    ["", " ", NUL, SURROGATE, RTL, LONG, "sam@example.org"],
    ids=["empty", "blank", "nul", "half", "rtl", "long", "mail"],
)
def test_a_pet_name_that_cannot_be_shown_or_names_the_person_is_refused(patient, sam, label):
    with pytest.raises(IncompleteConsent) as refused:
        members.rename_member(patient, sam.person, label, now=NOW)

    assert refused.value.element == "label"
    assert sam.of_patient().label == "Sam"


def test_a_pet_name_never_reaches_the_member(patient, sam):
    before = sam.of_member(), circles.agreement(sam.member, sam.link)

    members.rename_member(patient, sam.person, " My  Sammy ", now=NOW)

    assert sam.of_patient().label == "My Sammy"
    assert (sam.of_member(), circles.agreement(sam.member, sam.link)) == before


# Removing


def test_somebody_removed_opens_nothing_and_is_told_so(patient, sam):
    item = write(patient, "hello", EVERYONE)
    assert texts(sam) == ["hello"]
    secret = sam.record.link

    members.remove(patient, sam.person, now=NOW)

    assert members.members(patient, now=NOW) == []
    assert readers(patient, item) == ()
    assert sam.of_member().standing is Standing.REMOVED
    assert closed(sam)
    with pytest.raises(Gone):
        circles.agreement(sam.member, sam.link)
    for number in range(3):
        at = letters.letter_at(secret, patient.store.generation.id, number)
        assert not patient.rows.has(at)


def test_removing_twice_says_that_they_are_gone(patient, sam):
    members.remove(patient, sam.person, now=NOW)

    with pytest.raises(Gone):
        members.remove(another_tab(patient), sam.person, now=NOW)


def test_somebody_removed_can_be_invited_anew_and_is_another_person(patient, sam):
    assert sam.of_member().standing is Standing.OPEN
    members.remove(patient, sam.person, now=NOW)

    again = let_in(patient, sam.member)

    assert again.person != sam.person
    assert [one.standing for one in circles.circles(sam.member, now=NOW)] == [Standing.REMOVED, Standing.OPEN]


def test_readings_of_somebody_removed_are_kept(patient, sam):
    item = write(patient, "hello", EVERYONE)
    texts(sam)

    members.remove(patient, sam.person, now=NOW)

    assert [one.person for one in who_read(patient, item)] == [sam.person]


# After a doubt


@pytest.fixture
def doubted(store, patient, sam, june):
    """Sam, after the store was doubted; June too."""
    write(patient, "hello", EVERYONE)
    doubt(store)
    tending.tend(patient, NOW)
    return sam


def test_after_a_doubt_nobody_reads_until_let_in_again(patient, doubted, june):
    assert standings(patient) == {"Sam": Standing.PUT_BACK, "June": Standing.PUT_BACK}
    assert [one.label for one in members.put_back(patient, now=NOW)] == ["June", "Sam"]
    assert doubted.of_member().standing is Standing.PUT_BACK
    assert closed(doubted)
    assert closed(june)


def test_pausing_and_resuming_never_opens_somebody_put_back(patient, doubted):
    for use in (members.pause_all, members.resume_all):
        use(patient, now=NOW)
    for use in (members.pause, members.resume):
        use(patient, doubted.person, now=NOW)

    assert set(standings(patient).values()) == {Standing.PUT_BACK}
    assert closed(doubted)


def test_narrowing_never_opens_somebody_put_back(patient, doubted):
    members.narrow(patient, doubted.person, terms(ends=NOW + DAY), now=NOW)

    assert standings(patient)["Sam"] is Standing.PUT_BACK
    assert closed(doubted)


def test_only_those_ticked_are_let_in_again_as_their_consent_says(patient, doubted, june):
    members.let_in_again(patient, [doubted.person], PASSPHRASE, now=NOW)

    assert standings(patient) == {"Sam": Standing.OPEN, "June": Standing.PUT_BACK}
    assert doubted.of_patient().terms == terms()
    assert texts(doubted) == ["hello"]
    assert closed(june)


def test_ticking_nobody_lets_nobody_in(patient, doubted):
    members.let_in_again(patient, [], PASSPHRASE, now=NOW)

    assert set(standings(patient).values()) == {Standing.PUT_BACK}


@pytest.mark.parametrize("passphrase", ["", OTHER_PASSPHRASE, LONG], ids=["empty", "wrong", "long"])
def test_without_the_passphrase_nobody_is_let_in_again(patient, doubted, passphrase):
    with pytest.raises(NotSigned):
        members.let_in_again(patient, [doubted.person], passphrase, now=NOW)

    assert closed(doubted)


def test_guessing_the_passphrase_is_slowed_down(patient, doubted):
    for _ in range(5):
        with pytest.raises(NotSigned):
            members.let_in_again(patient, [doubted.person], OTHER_PASSPHRASE, now=NOW)

    with pytest.raises(TooManyTries):
        members.let_in_again(patient, [doubted.person], PASSPHRASE, now=NOW)


def test_one_who_is_gone_lets_nobody_in(patient, doubted):
    with pytest.raises(Gone):
        members.let_in_again(patient, [doubted.person, NO_ONE], PASSPHRASE, now=NOW)

    assert closed(doubted)


def test_letting_in_again_does_not_lengthen_anything(patient, doubted):
    end = NOW + 90 * DAY

    members.let_in_again(patient, [doubted.person], PASSPHRASE, now=end)

    assert standings(patient, now=end)["Sam"] is Standing.ENDED
    assert closed(doubted, now=end)


def test_what_was_read_before_the_doubt_is_taken_in_when_they_are_let_in(store, patient, sam):
    item = write(patient, "hello", EVERYONE)
    texts(sam)
    doubt(store)
    assert who_read(patient, item) == []

    members.let_in_again(patient, [sam.person], PASSPHRASE, now=NOW)

    assert [one.label for one in who_read(patient, item)] == ["Sam"]


def test_signing_anew_lets_in_somebody_put_back_and_takes_their_letters_in_first(store, patient, sam):
    item = write(patient, "hello", EVERYONE)
    texts(sam)
    secret, before = sam.record.link, store.generation.id
    doubt(store)

    members.widen(patient, sam.person, terms(ends=NOW + YEAR), signing(), now=NOW)

    assert texts(sam) == ["hello"]
    assert [one.label for one in who_read(patient, item)] == ["Sam"]
    assert not store.rows.has(letters.letter_at(secret, before, 0))


def alarm(session):
    """What an old state put back looks like: its number is not that of the newest own page."""
    with session.store.change(NOW):
        session.write(NOW, number=session.state.number + 7)


def test_letters_after_an_alarm_go_on_where_they_were(patient, sam):
    first = write(patient, "one", EVERYONE)
    texts(sam)
    alarm(patient)
    members.let_in_again(patient, [sam.person], PASSPHRASE, now=NOW)

    second = write(patient, "two", EVERYONE)
    texts(sam)
    readings.take_in(patient, now=NOW)

    assert [one.label for one in who_read(patient, first)] == ["Sam"]
    assert [one.label for one in who_read(patient, second)] == ["Sam"]


def test_an_alarm_puts_everybody_back_before_anybody_is_let_in(patient, sam, june):
    write(patient, "hello", EVERYONE)
    alarm(patient)

    members.let_in_again(patient, [june.person], PASSPHRASE, now=NOW)

    assert standings(patient) == {"June": Standing.OPEN, "Sam": Standing.PUT_BACK}
    assert closed(sam)


@pytest.mark.parametrize(
    "again",
    [
        lambda patient, person: members.let_in_again(patient, [person], PASSPHRASE, now=NOW),
        lambda patient, person: members.widen(patient, person, terms(), signing(), now=NOW),
    ],
    ids=["ticked", "signed"],
)
@pytest.mark.parametrize("first", ["leave", "doubt"])
def test_somebody_who_left_before_or_after_the_doubt_is_not_let_in_again(store, patient, sam, first, again):
    write(patient, "hello", EVERYONE)
    texts(sam)
    if first == "doubt":
        doubt(store)
    circles.leave(sam.member, sam.link, now=NOW)
    if first == "leave":
        doubt(store)

    with pytest.raises(Gone):
        again(patient, sam.person)

    assert members.members(patient, now=NOW) == []
    assert [one.label for one in members.departures(patient)] == ["Sam"]


def test_invitations_of_before_the_doubt_are_over(store, patient, quiet, paper):
    open_one = invite(patient)
    asked, link = ask(patient, quiet)
    doubt(store)

    tending.tend(patient, NOW)

    assert patient.state.invitations == []
    with pytest.raises(CodeOpensNothing):
        joining.join(paper, open_one.code, "June", now=NOW)
    assert circles.circle(quiet, link, now=NOW).standing is Standing.NOT_LET_IN
    assert asked.id != open_one.id


# Leaving


def test_who_left_is_told_newest_first_and_is_no_member_any_more(patient, sam, june):
    assert members.departures(patient) == []

    circles.leave(sam.member, sam.link, now=NOW + 90)
    readings.take_in(patient, now=NOW + 90)
    circles.leave(june.member, june.link, now=NOW + HOUR)
    readings.take_in(patient, now=NOW + HOUR)

    assert [(one.label, one.when) for one in members.departures(patient)] == [
        ("June", NOW + HOUR),
        ("Sam", NOW + MINUTE),
    ]
    assert members.members(patient, now=NOW) == []


def test_other_letters_are_no_departures(patient, sam):
    write(patient, "hello", EVERYONE)
    texts(sam)
    readings.take_in(patient, now=NOW)

    assert members.departures(patient) == []


def test_a_session_that_has_ended_changes_nobody(patient, sam):
    tab = another_tab(patient)
    accounts.sign_out_elsewhere(patient)

    with pytest.raises(SessionEnded):
        members.pause(tab, sam.person, now=NOW)

    assert sam.of_patient().standing is Standing.OPEN
