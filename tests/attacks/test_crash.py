"""Attack 17: kill -9 between any two statements and at random moments. The old state or the new, and no false alarm."""

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.vault import accounts, doors, drafts, entries, invitations, people, reading, sharing, shelves, upkeep
from portal.vault.records import PersonState
from portal.vault.store import Store
from tests.attacks.tampering import Files
from tests.vault.story import FAMILY, NOTE, NOW, PASSPHRASE, Membership, invite, join, sign_up, write

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
OTHER = "copper kettles sing before noon"


# Between any two statements


class Killer:
    """A connection that ends the process before its nth statement."""

    def __init__(self, db, left):
        self._db, self.left = db, left

    def execute(self, statement, *values):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return self._db.execute(statement, *values)

    def __getattr__(self, name):
        return getattr(self._db, name)


def _publish(one):
    write(one.patient, "new", FAMILY, now=NOW + 9)


def _edit(one):
    item = entries.index(one.patient).entries[0]
    sharing.edit(one.patient, item.id, b"edited", base=item.written, now=NOW + 9)


def _erase(one):
    sharing.erase(one.patient, entries.index(one.patient).entries[0].id, now=NOW + 9)


def _withdraw(one):
    sharing.withdraw(one.patient, entries.index(one.patient).entries[0].id, now=NOW + 9)


def _pause(one):
    with one.patient.store.change(NOW + 9):
        people.permit(one.patient, one.person, NOW + 9, state=PersonState.PAUSED)
        shelves.settle(one.patient, NOW + 9)


def _remove(one):
    upkeep.remove(one.patient, one.person, now=NOW + 9)


def _read(one):
    held = [slip.id for slip in reading.slips(one.member, one.of_member(), NOW)]
    reading.show(one.member, one.link, held, now=NOW)


def _invite_and_join(one):
    join(one.member, invite(one.patient))


def _passphrase(one):
    accounts.change_passphrase(one.patient, PASSPHRASE, OTHER, now=NOW + 9)


def _draft(one):
    drafts.begin(one.patient, NOTE, b"", b"dear", now=NOW + 9)


def _answer(one):
    drafts.put(one.patient, drafts.ALONE + 1, b"a name", now=NOW + 9)


def _sign_up(one):
    sign_up(one.patient.store, "canal")


def _number(one):
    write(one.patient, "new", FAMILY, now=NOW + 9)
    one.patient.store.tick(NOW + 60)


def _close(one):
    write(one.patient, "new", FAMILY, now=NOW + 9)
    one.patient.store.close()


WRITES = [
    _publish, _edit, _erase, _withdraw, _pause, _remove, _read, _invite_and_join, _passphrase, _draft, _answer,
    _sign_up, _number, _close,
]  # fmt: skip


