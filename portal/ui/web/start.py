"""What the terminal says when a start is refused, or goes on after it found something amiss.

Its reader is the host, so a refusal names the file or folder and which of the two folders it
is; a page never shows these. What was found is told as an event, without a time or a place.
"""

from pathlib import Path

from portal.errors import (
    AlreadyRunning,
    DiskFull,
    InTheWay,
    KeyFileMissing,
    PortalError,
    ReadOnly,
    SettingsMissing,
    StoreGone,
    StoreUnreadable,
    UnsafeFolders,
)
from portal.ui import words

AGAIN = "and start again; nothing was changed."
REFUSED: dict[type[PortalError], str] = {
    AlreadyRunning: "This notebook is already open: another server holds {place}. Use that one, or end it first.",
    UnsafeFolders: "The key folder lies inside {place}, or around it. Move one of the two "
    f"(PORTAL_DATA, PORTAL_CONFIG) {AGAIN}",
    KeyFileMissing: "The key file is missing or belongs to another notebook: {place}. "
    f"Put the right one back from a backup {AGAIN}",
    SettingsMissing: "The file that names the key folder of this notebook is missing: {place}. "
    f"Put it back from a backup {AGAIN}",
    StoreGone: f"The notebook's file is gone: {{place}}. Put it back from a backup {AGAIN} "
    "To begin an empty notebook instead, move the data folder away.",
    StoreUnreadable: "This file cannot be read: {place}. It is damaged, or another program made it. "
    f"Put a backup in its place {AGAIN}",
    ReadOnly: "This cannot be opened or written: {place}. Let this account read and write it, "
    f"see that its disk is not write-protected, {AGAIN}",
    InTheWay: f"A file lies where a folder must be, or a folder where a file must be: {{place}}. Move it away {AGAIN}",
    DiskFull: f"The disk is full: {{place}}. Free some space there {AGAIN}",
}
LET_IN = "It goes on, and nobody else reads until they are let in again."
FOUND = {
    "CHANGED": f"The notebook's files were changed from outside. {LET_IN}",
    "OLDER": f"The notebook's file is an older copy: later changes are missing. {LET_IN}",
    "NUMBER_MISSING": f"The number file in the key folder is missing, so an older copy would not show. {LET_IN}",
    "BEHIND": "The number file in the key folder cannot be written: an older copy put back later may go unnoticed. "
    "Let this account write there, and start again.",
    "EMPTY": "Nobody has an account in this notebook yet. If you expected yours, end this: "
    "PORTAL_DATA names another folder.",
}


def refused(refusal: PortalError, data: Path | None) -> str:
    """Return what the host reads; `data` is the data folder. A refusal that names no place says what a page would."""
    if refusal.where is None or type(refusal) not in REFUSED:
        return words.of("en", refusal)
    return REFUSED[type(refusal)].format(place=_place(refusal.where, data))


def _place(where: Path, data: Path | None) -> str:
    folder = "data folder" if data in (where, *where.parents) else "key folder"
    return f"{where} ({folder})"
