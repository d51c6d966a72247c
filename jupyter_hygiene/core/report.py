"""The report model: what a verification says of a notebook, its cells and their outputs.

Plain frozen data. How it is reached is decided in ``compare`` and ``verdicts``; how it is shown, in
``formats`` and in the browser. ``to_json`` gives the shapes of ``schemas/api.schema.json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from .notebook import CellId, Output

if TYPE_CHECKING:
    from .analysis.model import Basis, Status

OutputVerdict = Literal["same", "cosmetic", "changed", "nondeterministic", "not_comparable"]
CellVerdict = Literal[
    "same",
    "cosmetic",
    "changed",
    "nondeterministic",
    "not_comparable",
    "failed",
    "unsaved",
    "skipped",
    "not_reached",
]
NotebookVerdict = Literal["reproduced", "differs", "failed", "unverified"]
Cause = Literal[
    "edited",
    "hidden_state",
    "out_of_order",
    "nondeterminism",
    "upstream",
    "environment",
    "external",
    "unknown",
]
# What became of a prediction: a fresh cell reproduced (held) or did not, for a reason that no prediction can know
# (explained) or for none (missed); a cell predicted otherwise did differ (caught) or did not (cautious).
PredictionOutcome = Literal["held", "caught", "cautious", "explained", "missed"]
SpanMark = Literal["same", "changed", "excused"]
Mark = Literal["changed", "excused"]

# From best to worst: a cell's verdict is the worst of its outputs.
SEVERITY: tuple[OutputVerdict, ...] = ("same", "cosmetic", "not_comparable", "nondeterministic", "changed")


@dataclass(frozen=True)
class Span:
    """A run of text; ``excused`` text differs in a way that has no meaning."""

    text: str
    mark: SpanMark = "same"


@dataclass(frozen=True)
class TextDifference:
    saved: tuple[Span, ...]
    replayed: tuple[Span, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": "text",
            "saved": [{"text": span.text, "mark": span.mark} for span in self.saved],
            "replayed": [{"text": span.text, "mark": span.mark} for span in self.replayed],
        }


@dataclass(frozen=True)
class CellPosition:
    """A cell of an HTML table: which table, which ``tr`` in it, which ``td``/``th`` in that row, all from 0."""

    table: int
    row: int
    column: int
    mark: Mark = "changed"

    def to_json(self) -> dict[str, Any]:
        return {"table": self.table, "row": self.row, "column": self.column, "mark": self.mark}


@dataclass(frozen=True)
class TableDifference:
    saved: tuple[CellPosition, ...]
    replayed: tuple[CellPosition, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": "table",
            "saved": [position.to_json() for position in self.saved],
            "replayed": [position.to_json() for position in self.replayed],
        }


@dataclass(frozen=True)
class ImageDifference:
    """``picture``: a PNG in base64 in which differing pixels are marked. ``fraction``: their share, 0 to 1."""

    picture: str | None
    fraction: float
    saved_size: tuple[int, int] | None
    replayed_size: tuple[int, int] | None

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": "image",
            "picture": self.picture,
            "fraction": self.fraction,
            "saved_size": list(self.saved_size) if self.saved_size else None,
            "replayed_size": list(self.replayed_size) if self.replayed_size else None,
        }


@dataclass(frozen=True)
class ValueChange:
    """A value in a JSON structure, at ``path``, as JSON text on either side (``None``: missing)."""

    path: str
    saved: str | None
    replayed: str | None
    mark: Mark = "changed"

    def to_json(self) -> dict[str, Any]:
        return {"path": self.path, "saved": self.saved, "replayed": self.replayed, "mark": self.mark}


@dataclass(frozen=True)
class StructureDifference:
    changes: tuple[ValueChange, ...]

    def to_json(self) -> dict[str, Any]:
        return {"kind": "structure", "changes": [change.to_json() for change in self.changes]}


Difference = TextDifference | TableDifference | ImageDifference | StructureDifference


@dataclass(frozen=True)
class OutputComparison:
    """The comparison of one output of the page with its counterpart in the replay (either may be missing)."""

    verdict: OutputVerdict
    mime: str
    summary: str
    normalised: tuple[str, ...] = ()
    saved: Output | None = None
    replayed: Output | None = None
    difference: Difference | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "mime": self.mime,
            "summary": self.summary,
            "normalised": list(self.normalised),
        }

    def detail_json(self) -> dict[str, Any]:
        return {
            **self.to_json(),
            "saved": self.saved.to_json() if self.saved else None,
            "replayed": self.replayed.to_json() if self.replayed else None,
            "difference": self.difference.to_json() if self.difference else None,
        }


@dataclass(frozen=True)
class ReplayError:
    """The error that ended a cell.

    ``name`` is the exception's type. Where the replay itself cut the cell short (``cut_short``), whatever is on
    the page, it is Timeout, KernelDied, OutputLimit, AsksForInput or Aborted.
    """

    name: str
    message: str
    hint: str | None = None
    cut_short: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "message": self.message, "hint": self.hint}


@dataclass(frozen=True)
class Explanation:
    """Why a cell has the verdict that it has.

    ``cell_id`` is the cell in which the cause lies: the cell itself, or the one that it follows from; ``None`` where
    the cause lies in no cell of the document. ``line`` counts from 1 in that cell's source. ``root`` is
    what the other cell's explanation is, or would be if it showed a difference itself.
    """

    cause: Cause
    message: str
    action: str = ""
    cell_id: CellId | None = None
    line: int | None = None
    name: str | None = None
    root: Explanation | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "message": self.message,
            "action": self.action,
            "cell_id": self.cell_id,
            "line": self.line,
            "name": self.name,
        }


@dataclass(frozen=True)
class RootCause:
    """One problem, the one action that helps, and the cells that differ or fail because of it, in document order."""

    cause: Cause
    message: str
    action: str
    cell_id: CellId | None
    line: int | None
    cells: tuple[CellId, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "cause": self.cause,
            "message": self.message,
            "action": self.action,
            "cell_id": self.cell_id,
            "line": self.line,
            "cells": list(self.cells),
        }


@dataclass(frozen=True)
class Prediction:
    """What was predicted of a cell before its replay, and what became of that.

    ``status`` and ``message`` are the analysis's (its status, its first reason). ``outcome`` is ``None`` where
    nothing was predicted or nothing measured. ``explanation`` is for a cell that was predicted fresh and differs:
    the best there is, with its ``cause``.
    """

    status: Status
    message: str | None = None
    outcome: PredictionOutcome | None = None
    cause: Cause | None = None
    explanation: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "message": self.message,
            "outcome": self.outcome,
            "cause": self.cause,
            "explanation": self.explanation,
        }


@dataclass(frozen=True)
class PredictionTotals:
    """How many cells of a notebook had which outcome. ``basis``: what the runs were known from."""

    basis: Basis
    counts: Mapping[PredictionOutcome, int]

    def to_json(self) -> dict[str, Any]:
        return {
            "basis": self.basis,
            **{outcome: self.counts.get(outcome, 0) for outcome in get_args(PredictionOutcome)},
        }


@dataclass(frozen=True)
class CellReport:
    """All that is said of one code cell, with what was compared."""

    id: CellId
    index: int
    verdict: CellVerdict
    summary: str
    source: str
    seconds: float = 0.0
    cause: Cause | None = None
    execution_count: int | None = None
    error: ReplayError | None = None
    outputs: tuple[OutputComparison, ...] = ()
    saved_outputs: tuple[Output, ...] = ()
    replayed_outputs: tuple[Output, ...] = ()
    prediction: Prediction | None = None
    explanation: Explanation | None = None
    disputed: bool = False  # two replays disagree on something in it, whatever else differs from the page

    def mark_json(self) -> dict[str, Any]:
        return {"id": self.id, "index": self.index, "verdict": self.verdict, "summary": self.summary}

    def to_json(self) -> dict[str, Any]:
        return {
            **self.mark_json(),
            "cause": self.cause,
            "seconds": round(self.seconds, 3),
            "execution_count": self.execution_count,
            "error": self.error.to_json() if self.error else None,
            "outputs": [output.to_json() for output in self.outputs],
            "prediction": self.prediction.to_json() if self.prediction else None,
            "explanation": self.explanation.to_json() if self.explanation else None,
        }

    def detail_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "index": self.index,
            "source": self.source,
            "verdict": self.verdict,
            "execution_count": self.execution_count,
            "saved_outputs": [output.to_json() for output in self.saved_outputs],
            "replayed_outputs": [output.to_json() for output in self.replayed_outputs],
            "outputs": [output.detail_json() for output in self.outputs],
        }


@dataclass(frozen=True)
class FileChange:
    """A file in the notebook's folder that the replay touched; ``path`` is relative to that folder."""

    path: str
    change: Literal["created", "changed", "deleted"]

    def to_json(self) -> dict[str, Any]:
        return {"path": self.path, "change": self.change}


@dataclass(frozen=True)
class KernelInfo:
    name: str
    display_name: str = ""
    language: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "display_name": self.display_name or self.name, "language": self.language}


@dataclass(frozen=True)
class Report:
    """The outcome of a verification. ``created`` is ISO 8601 in UTC; ``seconds`` is wall time."""

    path: str
    verdict: NotebookVerdict
    headline: str
    seconds: float
    created: str
    kernel: KernelInfo
    cells: tuple[CellReport, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[FileChange, ...] = ()
    notes: tuple[str, ...] = ()
    truncated: bool = False  # output of some cell was cut at a limit
    predictions: PredictionTotals | None = None
    root_causes: tuple[RootCause, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "verdict": self.verdict,
            "headline": self.headline,
            "seconds": round(self.seconds, 3),
            "created": self.created,
            "counts": dict(self.counts),
            "kernel": self.kernel.to_json(),
            "options": dict(self.options),
            "files": [change.to_json() for change in self.files],
            "notes": list(self.notes),
            "predictions": self.predictions.to_json() if self.predictions else None,
            "root_causes": [root.to_json() for root in self.root_causes],
            "cells": [cell.to_json() for cell in self.cells],
        }