def fork(act):
    """Run `act` in a child and return how it ended."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1]


@posix
@pytest.mark.parametrize("act", WRITES, ids=[act.__name__.strip("_") for act in WRITES])
def test_17_killed_between_any_two_statements(prey, tmp_path, act):
    """The child opens nothing anew: it inherits the open store, and dies before its nth statement."""
    prey.stop()
    (prey.files.data / "spare").write_bytes(b"")
    sound = prey.files.copy(tmp_path / "sound")
    seen, step = set(), 0
    while True:
        step += 1
        for ours, theirs in ((prey.files.data, sound.data), (prey.files.keys, sound.keys)):
            shutil.rmtree(ours)
            shutil.copytree(theirs, ours)
        status = fork(lambda: killed_after(prey, act, step))  # noqa: B023 - runs at once
        seen.add(look(prey))
        if not os.WIFSIGNALED(status):
            assert os.waitstatus_to_exitcode(status) == 0
            break
    assert step > 5
    assert 1 <= len(seen) <= (3 if act is _invite_and_join else 2), "something in between was left"


def killed_after(prey, act, step):
    store = Store.on_disk(prey.files.data, prey.files.keys, now=NOW)
    patient = accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW)
    member = accounts.sign_in(store, "lake", PASSPHRASE, now=NOW)
    store.rows._db = Killer(store.rows._db, step)
    act(Membership(patient, member, prey.one.person, prey.one.link))


def look(prey):
    """Open the store as it was left: no alarm, everything settled. Return what it holds."""
    store = Store.on_disk(prey.files.data, prey.files.keys, now=NOW)
    try:
        assert store.generation.number == 1, "a false alarm"
        patient = enter(store)
        member = accounts.sign_in(store, "lake", PASSPHRASE, now=NOW)
        index = entries.index(patient)
        assert index.damaged == 0
        bodies = tuple(sorted(entries.read_body(patient, one.key, one.hash) for one in index.entries))
        number = store.rows.number
        shelves.settle(patient, NOW)
        assert store.rows.number == number
        state, link = patient.state, member.state.links[0]
        invited = [invitations.was_used(patient, one) for one in state.invitations]
        told = len(state.people), tuple(invited), len(state.drafts), link.seen, len(member.state.links)
        return bodies, told, doors.standing(member, link, NOW), store.rows.scan().count
    finally:
        store.close()


def enter(store):
    from portal.errors import SignInFailed  # noqa: PLC0415 - only here

    try:
        return accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW)
    except SignInFailed:
        return accounts.sign_in(store, "maple river", OTHER, now=NOW)


@posix
def test_17_killed_while_the_number_file_is_written(prey, monkeypatch):
    prey.stop()
    real = os.fsync
    for step in range(1, 4):
        left = [step]

        def fsync(handle, left=left):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            real(handle)

        def act(fsync=fsync):
            store = Store.on_disk(prey.files.data, prey.files.keys, now=NOW)
            patient = accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW)
            write(patient, "new", now=NOW)
            monkeypatch.setattr(os, "fsync", fsync)
            store.tick(NOW + 6)

        fork(act)
        prey.start()
        assert prey.store.generation.number == 1
        prey.stop()


@posix
def test_17_killed_at_the_very_first_start(tmp_path, monkeypatch):
    real = os.replace
    for step in range(1, 9):
        files = Files(tmp_path / f"{step}" / "data", tmp_path / f"{step}" / "keys")

        def first(files=files, step=step):
            store = Store.on_disk(files.data, files.keys, now=NOW)
            store.rows._db = Killer(store.rows._db, step)
            sign_up(store, "maple river")

        fork(first)
        store = Store.on_disk(files.data, files.keys, now=NOW)
        assert store.generation.number == 1
        sign_up(store, "river maple")
        store.close()
    assert os.replace is real


# At random moments


def start_writer(files, number):
    command = [sys.executable, "-m", "tests.attacks.writer", str(files.data), str(files.keys), str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)


def read_until_killed(process, seconds):
    """Let it write for a while, kill it, and return every whole line it said."""
    said, ends = b"", None
    while True:
        ready, _, _ = select.select([process.stdout], [], [], 0.001 if ends else 20)
        assert ready or ends, "the writer hangs"
        if ready:
            said += os.read(process.stdout.fileno(), 65_536)
        if ends is None and b"ready" in said:
            ends = time.monotonic() + seconds
        if ends is not None and time.monotonic() >= ends:
            break
    process.kill()
    process.wait()
    with process.stdout:
        said += process.stdout.read()
    return said.decode().rpartition("\n")[0].splitlines()


def expected(lines):
    """What the last words of each note promise: present, or gone."""
    promised = {}
    for line in lines:
        verb, note, *edit = line.split()
        promised[note] = {"wrote": {note}, "edited": set(edit), "erased": set()}[verb]
    return promised


def crash_rounds(prey, rounds, seed):
    prey.stop()
    draw, number, promised = random.Random(seed), 0, {}  # noqa: S311 - the same attacks each time
    for _ in range(rounds):
        lines = read_until_killed(start_writer(prey.files, number), draw.uniform(0.001, 0.12))
        fresh = expected(line for line in lines if line != "ready")
        promised |= fresh
        number = max([number, *(int(note[1:]) for note in fresh)]) + 2  # one more may have been written unsaid
        prey.start()
        assert prey.store.generation.number == 1, "a false alarm"
        patient = accounts.sign_in(prey.store, "maple river", PASSPHRASE, now=NOW + number)
        index = entries.index(patient)
        assert index.damaged == 0
        bodies = {entries.read_body(patient, one.key, one.hash).decode() for one in index.entries}
        last = max((int(note[1:]) for note in fresh), default=None)
        for note, wanted in promised.items():
            names = {note, "e" + note[1:]}
            if int(note[1:]) != last:
                assert bodies & names == wanted, "something that was said to be written is lost"
            else:
                assert wanted <= bodies or int(note[1:]) % 3 == 0 or int(note[1:]) % 5 == 0
                promised[note] = bodies & names
        before = prey.store.rows.number
        shelves.settle(patient, NOW + number)
        assert prey.store.rows.number == before
        prey.stop()
    assert promised


@posix
def test_17_killed_at_random_moments(prey):
    crash_rounds(prey, 100 if os.environ.get("CI") else 20, 17)


@posix
@pytest.mark.long
def test_17_killed_at_a_thousand_random_moments(prey):
    crash_rounds(prey, 1_000, 170)
