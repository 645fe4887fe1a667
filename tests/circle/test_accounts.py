"""Accounts: what is refused at the door, what is never half done, and what a person chose for themselves."""

import pytest

from portal.circle import accounts, notes
from portal.circle.accounts import Settings
from portal.crypto.passphrase import CHEAPEST
from portal.errors import (
    BadName,
    BadText,
    ChooseAnotherPassphrase,
    CodeMistyped,
    NotHttps,
    PortalError,
    SamePassphrase,
    SessionEnded,
    SignInFailed,
    SignUpsClosed,
    TellingName,
    TooManyTries,
    WeakPassphrase,
)
from portal.vault import store as vault
from portal.vault.hostfile import Limits
from portal.vault.throttle import Bucket
from tests.circle.story import (
    DAY,
    HOUR,
    LONG,
    NOW,
    NUL,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    PATIENT,
    RTL,
    SURROGATE,
    another_tab,
    ask,
    invite,
    let_in,
    sign_up,
    write,
)
from tests.vault.checks import check_store

# Signing up


@pytest.mark.parametrize(
    "name", ["", "   ", NUL, SURROGATE, RTL, LONG], ids=["empty", "blank", "nul", "half", "rtl", "long"]
)
def test_a_name_that_cannot_be_shown_makes_no_account(store, name):
    with pytest.raises(BadName):
        sign_up(store, name)

    assert store.fresh


@pytest.mark.parametrize(
    "name", ["sam@example.org", "+34 600 123 456", "0034-600123456"], ids=["mail", "phone", "dashes"]
)
def test_a_name_that_tells_who_it_is_makes_no_account(store, name):
    with pytest.raises(TellingName):
        sign_up(store, name)

    assert store.fresh


@pytest.mark.parametrize(
    "passphrase",
    ["", "too short", PATIENT * 2, "passwordpassword", LONG],
    ids=["empty", "short", "name", "common", "long"],
)
def test_a_passphrase_that_is_soon_guessed_makes_no_account(store, passphrase):
    with pytest.raises(WeakPassphrase):
        accounts.sign_up(store, PATIENT, passphrase, accounts.new_spare_key(), now=NOW)

    assert store.fresh


def test_a_passphrase_of_any_characters_opens_the_account_it_made(store):
    odd = f"{NUL} {SURROGATE} {RTL} ñandú 河 violet lamps"

    accounts.sign_up(store, PATIENT, odd, accounts.new_spare_key(), now=NOW)

    assert accounts.sign_in(store, PATIENT, odd, now=NOW).name == PATIENT


def test_signing_up_twice_makes_one_account(store, patient):
    before = store.rows.number

    with pytest.raises(ChooseAnotherPassphrase):
        sign_up(store, PATIENT)

    assert store.rows.number == before


def test_two_people_may_have_one_name_and_never_meet(store, patient):
    other = accounts.sign_up(store, PATIENT, OTHER_PASSPHRASE, accounts.new_spare_key(), now=NOW)

    assert other.account != patient.account
    assert another_tab(patient).account == patient.account


def test_a_new_account_has_the_defaults_and_nobody_in_its_circle(patient):
    assert accounts.settings(patient) == Settings()
    assert patient.lock_minutes == 10
    assert patient.state.people == []
    assert patient.state.lists == []


# How many in an hour


@pytest.fixture
def counted(store):
    """A store that counts sign-ups as one on disk does."""
    store.sign_ups = Bucket(Limits().sign_ups, span=3600)
    return store


def crowd(store, number, *, now=NOW):
    return [sign_up(store, f"name {sign * 3}", now=now) for sign in "abcdefghijklm"[:number]]


def test_ten_people_an_hour_may_sign_up(counted):
    kept = crowd(counted, 10)

    with pytest.raises(SignUpsClosed):
        sign_up(counted, "one too many", now=NOW + HOUR - 1)

    assert sign_up(counted, "one too many", now=NOW + HOUR)
    assert len(kept) == 10


def test_an_open_invitation_carries_one_sign_up_past_the_limit(counted):
    patient, *_rest = crowd(counted, 10)
    code = invite(patient).code
    spare = accounts.new_spare_key

    assert accounts.sign_up(counted, "quiet fern", PASSPHRASE, spare(), now=NOW, invited=code.lower())
    with pytest.raises(SignUpsClosed):
        accounts.sign_up(counted, "paper lantern", PASSPHRASE, spare(), now=NOW, invited=code)


