"""Sign up, sign in, recover, change passphrase: a missing row is the one answer to every wrong try."""

import sqlite3
import threading
from contextlib import suppress
from textwrap import wrap

import pytest

from portal.crypto import codes
from portal.crypto.sealing import place, seal
from portal.errors import (
    ChooseAnotherPassphrase,
    CodeMistyped,
    DiskFull,
    SessionEnded,
    SignInFailed,
    SignUpsClosed,
    StoreFull,
    TooManyTries,
)
from portal.vault import accounts
from portal.vault.hostfile import Limits
from portal.vault.records import ALARM_NONE, ALARM_STATE, Account, pack
from portal.vault.session import Session, account_place
from portal.vault.throttle import FREE, Bucket
from tests.vault.story import FAMILY, NOW, PASSPHRASE, sign_up, spare_key, write

OTHER = "copper kettles sing before noon"


def enter(store, name="maple river", passphrase=PASSPHRASE, now=NOW, **more):
    return accounts.sign_in(store, name, passphrase, now=now, **more)


def refused(store, *tries, now=NOW):
    for name, passphrase in tries:
        with pytest.raises(SignInFailed):
            enter(store, name, passphrase, now=now)


# Sign up, sign in


def test_what_was_written_is_there_after_sign_in(store, patient):
    item = write(patient, "hello")
    patient.close()
    again = enter(store, "Maple River")
    assert [page.id for page in accounts_entries(again)] == [item]


def accounts_entries(session):
    from portal.vault import entries  # noqa: PLC0415 - only here

    return entries.index(session).entries


def test_wrong_name_and_wrong_passphrase_are_one_answer(store, patient):
    refused(store, ("maple river", OTHER), ("lake", PASSPHRASE), ("", ""))


def test_names_need_not_be_unique(store, patient):
    other = sign_up(store, "Maple River", passphrase=OTHER)
    assert other.account != patient.account
    assert enter(store).account == patient.account


def test_the_same_name_and_passphrase_is_refused_under_the_throttle(store, patient):
    for _ in range(5):
        with pytest.raises(ChooseAnotherPassphrase):
            sign_up(store, "MAPLE RIVER")
    with pytest.raises(TooManyTries):
        sign_up(store, "MAPLE RIVER")


def test_so_many_sign_ups_an_hour(store):
    store.sign_ups = Bucket(2, span=3600)
    for name in ("a", "b"):
        accounts.sign_up(store, name, PASSPHRASE, codes.make(codes.RECOVERY), now=NOW)
    with pytest.raises(SignUpsClosed):
        accounts.sign_up(store, "c", PASSPHRASE, codes.make(codes.RECOVERY), now=NOW)
    sign_up(store, "invited")
    accounts.sign_up(store, "c", PASSPHRASE, codes.make(codes.RECOVERY), now=NOW + 3600)


def carried(store, name, carrier, passphrase=PASSPHRASE):
    return accounts.sign_up(store, name, passphrase, codes.make(codes.RECOVERY), now=NOW, carrier=carrier)


def close_the_hour(store):
    store.sign_ups = Bucket(1, span=3600)
    store.sign_ups.take(NOW)


def full(*_):
    raise DiskFull


def test_only_an_account_that_was_made_spends_the_carrier(store, patient, monkeypatch):
    close_the_hour(store)
    carrier = account_place(patient.seed).loc
    with pytest.raises(ChooseAnotherPassphrase):
        carried(store, "maple river", carrier)
    with monkeypatch.context() as broken:
        broken.setattr(type(store.rows), "_commit", full)
        with pytest.raises(DiskFull):
            carried(store, "lake", carrier)

    assert carried(store, "lake", carrier).state.name == "lake"
    with pytest.raises(SignUpsClosed):
        carried(store, "canal", carrier)


def test_only_an_account_that_was_made_counts(store, monkeypatch):
    store.sign_ups = Bucket(1, span=3600)
    with monkeypatch.context() as broken:
        broken.setattr(type(store.rows), "_commit", full)
        with pytest.raises(DiskFull):
            carried(store, "lake", None)

    assert carried(store, "lake", None)
    with pytest.raises(SignUpsClosed):
        carried(store, "canal", None)


class Meeting(set):
    """Lets whoever looks wait for somebody else who looks: they meet only where nobody holds a lock."""

    def __init__(self):
        super().__init__()
        self.gate = threading.Barrier(2)

    def __contains__(self, what):
        found = super().__contains__(what)
        with suppress(threading.BrokenBarrierError):
            self.gate.wait(0.3)
        return found


def test_one_carrier_and_two_at_once_make_one_account(store, patient):
    close_the_hour(store)
    carrier, made, turned_away = account_place(patient.seed).loc, [], []
    store.carried = Meeting()

    def run(name):
        try:
            made.append(carried(store, name, carrier))
        except SignUpsClosed:
            turned_away.append(name)

    threads = [threading.Thread(target=run, args=(name,)) for name in ("lake", "canal")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(made), len(turned_away)) == (1, 1)


