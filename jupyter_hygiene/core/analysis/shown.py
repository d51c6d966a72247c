"""What the page shows of a cell, beside what the kernel remembers of it."""

from __future__ import annotations

from .comparison import Picture
from .model import Reason


def unshown_of(seen: Picture) -> list[Reason | None]:
    """For each cell that the kernel has run and whose last run is not what the page shows, what it shows instead."""
    return [_unshown(seen, position) for position in range(len(seen.cells))]


def _unshown(seen: Picture, position: int) -> Reason | None:
    cell = seen.cells[position]
    at = seen.last.get(cell.id)
    count = seen.history[at].execution_count if at is not None else None
    if count is None or cell.execution_count == count or seen.clean.turns[position].code.empty:
        return None
    ran = f"this kernel ran this cell last as [{count}]"
    if cell.execution_count is None:
        message = f"{ran}, and what came of it is not on the page"
    else:
        message = f"{ran}, and what stands here, [{cell.execution_count}], is of another run"
    return Reason("not_shown", message, None, cell.id, count)
