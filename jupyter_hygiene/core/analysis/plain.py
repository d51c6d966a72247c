"""The analysis that needs no knowledge of the language: the order of the runs, and what was edited since."""

from __future__ import annotations

from collections.abc import Sequence

from .model import Analysis, Basis, CellAnalysis, DocumentCell, Reason, Run


def last_runs(cells: Sequence[DocumentCell], history: Sequence[Run]) -> dict[str, int]:
    """The position in the history of the last run of each code cell that has run."""
    ids = {cell.id for cell in cells if cell.type == "code"}
    return {run.cell_id: index for index, run in enumerate(history) if run.cell_id in ids}


def ranks(last: dict[str, int]) -> dict[str, int]:
    """The place of each cell's last run among the notebook's cells, from 1."""
    return {cell_id: rank for rank, cell_id in enumerate(sorted(last, key=last.__getitem__), 1)}


def analyze_plain(cells: Sequence[DocumentCell], history: Sequence[Run], basis: Basis) -> Analysis:
    """Order and edits alone, by plain text; what depends on what is not known."""
    last = last_runs(cells, history)
    order = ranks(last)
    return Analysis(
        basis=basis,
        dependencies=False,
        cells=tuple(
            _plain_cell(cell, history[last[cell.id]] if cell.id in last else None, order.get(cell.id))
            for cell in cells
            if cell.type == "code"
        ),
    )


def _plain_cell(cell: DocumentCell, run: Run | None, order: int | None) -> CellAnalysis:
    if run is None:
        reason = Reason("unrun", "this cell has not been run in this kernel")
        return CellAnalysis(cell.id, "unrun", reasons=(reason,))
    count = run.execution_count
    if run.source.rstrip("\n") != cell.source.rstrip("\n"):
        reason = Reason("edited", "this cell was edited since it ran", None, cell.id, count)
        return CellAnalysis(cell.id, "edited", order, reasons=(reason,))
    if run.status == "interrupted":
        reason = Reason("interrupted", "this cell was interrupted before it ended", None, cell.id, count)
        return CellAnalysis(cell.id, "interrupted", order, reasons=(reason,))
    reason = Reason("unanalysed", "what this cell depends on is not analysed for this language")
    return CellAnalysis(cell.id, "unknown", order, reasons=(reason,))