def test_a_full_store_takes_no_account(store):
    store.limits = Limits(store=1)
    with pytest.raises(StoreFull):
        sign_up(store, "maple river")


def test_failures_are_throttled_and_success_forgets_them(store, patient):
    refused(store, *[("maple river", OTHER)] * 4)
    enter(store)
    refused(store, *[("maple river", OTHER)] * 5)
    with pytest.raises(TooManyTries):
        enter(store)
    enter(store, now=NOW + 2)


def test_strangers_share_a_bucket_and_those_at_the_computer_do_not(store, patient):
    store.strangers = Bucket(1)
    enter(store, local=False)
    with pytest.raises(TooManyTries):
        enter(store, local=False)
    enter(store)


def test_sign_in_raises_the_last_time_and_goes_on_when_it_cannot(store, patient, monkeypatch):
    enter(store, now=NOW + 50)
    assert patient.state.last == NOW + 50

    def refuse(*_, **__):
        raise DiskFull

    monkeypatch.setattr(Session, "write", refuse)
    assert enter(store, now=NOW + 90).state.last == NOW + 50


def test_an_account_row_that_its_state_does_not_hold_opens_nothing(store, patient):
    root = store.stretch("maple river", OTHER)
    with store.change(NOW):
        store.rows.add(account_place(root), pack(Account(patient.seed)))
    refused(store, ("maple river", OTHER))
    assert store.sessions() == [patient]
    with store.change(NOW):
        store.rows.remove(account_place(root))


def test_an_account_row_of_another_shape_opens_nothing(store, patient):
    root = store.stretch("maple river", PASSPHRASE)
    with store.change(NOW):
        store.rows.replace(account_place(root), b"no record")
    refused(store, ("maple river", PASSPHRASE))


# A state that does not open


def test_a_state_that_does_not_open_is_begun_anew_and_told(store, patient, circle):
    first, second = write(patient, "hello", FAMILY), write(patient, "x" * 4000)
    for number in range(40):
        write(patient, f"note {number}")
    pages = patient.state.own
    assert pages > 1
    with store.change(NOW):
        store.rows.replace(patient.state_at, b"no record")
    patient.close()
    again = enter(store)
    state = again.state
    assert (state.own, state.people, state.alarm) == (pages, [], ALARM_STATE)
    assert {first, second} <= {entry.id for entry in accounts_entries(again)}
    write(again, "and on")
    assert again.state.alarm == ALARM_STATE
    assert circle.member.state.links


def test_without_state_and_own_pages_an_account_begins_empty(store, patient):
    with store.change(NOW):
        store.rows.remove(patient.state_at)
        store.rows.remove(place(patient.seed, "own", 0))
    patient.close()
    again = enter(store)
    assert again.state.own == 1
    assert accounts_entries(again) == ()
    assert enter(store).state.alarm == ALARM_STATE


def test_a_fresh_account_has_nothing_to_be_told(patient):
    assert patient.state.alarm == ALARM_NONE


# Changing what opens it


def test_a_changed_passphrase_ends_the_old_one_and_other_sessions(store, patient):
    other = enter(store)
    stranger = sign_up(store, "lake")
    accounts.change_passphrase(patient, PASSPHRASE, OTHER, now=NOW)
    refused(store, ("maple river", PASSPHRASE))
    assert other.closed
    assert not stranger.closed
    assert not patient.closed
    assert enter(store, passphrase=OTHER).account == patient.account
    recovered = accounts.recover(
        store, "maple river", spare_key(patient), PASSPHRASE, codes.make(codes.RECOVERY), now=NOW
    )
    assert recovered.account == patient.account


def test_a_recovery_code_is_checked_with_its_name_and_opens_nothing(store, patient):
    sign_up(store, "quiet harbour")
    code = spare_key(patient)
    before = list(store.sessions())

    accounts.check_recovery(store, "Maple River", code, now=NOW)
    for name, typed in (("quiet harbour", code), ("maple river", codes.make(codes.RECOVERY)), ("", code)):
        with pytest.raises(SignInFailed):
            accounts.check_recovery(store, name, typed, now=NOW)

    assert list(store.sessions()) == before
    assert enter(store).account == patient.account


def test_guesses_at_a_recovery_code_are_slowed(store, patient):
    for _ in range(FREE):
        with pytest.raises(SignInFailed):
            accounts.check_recovery(store, "maple river", codes.make(codes.RECOVERY), now=NOW)
    with pytest.raises(TooManyTries):
        accounts.check_recovery(store, "maple river", spare_key(patient), now=NOW)


