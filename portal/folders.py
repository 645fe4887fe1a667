"""Where the data and the keys lie, and how private files are written.

The two folders never share a place: whoever takes the data alone has nothing to
guess at. `PORTAL_DATA` and `PORTAL_CONFIG` move them; nothing else does.
Folders are for their owner only (0700), and so are files (0600). Windows has no
such modes: there the profile of the account has to do.
"""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs

from portal.errors import DiskFull, InTheWay, PortalError, ReadOnly, UnsafeFolders

PROGRAM = "notebook-portal"  # neutral: it stands in the paths of everybody's home folder
PRIVATE = 0o700
POSIX = os.name == "posix"
FULL = {errno.ENOSPC, errno.EDQUOT} if POSIX else {errno.ENOSPC}
CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
OTHER = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR}


def data_folder() -> Path:
    """Return the folder of the database: absolute, perhaps not there yet."""
    return _moved("PORTAL_DATA") or platformdirs.user_data_path(PROGRAM, appauthor=False)


def key_root() -> Path:
    """Return the folder of all key folders: absolute, perhaps not there yet.

    `~/.config` on every platform: elsewhere the platform's own place for
    configuration is its place for data too.
    """
    return _moved("PORTAL_CONFIG") or Path.home() / ".config" / PROGRAM


def _moved(variable: str) -> Path | None:
    chosen = os.environ.get(variable)
    return Path(chosen).expanduser().absolute() if chosen else None


def check_apart(data: Path, keys: Path) -> None:
    """Raise `UnsafeFolders` when one folder is the other or lies inside it, links followed."""
    data, keys = data.resolve(), keys.resolve()
    if _inside(data, keys) or _inside(keys, data):
        raise UnsafeFolders


def _inside(inner: Path, outer: Path) -> bool:
    return any(step == outer or _same(step, outer) for step in (inner, *inner.parents))


def _same(one: Path, other: Path) -> bool:
    """Ask the disk: it may ignore case, or mount one folder in two places."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there, so they are not the same
        return False


def make_private(path: Path) -> Path:
    """Make the folder if it is missing, open it to its owner alone, and return it.

    Raises `ReadOnly` when it cannot be made or is not ours, `InTheWay` when it is a file, `DiskFull` without room.
    """
    with refusals():
        path.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
        if POSIX and stat.S_IMODE(path.stat().st_mode) != PRIVATE:
            path.chmod(PRIVATE)
    return path


def private_file(path: Path, data: bytes) -> None:
    """Write `data` to a file that its owner alone reads: the old content or the new, never a part.

    On the disk when this returns. Raises `DiskFull` or `ReadOnly` and leaves the old file as it was.
    """
    with refusals():
        handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)  # mkstemp makes it 0600
        fresh = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except BaseException:
            with suppress(OSError):
                fresh.unlink()
            raise
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Put the folder's list of names on the disk: without it a rename can be lost."""
    if not POSIX:  # Windows opens no folder, and needs none
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def free_bytes(path: Path) -> int:
    """Return the room left on the disk of `path`, or of its nearest parent that is there."""
    there = next(step for step in (path.absolute(), *path.absolute().parents) if step.exists())
    return shutil.disk_usage(there).free


@contextmanager
def about(path: Path) -> Iterator[None]:
    """Note in a refusal which file or folder it is about. Whatever else the system refuses there is `ReadOnly`."""
    try:
        with refusals():
            yield
    except (PortalError, OSError) as error:
        refusal = error if isinstance(error, PortalError) else ReadOnly()
        refusal.where = refusal.where or path
        raise refusal from None


@contextmanager
def refusals() -> Iterator[None]:
    """Say what the system refused in our words, `DiskFull`, `ReadOnly` or `InTheWay`: its own name the path."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull from None
        if error.errno in CLOSED:
            raise ReadOnly from None
        if error.errno in OTHER:
            raise InTheWay from None
        raise
