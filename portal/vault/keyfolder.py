"""The key folder: the pepper, written once, and the number file, which says how far the store had come.

The folder's name is the store's id, 64 bits derived from the pepper: a folder that
holds another store's key is noticed before anything is read or written.
"""

import secrets
import struct
from pathlib import Path

from portal.crypto.sealing import prf
from portal.errors import KeyFileMissing
from portal.folders import make_private, private_file, refusals
from portal.newtypes import Secret

PEPPER = 32  # bytes


class KeyFolder:
    """`<config>/<store id>`: the files `key` and `number`."""

    def __init__(self, folder: Path, pepper: Secret) -> None:
        self._folder = folder
        self.pepper = pepper

    @classmethod
    def create(cls, root: Path) -> "KeyFolder":
        """Make a fresh pepper, its folder and the first number file. Raises `ReadOnly` or `DiskFull`."""
        pepper = Secret(secrets.token_bytes(PEPPER))
        made = cls(root / store_id(pepper), pepper)
        make_private(root)
        make_private(made._folder)
        private_file(made._folder / "key", pepper)
        made.write_number(0, 0)
        return made

    @classmethod
    def open(cls, root: Path, store: str) -> "KeyFolder":
        """Read the pepper of the store called `store`.

        Raises `KeyFileMissing` when it is gone or another's, `ReadOnly` when it cannot be read.
        """
        with refusals():
            try:
                pepper = Secret((root / store / "key").read_bytes())
            except FileNotFoundError:
                raise KeyFileMissing from None
        if len(pepper) != PEPPER or store_id(pepper) != store:
            raise KeyFileMissing
        return cls(root / store, pepper)

    def number(self) -> tuple[int, int] | None:
        """Return (generation number, transaction number) as last written, or None when the file is gone or broken."""
        try:
            pair: tuple[int, int] = struct.unpack(">QQ", (self._folder / "number").read_bytes())
        except (OSError, struct.error):
            return None
        return pair

    def write_number(self, generation: int, transaction: int) -> None:
        """Write the pair (fsync, rename). Raises `ReadOnly` or `DiskFull`."""
        private_file(self._folder / "number", struct.pack(">QQ", generation, transaction))


def store_id(pepper: Secret) -> str:
    """Return the 16 hex digits that name the store of this pepper."""
    return prf(pepper, "id", size=8).hex()
