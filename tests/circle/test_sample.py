"""The throw-away circle: the real code on a store that never touches the disk, in both languages."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from portal.circle import alerts, circles, inviting, members, notes, readings
from portal.circle.circles import Standing
from portal.circle.kinds import SHAREABLE, Kind
from portal.circle.sample import sample
from tests.circle.story import DAY, NOW, who_read
from tests.vault.checks import check_store

LANGS = ("en", "es")


@pytest.fixture(params=LANGS)
def shown(request):
    made = sample(request.param, now=NOW)
    yield made
    check_store(made.patient.store)
    made.patient.store.close()


def words(lang):
    return tomllib.loads((files("portal.circle.samples") / f"{lang}.toml").read_text("utf-8"))


def test_the_patients_side_has_people_notes_resources_and_somebody_who_asks(shown):
    assert {one.standing for one in members.members(shown.patient, now=NOW)} == {Standing.OPEN}
    assert len(inviting.asks(shown.patient)) == 1
    found = notes.notes(shown.patient, now=NOW)
    assert {bool(one.readers) for one in found.items} == {True, False}
    assert any(one.pin for one in found.items)
    assert notes.notes(shown.patient, kind=Kind.RESOURCE, now=NOW).total > 0
    assert alerts.alerts(shown.patient, now=NOW) == []


def test_the_members_side_has_something_new_and_something_read(shown):
    assert circles.circle(shown.member, shown.link, now=NOW).standing is Standing.OPEN

    feed = readings.read(shown.member, shown.link, now=NOW)

    assert 0 < feed.new < len(feed.items)
    assert NOW - 3 * DAY < feed.since < NOW - 2 * DAY
    assert feed.changed == feed.gone == 0
    mine = notes.notes(shown.patient, now=NOW)
    assert {one.id for one in feed.items} < {one.id for one in mine.items}


def test_new_is_exactly_what_was_written_after_the_last_visit(shown):
    feed = readings.read(shown.member, shown.link, kinds=SHAREABLE, now=NOW)

    assert {one.kind for one in feed.items} == set(SHAREABLE)
    for one in feed.items:
        assert one.new == (one.written > feed.since), one.title


def test_every_entry_has_a_time_of_its_own(shown):
    written = [one.written for kind in SHAREABLE for one in notes.notes(shown.patient, kind=kind, now=NOW).items]

    assert min(written) > NOW - 10 * DAY
    assert max(written) < NOW
    assert len({when % DAY // 60 for when in written}) == len(written)


def test_what_was_read_stands_on_the_patients_side(shown):
    read = [one for one in notes.notes(shown.patient, now=NOW).items if who_read(shown.patient, one.id)]

    assert read


def test_both_languages_tell_the_same_story():
    english, spanish = (words(lang) for lang in LANGS)

    assert english.keys() == spanish.keys()
    for part in ("notes", "resources"):
        assert [(one["days"], one["minutes"], one["to"]) for one in english[part]] == [
            (one["days"], one["minutes"], one["to"]) for one in spanish[part]
        ]
        assert [one["title"] for one in english[part]] != [one["title"] for one in spanish[part]]


def test_nothing_is_written_to_disk(monkeypatch, tmp_path):
    def no_file(*_args, **_kwargs):
        raise AssertionError

    with monkeypatch.context() as patch:
        for name in ("write_bytes", "write_text", "mkdir", "touch"):
            patch.setattr(Path, name, no_file)
        made = sample("en", now=NOW)

    assert made.patient.rows._db.execute("pragma database_list").fetchone()[2] == ""
    assert list(tmp_path.iterdir()) == []
    made.patient.store.close()


def test_two_samples_share_nothing():
    first, second = sample("en", now=NOW), sample("en", now=NOW)

    notes.erase(first.patient, notes.notes(first.patient, now=NOW).items[0].id, now=NOW)

    assert first.patient.store.id != second.patient.store.id
    assert notes.notes(first.patient, now=NOW).total == notes.notes(second.patient, now=NOW).total - 1
    first.patient.store.close()
    second.patient.store.close()
