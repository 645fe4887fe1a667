"""Attacks 3 to 6: rows swapped, moved, altered, cut, dropped, added. An alarm, never a foreign or missing text."""

import random

import pytest

from portal.crypto import sealing
from portal.errors import LinkClosed, PortalError, Tampered
from portal.vault import accounts, entries, reading, shelves
from portal.vault.records import Reason
from portal.vault.store import Store
from tests.attacks.tampering import DATABASE
from tests.vault.story import FAMILY, NOW, PASSPHRASE, invite, join, sign_up, write

TEXTS = {f"note {number}".encode() for number in range(3)}


def known(prey):
    """Every row of the file whose place the test knows."""
    rows = prey.files.rows()
    return {loc: (at, rows[loc]) for loc, at in prey.places.items() if loc in rows}


def refused(prey, at):
    with pytest.raises(Tampered):
        prey.store.rows.get(at)


def fill(prey, count=40):
    for number in range(count):
        write(prey.patient, f"note {number}", FAMILY, now=NOW + number)
    made = invite(prey.patient)
    invite(prey.patient)
    join(sign_up(prey.store, "canal"), made)


# 3


def test_3_swapped_rows_are_refused_while_the_server_runs(prey):
    fill(prey)
    rows = known(prey)
    draw = random.Random(3)  # noqa: S311 - the same attacks each time
    with prey.files.sql() as db:
        for _ in range(500):
            one, other = draw.sample(sorted(rows), 2)
            db.execute("update rec set ct = ? where loc = ?", (rows[other][1], one))
            refused(prey, rows[one][0])
            db.execute("update rec set ct = ? where loc = ?", (rows[one][1], one))


def test_3_the_cipher_itself_refuses_every_other_place(prey):
    fill(prey)
    rows = list(known(prey).values())
    draw = random.Random(33)  # noqa: S311 - the same attacks each time
    for _ in range(500):
        (at, _), (_, ct) = draw.sample(rows, 2)
        with pytest.raises(Tampered):
            sealing.unseal(at, ct)


def test_3_the_cipher_refuses_the_right_key_with_another_context(prey):
    for at, ct in known(prey).values():
        for wrong in (b"", at.context[:-1], at.context + b"x"):
            with pytest.raises(Tampered):
                sealing.unseal(at._replace(context=wrong), ct)


def test_3_a_moved_row_is_refused_running_and_stopped(prey):
    rows = known(prey)
    body = next(at for at, _ in rows.values() if b"body" in at.context)
    prey.files.delete(body.loc)
    prey.files.put(body.loc + 1, rows[body.loc][1])
    refused(prey, body)
    prey.restart()
    assert prey.store.generation.reason == Reason.CHANGED
    assert prey.store.rows.get(body) is None
    moved = body._replace(loc=body.loc + 1)
    refused(prey, moved._replace(context=sealing.encode(b"fsp1", "body", b"elsewher")))


# 4


def test_4_no_bit_of_any_record_can_be_changed(prey):
    fill(prey, 1)
    kinds = {}
    for at, ct in known(prey).values():
        kinds.setdefault(at.context[8:24], (at, ct))
    assert len(kinds) >= 9
    draw = random.Random(4)  # noqa: S311 - the same attacks each time
    for at, ct in kinds.values():
        for index in range(len(ct)):
            altered = bytearray(ct)
            altered[index] ^= 1 << draw.randrange(8)
            with pytest.raises(Tampered):
                sealing.unseal(at, bytes(altered))


# 5


@pytest.mark.parametrize("how", ["cut", "longer", "empty", "one byte"])
def test_5_rows_of_another_length_are_refused_running_and_stopped(prey, how):
    for loc, (at, ct) in known(prey).items():
        changed = {"cut": ct[:-1], "longer": ct + b"\0", "empty": b"", "one byte": b"\0"}[how]
        prey.files.put(loc, changed)
        refused(prey, at)
        with pytest.raises(Tampered):
            sealing.unseal(at, changed)
        prey.files.put(loc, ct)
    prey.stop()
    prey.files.put(next(iter(known(prey))), b"")
    assert prey.start().generation.reason == Reason.CHANGED


