"""Attacks 1, 2, 29, 30: what a thief of the files can learn, and what erasing leaves."""

import base64
import binascii
import math
import tempfile
import zlib
from collections import Counter

import pytest

from portal.crypto.sealing import LADDER, place
from portal.vault import accounts, drafts, entries, letters, sharing, upkeep
from portal.vault.records import Letter
from portal.vault.store import Store
from tests.attacks.tampering import Files
from tests.vault.story import FAMILY, NOTE, NOW, PASSPHRASE, invite, join, let_in, sign_up, spare_key, texts, write

CANARIES = {
    "name": "canary-name-Wren",
    "note": "canary-note: slept well since Sunday",
    "edited": "canary-edit: slept badly after all",
    "draft": "canary-draft: dear all",
    "letter": "canary-letter: thank you",
    "label": "canary-label Sam",
    "shown": "canary-shown-as sam",
    "tag": "canary-tag-sleep",
    "list": "canary-list-family",
    "settings": "canary-settings",
}


def forms(word: bytes):
    """Every form in which a word could lie about."""
    text = word.decode()
    yield word
    yield text.lower().encode()
    yield text.upper().encode()
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    yield binascii.hexlify(word)
    yield binascii.hexlify(word).upper()
    yield zlib.compress(word)[2:-4]
    yield word[::-1]
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + word)[shift and 4 : -4]
        yield coded
        yield base64.urlsafe_b64encode(b"\0" * shift + word)[shift and 4 : -4]


def found(haystack: bytes, words):
    return {word for word in words for form in forms(word) if len(form) > 7 and form in haystack}


def live(store: Store):
    """Use everything there is; return what must never lie about."""
    patient = sign_up(store, CANARIES["name"], passphrase="canary-passphrase with many words")
    member = sign_up(store, "canary-member-Finch")
    made = invite(patient, label=CANARIES["label"])
    join(member, made, name=CANARIES["shown"])
    from tests.vault.story import confirm  # noqa: PLC0415 - only here

    person = confirm(patient, made.id)
    item = sharing.publish(patient, NOTE, CANARIES["note"].encode(), [FAMILY], now=NOW, tags=[CANARIES["tag"]])
    sharing.edit(patient, item, CANARIES["edited"].encode(), base=NOW, now=NOW + 9, tags=[CANARIES["tag"]])
    drafts.begin(patient, NOTE, b"", CANARIES["draft"].encode(), now=NOW)
    link = member.state.links[0].id
    letters.send(member, link, Letter(7, NOW, text=CANARIES["letter"]), now=NOW)
    upkeep.take_in(patient, NOW)
    with store.change(NOW):
        patient.write(NOW, settings=CANARIES["settings"].encode())
    open_code = invite(patient).code
    words = [word.encode() for word in CANARIES.values() if not word.startswith("canary-list")]
    words += [b"canary-passphrase with many words", b"canary-member-Finch", made.code.encode(), open_code.encode()]
    words += [spare_key(patient).encode(), patient.seed, member.seed, person.link]
    return [word for word in words if is_text(word)], [word for word in words if not is_text(word)]


def is_text(word):
    try:
        return word.decode().isprintable()
    except UnicodeDecodeError:
        return False


def test_1_no_word_and_no_key_lies_about_during_and_after_use(opener, tmp_path, monkeypatch, capfd, caplog):
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    monkeypatch.setenv("SQLITE_TMPDIR", str(temp))
    files = Files(tmp_path / "data", tmp_path / "keys")
    store = opener()
    words, secrets = live(store)

    def look():
        said = capfd.readouterr()
        outside = b"".join(file.read_bytes() for file in temp.rglob("*") if file.is_file())
        return files.everything() + outside + (said.out + said.err + caplog.text).encode()

    for _ in range(3):
        seen = look()
        assert found(seen, words) == set()
        assert not [key for key in secrets if key in seen or binascii.hexlify(key) in seen]
        if store._guard is not None:
            store.tick(NOW + 60)
            store.close()
    names = " ".join(str(path) for path in tmp_path.rglob("*"))
    assert "canary" not in names


def test_1_the_search_finds_what_lies_about():
    word = CANARIES["note"].encode()
    for form in forms(word):
        assert found(b"before" + form + b"after", [word]) == {word}