def test_the_old_passphrase_is_asked_for(store, patient):
    with pytest.raises(SignInFailed):
        accounts.change_passphrase(patient, OTHER, OTHER + "s", now=NOW)


def test_a_passphrase_that_is_taken_with_this_name_is_refused(store, patient):
    sign_up(store, "maple river", passphrase=OTHER)
    with pytest.raises(ChooseAnotherPassphrase):
        accounts.change_passphrase(patient, PASSPHRASE, OTHER, now=NOW)
    with pytest.raises(ChooseAnotherPassphrase):
        accounts.recover(store, "maple river", spare_key(patient), OTHER, codes.make(codes.RECOVERY), now=NOW)
    enter(store)


def test_signing_asks_for_the_passphrase_of_this_account(store, patient):
    sign_up(store, "maple river", passphrase=OTHER)
    assert accounts.check_passphrase(patient, PASSPHRASE, now=NOW) == store.stretch("maple river", PASSPHRASE)
    for _ in range(5):
        with pytest.raises(SignInFailed):
            accounts.check_passphrase(patient, OTHER, now=NOW)
    with pytest.raises(TooManyTries):
        accounts.check_passphrase(patient, PASSPHRASE, now=NOW)


def test_a_passphrase_whose_row_is_damaged_signs_nothing(store, patient):
    with store.change(NOW):
        store.rows.replace(account_place(store.stretch("maple river", PASSPHRASE)), b"no record")
    with pytest.raises(SignInFailed):
        accounts.check_passphrase(patient, PASSPHRASE, now=NOW)


def test_a_recovery_code_gives_a_new_passphrase_and_a_new_code(store, patient):
    fresh = codes.make(codes.RECOVERY)
    session = accounts.recover(
        store, "Maple  River".replace("  ", " "), "-".join(wrap(spare_key(patient), 4)).lower(), OTHER, fresh, now=NOW
    )
    assert session.account == patient.account or patient.closed
    assert patient.closed
    refused(store, ("maple river", PASSPHRASE))
    enter(store, passphrase=OTHER)
    with pytest.raises(SignInFailed):
        accounts.recover(store, "maple river", spare_key(patient), OTHER + "s", fresh, now=NOW)
    accounts.recover(store, "maple river", fresh, OTHER + "s", codes.make(codes.RECOVERY), now=NOW)


def test_recovery_needs_the_right_name_and_a_code_without_slips(store, patient):
    code = spare_key(patient)
    with pytest.raises(SignInFailed):
        accounts.recover(store, "lake", code, OTHER, codes.make(codes.RECOVERY), now=NOW)
    with pytest.raises(CodeMistyped):
        accounts.recover(store, "maple river", code[:-1], OTHER, codes.make(codes.RECOVERY), now=NOW)
    assert store.sessions() == [patient]
    enter(store)


def test_a_replaced_recovery_code_opens_nothing(store, patient):
    fresh = codes.make(codes.RECOVERY)
    with pytest.raises(SignInFailed):
        accounts.replace_recovery(patient, OTHER, fresh, now=NOW)
    accounts.replace_recovery(patient, PASSPHRASE, fresh, now=NOW)
    with pytest.raises(SignInFailed):
        accounts.recover(store, "maple river", spare_key(patient), OTHER, fresh, now=NOW)
    enter(store)
    accounts.recover(store, "maple river", fresh, OTHER, codes.make(codes.RECOVERY), now=NOW)


def test_signing_out_elsewhere_ends_only_this_accounts_other_sessions(store, patient, member):
    other = enter(store)
    accounts.end_sessions(patient)
    assert other.closed
    assert not patient.closed
    assert not member.closed
    with pytest.raises(SessionEnded):
        _ = other.state


def test_a_row_that_is_gone_does_not_stand_in_the_way_of_a_new_code(store, patient):
    with store.change(NOW):
        store.rows.remove(account_place(codes.secret_of(spare_key(patient))))
    fresh = codes.make(codes.RECOVERY)
    accounts.replace_recovery(patient, PASSPHRASE, fresh, now=NOW)
    accounts.recover(store, "maple river", fresh, OTHER, codes.make(codes.RECOVERY), now=NOW)


def test_an_old_account_row_put_back_opens_nothing(opener, tmp_path):
    store = opener()
    session = sign_up(store, "maple river")
    at = account_place(store.stretch("maple river", PASSPHRASE))
    old = seal(at, pack(Account(session.seed)))
    accounts.change_passphrase(session, PASSPHRASE, OTHER, now=NOW)
    store.close()
    with sqlite3.connect(tmp_path / "data" / "store.db") as db:
        db.execute("insert into rec (loc, ct) values (?, ?)", (at.loc, old))
    db.close()
    refused(opener(), ("maple river", PASSPHRASE))
    enter(opener(), passphrase=OTHER)
