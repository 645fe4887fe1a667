"""`settings.toml` in the data folder: the store's id and what a host may set. Nothing personal stands in it."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from portal.errors import StoreUnreadable
from portal.folders import private_file

MIB = 2**20
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a store refuses to exceed. Sizes in bytes; sign-ups an hour."""

    sign_ups: int = 10
    newcomer: int = 50 * MIB
    account: int = 512 * MIB
    store: int = 2048 * MIB


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSettings:
    """The file, read and checked."""

    store: str
    limits: Limits


def read(path: Path) -> HostSettings | None:
    """Return the settings, or None when there is no file. Raises `StoreUnreadable` when it is not one of ours."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        raise StoreUnreadable from None
    store = table.get("store")
    if not isinstance(store, str) or not _ID.fullmatch(store):
        raise StoreUnreadable
    return HostSettings(store=store, limits=_limits(table.get("limits", {})))


def _limits(table: object) -> Limits:
    known = {"sign_ups": 1, "newcomer": MIB, "account": MIB, "store": MIB}
    if not isinstance(table, dict) or not set(table) <= set(known):
        raise StoreUnreadable
    if not all(isinstance(value, int) and value > 0 for value in table.values()):
        raise StoreUnreadable
    return Limits(**{key: value * known[key] for key, value in table.items()})


def write(path: Path, store: str) -> None:
    """Write the file of a new store. Raises `ReadOnly` or `DiskFull`."""
    private_file(
        path,
        (
            f'store = "{store}"  # names the folder of the key file; do not change it\n\n'
            '# name = "Notebook"  # what the pages are headed with; keep it neutral\n\n'
            "# [limits]\n# sign_ups = 10  # new accounts an hour\n"
            "# newcomer = 50  # MiB an account that let nobody in\n"
            "# account = 512  # MiB an account\n# store = 2048  # MiB the whole notebook\n"
        ).encode(),
    )
