"""Consent: complete or nothing; what a member can open is computed from it and from nothing else."""

import pytest

from portal.circle import accounts, audiences, circles, consent, inviting, joining, members, notes
from portal.circle.audiences import EVERYONE
from portal.circle.bodies import unpack
from portal.circle.consent import LONGEST, Consent, Copy, check_terms, is_wider
from portal.circle.kinds import Kind
from portal.errors import Gone, IncompleteConsent, NoReaders, NotSigned, Tampered, TooManyTries
from portal.newtypes import ItemId, ListId
from portal.vault import entries
from portal.vault.records import PersonState
from tests.circle.story import (
    DAY,
    LONG,
    NOW,
    NUL,
    OTHER_PASSPHRASE,
    RTL,
    SURROGATE,
    Membership,
    add_list,
    chosen,
    invite,
    let_in,
    signing,
    terms,
    texts,
    write,
)

BAD = [
    *[
        ("label", {"label": bad})
        for bad in ("", "  ", NUL, SURROGATE, RTL, "a" * 41, LONG, "sam@example.org", "+34 600 123 456")
    ],
    *[("relation", {"relation": bad}) for bad in (NUL, SURROGATE, RTL, "a" * 21, LONG)],
    *[
        ("kinds", {"kinds": frozenset(bad)})
        for bad in ((), (Kind.CONSENT,), (Kind.INVITATION,), (3,), (0,), (Kind.NOTE, Kind.CONSENT), (-1,))
    ],
    ("kinds", {"lists": frozenset({ListId(b"nobody..")})}),
    *[
        ("purposes", {"purposes": bad})
        for bad in (
            (),
            ("",),
            ("curiosity",),
            ("support", "curiosity"),
            ("own:",),
            ("own:   ",),
            ("own:" + "a" * 151,),
            ("own:" + LONG,),
            ("own:" + NUL,),
            ("own:" + SURROGATE,),
            ("own:" + RTL,),
            ("own:a", "own:b"),
        )
    ],
    *[("ends", {"ends": bad}) for bad in (NOW, NOW - 1, 0, -1, NOW + LONGEST + 1, 2**63)],
    *[("event", {"event": bad}) for bad in (NUL, SURROGATE, RTL, "a" * 201, LONG)],
]


@pytest.mark.parametrize(("element", "fields"), BAD, ids=[f"{BAD[at][0]}-{at}" for at in range(len(BAD))])
def test_terms_that_lack_an_element_name_it_and_nothing_is_written(patient, element, fields):
    before = patient.rows.number

    with pytest.raises(IncompleteConsent) as refused:
        inviting.invite(patient, terms(**fields), signing(), now=NOW)

    assert refused.value.element == element
    assert patient.rows.number == before


def test_the_narrowest_consent_is_complete_with_one_kind_no_list_and_one_reason(patient):
    narrowest = terms(kinds=frozenset({Kind.NOTE}), lists=frozenset(), everything=False, relation="", ends=NOW + 1)

    assert check_terms(patient, narrowest, now=NOW) == narrowest


def test_a_consent_may_last_two_years_and_no_second_longer(patient):
    assert check_terms(patient, terms(ends=NOW + LONGEST), now=NOW).ends == NOW + LONGEST


def test_words_are_trimmed_and_a_reason_counts_once(patient):
    typed = terms(
        label="  Sam ",
        relation=" my  brother ",
        event=" we  move ",
        purposes=("own:  a \n ride ", "support", "support"),
    )

    checked = check_terms(patient, typed, now=NOW)

    assert (checked.label, checked.relation, checked.event) == ("Sam", "my brother", "we move")
    assert checked.purposes == ("own:a ride", "support")


def test_the_longest_words_fit_the_offer_and_open_again(patient):
    wide = terms(
        label="\U0001f33f" * 40,
        relation="\U0001f33f" * 20,
        event="\U0001f33f" * 200,
        purposes=(*consent.PURPOSES, "own:" + "\U0001f33f" * 150),
    )

    made = inviting.invite(patient, wide, signing(), now=NOW)

    assert inviting.pending(patient, now=NOW) == [made]
    assert made.terms == wide


