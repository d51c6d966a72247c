"""What two replays disagree on, and so nothing on the page can be held to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .compare import CompareContext, CompareSettings, compare_outputs, worst
from .report import (
    CellReport,
    Difference,
    OutputComparison,
    Span,
    StructureDifference,
    TableDifference,
    TextDifference,
)

_RAN = frozenset({"same", "cosmetic", "changed", "nondeterministic", "not_comparable"})
# Where in the first replay's output something differs: characters, table cells or paths; None: it cannot be told.
_Places = frozenset[object] | None


def with_disagreement(one: CellReport, other: CellReport, settings: CompareSettings) -> CellReport:
    """A cell of a first replay, called nondeterministic if another one disagrees.

    Only what they disagree on is excused: a cell that also differs from the page elsewhere stays ``changed``.
    """
    if one.verdict not in _RAN:
        return one
    if other.verdict == "failed":
        return _nondeterministic(one, f"Another replay fails here: {other.summary}")
    if other.verdict not in _RAN:
        return one
    context = CompareContext(source=one.source, settings=settings)
    between = compare_outputs(one.replayed_outputs, other.replayed_outputs, context)
    disputed = [output for output in between if output.verdict == "changed"]
    if not disputed:
        return one
    if any(_differs_elsewhere(output, disputed) for output in one.outputs if output.verdict == "changed"):
        return replace(one, disputed=True)
    return _nondeterministic(one, f"Two replays disagree: {disputed[0].summary}")


def _nondeterministic(cell: CellReport, summary: str) -> CellReport:
    outputs = tuple(
        replace(output, verdict="nondeterministic") if output.verdict == "changed" else output
        for output in cell.outputs
    )
    return replace(cell, verdict="nondeterministic", summary=summary, outputs=outputs, disputed=True)


def _differs_elsewhere(output: OutputComparison, disputed: Sequence[OutputComparison]) -> bool:
    """Whether an output differs from the page where the replays agree."""
    same_output = [other for other in disputed if other.saved == output.replayed]
    if not same_output:
        # With no counterpart on one side, the number of outputs itself may be what varies.
        return output.replayed is not None and worst(other.verdict for other in disputed) != "changed"
    from_page = _places(output.difference, "replayed")
    from_other = _places(same_output[0].difference, "saved")
    if from_page is None or from_other is None:
        return False
    return bool(from_page - from_other)


def _places(difference: Difference | None, side: str) -> _Places:
    if isinstance(difference, TextDifference):
        return _characters(difference.replayed if side == "replayed" else difference.saved)
    if isinstance(difference, TableDifference):
        cells = difference.replayed if side == "replayed" else difference.saved
        return frozenset((cell.table, cell.row, cell.column) for cell in cells if cell.mark == "changed")
    if isinstance(difference, StructureDifference):
        return frozenset(change.path for change in difference.changes if change.mark == "changed")
    return None


def _characters(spans: Sequence[Span]) -> frozenset[object]:
    found: set[object] = set()
    start = 0
    for span in spans:
        if span.mark == "changed":
            found.update(range(start, start + len(span.text)))
        start += len(span.text)
    return frozenset(found)
