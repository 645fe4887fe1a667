"""Attacks 7, 8, 9, 28: old rows, old pages, old states and old files put back."""

import random

import msgspec
import pytest

from portal.crypto import codes
from portal.crypto.sealing import place, seal
from portal.errors import CodeOpensNothing, LinkClosed, SignInFailed, Tampered
from portal.vault import accounts, doors, entries, invitations, joining, people, reading, sharing, shelves, upkeep
from portal.vault.doors import Standing
from portal.vault.keyfolder import KeyFolder
from portal.vault.records import ALARM_PEOPLE, Door, PersonState, Reason, ShelfPage, pack
from portal.vault.rows import Rows
from tests.vault.story import FAMILY, NOW, PASSPHRASE, YEAR, invite, join, sign_up, stored, texts, write

OTHER = "copper kettles sing before noon"


def nobody_reads(prey):
    """Both come back: the member is shut out, and the patient is not told otherwise."""
    one = prey.sign_in()
    upkeep.settle_all(prey.patient, prey.now)
    with pytest.raises(LinkClosed):
        texts(one, now=prey.now)
    write(prey.patient, "newer", FAMILY, now=prey.now)
    with pytest.raises(LinkClosed):
        texts(one, now=prey.now)


def change_everything(prey):
    """Rewrite every row of the circle."""
    item = entries.index(prey.patient).entries[0].id
    sharing.edit(prey.patient, item, b"edited", base=NOW, now=NOW + 9)
    write(prey.patient, "more", FAMILY, now=NOW + 10)
    with prey.store.change(NOW + 11):
        people.permit(prey.patient, prey.one.person, NOW + 11, ends=NOW + 2 * YEAR)
        shelves.settle(prey.patient, NOW + 11)
    texts(prey.one, now=NOW + 12)


def old_places(prey):
    return {
        "state": prey.patient.state_at,
        "own page": entries.page_at(prey.patient, 0),
        "shelf page": shelves.page_at(prey.one.secret, 0),
        "door": shelves.door_at(prey.one.secret),
        "member's state": prey.one.member.state_at,
    }


WHICH = ["state", "own page", "shelf page", "door", "member's state"]


# 7


@pytest.mark.parametrize("which", WHICH)
def test_7_one_older_row_put_back_while_the_server_is_stopped(prey, which):
    at = old_places(prey)[which]
    old = prey.files.row(at.loc)
    change_everything(prey)
    assert prey.files.row(at.loc) != old
    prey.stop()
    prey.files.put(at.loc, old)
    prey.start()
    assert prey.store.generation.reason == Reason.CHANGED
    nobody_reads(prey)


@pytest.mark.parametrize("which", WHICH)
def test_7_one_older_row_put_back_while_the_server_runs(prey, which):
    at = old_places(prey)[which]
    old = prey.files.row(at.loc)
    change_everything(prey)
    prey.files.put(at.loc, old)
    with pytest.raises(Tampered):
        prey.store.rows.get(at)


def test_7_an_older_shelf_page_with_its_door(prey):
    places = [old_places(prey)[name] for name in ("shelf page", "door")]
    old = [prey.files.row(at.loc) for at in places]
    upkeep.remove(prey.patient, prey.one.person, now=NOW + 20)
    link = prey.one.of_member()
    for at, ct in zip(places, old, strict=True):
        prey.files.put(at.loc, ct)
    assert doors.standing(prey.one.member, link, NOW) is Standing.DAMAGED
    with pytest.raises(LinkClosed):
        reading.slips(prey.one.member, link, NOW)
    prey.restart()
    assert prey.store.generation.reason == Reason.CHANGED
    with pytest.raises(LinkClosed):
        reading.slips(prey.one.member, prey.one.of_member(), NOW)


def with_the_key(prey, changes):
    """Somebody who holds the key file writes rows, and a store seal that fits them."""
    store = next(prey.files.keys.iterdir()).name
    rows = Rows(prey.files.database, KeyFolder.open(prey.files.keys, store).pepper)
    seal_row = rows.scan().seal
    assert seal_row is not None
    rows.begin(seal_row.generation, seal_row.number)
    with rows.change(NOW):
        for loc, ct in changes.items():
            rows._write("insert or replace into rec (loc, ct) values (?, ?)", (loc, ct))
            rows._tags.stage(loc, ct)
    rows.close()


