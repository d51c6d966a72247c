"""A sequence of runs in one world, simulated once and then only from where it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .execution import Execution
from .memos import memo_of
from .record import Endings, RunRecord
from .source import Code
from .world import World

_EVERY = 32  # runs between two kept worlds, at least
_KEPT = 24  # worlds kept of a sequence
_MOST_MEMOS = 3  # kept of a code


class Turn(NamedTuple):
    """One run to simulate: what, and what is known of how it ended."""

    source: str
    code: Code
    number: int
    failed: bool = False
    may_halt: bool = True
    skipped: bool = False
    owner: str | None = None  # the cell
    line: int = 0  # in which it raised, if that is known
    by_chance: int = 0  # LAST or SUPERSEDED, if a clean run of the cell would draw numbers that nothing seeds


@dataclass
class Timeline:
    """What became of a sequence of turns."""

    turns: list[Turn]
    records: list[RunRecord]
    kept: dict[int, World]  # worlds as they were before a turn
    final: World
    ambient: frozenset[str]


def play(
    world: World, turn: Turn, index: int, ambient: set[str], endings: Endings | None = None
) -> RunRecord:
    """Let one turn run in a world."""
    world.run = index
    code = turn.code
    record, shown = None, None
    if not turn.failed:
        for memo in code.memos:
            if endings is None or not endings.may_fail(memo.record.key, code.may_leave):
                record = memo.replay(world, ambient)
                if record is not None:
                    shown = memo.shown
                    break
    if record is None:
        execution = Execution(world, ambient, turn.may_halt, turn.owner, turn.by_chance)
        record = execution.run(code, turn.failed, endings, turn.line)
        shown = execution.last_shown
        made = memo_of(execution)
        if made is not None:
            code.memos.append(made)
            if len(code.memos) > _MOST_MEMOS:
                del code.memos[1]  # the first is that of the run in order, more often than not
    if shown is not None:
        world.shown = (*world.shown[-2:], shown)
        world.outputs[turn.number] = shown
    if not code.empty:
        world.sources.append(code.digest)
    return record


def simulate(
    turns: Sequence[Turn],
    earlier: Timeline | None,
    ambient: set[str],
    endings: Endings | None = None,
    *,
    views: bool = False,
) -> Timeline:
    """Simulate all turns; those that an earlier simulation began with as well are taken from it.

    Args:
        views: whether what is taken out of a table may be a view of it. An earlier simulation is of the same kind.
    """
    start = 0
    records: list[RunRecord] = []
    kept: dict[int, World] = {0: World(views=views)}
    if earlier is not None:
        same = shared_start(turns, earlier.turns)
        points = [index for index in earlier.kept if index <= same]
        start = max(points, default=0)
        if same == len(earlier.turns) and earlier.final.run == same - 1:
            start = same
        records = earlier.records[:start]
        kept = {index: world for index, world in earlier.kept.items() if index <= start}
        world = earlier.final.copy() if start == len(earlier.turns) and start == same else kept[start].copy()
    else:
        world = World(views=views)
    every = max(_EVERY, len(turns) // _KEPT)
    for index in range(start, len(turns)):
        if index % every == 0 and index not in kept:
            kept[index] = world.copy()
        turn = turns[index]
        if turn.skipped:
            records.append(play(world.copy(), turn, index, ambient, endings))
        else:
            records.append(play(world, turn, index, ambient, endings))
    return Timeline(list(turns), records, kept, world, frozenset(ambient))


def shared_start(turns: Sequence[Turn], earlier: Sequence[Turn]) -> int:
    """How many turns two sequences begin with alike."""
    for index, (one, other) in enumerate(zip(turns, earlier, strict=False)):
        if one is not other and (one.source != other.source or one[2:] != other[2:]):
            return index
    return min(len(turns), len(earlier))
