"""Attacks 12, 13, 14: what a reader, a member and an ex-member can do with every key they ever held."""

import itertools

import pytest

from portal.crypto.sealing import place, seal
from portal.errors import LinkClosed, Tampered
from portal.vault import entries, people, reading, sharing, shelves, upkeep
from portal.vault.records import PersonState
from tests.vault.story import ASK, FAMILY, NOW, let_in, sign_up, stored, texts, write

# 12


def forge(prey, slip, text):
    """Put another text under a true item key, sealed as it should be."""
    at = entries.body_at(slip.key)
    prey.files.put(at.loc, seal(at, text))
    return at


def test_12_a_forged_body_is_refused_while_the_server_runs(prey):
    slip = stored(prey.one)[0]
    at = forge(prey, slip, b"forged")
    with pytest.raises(Tampered):
        prey.store.rows.get(at)
    assert texts(prey.one) == ["note 1", "note 2"]
    with pytest.raises(Tampered):
        entries.read_body(prey.patient, slip.key, slip.hash)


def test_12_a_forged_body_is_refused_after_the_server_was_stopped_and_everybody_let_in_again(prey):
    slip = stored(prey.one)[0]
    prey.stop()
    at = forge(prey, slip, b"forged")
    prey.start()
    prey.sign_in()
    with pytest.raises(LinkClosed):
        texts(prey.one)
    with prey.store.change(NOW):
        people.permit(prey.patient, prey.one.person, NOW, state=PersonState.OPEN, generation=prey.store.generation.id)
        shelves.settle(prey.patient, NOW)
    assert prey.store.rows.get(at) == b"forged"
    assert texts(prey.one) == ["note 1", "note 2"]
    with pytest.raises(Tampered):
        entries.read_body(prey.patient, slip.key, slip.hash)


# What keys can reach


def names():
    """Every name a row has under some secret."""
    yield from (("account",), ("state",), ("door",), ("consent",), ("body",), ("store",), ("invite",), ("join",))
    yield from itertools.product(("own", "views", "inbox", "shelf", "slice"), range(6))


def reach(secrets, rows, ids=(), generations=()):
    """Every row of the file that these secrets open, by its address."""
    found = {}
    for secret in secrets:
        extra = [("seen", one, n) for one in ids for n in range(4)]
        extra += [("letter", one, n) for one in generations for n in range(30)]
        for name in itertools.chain(names(), extra):
            at = place(secret, *name)
            if at.loc in rows:
                found[at.loc] = (name[0], at)
    return found


def kinds(found):
    return sorted({name for name, _ in found.values()})


def held(one):
    """Every key that a member holds: own seed, L, and the item keys on the shelf."""
    return [one.member.seed, one.secret, *(slip.key for slip in stored(one))]


# 13


def test_13_a_member_reaches_only_the_own_space_the_own_shelf_and_what_is_on_it(prey):
    other = let_in(prey.patient, sign_up(prey.store, "canal"), label="Kim")
    hidden = write(prey.patient, "mine", now=NOW)
    an_ask = write(prey.patient, "an ask", FAMILY, kind=ASK)
    for one in (prey.one, other):
        texts(one)
    rows, generation = prey.files.rows(), prey.store.generation.id
    mine = reach(held(prey.one), rows, [prey.one.link], [generation])
    theirs = reach([other.member.seed, other.secret], rows, [other.link], [generation])
    patients = reach([prey.patient.seed], rows)
    assert kinds(mine) == ["body", "consent", "door", "letter", "own", "seen", "shelf", "state"]
    assert kinds(theirs) == ["consent", "door", "letter", "own", "seen", "shelf", "state"]
    assert kinds(patients) == ["own", "state"]
    assert set(mine).isdisjoint(theirs)
    assert set(mine).isdisjoint(patients)
    for item in (hidden, an_ask):
        assert entries.body_at(entries.find(prey.patient, item)[1].key).loc not in mine


