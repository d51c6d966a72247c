"""What a finished comparison is worth: the cause of each verdict, the predictions beside them, the problems behind."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .analysis import Analyzer, DocumentCell, Run
from .analysis.model import Analysis, Basis
from .causes import Evidence, diagnose, root_causes
from .listing import listed
from .notebook import Notebook
from .predictions import with_predictions
from .report import CellReport, PredictionTotals, RootCause

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Circumstances:
    """What is known of a replay besides its outputs.

    ``history``: the runs of the page's kernel, oldest first; ``None`` to go by the execution counts on the page.
    ``repeated``: whether more than one replay was compared. ``folder`` and ``path``: where the notebook lies, if that
    is on this machine. ``versions``: of the modules that the replay had imported, and of its Python. ``rewritten``: for
    two notebooks that were compared, without a replay, the ids of the cells whose code is not the same in both.
    """

    language: str = "python"
    history: Sequence[Run] | None = None
    repeated: bool = False
    folder: Path | None = None
    path: str = ""
    versions: Mapping[str, str] | None = None
    rewritten: frozenset[str] | None = None


@dataclass(frozen=True)
class Assessment:
    """The cells of a report with cause and prediction; ``predictions`` is ``None`` where none could be made.

    ``notes``: what a reader should know of explanations that are missing.
    """

    cells: tuple[CellReport, ...]
    predictions: PredictionTotals | None
    root_causes: tuple[RootCause, ...]
    notes: tuple[str, ...] = ()


def assess(cells: Sequence[CellReport], notebook: Notebook, circumstances: Circumstances) -> Assessment:
    """Explain the code cells of a notebook that has been replayed or compared."""
    try:
        basis: Basis = "file" if circumstances.history is None else "kernel"
        analysis = _analyzed(notebook, circumstances, basis)
        is_unknown = basis == "kernel" and any(cell.status == "unrun" for cell in analysis.cells)
        evidence = Evidence(
            notebook,
            analysis,
            circumstances.history or (),
            circumstances.repeated,
            circumstances.folder,
            circumstances.path,
            circumstances.versions or {},
            _analyzed(notebook, circumstances, "file") if is_unknown else None,
            circumstances.language,
            circumstances.rewritten,
        )
        diagnosed, failed = diagnose(cells, evidence)
        predicted, totals = with_predictions(diagnosed, analysis)
        return Assessment(tuple(predicted), totals, root_causes(predicted), _notes_on(failed))
    except Exception:  # a replay of hours must not be lost to a guess about it
        log.exception("The causes of a notebook's verdicts could not be told.")
        note = "jupyter-hygiene itself failed at telling why cells differ; please report this."
        return Assessment(tuple(cells), None, (), (note,))


def _notes_on(failed: Sequence[CellReport]) -> tuple[str, ...]:
    if not failed:
        return ()
    which = f"{listed([cell.index + 1 for cell in failed])} (counted from the top)"
    cells = f"cell {which} differs" if len(failed) == 1 else f"cells {which} differ"
    return (f"jupyter-hygiene itself failed at telling why {cells}; please report this.",)


def _analyzed(notebook: Notebook, circumstances: Circumstances, basis: Basis) -> Analysis:
    document = [
        DocumentCell(cell.id, cell.cell_type, cell.source, cell.execution_count, tuple(cell.tags))
        for cell in notebook.cells
    ]
    return Analyzer().analyze(
        document,
        (circumstances.history or ()) if basis == "kernel" else (),
        language=circumstances.language or "python",
        basis=basis,
    )
