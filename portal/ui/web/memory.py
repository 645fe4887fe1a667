"""Nothing of people reaches the disk by accident: no core file, no upload spooled to a temporary folder.

Best effort: what the platform does not offer is left out.
"""

import ctypes
import sys

from starlette.formparsers import MultiPartParser

MOST_UPLOAD = 64 * 1024 * 1024  # above server.maxUploadSize, so that no part is ever spooled
_NOT_DUMPABLE = (4, 0)  # prctl(PR_SET_DUMPABLE, 0)


def keep() -> None:
    """Ask the system and the form parser to keep this process's memory in memory."""
    MultiPartParser.spool_max_size = MOST_UPLOAD
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  absent on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(*_NOT_DUMPABLE, 0, 0, 0)