# Signing


@pytest.mark.parametrize(
    "fields",
    [
        {"passphrase": OTHER_PASSPHRASE},
        {"passphrase": ""},
        {"passphrase": LONG},
        {"passphrase": SURROGATE},
        {"signature": ""},
        {"signature": "maple"},
        {"signature": "quiet fern"},
        {"signature": LONG},
        {"signature": SURROGATE},
    ],
    ids=["wrong", "empty", "long", "half", "no name", "part", "other name", "long name", "half name"],
)
def test_without_the_name_and_the_passphrase_nothing_is_signed(patient, fields):
    before = patient.rows.number

    with pytest.raises(NotSigned):
        inviting.invite(patient, terms(), signing(**fields), now=NOW)

    assert patient.rows.number == before


def test_the_passphrase_of_somebody_else_signs_nothing(store, patient):
    accounts.sign_up(store, "quiet fern", OTHER_PASSPHRASE, accounts.new_spare_key(), now=NOW)

    with pytest.raises(NotSigned):
        inviting.invite(patient, terms(), signing(passphrase=OTHER_PASSPHRASE), now=NOW)


def test_a_name_may_be_signed_in_another_case(patient):
    assert inviting.invite(patient, terms(), signing(signature=" MAPLE  river"), now=NOW)


def test_guessing_a_signature_is_slowed_down(patient):
    for _ in range(5):
        with pytest.raises(NotSigned):
            consent.check_signature(patient, signing(passphrase=OTHER_PASSPHRASE), now=NOW)

    with pytest.raises(TooManyTries):
        consent.check_signature(patient, signing(), now=NOW)


def test_a_consent_is_kept_as_it_was_signed(patient, sam):
    assert members.consent_of(patient, sam.person) == Consent(
        terms=terms(),
        signed=NOW,
        zone="Europe/Madrid",
        signature="maple river",
        text="the words",
        lang="en",
        version=consent.VERSION,
    )


def test_a_consent_is_no_note(patient, sam):
    item = sam.record.consent

    assert notes.notes(patient, now=NOW).total == 0
    with pytest.raises(Gone):
        notes.note(patient, item, now=NOW)
    with pytest.raises(Gone):
        notes.erase(patient, item, now=NOW)


def test_a_note_is_no_consent(patient):
    with pytest.raises(Gone):
        consent.read(patient, write(patient, "hello"))
    with pytest.raises(Gone):
        consent.read(patient, ItemId(bytes(16)))


def test_a_damaged_consent_is_tampered(store, patient, sam):
    _, entry = entries.find(patient, sam.record.consent)
    with store.change(NOW):
        store.rows.replace(entries.body_at(entry.key), b"something else")

    with pytest.raises(Tampered):
        members.consent_of(patient, sam.person)


# No consent, no key


def test_only_kinds_that_were_ticked_are_read(patient, quiet):
    sam = let_in(patient, quiet, kinds=frozenset({Kind.RESOURCE}))
    write(patient, "a resource", EVERYONE, kind=Kind.RESOURCE)
    with pytest.raises(NoReaders):
        write(patient, "a note", EVERYONE)

    assert texts(sam, kind=Kind.RESOURCE) == ["a resource"]
    assert texts(sam, kind=Kind.NOTE) == []


def test_only_lists_that_were_ticked_are_read(patient, quiet, june, household):
    sam = let_in(patient, quiet, lists=frozenset({household}))
    near = add_list(patient, "Near")
    write(patient, "for the household", household)
    write(patient, "for both", household, june.person)

    assert audiences.readers_today(patient, chosen(near, EVERYONE), Kind.NOTE, now=NOW) == []
    assert sorted(texts(sam)) == ["for both", "for the household"]


def test_from_today_on_means_nothing_that_was_shared_before_the_signing(patient, paper, quiet):
    let_in(patient, paper, label="June")
    item = write(patient, "early", EVERYONE)

    sam = let_in(patient, quiet, now=NOW + DAY, everything=False)
    write(patient, "late", EVERYONE, now=NOW + DAY)
    assert texts(sam, now=NOW + DAY) == ["late"]

    notes.share(patient, item, chosen(EVERYONE, sam.person), now=NOW + 2 * DAY)
    assert texts(sam, now=NOW + 2 * DAY) == ["late", "early"]


