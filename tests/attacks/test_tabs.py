"""Attack 24: two tabs of one patient post, remove and edit at once."""

import threading

import pytest

from portal.errors import ChangedElsewhere, Gone
from portal.vault import accounts, entries, reading, sharing, upkeep
from tests.vault.checks import check_store
from tests.vault.story import FAMILY, NOW, PASSPHRASE, let_in, sign_up, stored, write


def at_once(*acts):
    gate, failed = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait(20)
        try:
            act()
        except Exception as error:  # noqa: BLE001 - the test looks at all of them
            failed.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return failed


@pytest.mark.parametrize("where", ["store", "disk"])
def test_24_no_update_is_lost(request, where):
    store = request.getfixturevalue(where)
    tabs = [sign_up(store, "maple river")]
    one = let_in(tabs[0], sign_up(store, "lake"))
    tabs.append(accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW))

    def post(tab, name):
        for number in range(15):
            write(tab, f"{name}{number}", FAMILY, now=NOW + number)

    def read():
        for _ in range(15):
            held = [slip.id for slip in reading.slips(one.member, one.of_member(), NOW)]
            assert all(shown.body for shown in reading.show(one.member, one.link, held, now=NOW))
            upkeep.take_in(tabs[0], NOW)

    assert at_once(lambda: post(tabs[0], "a"), lambda: post(tabs[1], "b"), read) == []
    found = entries.index(tabs[0]).entries
    bodies = {entries.read_body(tabs[0], entry.key, entry.hash).decode() for entry in found}
    assert bodies == {f"{name}{number}" for name in "ab" for number in range(15)}
    assert len(stored(one)) == 30
    assert entries.index(tabs[1]) == entries.index(tabs[0])


def test_24_two_edits_at_once_keep_one_and_tell_the_other(store, patient):
    other = accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW)
    item = write(patient, "first")
    failed = at_once(
        lambda: sharing.edit(patient, item, b"here", base=NOW, now=NOW + 9),
        lambda: sharing.edit(other, item, b"there", base=NOW, now=NOW + 9),
    )
    assert [type(error) for error in failed] == [ChangedElsewhere]
    entry = entries.find(patient, item)[1]
    assert entries.read_body(patient, entry.key, entry.hash) in {b"here", b"there"}
    assert len(entry.versions) == 1


def test_24_removing_while_another_tab_posts_leaves_nothing_on_that_shelf(store, patient, circle):
    other = accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW)
    secret = circle.secret

    def post():
        for number in range(10):
            write(other, str(number), FAMILY, now=NOW + number)

    assert at_once(post, lambda: upkeep.remove(patient, circle.person, now=NOW)) == []
    assert not store.rows.has(reading.place(secret, "door"))
    assert not store.rows.has(reading.place(secret, "shelf", 0))
    assert len(entries.index(other).entries) == 10


def test_24_erasing_twice_at_once_erases_once(store, patient, circle):
    item = write(patient, "a", FAMILY)
    failed = at_once(*[lambda: sharing.erase(patient, item, now=NOW)] * 2)
    assert [type(error) for error in failed] == [Gone]
    check_store(store)