def test_13_what_a_member_asks_for_is_taken_from_the_own_shelf_alone(prey):
    hidden = write(prey.patient, "mine", now=NOW)
    an_ask = write(prey.patient, "an ask", FAMILY, kind=ASK)
    assert reading.show(prey.one.member, prey.one.link, [hidden, an_ask], now=NOW) == []


def test_13_rows_say_the_same_with_and_without_others_and_hidden_entries(prey):
    """Attack 16: no count, order or gap on a shelf tells of anything else."""
    before = stored(prey.one)
    other = let_in(prey.patient, sign_up(prey.store, "canal"), label="Kim")
    for _ in range(60):
        write(prey.patient, "hidden", other.person, now=NOW + 5)
        write(prey.patient, "mine", now=NOW + 5)
    assert stored(prey.one) == before
    door = shelves.read_door(prey.store.rows, prey.one.secret)
    write(prey.patient, "for both", FAMILY, now=NOW + 9)
    assert [slip.written for slip in stored(prey.one)] == [NOW, NOW + 1, NOW + 2, NOW + 9]
    assert shelves.read_door(prey.store.rows, prey.one.secret) == door


# 14


def test_14_the_keys_of_somebody_removed_find_no_row_of_theirs_and_nothing_written_since(prey):
    one = prey.one
    edited, withdrawn, unchanged = (slip.id for slip in stored(one))
    texts(one)
    secrets, generation = [one.secret, *(slip.key for slip in stored(one))], prey.store.generation.id

    def now_reached():
        return reach(secrets, prey.files.rows(), [one.link], [generation])

    assert kinds(now_reached()) == ["body", "consent", "door", "letter", "shelf"]  # the control
    upkeep.remove(prey.patient, one.person, now=NOW + 20)
    assert kinds(now_reached()) == ["body"]
    sharing.edit(prey.patient, edited, b"edited since", base=NOW, now=NOW + 21)
    sharing.withdraw(prey.patient, withdrawn, now=NOW + 22)
    write(prey.patient, "written since", FAMILY, now=NOW + 23)
    left = now_reached()
    key = entries.find(prey.patient, unchanged)[1].key
    assert [at.loc for _, at in left.values()] == [place(key, "body").loc]
    opened = [prey.store.rows.get(at) for _, at in left.values()]
    assert opened == [b"note 2"]


@pytest.mark.parametrize("how", ["edit", "unshare", "withdraw", "set readers", "erase"])
def test_14_a_saved_item_key_opens_nothing_after(prey, how):
    one, other = prey.one, let_in(prey.patient, sign_up(prey.store, "canal"), label="Kim")
    slip = stored(one)[0]
    at = entries.body_at(slip.key)
    assert prey.store.rows.get(at) == b"note 0"
    match how:
        case "edit":
            sharing.edit(prey.patient, slip.id, b"anew", base=NOW, now=NOW + 9)
        case "unshare":
            sharing.unshare(prey.patient, slip.id, one.person, now=NOW + 9)
            assert "note 0" in texts(other, now=NOW + 9)
        case "withdraw":
            sharing.withdraw(prey.patient, slip.id, now=NOW + 9)
        case "set readers":
            sharing.set_readers(prey.patient, slip.id, [other.person], now=NOW + 9)
        case "erase":
            sharing.erase(prey.patient, slip.id, now=NOW + 9)
    assert at.loc not in prey.files.rows()
    assert prey.store.rows.get(at) is None


def test_14_an_earlier_text_opens_with_no_key_that_a_reader_ever_held(prey):
    one, keys = prey.one, set()
    item = stored(one)[0].id
    for number in range(5):
        keys |= {slip.key for slip in stored(one)}
        base = entries.find(prey.patient, item)[1]
        sharing.edit(prey.patient, item, f"text {number}".encode(), base=base.edited or base.written, now=NOW + 9)
    keys |= {slip.key for slip in stored(one)}
    bodies = {prey.store.rows.get(at) for _, at in reach(keys, prey.files.rows()).values()}
    assert bodies == {b"text 4", b"note 1", b"note 2"}
    assert len(entries.find(prey.patient, item)[1].versions) == 5
