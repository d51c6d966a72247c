"""Where predicting meets proving: what was predicted of each cell stands beside what its replay showed.

A cell that was predicted fresh and does not reproduce may have a cause that no prediction can know. One without any
was missed: a mistake of the analysis, and counted, so that such cases can be collected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from . import ignored
from .analysis.model import Analysis, CellAnalysis
from .report import CellReport, Prediction, PredictionOutcome, PredictionTotals

_REPRODUCED = frozenset({"same", "cosmetic"})
_DIFFERED = frozenset({"changed", "failed", "nondeterministic"})
_PREDICTED = frozenset({"fresh", "edited", "stale", "interrupted"})
# Causes that no analysis of the source can foresee.
_UNFORESEEABLE = frozenset({"nondeterminism", "environment", "external", "upstream"})


def with_predictions(
    cells: Sequence[CellReport], analysis: Analysis
) -> tuple[list[CellReport], PredictionTotals | None]:
    """The cells of a report, diagnosed, with what was predicted of them; no totals where nothing could be."""
    if not analysis.dependencies:
        return list(cells), None
    predicted = {cell.id: cell for cell in analysis.cells}
    found = [replace(cell, prediction=_prediction(cell, predicted.get(cell.id))) for cell in cells]
    outcomes: Counter[PredictionOutcome] = Counter(
        cell.prediction.outcome for cell in found if cell.prediction and cell.prediction.outcome
    )
    return found, PredictionTotals(analysis.basis, dict(outcomes))


def _prediction(cell: CellReport, predicted: CellAnalysis | None) -> Prediction | None:
    if predicted is None:
        return None
    outcome = _outcome(cell, predicted)
    explanation = cell.explanation if outcome == "explained" else None
    return Prediction(
        status=predicted.status,
        message=predicted.reasons[0].message if predicted.reasons else None,
        outcome=outcome,
        cause=explanation.cause if explanation else None,
        explanation=explanation.message if explanation else None,
    )


def _outcome(cell: CellReport, predicted: CellAnalysis) -> PredictionOutcome | None:
    if predicted.status not in _PREDICTED or cell.verdict not in _REPRODUCED | _DIFFERED:
        return None
    if any(ignored.NAME in output.normalised for output in cell.outputs):
        return None  # its output was not to be compared, so nothing was measured
    if predicted.status != "fresh":
        return "caught" if cell.verdict in _DIFFERED else "cautious"
    if cell.verdict in _REPRODUCED:
        return "held"
    return "explained" if cell.cause in _UNFORESEEABLE else "missed"
