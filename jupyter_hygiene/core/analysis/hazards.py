"""Fresh cells that would not stay so if they were run again now, or that no two runs make the same."""

from __future__ import annotations

from .comparison import Picture
from .culprits import Culprits
from .model import Reason
from .record import RunRecord, sharing_of
from .timeline import play
from .world import World, is_state, worded

_MOST_TRIALS = 24  # cells that are tried out, where looking at what they read does not tell


def hazards_of(seen: Picture, culprits: Culprits) -> list[Reason | None]:
    """For each cell, what would go wrong if it were run again."""
    world = seen.live.final
    trials = 0
    now: dict[str, int] = {}

    def version(name: str) -> int:
        found = now.get(name)
        if found is None:
            found = now[name] = world.name_token(name)
        return found

    found: list[Reason | None] = []
    for position, status in enumerate(seen.statuses):
        if status != "fresh":
            found.append(None)
            continue
        record = seen.live.records[seen.last[seen.cells[position].id]]
        moved = next((name for name, (token, _) in record.reads.items() if version(name) != token), None)
        for (name, keys), (token, _, _) in record.parts.items():
            if moved is None and world.part_token(name, keys)[0] != token:
                moved = name
        if moved is None and record.shared:
            moved = _parted(record, world)
        if moved is None:
            doubtful = next(
                (name for name, (token, _) in record.soft.items() if version(name) != token), None
            )
            if doubtful is not None and trials < _MOST_TRIALS:
                trials += 1
                turn = seen.live.turns[seen.last[seen.cells[position].id]]
                again = play(world.copy(), turn, len(seen.history), set())
                if not again.agrees_with(seen.clean.records[position]):
                    moved = doubtful
        if moved is not None:
            found.append(_told(seen, position, moved))
        else:
            found.append(_chance(seen, position) if seen.clean.records[position].draws else None)
    return found


def _chance(seen: Picture, position: int) -> Reason | None:
    """Of a cell that ran more than once: what it shows is one draw of many."""
    cell_id = seen.cells[position].id
    if sum(run.cell_id == cell_id for run in seen.history) < 2:
        return None
    message = "this cell draws at random without a seed, so every run differs"
    return Reason("draws", message, None, cell_id, seen.history[seen.last[cell_id]].execution_count)


def _parted(record: RunRecord, world: World) -> str | None:
    """A name that shares objects with others otherwise than when the cell ran."""
    values = [world.names.get(name) for name in record.shared]
    pattern = [
        tuple(region for region in world.reach(value.regions) if region.__class__ is int)
        if value is not None
        else ()
        for value in values
    ]
    if sharing_of(pattern) == record.sharing:
        return None
    return max(record.shared, key=world.changer)


def _told(seen: Picture, position: int, name: str) -> Reason:
    world = seen.live.final
    changer = world.changer(name)
    run = seen.history[changer] if changer >= 0 else None
    told = worded(name)
    shown = None if is_state(name) else name
    cell = seen.cells[position]
    if run is not None and run.cell_id == cell.id:
        message = f"this cell changes {told}: running it again now would change it a second time"
        return Reason("repeated", message, shown, cell.id, run.execution_count)
    place = seen.position.get(run.cell_id) if run and run.cell_id is not None else None
    by = seen.label(place) if place is not None else f"run [{run.execution_count}]" if run else "another run"
    message = f"{told} was changed by {by} since: running this cell again now would use that"
    return Reason(
        "redefined", message, shown, run.cell_id if run else None, run.execution_count if run else None
    )
