"""The pepper, written once, and the number file."""

import os
import stat

import pytest

from portal.errors import KeyFileMissing, ReadOnly
from portal.vault.keyfolder import KeyFolder, store_id


def test_a_new_folder_holds_a_key_and_a_number_for_their_owner_alone(tmp_path):
    made = KeyFolder.create(tmp_path / "keys")
    folder = tmp_path / "keys" / store_id(made.pepper)
    assert sorted(file.name for file in folder.iterdir()) == ["key", "number"]
    assert (folder / "key").read_bytes() == made.pepper
    assert len(made.pepper) == 32
    assert made.number() == (0, 0)
    if os.name == "posix":
        assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_each_key_is_fresh(tmp_path):
    assert KeyFolder.create(tmp_path).pepper != KeyFolder.create(tmp_path).pepper


def test_it_opens_again(tmp_path):
    made = KeyFolder.create(tmp_path)
    again = KeyFolder.open(tmp_path, store_id(made.pepper))
    assert again.pepper == made.pepper
    again.write_number(3, 400)
    assert made.number() == (3, 400)


@pytest.mark.parametrize("damage", ["gone", "short", "another's"])
def test_a_lost_key_is_never_made_anew(tmp_path, damage):
    made = KeyFolder.create(tmp_path)
    key = tmp_path / store_id(made.pepper) / "key"
    key.unlink() if damage == "gone" else key.write_bytes(bytes(31 if damage == "short" else 32))
    with pytest.raises(KeyFileMissing):
        KeyFolder.open(tmp_path, store_id(made.pepper))
    assert key.exists() == (damage != "gone")


@pytest.mark.parametrize("content", [None, b"", bytes(15), bytes(17)])
def test_a_number_file_that_is_gone_or_broken_says_nothing(tmp_path, content):
    made = KeyFolder.create(tmp_path)
    file = tmp_path / store_id(made.pepper) / "number"
    file.unlink() if content is None else file.write_bytes(content)
    assert made.number() is None


def test_a_number_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch):
    made = KeyFolder.create(tmp_path)

    def refuse(*_, **__):
        raise PermissionError(13, "no")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(ReadOnly):
        made.write_number(1, 1)
    assert made.number() == (0, 0)
