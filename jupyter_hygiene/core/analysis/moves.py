"""Cells that stand in the wrong place: which one to move, and where to, so that a clean run does what was done.

Tried out on the document: a move is told only where the cell that it is for becomes fresh by it, and no other cell
ceases to be.
"""

from __future__ import annotations

from .comparison import Picture, picture
from .model import Move, Reason
from .timeline import simulate

_MOST_SIMULATED = 300  # cells, over all trials of one analysis


def moves_of(seen: Picture, reasons: list[tuple[Reason, ...]]) -> list[Move | None]:
    """For each cell that takes something from below, the move that mends it."""
    found: list[Move | None] = [None] * len(seen.cells)
    left = _MOST_SIMULATED
    for position, told in enumerate(reasons):
        if found[position] is not None or seen.statuses[position] != "stale":
            continue
        givers = {
            seen.position[reason.cell_id]
            for reason in told
            if reason.kind == "below" and reason.cell_id in seen.position
        }
        below = sorted(giver for giver in givers if giver > position)
        if not below:
            continue
        for moved, place in _candidates(position, below):
            cost = len(seen.cells) - min(moved, place)  # what stands above is known
            if cost > left:
                continue
            left -= cost
            mended = _mended(seen, moved, place)
            if position in mended:
                anchor = seen.cells[place].id
                move = Move(seen.cells[moved].id, anchor, "above" if place < moved else "below")
                for other in mended:
                    found[other] = move
                break
    return found


def _candidates(position: int, below: list[int]) -> list[tuple[int, int]]:
    """What could be moved, and to which cell's place: what is needed up, or the cell that needs it down."""
    if len(below) == 1:
        return [(below[0], position), (position, below[0])]
    return [(position, below[-1])]


def _mended(seen: Picture, moved: int, place: int) -> list[int]:
    """The cells that are fresh after a move and were not before; none if others are worse for it."""
    order = [index for index in range(len(seen.cells)) if index != moved]
    order.insert(place, moved)
    turns = []
    count = 0
    for index in order:
        turn = seen.clean.turns[index]
        count += not turn.code.empty
        turns.append(turn._replace(number=count))
    clean = simulate(turns, seen.clean, set(seen.clean.ambient), seen.endings, views=seen.clean.final.views)
    cells = [seen.cells[index] for index in order]
    after = picture(cells, seen.history, seen.live, clean, seen.endings)
    status = {cell.id: after.statuses[index] for index, cell in enumerate(cells)}
    mended = []
    for index, cell in enumerate(seen.cells):
        was, becomes = seen.statuses[index], status[cell.id]
        if was == "fresh" and becomes != "fresh":
            return []
        if was != "fresh" and becomes == "fresh":
            mended.append(index)
    return mended