def test_everything_so_far_means_also_what_was_shared_with_the_list_before(patient, sam, paper):
    write(patient, "early", EVERYONE)

    june = let_in(patient, paper, now=NOW + DAY, label="June")

    assert texts(june, now=NOW + DAY) == ["early"]


def test_from_today_on_counts_from_the_signing_not_from_the_yes(patient, paper, quiet):
    let_in(patient, paper, label="June")
    made = invite(patient, everything=False)
    write(patient, "between", EVERYONE, now=NOW + DAY)
    link = joining.join(quiet, made.code, "Sam", now=NOW + 2 * DAY)

    person = inviting.confirm(patient, made.id, now=NOW + 2 * DAY)

    assert texts(Membership(patient, quiet, person.id, link), now=NOW + 2 * DAY) == ["between"]
    assert circles.agreement(quiet, link).since == NOW


# The permission and the member's copy


def signed(**fields):
    return Consent(
        terms=terms(**fields), signed=NOW, zone="UTC", signature="maple river", text="", lang="en", version=1
    )


def test_a_permission_says_what_was_signed_and_nothing_more(patient, household):
    given = consent.permission(patient, signed(lists=frozenset({household, EVERYONE}), everything=False))

    assert given.state == PersonState.OPEN
    assert given.generation == patient.store.generation.id
    assert given.kinds == [Kind.NOTE, Kind.RESOURCE]
    assert given.lists == sorted([household, EVERYONE])
    assert (given.since, given.starts, given.ends) == (NOW, NOW, NOW + 90 * DAY)
    assert consent.permission(patient, signed()).since == 0


def test_a_list_that_is_gone_gives_nothing(patient):
    assert consent.permission(patient, signed(lists=frozenset({ListId(b"nobody..")}))).lists == []


def test_the_members_copy_holds_kinds_dates_and_purpose_and_neither_list_nor_person(patient, household):
    one = signed(lists=frozenset({household, EVERYONE}), purposes=("own:a ride",), event="we move")

    payload = consent.copy_for_member(one, consent.permission(patient, one))

    assert unpack(payload, Copy) == Copy(
        kinds=[Kind.NOTE, Kind.RESOURCE],
        everything=True,
        purposes=["own:a ride"],
        since=0,
        ends=NOW + 90 * DAY,
        event="we move",
        signed=NOW,
        version=1,
    )
    for secret in (household, EVERYONE, b"Household", b"Sam", b"brother", b"maple"):
        assert secret not in payload


# What is wider


@pytest.mark.parametrize(
    "fields",
    [
        {"kinds": frozenset({Kind.NOTE, Kind.RESOURCE, 3})},
        {"lists": frozenset({EVERYONE, ListId(b"another.")})},
        {"purposes": ("support", "care")},
        {"ends": NOW + 90 * DAY + 1},
        {"event": "we move"},
    ],
    ids=["kinds", "lists", "purposes", "ends", "event"],
)
def test_more_in_any_element_must_be_signed(fields):
    assert is_wider(terms(), terms(**fields))


def test_everything_so_far_is_wider_than_from_today_on():
    assert is_wider(terms(everything=False), terms())
    assert not is_wider(terms(), terms(everything=False))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"kinds": frozenset({Kind.NOTE})},
        {"lists": frozenset()},
        {"purposes": ()},
        {"ends": NOW + 1},
        {"label": "Sammy"},
        {"relation": "friend"},
    ],
    ids=["same", "kinds", "lists", "purposes", "ends", "label", "relation"],
)
def test_less_needs_no_signature(fields):
    assert not is_wider(terms(), terms(**fields))


def test_less_of_one_element_does_not_pay_for_more_of_another():
    assert is_wider(terms(), terms(kinds=frozenset({Kind.NOTE}), ends=NOW + 91 * DAY))