def visit(data, keys):
    """Open the store and read everything as both people; return the texts that were shown."""
    shown = set()
    store = Store.on_disk(data, keys, now=NOW)
    try:
        patient = accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW)
        for entry in entries.index(patient).entries:
            shown.add(entries.read_body(patient, entry.key, entry.hash))
        member = accounts.sign_in(store, "lake", PASSPHRASE, now=NOW)
        for link in member.state.links:
            wanted = [slip.id for slip in reading.slips(member, link, NOW)]
            shown |= {one.body for one in reading.show(member, link.id, wanted, now=NOW) if one.body is not None}
        write(patient, "and on", FAMILY)
    finally:
        store.close()
    return shown


def damage_and_visit(prey, rounds, seed):
    prey.stop()
    sound = prey.files.database.read_bytes()
    number = next(prey.files.keys.glob("*/number"))
    counted = number.read_bytes()
    assert visit(prey.files.data, prey.files.keys) == TEXTS
    draw, alarms = random.Random(seed), 0  # noqa: S311 - the same attacks each time
    for _ in range(rounds):
        changed = bytearray(sound)
        for _ in range(draw.choice([1, 1, 4, 64])):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        if draw.random() < 0.1:
            del changed[draw.randrange(len(changed)) :]
        for name in DATABASE:
            (prey.files.data / name).unlink(missing_ok=True)
        prey.files.database.write_bytes(changed)
        number.write_bytes(counted)
        try:
            assert visit(prey.files.data, prey.files.keys) <= TEXTS
        except PortalError:
            alarms += 1
    assert alarms > rounds / 3


def test_5_random_changes_of_the_file_end_in_a_sentence(prey):
    damage_and_visit(prey, 200, 5)


@pytest.mark.long
def test_5_ten_thousand_random_changes_of_the_file(prey):
    damage_and_visit(prey, 10_000, 55)


# 6


def test_6_a_dropped_row_is_refused_at_the_read(prey):
    for loc, (at, ct) in known(prey).items():
        prey.files.delete(loc)
        refused(prey, at)
        prey.files.put(loc, ct)


def test_6_no_note_is_silently_missing(prey):
    rows = known(prey)
    own, shelf = entries.page_at(prey.patient, 0), shelves.page_at(prey.one.secret, 0)
    body = entries.body_at(entries.index(prey.patient).entries[0].key)
    for at in (own, shelf, body):
        prey.files.delete(at.loc)
    prey.patient.own_cache.clear()
    assert entries.index(prey.patient).damaged == 1
    with pytest.raises(Tampered):
        reading.slips(prey.one.member, prey.one.of_member(), NOW)
    prey.files.put(shelf.loc, rows[shelf.loc][1])
    held = [slip.id for slip in reading.slips(prey.one.member, prey.one.of_member(), NOW)]
    shown = reading.show(prey.one.member, prey.one.link, held, now=NOW)
    assert [one.body for one in shown] == [None, b"note 1", b"note 2"]


def test_6_every_dropped_row_is_noticed_at_start_and_the_rest_works(prey):
    prey.stop()
    sound = prey.files.rows()
    number = next(prey.files.keys.glob("*/number"))
    counted = number.read_bytes()
    for loc in sound:
        prey.files.restore({other: ct for other, ct in sound.items() if other != loc})
        number.write_bytes(counted)
        assert prey.start().generation.reason == Reason.CHANGED
        prey.stop()


@pytest.mark.parametrize("what", ["random", "copy"])
def test_6_an_added_row_is_noticed_at_start_and_opens_nothing(prey, what):
    count = len(entries.index(prey.patient).entries)
    ct = bytes(range(250)) * 4 if what == "random" else known(prey)[shelves.page_at(prey.one.secret, 0).loc][1]
    beyond = shelves.page_at(prey.one.secret, 1).loc
    prey.files.put(beyond, ct)
    assert len(reading.slips(prey.one.member, prey.one.of_member(), NOW)) == count
    prey.restart()
    assert prey.store.generation.reason == Reason.CHANGED
    with pytest.raises(LinkClosed):
        reading.slips(prey.one.member, prey.one.of_member(), NOW)
    write(prey.patient, "and on", FAMILY)
    assert len(entries.index(prey.patient).entries) == count + 1
