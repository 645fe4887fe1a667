"""One server a store: an exclusive lock on a file, let go by the system when the process dies."""

import os
from pathlib import Path

from portal.errors import AlreadyRunning, ReadOnly
from portal.folders import refusals


def hold(path: Path) -> int:
    """Take the lock and return its handle. Raises `AlreadyRunning`, `ReadOnly` or `DiskFull`."""
    try:
        with refusals():
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        raise ReadOnly from None
    try:
        _lock(handle)
    except OSError:
        os.close(handle)
        raise AlreadyRunning from None
    return handle


def let_go(handle: int) -> None:
    """Give the lock back."""
    os.close(handle)


if os.name == "posix":
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

else:
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