def test_a_sign_up_that_failed_does_not_spend_the_invitation(counted):
    patient, *_rest = crowd(counted, 10)
    code, spare = invite(patient).code, accounts.new_spare_key

    with pytest.raises(ChooseAnotherPassphrase):
        accounts.sign_up(counted, patient.name, PASSPHRASE, spare(), now=NOW, invited=code)

    assert accounts.sign_up(counted, "quiet fern", PASSPHRASE, spare(), now=NOW, invited=code)


def test_each_open_invitation_carries_its_own(counted):
    patient, *_rest = crowd(counted, 10)

    for name in ("quiet fern", "paper lantern"):
        code = invite(patient).code
        assert accounts.sign_up(counted, name, PASSPHRASE, accounts.new_spare_key(), now=NOW, invited=code)


def test_a_sign_up_that_an_invitation_carried_is_not_counted(counted):
    patient, *_rest = crowd(counted, 9)
    accounts.sign_up(counted, "carried", PASSPHRASE, accounts.new_spare_key(), now=NOW, invited=invite(patient).code)

    assert sign_up(counted, "the tenth")


@pytest.mark.parametrize("code", ["", "?", "0" * 24, LONG], ids=["none", "no code", "unknown", "long"])
def test_what_opens_no_invitation_carries_nobody(counted, code):
    crowd(counted, 10)

    with pytest.raises(SignUpsClosed):
        accounts.sign_up(counted, "quiet fern", PASSPHRASE, accounts.new_spare_key(), now=NOW, invited=code)


def test_a_used_or_expired_invitation_carries_nobody(counted):
    patient, member, *_rest = crowd(counted, 9)
    used, _ = ask(patient, member)
    expired = invite(patient)

    for code, now in ((used.code, NOW), (expired.code, NOW + 8 * DAY)):
        counted.sign_ups = Bucket(1, span=3600)
        counted.sign_ups.take(now)
        with pytest.raises(SignUpsClosed):
            accounts.sign_up(counted, "quiet fern", PASSPHRASE, accounts.new_spare_key(), now=now, invited=code)


# Signing in


@pytest.mark.parametrize("typed", [PATIENT, "Maple River", "  maple   river ", "MAPLE RIVER"])
def test_case_and_spaces_of_a_name_do_not_matter(store, patient, typed):
    assert accounts.sign_in(store, typed, PASSPHRASE, now=NOW).account == patient.account


@pytest.mark.parametrize(
    ("name", "passphrase"),
    [
        ("nobody", PASSPHRASE),
        (PATIENT, OTHER_PASSPHRASE),
        ("", ""),
        (NUL, NUL),
        (SURROGATE, SURROGATE),
        (LONG, PASSPHRASE),
        (PATIENT, LONG),
    ],
    ids=["name", "passphrase", "empty", "nul", "half", "long name", "long passphrase"],
)
def test_every_wrong_pair_gets_one_answer(store, patient, name, passphrase):
    with pytest.raises(SignInFailed):
        accounts.sign_in(store, name, passphrase, now=NOW)


def test_guessing_is_slowed_down_and_never_locks_out_for_good(store, patient):
    for _ in range(5):
        with pytest.raises(SignInFailed):
            accounts.sign_in(store, PATIENT, OTHER_PASSPHRASE, now=NOW)

    with pytest.raises(TooManyTries) as refused:
        accounts.sign_in(store, PATIENT, PASSPHRASE, now=NOW)

    assert accounts.sign_in(store, PATIENT, PASSPHRASE, now=NOW + refused.value.wait)


def test_strangers_share_thirty_tries_a_minute_and_the_own_computer_has_its_own(store, patient):
    for number in range(30):
        with pytest.raises(SignInFailed):
            accounts.sign_in(store, f"nobody {number}", PASSPHRASE, now=NOW, local=False)

    with pytest.raises(TooManyTries):
        accounts.sign_in(store, PATIENT, PASSPHRASE, now=NOW, local=False)

    assert accounts.sign_in(store, PATIENT, PASSPHRASE, now=NOW)


# The spare key


@pytest.fixture
def kept_key(store):
    key = accounts.new_spare_key()
    return key, accounts.sign_up(store, PATIENT, PASSPHRASE, key, now=NOW)


def test_a_spare_key_has_32_characters_in_groups_of_four():
    key = accounts.new_spare_key()

    assert len(key) == 32
    assert accounts.groups(key) == [key[at : at + 4] for at in range(0, 32, 4)]
    assert accounts.groups("abcde", 2) == ["ab", "cd", "e"]


