"""What a run measures on: its size, its folder, and circles that several goals share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.data import Circle, circle
from tests.bench.plain import Plain

Key = tuple[int, int, bool]


@dataclass(slots=True, kw_only=True)
class Plan:
    """The size of a run. `few` and `many` are the notes that G2 compares, `notes` those of every other goal."""

    folder: Path
    rounds: int = 7
    notes: int = 10_000
    few: int = 1_000
    many: int = 100_000
    readers: tuple[int, int] = (4, 20)
    sign_ins: int = 8
    derivations: int = 320
    sessions: int = 100
    seconds: int = 60
    _circles: dict[Key, Circle] = field(default_factory=dict)
    _plains: dict[int, Plain] = field(default_factory=dict)

    def circle(self, notes: int, readers: int, *, disk: bool = True) -> Circle:
        """Return a circle that is measured but not changed for good."""
        key = notes, readers, disk
        if key not in self._circles:
            self._circles[key] = circle(self.folder / f"{notes}-{readers}" if disk else None, notes, readers)
        return self._circles[key]

    def plain(self, notes: int) -> Plain:
        """Return the plaintext store of the same notes."""
        if notes not in self._plains:
            made = Plain(self.folder / f"plain-{notes}.db")
            made.fill(self.circle(notes, self.readers[0]).written)
            self._plains[notes] = made
        return self._plains[notes]

    def fresh(self, name: str) -> Path:
        """Return a path for one goal alone, with nothing there yet."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        return path

    def forget(self, notes: int, readers: int) -> None:
        """Close a circle that no other goal needs."""
        self._circles.pop((notes, readers, True)).store.close()

    def close(self) -> None:
        """Close every store."""
        closers: list[Callable[[], None]] = [made.store.close for made in self._circles.values()]
        for close in (*closers, *(made.close for made in self._plains.values())):
            close()
        self._circles.clear()
        self._plains.clear()


def quick(folder: Path) -> Plan:
    """Return a plan that is over in minutes: the same goals on smaller circles."""
    return Plan(folder=folder, notes=2_000, few=500, many=5_000, sessions=20, seconds=20)
