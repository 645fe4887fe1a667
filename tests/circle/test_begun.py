"""An invitation begun: every answer is kept, sealed, until it is made or erased, and no draft is in its way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.circle import accounts, audiences, begun, drafts, inviting
from portal.circle.audiences import EVERYONE
from portal.circle.bodies import Answers, Text, pack
from portal.circle.kinds import Kind
from portal.errors import ChangedElsewhere, Gone, NameTaken, NotSigned, TooManyDrafts, TooManyInvitations
from portal.newtypes import ListId
from portal.vault import drafts as vault
from portal.vault import records
from portal.vault import store as stores
from tests.circle.story import DAY, NOW, PASSPHRASE, PATIENT, SURROGATE, another_tab, sign_up, signing, terms
from tests.vault.checks import check_store

ANSWERS = Answers(
    step=4,
    changing=True,
    label="Fern",
    relation="sister",
    template="group",
    lists=(EVERYONE, ListId(b"abcdefgh")),
    new_group="Near",
    resource=True,
    since="everything",
    period="date",
    last_day=date(2027, 3, 1),
    event="when the school year is over",
    purposes=("support", "care"),
    own="to laugh",
)


def keep(session, answers=ANSWERS, **how):
    return begun.keep(session, answers, **{"now": NOW, **how})


def make(session, tag, **fields):
    return inviting.invite(session, terms(), signing(**fields), answers=tag, now=NOW)


def words(size):
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=size)


ANY = st.builds(
    Answers,
    step=st.integers(1, 6),
    changing=st.booleans(),
    label=words(40),
    relation=words(20),
    template=st.sampled_from([None, "one", "group"]),
    lists=st.lists(st.binary(min_size=8, max_size=8), max_size=20).map(tuple),
    new_group=words(30),
    resource=st.booleans(),
    since=st.sampled_from([None, "from_today", "everything"]),
    period=st.sampled_from([None, "30", "date"]),
    last_day=st.none() | st.dates(),
    event=words(200),
    purposes=st.sets(st.sampled_from(["support", "request", "care", "emergency"])).map(tuple),
    own=words(150),
)


@given(answers=ANY)
def test_any_answers_come_back(answers):
    store = accounts.open_memory(now=NOW)
    session = sign_up(store, PATIENT)

    keep(session, answers)

    assert begun.begun(another_tab(session)).answers == answers
    check_store(store)
    store.close()


def test_there_is_none_at_the_start(patient):
    assert begun.begun(patient) is None


def test_the_next_answers_take_the_place_of_those_before(patient):
    first = keep(patient, Answers(label="F"))
    second = keep(patient, Answers(label="Fern"), after=first.tag, now=NOW + 5)

    found = begun.begun(patient)
    assert (found.answers.label, found.saved, found.tag) == ("Fern", NOW + 5, second.tag)
    assert len(patient.state.drafts) == 1
    assert first.tag != second.tag


def test_it_outlives_its_session_and_the_server(tmp_path, monkeypatch):
    monkeypatch.setattr(stores, "STANDARD", stores.CHEAPEST)
    for name in ("data", "keys"):
        (tmp_path / name).mkdir()
    store = accounts.open_store(tmp_path / "data", tmp_path / "keys", now=NOW)
    keep(sign_up(store, PATIENT))
    store.close()

    again = accounts.open_store(tmp_path / "data", tmp_path / "keys", now=NOW + DAY)
    session = accounts.sign_in(again, PATIENT, PASSPHRASE, now=NOW + DAY)

    assert begun.begun(session).answers == ANSWERS
    again.close()


def test_what_is_longer_than_a_field_is_cut_and_opens_again(patient):
    kept = keep(patient, Answers(label="a" * 1_000, event=SURROGATE, own="b" * 1_000, lists=(EVERYONE,) * 30))

    found = begun.begun(patient).answers
    assert found == kept.answers
    assert (found.label, found.event, len(found.own), len(found.lists)) == ("a" * 40, "a?b", 150, 20)


def test_the_longest_answers_fit_the_second_size_of_a_draft(patient):
    full = {name: "\U0001f33f" * size for name, size in begun.LONGEST.items()}
    longest = Answers(lists=(EVERYONE,) * 20, purposes=("emergency",) * 10, last_day=date.max, **full)

    keep(patient, longest)

    assert begun.begun(patient).answers == longest
    assert len(pack(longest)) < 3_900


def test_nobody_else_finds_it(patient, sam):
    keep(patient)

    assert begun.begun(sam.member) is None


# Beside the drafts of texts


def test_it_is_no_draft_of_a_text(patient):
    text = drafts.save(patient, Text("", "a draft"), now=NOW)
    keep(patient)

    assert drafts.drafts(patient) == [text]
    assert drafts.draft_for(patient, Kind.INVITATION) is None


def test_a_body_that_would_pass_for_a_text_is_none_either(patient):
    vault.put(patient, Kind.INVITATION, pack(drafts.DraftText("t", "text")), now=NOW)

    assert drafts.drafts(patient) == []


def test_full_drafts_leave_room_for_it_and_it_leaves_room_for_them(patient):
    for at in range(records.DRAFTS - 1):
        drafts.save(patient, Text("", f"draft {at}"), now=NOW)
    kept = keep(patient)
    drafts.save(patient, Text("", "the last"), now=NOW)

    with pytest.raises(TooManyDrafts):
        drafts.save(patient, Text("", "one more"), now=NOW)
    keep(patient, Answers(label="Fern"), after=kept.tag)

    assert len(drafts.drafts(patient)) == records.DRAFTS
    assert begun.begun(patient).answers.label == "Fern"
    begun.erase(patient, now=NOW)
    keep(patient)
    assert begun.begun(patient).answers == ANSWERS


# Two tabs


def test_of_two_tabs_the_last_to_answer_is_kept_and_told(patient):
    tab = another_tab(patient)
    common = keep(patient, Answers(label="F"))
    keep(patient, Answers(label="Fern"), after=common.tag)

    with pytest.raises(ChangedElsewhere):
        keep(tab, Answers(label="Flo"), after=common.tag)

    assert begun.begun(patient).answers.label == "Flo"
    assert len(patient.state.drafts) == 1


@pytest.mark.parametrize("how", ["begun", "erased"])
def test_what_another_tab_began_or_erased_is_told_and_nothing_typed_is_lost(patient, how):
    tab, after = another_tab(patient), 0
    first = keep(patient, Answers(label="Fern"))
    if how == "erased":
        after = first.tag
        begun.erase(patient, now=NOW)

    with pytest.raises(ChangedElsewhere):
        keep(tab, Answers(label="Flo"), after=after)

    assert begun.begun(tab).answers.label == "Flo"


# Made or erased


def test_making_the_invitation_ends_it(patient):
    kept = keep(patient)

    make(patient, kept.tag)

    assert begun.begun(patient) is None
    assert not patient.state.drafts
    with pytest.raises(Gone):
        make(patient, kept.tag)
    assert len(inviting.pending(patient, now=NOW)) == 1


def test_answers_that_changed_since_they_were_read_are_not_signed(patient):
    read = keep(patient)
    newer = keep(another_tab(patient), Answers(label="Flo"), after=read.tag)

    with pytest.raises(ChangedElsewhere):
        make(patient, read.tag)

    assert not inviting.pending(patient, now=NOW)
    assert begun.begun(patient).tag == newer.tag


def test_answers_that_change_while_the_passphrase_is_checked_are_not_signed(patient, monkeypatch):
    read = keep(patient)
    monkeypatch.setattr(
        inviting.consent, "check_signature", lambda *_, **__: keep(patient, Answers(label="Flo"), after=read.tag)
    )

    with pytest.raises(ChangedElsewhere):
        make(patient, read.tag)

    assert not inviting.pending(patient, now=NOW)


def test_a_refused_signature_keeps_the_answers(patient):
    kept = keep(patient)

    with pytest.raises(NotSigned):
        make(patient, kept.tag, passphrase="not this one at all")

    assert begun.begun(patient).answers == ANSWERS


def test_an_invitation_that_cannot_be_made_keeps_the_answers(patient, monkeypatch):
    kept = keep(patient)
    monkeypatch.setattr(begun, "erase", _full)

    with pytest.raises(TooManyInvitations):
        make(patient, kept.tag)

    assert not inviting.pending(patient, now=NOW)
    assert begun.begun(patient).tag == kept.tag


def _full(*_, **__):
    raise TooManyInvitations


def test_an_invitation_without_answers_leaves_those_that_are_there(patient):
    keep(patient)

    make(patient, 0)

    assert begun.begun(patient).answers == ANSWERS


def test_an_erased_one_is_gone_and_erasing_twice_is_no_error(patient):
    keep(patient)

    begun.erase(patient, now=NOW)
    number = patient.rows.number
    begun.erase(patient, now=NOW)

    assert begun.begun(patient) is None
    assert patient.rows.number == number


# A group named on the way


def test_a_group_is_made_and_chosen_with_the_answers_that_name_it(patient):
    kept = keep(patient, group=True)

    made = next(one for one in audiences.audiences(patient) if one.name == "Near")
    assert kept.answers == begun.begun(patient).answers == ANSWERS.but(lists=(*ANSWERS.lists, made.id), new_group="")


def test_a_group_that_is_refused_changes_nothing(patient):
    audiences.add_audience(patient, "Near", now=NOW)
    kept = keep(patient, Answers(label="Fern"))

    with pytest.raises(NameTaken):
        keep(patient, after=kept.tag, group=True)

    assert begun.begun(patient).answers == Answers(label="Fern")


def test_a_group_named_after_another_tab_answered_is_there_once(patient):
    keep(patient, Answers(label="Fern"))

    with pytest.raises(ChangedElsewhere):
        keep(another_tab(patient), group=True)

    assert [one.name for one in audiences.audiences(patient)] == ["", "Near"]
    assert len(begun.begun(patient).answers.lists) == 3


# Damage


@pytest.mark.parametrize("bad", ["row", "body", "gone"])
def test_one_that_does_not_open_is_none_and_the_next_answers_heal_it(store, patient, bad):
    keep(patient)
    at = vault.draft_at(patient, patient.state.drafts[0].page)
    with store.change(NOW):
        if bad == "row":
            store.rows.replace(at, b"something else")
        elif bad == "body":
            vault.put(patient, Kind.INVITATION, b"something else", now=NOW)
        else:
            store.rows.remove(at)
    assert begun.begun(patient) is None

    keep(patient, Answers(label="Fern"))

    assert begun.begun(patient).answers.label == "Fern"
    assert len(patient.state.drafts) == 1
