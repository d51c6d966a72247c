"""Where predicting meets proving: what was predicted of each cell stands beside what its replay showed.

A cell that was predicted fresh and does not reproduce gets the best explanation there is. One without any was
missed: a mistake of the analysis, and counted, so that such cases can be collected.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from .analysis import Analyzer, DocumentCell, Run
from .analysis.model import Analysis, CellAnalysis
from .notebook import Notebook
from .outside import hint, sets_seed
from .report import Cause, CellReport, Prediction, PredictionOutcome, PredictionTotals

_REPRODUCED = frozenset({"same", "cosmetic"})
_DIFFERED = frozenset({"changed", "failed", "nondeterministic"})
_PREDICTED = frozenset({"fresh", "edited", "stale", "interrupted"})
# Causes that no analysis of the source can foresee.
_UNFORESEEABLE: Mapping[Cause, str] = {
    "nondeterminism": "Two replays differ here as well: the cell does not do the same thing twice.",
    "environment": "The replay's kernel lacks what the cell needs.",
    "external": "Something outside the notebook is not as it was.",
}


@dataclass(frozen=True)
class Foreseen:
    """The cells of a report with their predictions; ``totals`` is ``None`` where none could be made."""

    cells: tuple[CellReport, ...]
    totals: PredictionTotals | None


class _Explanation(NamedTuple):
    cause: Cause
    message: str


def beside_verdicts(
    cells: Sequence[CellReport], notebook: Notebook, history: Sequence[Run] | None, language: str
) -> Foreseen:
    """Predict what a replay has measured.

    Args:
        cells: the code cells, judged.
        notebook: the page that was replayed.
        history: the runs of the page's kernel, oldest first; ``None`` to go by the execution counts on the page.
        language: of the kernel.
    """
    try:
        analysis = _analyzed(notebook, history, language)
    except Exception:  # a replay of hours must not be lost to a guess about it
        logging.getLogger(__name__).exception("No prediction could be made of a notebook.")
        return Foreseen(tuple(cells), None)
    if not analysis.dependencies:
        return Foreseen(tuple(cells), None)
    comparison = _Comparison(cells, notebook, analysis)
    found = tuple(replace(cell, prediction=comparison.prediction(cell)) for cell in cells)
    outcomes: Counter[PredictionOutcome] = Counter(
        cell.prediction.outcome for cell in found if cell.prediction and cell.prediction.outcome
    )
    return Foreseen(found, PredictionTotals(analysis.basis, dict(outcomes)))


def _analyzed(notebook: Notebook, history: Sequence[Run] | None, language: str) -> Analysis:
    document = [
        DocumentCell(cell.id, cell.cell_type, cell.source, cell.execution_count, tuple(cell.tags))
        for cell in notebook.cells
    ]
    return Analyzer().analyze(
        document,
        history or (),
        language=language or "python",
        basis="file" if history is None else "kernel",
    )


class _Comparison:
    """The predictions and the verdicts of one notebook."""

    def __init__(self, cells: Sequence[CellReport], notebook: Notebook, analysis: Analysis) -> None:
        self._reports = {str(cell.id): cell for cell in cells}
        self._predicted = {cell.id: cell for cell in analysis.cells}
        self._seeded = any(sets_seed(cell.source) for cell in notebook.code_cells)
        self._givers: dict[str, dict[str, str]] = {}  # of a cell: who feeds it, and by which name
        for edge in analysis.edges:
            self._givers.setdefault(edge.target, {}).setdefault(edge.source, edge.name)

    def prediction(self, cell: CellReport) -> Prediction | None:
        predicted = self._predicted.get(cell.id)
        if predicted is None:
            return None
        outcome, explanation = self._outcome(cell, predicted)
        return Prediction(
            status=predicted.status,
            message=predicted.reasons[0].message if predicted.reasons else None,
            outcome=outcome,
            cause=explanation.cause if explanation else None,
            explanation=explanation.message if explanation else None,
        )

    def _outcome(
        self, cell: CellReport, predicted: CellAnalysis
    ) -> tuple[PredictionOutcome | None, _Explanation | None]:
        if predicted.status not in _PREDICTED or cell.verdict not in _REPRODUCED | _DIFFERED:
            return None, None
        if predicted.status != "fresh":
            return ("caught" if cell.verdict in _DIFFERED else "cautious"), None
        if cell.verdict in _REPRODUCED:
            return "held", None
        explanation = self._explanation(cell)
        return ("explained" if explanation else "missed"), explanation

    def _explanation(self, cell: CellReport) -> _Explanation | None:
        if cell.cause is not None and cell.cause in _UNFORESEEABLE:
            return _Explanation(cell.cause, _UNFORESEEABLE[cell.cause])
        if cell.error is not None and cell.error.cut_short:
            return _Explanation("environment", "The replay itself cut the cell short.")
        if found := hint(cell.source, seeded=self._seeded):
            return _Explanation(found.cause, f"Perhaps because the cell {found.words}.")
        return self._from_above(cell)

    def _from_above(self, cell: CellReport) -> _Explanation | None:
        """What feeds the cell, the nearest first: one that differs too, or that depends on what is outside."""
        seen = {str(cell.id)}
        ring = [str(cell.id)]
        while ring:
            givers = {
                giver: name
                for receiver in ring
                for giver, name in self._givers.get(receiver, {}).items()
                if giver not in seen and giver in self._reports
            }
            for giver, name in givers.items():
                source = self._reports[giver]
                where = f"`{name}` from cell {source.index + 1}"
                if source.verdict in _DIFFERED:
                    return _Explanation("upstream", f"It depends on {where}, which differs too.")
                if found := hint(source.source, seeded=self._seeded):
                    return _Explanation(
                        found.cause, f"Perhaps because it depends on {where}, which {found.words}."
                    )
            seen.update(givers)
            ring = list(givers)
        return None