def test_7_the_older_state_alone_with_a_root_that_fits_is_a_people_alarm(prey):
    at = prey.patient.state_at
    old = prey.files.row(at.loc)
    other = sign_up(prey.store, "canal")
    join(other, (made := invite(prey.patient)))
    invitations.end(prey.patient, made.id, now=NOW)
    upkeep.remove(prey.patient, prey.one.person, now=NOW + 20)
    prey.stop()
    with_the_key(prey, {at.loc: old})
    prey.start()
    assert prey.store.generation.reason == Reason.FIRST
    one = prey.sign_in()
    upkeep.settle_all(prey.patient, NOW + 30)
    assert {person.permission.state for person in prey.patient.state.people} == {PersonState.PUT_BACK}
    assert prey.patient.state.alarm == ALARM_PEOPLE
    write(prey.patient, "newer", FAMILY, now=NOW + 31)
    assert stored(one) == []
    with pytest.raises(LinkClosed):
        texts(one, now=NOW + 31)


# 8


@pytest.fixture
def older(prey, tmp_path):
    """A copy of both folders, and a store that has gone on since."""
    prey.stop()
    copy = prey.files.copy(tmp_path / "copy")
    prey.start()
    prey.sign_in()
    change_everything(prey)
    prey.stop()
    return copy


def test_8_the_whole_older_file(prey, older):
    prey.files.put_back_database(older)
    assert prey.start().generation.reason == Reason.OLDER
    nobody_reads(prey)


def test_8_the_older_file_with_the_newest_store_seal(prey, older):
    store = next(prey.files.keys.iterdir()).name
    at = place(KeyFolder.open(prey.files.keys, store).pepper, "store")
    newest = prey.files.row(at.loc)
    prey.files.put_back_database(older)
    prey.files.put(at.loc, newest)
    assert prey.start().generation.reason == Reason.CHANGED
    nobody_reads(prey)


def test_8_any_mixture(prey, older):
    new, old, draw = prey.files.rows(), older.rows(), random.Random(8)  # noqa: S311 - the same attacks each time
    differ = [loc for loc in {*new, *old} if new.get(loc) != old.get(loc)]
    number = next(prey.files.keys.glob("*/number"))
    counted = number.read_bytes()
    for _ in range(10):
        chosen = set(draw.sample(sorted(differ), draw.randrange(1, len(differ))))
        mixed = {loc: (old if loc in chosen else new).get(loc) for loc in {*new, *old}}
        prey.files.restore({loc: ct for loc, ct in mixed.items() if ct is not None})
        number.write_bytes(counted)
        assert prey.start().generation.reason in {Reason.CHANGED, Reason.OLDER}
        prey.stop()


def test_8_together_with_the_key_folder_it_is_not_noticed(prey, older):
    """The number lies in the key folder: whoever puts both back is not noticed, and PROTOCOL.md says so."""
    prey.files.put_back_database(older)
    number, old = (next(files.keys.glob("*/number")) for files in (prey.files, older))
    number.write_bytes(old.read_bytes())
    assert prey.start().generation.reason == Reason.FIRST


def test_8_the_file_from_before_a_new_generation_put_back_after_it(prey, older):
    next(prey.files.keys.glob("*/number")).unlink()
    assert prey.start().generation.reason == Reason.NUMBER_MISSING
    second = prey.store.generation
    prey.sign_in()
    prey.stop()
    prey.files.put_back_database(older)
    assert prey.start().generation.reason == Reason.OLDER
    assert prey.store.generation.number > second.number
    nobody_reads(prey)


# 9


def test_9_no_row_says_who_is_a_member(prey):
    with prey.files.sql() as db:
        columns = [row[1] for row in db.execute("pragma table_info(rec)")]
        assert columns == ["loc", "ct"]
        assert [row[0] for row in db.execute("select name from sqlite_schema")] == ["rec"]


@pytest.mark.parametrize("running", [True, False])
def test_9_a_door_and_a_shelf_of_ones_own_making(prey, running):
    """An ex-member knows L, item keys and this generation: what they write themselves is refused."""
    one, secret = prey.one, prey.one.secret
    slips, generation, link = stored(one), prey.store.generation.id, one.of_member()
    reading.mark_opened(one.member, link, now=NOW)
    upkeep.remove(prey.patient, one.person, now=NOW + 20)
    later = write(prey.patient, "after they left", FAMILY, now=NOW + 21)
    door = pack(Door(generation, PersonState.OPEN, NOW, NOW + YEAR, 1))
    if not running:
        prey.stop()
    prey.files.put(place(secret, "door").loc, seal(place(secret, "door"), door))
    prey.files.put(place(secret, "shelf", 0).loc, seal(place(secret, "shelf", 0), pack(ShelfPage(slips)), 4_050))
    if not running:
        prey.start()
        prey.sign_in()
    with pytest.raises(LinkClosed):
        reading.slips(prey.one.member, prey.one.of_member(), NOW + 22)
    assert later not in {slip.id for slip in slips}


