"""A writer that may be killed at any moment: says on its output what is written for good. Not a test."""

import sys
from pathlib import Path

from portal.crypto.passphrase import CHEAPEST
from portal.vault import accounts, entries, sharing
from portal.vault import store as module
from portal.vault.store import Store
from tests.vault.story import FAMILY, NOW, PASSPHRASE


def main(data: str, keys: str, start: str) -> None:
    """Write numbered notes, edit some, erase some, and say so after each."""
    setattr(module, "STANDARD", CHEAPEST)  # noqa: B010 - the product has no option for this
    store = Store.on_disk(Path(data), Path(keys), now=NOW)
    patient = accounts.sign_in(store, "maple river", PASSPHRASE, now=NOW)
    say("ready")
    number = int(start)
    while True:
        number += 1
        now = NOW + number
        item = sharing.publish(patient, 1, f"w{number}".encode(), [FAMILY], now=now)
        say(f"wrote w{number}")
        if number % 3 == 0:
            sharing.edit(patient, item, f"e{number}".encode(), base=entries.find(patient, item)[1].written, now=now)
            say(f"edited w{number} e{number}")
        if number % 5 == 0:
            sharing.erase(patient, item, now=now)
            say(f"erased w{number} e{number}")
        store.tick(now)


def say(words: str) -> None:
    """Say it at once."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
