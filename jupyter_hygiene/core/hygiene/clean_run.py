"""What names are there in a clean run, cell by cell: simulated by the analysis, past whatever is undefined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..analysis.source import compile_text
from ..analysis.timeline import Turn, play
from ..analysis.values import UNDEFINED
from ..analysis.world import World
from .code import Code


@dataclass(frozen=True)
class Moment:
    """A cell of a clean run.

    Args:
        opaque: code before it, or in it, may have defined any name.
        lacked: the names that it, or a function that it may call, found undefined.
        bound: the names that it bound.
    """

    opaque: bool
    lacked: frozenset[str]
    bound: frozenset[str]


def clean_run(cells: Sequence[Code], skipped: Sequence[bool]) -> list[Moment]:
    """Simulate a clean run of the cells.

    Args:
        skipped: which of the cells are not run.
    """
    world = World()
    moments = []
    for number, (code, skip) in enumerate(zip(cells, skipped, strict=True)):
        if skip:
            moments.append(Moment(bool(world.opaque), frozenset(), frozenset()))
            continue
        turn = Turn(code.source, compile_text(code.source), number + 1, may_halt=False)
        record = play(world, turn, number, set())
        lacked = frozenset(name for name, (version, _) in record.reads.items() if version == UNDEFINED)
        moments.append(Moment(bool(world.opaque), lacked, frozenset(record.writes)))
    return moments