def test_9_old_door_shelf_and_state_put_back_while_the_server_runs(prey):
    places = list(old_places(prey).values())[:4]
    old = {at.loc: prey.files.row(at.loc) for at in places}
    one, link = prey.one, prey.one.of_member()
    upkeep.remove(prey.patient, one.person, now=NOW + 20)
    for loc, ct in old.items():
        prey.files.put(loc, ct)
    shelf = shelves.page_at(link.link, 0)
    before = prey.files.row(shelf.loc)
    for act in (
        lambda: write(prey.patient, "newer", FAMILY, now=NOW + 21),
        lambda: upkeep.settle_all(prey.patient, NOW),
    ):
        with pytest.raises(Tampered):
            act()
    assert prey.files.row(shelf.loc) == before
    for at in places[2:]:
        with pytest.raises(Tampered):
            prey.store.rows.get(at)
    with pytest.raises(LinkClosed):
        reading.slips(one.member, link, NOW + 22)


# 28


def test_28_a_copy_from_before_a_removal_lets_nobody_in_until_ticked(prey, tmp_path):
    prey.stop()
    copy = prey.files.copy(tmp_path / "copy")
    prey.start()
    prey.sign_in()
    upkeep.remove(prey.patient, prey.one.person, now=NOW + 20)
    prey.stop()
    prey.files.put_back_database(copy)
    assert prey.start().generation.reason == Reason.OLDER
    nobody_reads(prey)
    with prey.store.change(NOW + 30):
        people.permit(
            prey.patient, prey.one.person, NOW + 30, state=PersonState.OPEN, generation=prey.store.generation.id
        )
        shelves.settle(prey.patient, NOW + 30)
    assert "newer" in texts(prey.one, now=NOW + 30)


def test_28_a_copy_from_before_a_redeemed_code_opens_nothing_with_it(prey, tmp_path):
    made = invite(prey.patient)
    prey.stop()
    copy = prey.files.copy(tmp_path / "copy")
    prey.start()
    prey.sign_in()
    join(sign_up(prey.store, "canal"), made)
    prey.stop()
    prey.files.put_back_database(copy)
    prey.start()
    prey.sign_in()
    with pytest.raises(CodeOpensNothing):
        joining.look(prey.store, made.code, now=NOW)
    with pytest.raises(CodeOpensNothing):
        join(sign_up(prey.store, "hill"), made)
    assert [one.id for one in invitations.expired(prey.patient, NOW)] == [made.id]


def test_28_a_copy_from_before_a_new_passphrase_opens_with_the_old_one_and_shares_nothing(prey, tmp_path):
    prey.stop()
    copy = prey.files.copy(tmp_path / "copy")
    prey.start()
    prey.sign_in()
    accounts.change_passphrase(prey.patient, PASSPHRASE, OTHER, now=NOW + 5)
    prey.stop()
    prey.files.put_back_database(copy)
    assert prey.start().generation.reason == Reason.OLDER
    with pytest.raises(SignInFailed):
        accounts.sign_in(prey.store, "maple river", OTHER, now=NOW + 6)
    nobody_reads(prey)


def test_28_an_account_row_of_the_copy_alone_opens_nothing(prey):
    at = place(prey.store.stretch("maple river", PASSPHRASE), "account")
    old = prey.files.row(at.loc)
    accounts.change_passphrase(prey.patient, PASSPHRASE, OTHER, now=NOW + 5)
    prey.files.put(at.loc, old)
    with pytest.raises(SignInFailed):
        accounts.sign_in(prey.store, "maple river", PASSPHRASE, now=NOW + 6)
    prey.stop()
    prey.start()
    with pytest.raises(SignInFailed):
        accounts.sign_in(prey.store, "maple river", PASSPHRASE, now=NOW + 7)
    assert accounts.sign_in(prey.store, "maple river", OTHER, now=NOW + 7).account == prey.patient.account


def test_28_an_old_recovery_row_alone_opens_nothing(prey):
    from tests.vault.story import spare_key  # noqa: PLC0415 - only here

    at = place(codes.secret_of(spare_key(prey.patient)), "account")
    old = prey.files.row(at.loc)
    accounts.replace_recovery(prey.patient, PASSPHRASE, codes.make(codes.RECOVERY), now=NOW)
    prey.stop()
    prey.files.put(at.loc, old)
    prey.start()
    with pytest.raises(SignInFailed):
        accounts.recover(prey.store, "maple river", spare_key(prey.patient), OTHER, codes.make(codes.RECOVERY), now=NOW)
    assert msgspec.structs.asdict(prey.store.generation)["reason"] == Reason.CHANGED
