"""Comparing two whole notebooks: cells paired by id, else by position. No kernel is involved."""

from __future__ import annotations

import time
from datetime import datetime, timezone

from . import verdicts
from .assessment import Circumstances, assess
from .compare import CompareContext, compare_outputs
from .configuration import Configuration, configure
from .notebook import ERROR, Cell, Notebook
from .replay import CellRun
from .report import CellReport, KernelInfo, ReplayError, Report


def compare_notebooks(
    saved: Notebook, replayed: Notebook, *, path: str = "", configuration: Configuration | None = None
) -> Report:
    """Compare the outputs of two notebooks, as a verification would had the second one been its replay.

    Args:
        configuration: what is set for the first one; if not given, what its own metadata say.

    Raises:
        InvalidSettings: they say something impossible.
    """
    started = time.monotonic()
    chosen = configuration or configure(saved, None)
    pairs = _pairs(saved.code_cells, replayed.code_cells)
    cells = [compare_cells(cell, other, saved, replayed, chosen) for cell, other in pairs]
    rewritten = frozenset(
        str(cell.id)
        for cell, other in pairs
        if other is not None and cell.source.strip() != other.source.strip()
    )
    assessment = assess(
        cells, chosen.tagged(saved), Circumstances(language=saved.language or "python", rewritten=rewritten)
    )
    return Report(
        path=path,
        verdict=verdicts.notebook_verdict(cells),
        headline=verdicts.headline(cells),
        seconds=time.monotonic() - started,
        created=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        kernel=KernelInfo(replayed.kernel_name or "", language=replayed.language),
        cells=assessment.cells,
        counts=verdicts.counts(cells),
        notes=(*chosen.notes, *chosen.afterthoughts(), *assessment.notes),
        root_causes=assessment.root_causes,
    )


def _pairs(saved: tuple[Cell, ...], replayed: tuple[Cell, ...]) -> list[tuple[Cell, Cell | None]]:
    by_id = {cell.id: cell for cell in replayed}
    if any(cell.id in by_id for cell in saved):
        return [(cell, by_id.get(cell.id)) for cell in saved]
    rest: list[Cell | None] = [*replayed, *[None] * max(0, len(saved) - len(replayed))]
    return list(zip(saved, rest, strict=False))


def compare_cells(
    cell: Cell, other: Cell | None, saved: Notebook, replayed: Notebook, configuration: Configuration
) -> CellReport:
    """Judge a cell of one notebook by its counterpart in the other, if that has one."""
    treatment = configuration.treatment(cell)
    if treatment.skipped:
        return verdicts.cell_report(CellRun(cell, "skipped", treatment=treatment), ())
    if other is None:
        return verdicts.cell_report(
            CellRun(cell, "not_reached"), (), blocked_by="the other notebook has no such cell"
        )
    if not cell.outputs and not other.outputs:
        run = CellRun(cell, "empty" if cell.is_empty else "ok", execution_count=other.execution_count)
        return verdicts.cell_report(run, ())
    context = CompareContext(
        source=cell.source,
        language=saved.language or "python",
        saved_widgets=saved.widget_state,
        replayed_widgets=replayed.widget_state,
        settings=configuration.comparison(cell),
    )
    comparisons = compare_outputs(cell.outputs, other.outputs, context)
    error = next((output for output in other.outputs if output.output_type == ERROR), None)
    run = CellRun(
        cell,
        "empty" if cell.is_empty else "error" if error else "ok",
        execution_count=other.execution_count,
        outputs=other.outputs,
        error=ReplayError(error.ename, error.evalue) if error else None,
        treatment=treatment,
    )
    return verdicts.cell_report(run, comparisons)
