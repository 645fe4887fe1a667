"""The history of invitations: kept for the patient alone, whatever becomes of the rest."""

import pytest

from portal.circle import circles, members, notes, pasts
from portal.circle.audiences import EVERYONE
from portal.circle.kinds import Kind
from portal.circle.pasts import Past
from portal.errors import Gone
from portal.vault import entries, invitations
from tests.circle.story import NOW, invite, readers, texts, write


def closed(patient, how="cancelled", **fields):
    made = invite(patient, **fields)
    pasts.close(patient, invitations.find(patient, made.id), how, now=NOW + 5)
    return made


def test_what_became_of_an_invitation_is_kept_with_its_times(patient):
    closed(patient, label="June")

    assert pasts.history(patient) == [Past("June", NOW, NOW + 5, "cancelled")]


def test_closing_twice_keeps_it_once(patient):
    one = invitations.find(patient, invite(patient).id)
    pasts.close(patient, one, "cancelled", now=NOW)

    with pytest.raises(Gone):
        pasts.close(patient, one, "expired", now=NOW)

    assert [past.how for past in pasts.history(patient)] == ["cancelled"]


def test_one_that_does_not_open_is_left_out_and_the_others_stay(store, patient):
    closed(patient, label="A")
    closed(patient, label="B")
    bad = next(entry for entry in entries.index(patient).entries if entry.kind == Kind.INVITATION)
    with store.change(NOW):
        store.rows.replace(entries.body_at(bad.key), b"something else")

    assert len(pasts.history(patient)) == 1


def test_history_is_no_note_and_nobody_reads_it(patient, sam):
    closed(patient)
    item = write(patient, "hello", EVERYONE)

    assert notes.notes(patient, now=NOW).total == 1
    assert texts(sam) == ["hello"]
    past = next(entry for entry in entries.index(patient).entries if entry.kind == Kind.INVITATION)
    assert past.readers == []
    with pytest.raises(Gone):
        notes.share(patient, past.id, notes.Chosen(frozenset({EVERYONE})), now=NOW)
    assert readers(patient, item) == ("Sam",)
    assert members.departures(patient) == []
    assert circles.circles(patient, now=NOW) == []
