"""The problems behind the verdicts: cells that differ for one reason are one problem."""

from __future__ import annotations

from collections.abc import Sequence

from ..notebook import CellId
from ..report import CellReport, Explanation, RootCause

# What ends a replay matters most; what is mere guessing, least.
_RANK = (
    "environment",
    "hidden_state",
    "out_of_order",
    "external",
    "edited",
    "nondeterminism",
    "upstream",
    "unknown",
)


def root_causes(cells: Sequence[CellReport]) -> tuple[RootCause, ...]:
    """The problems of a notebook, the most important first: those that end the replay, then by the cells concerned."""
    by_id = {cell.id: cell for cell in cells}
    roots: dict[tuple[object, ...], tuple[Explanation, list[CellReport]]] = {}
    for cell in cells:
        if cell.explanation is None:
            continue
        origin = cell.explanation.root or cell.explanation
        _, members = roots.setdefault(_key(origin, cell.id), (origin, []))
        members.append(cell)
    problems = [
        RootCause(
            explanation.cause,
            explanation.message,
            explanation.action,
            explanation.cell_id,
            explanation.line,
            tuple(member.id for member in members),
        )
        for explanation, members in roots.values()
    ]
    position = {cell.id: place for place, cell in enumerate(cells)}

    def weight(problem: RootCause) -> tuple[int, int, int, int]:
        fails = any(by_id[member].verdict in ("failed", "not_reached") for member in problem.cells)
        return (
            0 if fails else 1,
            1 if problem.cause == "unknown" else 0,
            -len(problem.cells),
            min(position[member] for member in problem.cells) * len(_RANK) + _RANK.index(problem.cause),
        )

    return tuple(sorted(problems, key=weight))


def _key(origin: Explanation, cell_id: CellId) -> tuple[object, ...]:
    if origin.cause == "upstream":  # the cell that it follows from shows no difference itself
        return origin.cause, origin.cell_id
    if origin.cause in ("environment", "external") and origin.action:
        return origin.cause, origin.action, origin.message if origin.cause == "external" else ""
    if origin.cause == "nondeterminism":
        return origin.cause, origin.cell_id, origin.line
    if origin.name and origin.cause in ("hidden_state", "out_of_order"):
        return origin.cause, origin.name
    if origin.cell_id is None and origin.cause != "unknown":
        return origin.cause, origin.message
    return origin.cause, origin.cell_id or cell_id
