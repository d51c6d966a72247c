"""What the analysis of a notebook's runs tells of a cell's cause: edited, hidden state, another order.

The reasons for which a cell is predicted stale are the causes of its difference, in other words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..analysis.model import Analysis, CellAnalysis, Reason, Run
from ..notebook import Cell, CellId
from ..report import Cause, Explanation

_CAUSES: Mapping[str, Cause] = {
    "edited": "edited",
    "interrupted": "external",
    "deleted": "hidden_state",
    "outside": "hidden_state",
    "undefined": "hidden_state",
    "below": "out_of_order",
    "redefined": "out_of_order",
    "not_run": "out_of_order",
    "repeated": "out_of_order",
    "state": "out_of_order",
}
_LONGEST_CODE = 160


class StateOfCells:
    """The predictions for a notebook, read as causes."""

    def __init__(
        self,
        analysis: Analysis,
        cells: Sequence[Cell],
        history: Sequence[Run],
        by_counts: Analysis | None = None,
    ) -> None:
        """``by_counts``: what the counts on the page tell, for the cells that the history does not know."""
        self._analysis = analysis
        self._predicted = {cell.id: cell for cell in analysis.cells}
        for cell in by_counts.cells if by_counts is not None else ():
            if self._predicted[cell.id].status == "unrun":
                self._predicted[cell.id] = cell
        self._cells: dict[str, Cell] = {cell.id: cell for cell in cells}
        self._runs = {run.execution_count: run for run in history if run.execution_count is not None}

    def predicted(self, cell_id: str) -> CellAnalysis | None:
        return self._predicted.get(cell_id)

    def own(self, cell_id: str) -> Explanation | None:
        """Why a cell is not fresh, if that lies in itself or its runs; ``None`` where it only follows from another."""
        predicted = self._predicted.get(cell_id)
        if predicted is None or predicted.status not in ("edited", "stale", "interrupted"):
            return None
        for reason in predicted.reasons:
            cause = _CAUSES.get(reason.kind)
            if cause is not None and not self._is_of_an_edited_cell(cell_id, reason):
                return self._explained(cell_id, reason, cause)
        return None

    def follows_from(self, cell_id: str) -> tuple[str, str | None] | None:
        """The cell above from which a stale cell's staleness comes, and by which name."""
        predicted = self._predicted.get(cell_id)
        for reason in predicted.reasons if predicted else ():
            if reason.cell_id not in self._cells or reason.cell_id == cell_id:
                continue
            if reason.kind == "upstream" or self._is_of_an_edited_cell(cell_id, reason):
                return str(reason.cell_id), reason.name
        return None

    def _is_of_an_edited_cell(self, cell_id: str, reason: Reason) -> bool:
        """Whether what changed is the code of another cell, which once gave what it no longer gives."""
        giver = self._predicted.get(reason.cell_id or "")
        return (
            reason.kind in ("undefined", "redefined")
            and giver is not None
            and giver.id != cell_id
            and giver.status == "edited"
        )

    def deleted_code(self, count: int | None) -> str | None:
        """The code of a run that no cell of the document holds any more, if the history has it."""
        run = self._runs.get(count) if count is not None else None
        if run is None or (run.cell_id in self._cells and self._cells[str(run.cell_id)].source == run.source):
            return None
        return run.source.strip() or None

    def definers(self, name: str) -> list[Cell]:
        """The cells of the document that write a name, in order."""
        return [
            self._cells[cell.id]
            for cell in self._analysis.cells
            if name in cell.writes and cell.id in self._cells
        ]

    def deleted_definers(self, name: str, writes_of: Mapping[str, Sequence[str]]) -> list[int]:
        """The counts of the runs, newest first, whose code is gone and wrote a name. ``writes_of``: by source."""
        found = [
            count
            for count, run in self._runs.items()
            if self.deleted_code(count) and name in writes_of.get(run.source, ())
        ]
        return sorted(found, reverse=True)

    def _explained(self, cell_id: str, reason: Reason, cause: Cause) -> Explanation:
        message = _sentence(reason.message)
        place = CellId(reason.cell_id) if reason.cell_id in self._cells else None
        if reason.kind == "edited":
            return Explanation(
                cause,
                message,
                "Run it again, or take the replayed output.",
                CellId(cell_id),
                name=reason.name,
            )
        if reason.kind == "interrupted":
            return Explanation(cause, message, "Run it again, to its end.", CellId(cell_id))
        if cause == "hidden_state":
            return self.hidden(cell_id, reason.name, message, reason.execution_count)
        return Explanation(
            cause, message, self._reordering(cell_id, reason), place or CellId(cell_id), name=reason.name
        )

    def hidden(self, cell_id: str, name: str | None, message: str, count: int | None) -> Explanation:
        """Something that is not on the page any more, with its code where the history has it."""
        code = self.deleted_code(count)
        what = f"`{name}`" if name else "it"
        if code is None:
            action = f"Define {what} in a cell above, and run the notebook from the top."
        else:
            message = f"{message.rstrip('.')}: `{_shortened(code)}`."
            action = f"Bring the code of [{count}] back in a cell above, or define {what} anew."
        return Explanation("hidden_state", message, action, CellId(cell_id), name=name)

    def _reordering(self, cell_id: str, reason: Reason) -> str:
        here = self._cells[cell_id].index + 1
        other = self._cells.get(str(reason.cell_id))
        if reason.kind == "repeated":
            return f"Make cell {here} give the same however often it runs, or restart and run all."
        if other is None or other.id == cell_id:
            return "Restart and run all, and keep what the cells give then."
        there = other.index + 1
        if reason.kind == "below":
            return f"Move cell {there} above cell {here}, or what it needs into cell {here}."
        if other.index > self._cells[cell_id].index:
            return f"Run the cells in the order in which they stand, or move cell {there} above cell {here}."
        return f"Run cell {here} again after cell {there}, or take the replayed output."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _shortened(code: str) -> str:
    flat = "; ".join(line.strip() for line in code.splitlines() if line.strip())
    return flat if len(flat) <= _LONGEST_CODE else flat[: _LONGEST_CODE - 1] + "…"