def test_the_spare_key_opens_the_account_under_a_new_passphrase_and_is_replaced(store, kept_key):
    key, before = kept_key
    write(before, "still here")
    fresh = accounts.new_spare_key()

    after = accounts.recover(store, " Maple  River", key.lower(), OTHER_PASSPHRASE, fresh, now=NOW)

    assert after.account == before.account
    assert [one.text for one in notes.notes(after, now=NOW).items] == ["still here"]
    assert before.closed
    assert accounts.sign_in(store, PATIENT, OTHER_PASSPHRASE, now=NOW)
    with pytest.raises(SignInFailed):
        accounts.sign_in(store, PATIENT, PASSPHRASE, now=NOW)
    with pytest.raises(SignInFailed):
        accounts.recover(store, PATIENT, key, PASSPHRASE, accounts.new_spare_key(), now=NOW)
    assert accounts.recover(store, PATIENT, fresh, PASSPHRASE, accounts.new_spare_key(), now=NOW)


def test_a_refused_recovery_changes_nothing(store, kept_key):
    key, session = kept_key
    fresh, mistyped = accounts.new_spare_key(), key[:-1] + ("0" if key[-1] != "0" else "1")
    number = store.rows.number

    for error, name, typed, passphrase in (
        (WeakPassphrase, PATIENT, key, "short"),
        (CodeMistyped, PATIENT, mistyped, OTHER_PASSPHRASE),
        (CodeMistyped, PATIENT, LONG, OTHER_PASSPHRASE),
        (SignInFailed, PATIENT, accounts.new_spare_key(), OTHER_PASSPHRASE),
    ):
        with pytest.raises(error):
            accounts.recover(store, name, typed, passphrase, fresh, now=NOW)
    assert store.rows.number == number

    with pytest.raises(SignInFailed):
        accounts.recover(store, "another name", key, OTHER_PASSPHRASE, fresh, now=NOW)
    assert not session.closed
    assert accounts.sign_in(store, PATIENT, PASSPHRASE, now=NOW)


def test_a_replaced_spare_key_opens_nothing_and_the_new_one_does(store, kept_key):
    key, session = kept_key
    fresh = accounts.new_spare_key()

    with pytest.raises(SignInFailed):
        accounts.replace_spare_key(session, OTHER_PASSPHRASE, fresh, now=NOW)
    accounts.replace_spare_key(session, PASSPHRASE, fresh, now=NOW)

    with pytest.raises(SignInFailed):
        accounts.recover(store, PATIENT, key, OTHER_PASSPHRASE, accounts.new_spare_key(), now=NOW)
    assert accounts.recover(store, PATIENT, fresh, OTHER_PASSPHRASE, accounts.new_spare_key(), now=NOW)


# Another passphrase, other sessions


def test_a_new_passphrase_ends_the_other_sessions_and_the_old_one(store, patient, quiet):
    tab = another_tab(patient)

    accounts.change_passphrase(patient, PASSPHRASE, OTHER_PASSPHRASE, now=NOW)

    assert tab.closed
    assert not patient.closed
    assert not quiet.closed
    assert accounts.sign_in(store, PATIENT, OTHER_PASSPHRASE, now=NOW)
    with pytest.raises(SignInFailed):
        accounts.sign_in(store, PATIENT, PASSPHRASE, now=NOW)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (OTHER_PASSPHRASE, "seven brown kettles sing to the moon", SignInFailed),
        (PASSPHRASE, "short", WeakPassphrase),
        (PASSPHRASE, PATIENT * 2, WeakPassphrase),
        (PASSPHRASE, PASSPHRASE, SamePassphrase),
    ],
    ids=["wrong", "short", "name", "same"],
)
def test_a_refused_passphrase_changes_nothing(store, patient, old, new, error):
    tab = another_tab(patient)

    with pytest.raises(error):
        accounts.change_passphrase(patient, old, new, now=NOW)

    assert not tab.closed
    assert another_tab(patient)


def test_signing_out_elsewhere_ends_the_own_sessions_and_no_others(patient, quiet):
    tab = another_tab(patient)

    accounts.sign_out_elsewhere(patient)

    assert (tab.closed, patient.closed, quiet.closed) == (True, False, False)
    with pytest.raises(SessionEnded):
        accounts.settings(tab)


def test_a_session_tells_nothing_in_a_traceback(patient):
    assert PATIENT not in repr(patient)


