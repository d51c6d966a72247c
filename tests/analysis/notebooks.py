"""Short sessions written down as tests need them, and what the engine says of them."""

from __future__ import annotations

from collections.abc import Sequence

from jupyter_hygiene.core.analysis import (
    Analysis,
    Analyzer,
    Basis,
    CellAnalysis,
    DocumentCell,
    Run,
    RunStatus,
)

Cells = dict[str, str]
# the cell's id and what ran, or the id alone: then the document's source ran
Played = Sequence[str | tuple[str | None, str] | tuple[str | None, str, RunStatus]]


def runs_of(cells: Cells, played: Played) -> list[Run]:
    made = []
    for count, entry in enumerate(played, start=1):
        if isinstance(entry, str):
            made.append(Run(cells[entry], count, entry, "ok"))
        elif len(entry) == 2:
            made.append(Run(entry[1], count, entry[0], "ok"))
        else:
            made.append(Run(entry[1], count, entry[0], entry[2]))
    return made


def analysed(cells: Cells, played: Played, *, language: str = "python", basis: Basis = "kernel") -> Analysis:
    document = [DocumentCell(cell_id, "code", source) for cell_id, source in cells.items()]
    return Analyzer().analyze(document, runs_of(cells, played), language=language, basis=basis)


def statuses(analysis: Analysis) -> dict[str, str]:
    return {cell.id: cell.status for cell in analysis.cells}


def of(analysis: Analysis, cell_id: str) -> CellAnalysis:
    return next(cell for cell in analysis.cells if cell.id == cell_id)


def told(analysis: Analysis, cell_id: str) -> list[str]:
    return [reason.message for reason in of(analysis, cell_id).reasons]


def stale(cells: Cells, played: Played) -> set[str]:
    """The cells that have run and are not shown fresh."""
    found = analysed(cells, played).cells
    return {cell.id for cell in found if cell.status not in ("fresh", "unrun")}
