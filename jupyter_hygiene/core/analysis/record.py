"""What a simulated run did: the versions it read, and those it left behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# Of a run whose cell draws numbers that nothing seeds: it is the cell's last, or another came after it.
LAST, SUPERSEDED = 1, 2


@dataclass(slots=True)
class RunRecord:
    """One run in one world.

    Args:
        key: a digest of the source and of all it read; equal keys, equal doings.
        reads: of each name it read before it wrote it, the version and the run that had last changed it.
        soft: names it changed in place without their content having any say in what else it did.
        writes: of each name it bound, changed or may have, the version it left.
        stays: of those that it may have left as they were, the version of what was there, the run that had last
            changed that, and the version that is there now.
    """

    key: int = 0
    whole: int = 0  # the key that it would have, had it come to its end
    reads: dict[str, tuple[int, int]] = field(default_factory=dict)
    soft: dict[str, tuple[int, int]] = field(default_factory=dict)
    # of names read by literal keys alone: the version of those parts, the run that changed them, that of the whole
    parts: dict[tuple[str, tuple[str, ...]], tuple[int, int, int]] = field(default_factory=dict)
    writes: dict[str, int] = field(default_factory=dict)
    stays: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    # states of which it set some places, and nothing else: those are among the writes, by themselves
    settings: dict[str, int] = field(default_factory=dict)
    # the names that hold objects, and which of them share some: 0 for none
    shared: tuple[str, ...] = ()
    sharing: Any = 0
    draws: bool = False  # it drew random numbers that nothing had seeded
    halted: str = ""  # the undefined names of the step that ended it

    def sources(self) -> Iterator[tuple[str, int]]:
        """Every name that counts for what it did, with the run that had last changed it; -1 if none had."""
        for table in (self.reads, self.soft):
            for name, (_, changer) in table.items():
                yield name, changer
        for (name, _), (_, changer, _) in self.parts.items():
            yield name, changer
        for name, (_, changer, _) in self.stays.items():
            yield name, changer

    def agrees_with(self, other: RunRecord) -> bool:
        """Whether both did the same."""
        return self.key == other.key and self.writes == other.writes and self.halted == other.halted


def sharing_of(pattern: list[tuple[Any, ...]]) -> Any:
    """Which of the values that were read share objects, in terms that hold in any world."""
    flat = [region for regions in pattern for region in regions]
    if len(set(flat)) == len(flat):
        return 0
    numbers: dict[Any, int] = {}
    return tuple(tuple(numbers.setdefault(region, len(numbers)) for region in regions) for regions in pattern)


@dataclass(frozen=True)
class Endings:
    """What is known of how runs end, by their keys.

    Args:
        failed: these raised, in this line if that is known.
        ended: these did not, though their code says when to raise.
    """

    failed: Mapping[int, int] = field(default_factory=dict)
    ended: frozenset[int] = frozenset()

    def may_fail(self, key: int, may_leave: bool) -> bool:
        return key in self.failed or (may_leave and key not in self.ended)
