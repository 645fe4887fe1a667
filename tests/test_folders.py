"""The folders: apart, private, and written whole or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from portal import folders
from portal.errors import DiskFull, InTheWay, ReadOnly, UnsafeFolders

posix = pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")


@pytest.fixture
def home(tmp_path, monkeypatch):
    for variable in ("PORTAL_DATA", "PORTAL_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    return tmp_path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "no space")


def test_both_folders_lie_in_the_home_folder_and_apart(home):
    data, keys = folders.data_folder(), folders.key_root()

    assert data.is_relative_to(home)
    assert data.name == "notebook-portal"
    assert keys == home / ".config" / "notebook-portal"
    folders.check_apart(data, keys)


def test_the_key_folder_is_the_same_wherever_configuration_usually_lies(home, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "elsewhere"))

    assert folders.key_root() == home / ".config" / "notebook-portal"


def test_variables_move_the_folders(home, monkeypatch):
    monkeypatch.setenv("PORTAL_DATA", str(home / "d"))
    monkeypatch.setenv("PORTAL_CONFIG", "~/k")

    assert folders.data_folder() == home / "d"
    assert folders.key_root() == home / "k"


@pytest.mark.usefixtures("home")
def test_an_empty_variable_moves_nothing(monkeypatch):
    before = folders.data_folder(), folders.key_root()
    monkeypatch.setenv("PORTAL_DATA", "")
    monkeypatch.setenv("PORTAL_CONFIG", "")

    assert (folders.data_folder(), folders.key_root()) == before


def test_a_relative_place_becomes_absolute(monkeypatch):
    monkeypatch.setenv("PORTAL_DATA", "d")

    assert folders.data_folder().is_absolute()


@pytest.mark.parametrize(
    ("data", "keys"), [("a", "a"), ("a", "a/b"), ("a/b", "a"), ("a", "c/../a/b"), ("a", "a/b/c/d")]
)
def test_folders_inside_each_other_are_refused(tmp_path, data, keys):
    with pytest.raises(UnsafeFolders):
        folders.check_apart(tmp_path / data, tmp_path / keys)


@pytest.mark.parametrize(("data", "keys"), [("a", "b"), ("a", "ab"), ("a/x", "a/y")])
def test_folders_side_by_side_are_accepted(tmp_path, data, keys):
    folders.check_apart(tmp_path / data, tmp_path / keys)


@posix
def test_a_link_hides_nothing(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "keys").symlink_to(tmp_path / "data")

    with pytest.raises(UnsafeFolders):
        folders.check_apart(tmp_path / "data", tmp_path / "keys" / "store")
    with pytest.raises(UnsafeFolders):
        folders.check_apart(tmp_path / "keys" / "store", tmp_path / "data")


def test_one_folder_under_two_names_is_refused(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "Data").mkdir(exist_ok=True)
    monkeypatch.setattr(Path, "samefile", lambda one, other: str(one).lower() == str(other).lower())

    with pytest.raises(UnsafeFolders):
        folders.check_apart(tmp_path / "data", tmp_path / "Data" / "keys")


@posix
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_a_folder_is_made_private_whatever_the_umask(tmp_path, umask):
    old = os.umask(umask)
    try:
        made = folders.make_private(tmp_path / "x")
    finally:
        os.umask(old)

    assert mode(made) == 0o700


def test_missing_parents_are_made(tmp_path):
    assert folders.make_private(tmp_path / "x" / "y").is_dir()


@posix
def test_an_open_folder_is_closed(tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x").chmod(0o755)

    folders.make_private(tmp_path / "x")

    assert mode(tmp_path / "x") == 0o700


def test_a_private_folder_is_left_as_it_is(tmp_path, monkeypatch):
    folders.make_private(tmp_path / "x")
    monkeypatch.setattr(Path, "chmod", no_space)

    folders.make_private(tmp_path / "x")


def test_a_file_in_the_way_of_a_folder_is_refused(tmp_path):
    (tmp_path / "x").write_bytes(b"")

    with pytest.raises(InTheWay):
        folders.make_private(tmp_path / "x")
    with pytest.raises(InTheWay):
        folders.make_private(tmp_path / "x" / "y")


def test_a_refusal_says_what_it_is_about_and_the_nearest_place_counts(tmp_path):
    with pytest.raises(DiskFull) as refusal, folders.about(tmp_path), folders.about(tmp_path / "x"):
        no_space()

    assert refusal.value.where == tmp_path / "x"
    assert str(refusal.value) == ""


def test_a_file_is_written_and_replaced(tmp_path):
    folders.private_file(tmp_path / "f", b"one")
    folders.private_file(tmp_path / "f", b"two")

    assert (tmp_path / "f").read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [tmp_path / "f"]


@posix
def test_a_file_is_private_even_if_it_was_not(tmp_path):
    (tmp_path / "f").write_bytes(b"one")
    (tmp_path / "f").chmod(0o644)

    folders.private_file(tmp_path / "f", b"two")

    assert mode(tmp_path / "f") == 0o600


def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    folders.private_file(tmp_path / "f", b"one")
    monkeypatch.setattr(os, "fsync", no_space)

    with pytest.raises(DiskFull):
        folders.private_file(tmp_path / "f", b"two")

    assert (tmp_path / "f").read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [tmp_path / "f"]


@posix
def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_return(tmp_path, monkeypatch):
    order, fsync, replace = [], os.fsync, Path.replace

    def synced(handle: int) -> None:
        order.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "bytes")
        fsync(handle)

    def renamed(fresh: Path, path: Path) -> Path:
        order.append("name")
        replace(fresh, path)
        return path

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)

    folders.private_file(tmp_path / "f", b"one")

    assert order == ["bytes", "name", "folder"]


def test_without_folder_handles_the_file_is_written_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "POSIX", False)

    folders.private_file(folders.make_private(tmp_path / "x") / "f", b"one")

    assert (tmp_path / "x" / "f").read_bytes() == b"one"


def test_a_refusal_by_the_system_names_no_path(tmp_path, monkeypatch):
    def denied(**_: object) -> None:
        raise PermissionError(errno.EACCES, "denied", str(tmp_path))

    monkeypatch.setattr(folders.tempfile, "mkstemp", denied)

    with pytest.raises(ReadOnly) as refusal:
        folders.private_file(tmp_path / "f", b"one")

    assert str(refusal.value) == ""
    assert refusal.value.__suppress_context__


def test_an_unknown_failure_is_not_dressed_up(tmp_path):
    with pytest.raises(FileNotFoundError):
        folders.private_file(tmp_path / "missing" / "f", b"one")


def test_room_is_told_for_folders_that_are_not_there_yet(tmp_path):
    assert folders.free_bytes(tmp_path / "a" / "b") > 0