def test_2_every_row_is_a_step_of_the_ladder_and_looks_random(prey):
    for number in range(60):
        write(prey.patient, "the same words again " * number, FAMILY, now=NOW + number)
    prey.store.rows.checkpoint()
    rows = prey.files.rows()
    assert {len(ct) for ct in rows.values()} <= set(LADDER)
    counts = Counter(b"".join(rows.values()))
    total = sum(counts.values())
    entropy = -sum(n / total * math.log2(n / total) for n in counts.values())
    assert entropy > 7.99
    assert len({ct[:24] for ct in rows.values()}) == len(rows)


def test_2_the_order_of_rows_says_nothing_of_the_order_of_writing(prey):
    items = [write(prey.patient, str(number), now=NOW + number) for number in range(200)]
    locs = [entries.body_at(entries.find(prey.patient, item)[1].key).loc for item in items]
    ranks = {loc: rank for rank, loc in enumerate(sorted(locs))}
    mean = (len(locs) - 1) / 2
    spread = sum((rank - mean) ** 2 for rank in range(len(locs)))
    correlation = sum((n - mean) * (ranks[loc] - mean) for n, loc in enumerate(locs)) / spread
    assert abs(correlation) < 0.3  # four times the standard deviation


def test_2_a_page_a_state_and_a_draft_are_never_the_smallest_row(prey):
    drafts.begin(prey.patient, NOTE, b"", b"x", now=NOW)
    draft = prey.patient.state.drafts[0].page
    rows = prey.files.rows()
    sizes = {
        len(rows[place(prey.patient.seed, "state").loc]): 4_050,
        len(rows[place(prey.patient.seed, "own", 0).loc]): 4_050,
        len(rows[place(prey.one.secret, "shelf", 0).loc]): 4_050,
        len(rows[place(prey.one.secret, "consent").loc]): 4_050,
        len(rows[place(prey.patient.seed, "draft", draft).loc]): 2_020,
    }
    assert all(size == wanted for size, wanted in sizes.items())


@pytest.mark.parametrize("how", ["erase", "edit then erase", "remove"])
def test_29_what_is_erased_is_gone_from_the_files(prey, how):
    item = write(prey.patient, "to be erased", FAMILY, now=NOW + 9)
    texts(prey.one)
    key = entries.find(prey.patient, item)[1].key
    marks = {place(key, "body").loc, place(prey.one.secret, "door").loc, place(prey.one.secret, "shelf", 0).loc}
    if how == "edit then erase":
        sharing.edit(prey.patient, item, b"another", base=NOW + 9, now=NOW + 20)
        marks.add(entries.body_at(entries.find(prey.patient, item)[1].versions[0].key).loc)
    rows = {loc: ct for loc, ct in prey.files.rows().items() if loc in marks}
    before = prey.files.everything()
    assert all(ct[200:264] in before for ct in rows.values())
    if how == "remove":
        upkeep.remove(prey.patient, prey.one.person, now=NOW + 30)
        gone = {loc: ct for loc, ct in rows.items() if loc != place(key, "body").loc}
    else:
        sharing.erase(prey.patient, item, now=NOW + 30)
        gone = {loc: ct for loc, ct in rows.items() if loc != place(prey.one.secret, "door").loc}
    after = prey.files.everything()
    assert gone
    assert not [loc for loc, ct in gone.items() if any(ct[at : at + 64] in after for at in range(0, 900, 64))]


def test_30_two_stores_by_the_same_script_share_no_row(tmp_path):
    seen = []
    for name in ("one", "two"):
        store = Store.on_disk(tmp_path / name / "data", tmp_path / name / "keys", now=NOW)
        patient, member = sign_up(store, "maple river"), sign_up(store, "lake")
        let_in(patient, member)
        write(patient, "hello", FAMILY)
        accounts.sign_in(store, "lake", PASSPHRASE, now=NOW)
        store.rows.checkpoint()
        seen.append(Files(tmp_path / name / "data", tmp_path / name / "keys").rows())
        store.close()
    one, two = seen
    assert len(one) == len(two)
    assert set(one).isdisjoint(two)
    assert set(one.values()).isdisjoint(two.values())
    assert {ct[:24] for ct in one.values()}.isdisjoint(ct[:24] for ct in two.values())