# Settings


CHOSEN = Settings(
    lang="es",
    zone="America/Argentina/ComodRivadavia",
    clock12=True,
    lock_minutes=30,
    steps_hidden=True,
    left_once=True,
    country="US",
    away="https://example.org/weather",
)


def test_settings_are_kept_and_another_tab_sees_them(patient):
    tab = another_tab(patient)

    accounts.save_settings(patient, CHOSEN, now=NOW)

    assert accounts.settings(tab) == CHOSEN
    assert patient.lock_minutes == 30
    assert another_tab(patient).lock_minutes == 30


@pytest.mark.parametrize(("asked", "kept"), [(-5, 1), (0, 1), (1, 1), (60, 60), (61, 60), (10**9, 60)])
def test_the_lock_time_stays_between_a_minute_and_an_hour(patient, asked, kept):
    accounts.save_settings(patient, Settings(lock_minutes=asked), now=NOW)

    assert accounts.settings(patient).lock_minutes == kept


@pytest.mark.parametrize(
    "away",
    [
        "javascript:alert(1)",
        "http://example.org",
        "example.org",
        "https://e.org/" + "a" * 200,
        "https://ñ.org",
        f"https://{NUL}",
        "https://",
        "https://[",
        "https://x y",
        "https://127.0.0.1:8501/notes",
        "https://localhost",
        "https://[::1]/",
    ],
    ids=["javascript", "http", "bare", "long", "accent", "nul", "empty", "broken", "space", "here", "name", "six"],
)
def test_an_address_to_leave_to_that_is_not_plain_https_is_refused(patient, away):
    with pytest.raises(NotHttps):
        accounts.save_settings(patient, Settings(away=away), now=NOW)

    assert accounts.settings(patient) == Settings()


@pytest.mark.parametrize(
    "word", ["a" * 41, "ñ", NUL, SURROGATE, RTL, LONG], ids=["41", "accent", "nul", "half", "rtl", "long"]
)
@pytest.mark.parametrize("field", ["lang", "zone", "country"])
def test_what_is_no_setting_is_refused_and_the_account_stays_whole(patient, field, word):
    with pytest.raises(BadText):
        accounts.save_settings(patient, Settings(**{field: word}), now=NOW)

    assert accounts.settings(patient) == Settings()


def test_the_longest_settings_fit(patient):
    longest = Settings("e" * 40, "z" * 40, True, 60, True, True, "c" * 40, "https://" + "a" * 192)

    accounts.save_settings(patient, longest, now=NOW)

    assert accounts.settings(another_tab(patient)) == longest


def test_settings_that_do_not_open_are_the_defaults(store, patient):
    with store.change(NOW):
        patient.write(NOW, settings=b"\xc1")

    assert accounts.settings(patient) == Settings()


# Whose circle


def test_everybody_has_a_circle_of_their_own_unless_they_only_joined_another(patient, quiet, sam):
    assert accounts.is_patient(patient)
    assert not accounts.is_patient(quiet)

    write(quiet, "mine")

    assert accounts.is_patient(quiet)


def test_a_member_who_invites_has_a_circle_of_their_own(quiet, sam, paper):
    invite(quiet)
    assert accounts.is_patient(quiet)

    let_in(quiet, paper)
    assert accounts.is_patient(quiet)


# On disk


def test_a_store_on_disk_opens_again_and_tends_its_sessions(tmp_path, monkeypatch):
    monkeypatch.setattr(vault, "STANDARD", CHEAPEST)
    where = tmp_path / "data", tmp_path / "keys"
    first = accounts.open_store(*where, now=NOW)
    patient = sign_up(first, PATIENT)
    item = write(patient, "kept")
    check_store(first)
    first.close()

    second = accounts.open_store(*where, now=NOW + HOUR)
    try:
        again = accounts.sign_in(second, PATIENT, PASSPHRASE, now=NOW + HOUR)
        assert notes.note(again, item, now=NOW + HOUR).text == "kept"
        expired = invite(again, now=NOW + HOUR)
        second.tick(NOW + 8 * DAY)
        assert expired.id not in {one.id for one in again.state.invitations}
        check_store(second)
    finally:
        second.close()


def test_every_refusal_is_a_sentence_of_the_product():
    refusals = (NotHttps, BadName, BadText, ChooseAnotherPassphrase, SignUpsClosed, TellingName, WeakPassphrase)

    assert all(issubclass(one, PortalError) for one in refusals)
