"""How the cells of a page stand to a verification of it: which verdicts still hold, and which are decided anew.

A verdict speaks of what a cell shows and of what a clean run of the page gave. So it holds no longer where the code of
the cell, or of what it depends on, is another one; a cell that only shows something else is judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from . import verdicts
from .analysis import Analyzer, DocumentCell, Run
from .compare import compare_outputs, worst
from .configuration import Configuration
from .notebook import ERROR, Cell, CellId, Notebook, Output
from .pairing import compare_cells
from .report import CellReport, CellVerdict, NotebookVerdict, ReplayError

MatchStatus = Literal["current", "taken", "judged", "outdated"]

_PYTHON = frozenset({"python", "ipython", ""})
_Told = tuple[CellVerdict, str]  # a verdict, and its summary
_NOT_RUN = frozenset({"skipped", "not_reached"})


@dataclass(frozen=True)
class CellMatch:
    """How one verified cell stands.

    ``current``: it is as it was verified, and its verdict holds. ``taken``: it shows what the replay gave.
    ``judged``: it shows something else than either, and ``verdict`` is of that. ``outdated``: its code, or code that
    it depends on, is another one, or the cell is gone; ``summary`` says which. No verdict while the replay goes on.
    """

    id: CellId
    status: MatchStatus
    verdict: CellVerdict | None
    summary: str

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "status": self.status, "verdict": self.verdict, "summary": self.summary}


@dataclass(frozen=True)
class Matching:
    """All verified cells, and what the verdicts that hold come to; ``None`` where none of them does."""

    cells: tuple[CellMatch, ...]
    verdict: NotebookVerdict | None = None
    headline: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "cells": [cell.to_json() for cell in self.cells],
            "verdict": self.verdict,
            "headline": self.headline,
        }


def match(
    page: Notebook,
    verified: Iterable[Mapping[str, Any]],
    reported: Sequence[Mapping[str, Any]] | None,
    configuration: Configuration,
    *,
    known: Mapping[str, MatchStatus] | None = None,
    by_text: bool = False,
) -> Matching:
    """How each verified cell stands on a page.

    Args:
        verified: cell details, as ``CellReport.detail_json`` gives them.
        reported: the cells of the report, as ``CellReport.to_json`` gives them; ``None`` while there is none.
        known: cells that show what they did when they were verified (``current``), or what the replay gave (``taken``).
            Their outputs are not looked at.
        by_text: take any change of a source for a change of the code, instead of reading it.
    """
    details = list(verified)
    cells = {cell.id: cell for cell in page.code_cells}
    outdated = _outdated(page, details, by_text)
    found: list[CellMatch] = []
    reports: list[CellReport] = []
    for number, detail in enumerate(details):
        cell_id = CellId(str(detail["id"]))
        report = reported[number] if reported is not None else None
        verdict: CellVerdict | None = report["verdict"] if report else None
        if cell_id in outdated:
            found.append(CellMatch(cell_id, "outdated", verdict, outdated[cell_id]))
            continue
        cell = cells[cell_id]
        status = (known or {}).get(cell_id) or _shown(cell, detail)
        if report is None:
            found.append(CellMatch(cell_id, status, None, ""))
            continue
        told = report["verdict"], str(report["summary"])
        if status == "taken":
            told = "same", "The output is that of the replay."
        elif status == "outdated":
            status, told = _judged_anew(cell, detail, told, page, configuration)
        found.append(CellMatch(cell_id, status, *told))
        reports.append(_as_report(cell, told, report))
    if not reports:
        return Matching(tuple(found))
    return Matching(tuple(found), verdicts.notebook_verdict(reports), verdicts.headline(reports))


def known_from_json(raw: Any) -> dict[str, MatchStatus]:
    """What a request says of cells that need not be looked at; what makes no sense is left out."""
    if not isinstance(raw, Mapping):
        return {}
    return {str(cell_id): status for cell_id, status in raw.items() if status in ("current", "taken")}


def _outdated(page: Notebook, details: Sequence[Mapping[str, Any]], by_text: bool) -> dict[CellId, str]:
    """Cells that a clean run would no longer give as the replay did, each with why."""
    sources = {cell.id: cell.source for cell in page.code_cells}
    found: dict[CellId, str] = {}
    is_read = not by_text and (page.language or "").lower() in _PYTHON
    read = _by_reading(page, details) if is_read else {}
    blocked = ""
    for detail in details:
        cell_id = CellId(str(detail["id"]))
        if cell_id not in sources:
            found[cell_id] = "The cell is no longer there."
            continue
        status, why = read.get(cell_id, ("unknown", ""))
        if status in ("edited", "stale"):
            found[cell_id] = why
        elif status != "fresh" and sources[cell_id] != detail["source"]:
            found[cell_id] = "This cell was edited since it was verified."
        if detail.get("verdict") == "not_reached":
            if blocked and cell_id not in found:
                found[cell_id] = "A cell above was edited since it was verified."
        elif cell_id in found:
            blocked = cell_id
    return found


def _by_reading(page: Notebook, details: Sequence[Mapping[str, Any]]) -> dict[CellId, tuple[str, str]]:
    """The cells of the page, after a clean run of what was verified: status, and a sentence."""
    history = [
        Run(str(detail["source"]), number, str(detail["id"]), "error" if _raised(detail) else "ok")
        for number, detail in enumerate(details, 1)
        if detail.get("verdict") not in _NOT_RUN
    ]
    document = [
        DocumentCell(cell.id, cell.cell_type, cell.source, cell.execution_count, tuple(cell.tags))
        for cell in page.cells
    ]
    return {
        CellId(cell.id): (status, _told(status)) for cell, status, _ in Analyzer().reasons(document, history)
    }


def _told(status: str) -> str:
    if status == "edited":
        return "This cell was edited since it was verified."
    return "What this cell depends on was changed since it was verified."


def _raised(detail: Mapping[str, Any]) -> bool:
    return any(output.get("output_type") == ERROR for output in detail["replayed_outputs"])


def _shown(cell: Cell, detail: Mapping[str, Any]) -> MatchStatus:
    """Whose outputs a cell shows."""
    if _look_the_same(cell.outputs, detail["saved_outputs"]):
        return "current"
    if detail.get("verdict") not in _NOT_RUN and _look_the_same(cell.outputs, detail["replayed_outputs"]):
        return "taken"
    return "outdated"


def _look_the_same(outputs: Sequence[Output], raw: Sequence[Any]) -> bool:
    then = tuple(Output.from_json(output) for output in raw)
    return (
        then == tuple(outputs) or worst(output.verdict for output in compare_outputs(then, outputs)) == "same"
    )


def _judged_anew(
    cell: Cell, detail: Mapping[str, Any], told: _Told, page: Notebook, configuration: Configuration
) -> tuple[MatchStatus, _Told]:
    """What is to be said of a cell that shows neither what it did nor what the replay gave.

    Args:
        told: what the report says.
    """
    former = told[0]
    if former in _NOT_RUN or (former == "failed" and not _raised(detail)):
        return "current", told  # the replay did not come to its end
    replayed = Cell(
        cell.id,
        cell.index,
        cell.cell_type,
        str(detail["source"]),
        detail["execution_count"],
        tuple(Output.from_json(output) for output in detail["replayed_outputs"]),
    )
    judged = compare_cells(cell, replayed, page, Notebook((), {}), configuration)
    if judged.verdict == "changed" and former == "nondeterministic":
        return "judged", told
    return "judged", (judged.verdict, judged.summary)


def _as_report(cell: Cell, told: _Told, report: Mapping[str, Any]) -> CellReport:
    """As much of a report as a headline is made of."""
    error = report["error"] if told[0] == report["verdict"] else None
    return CellReport(
        id=cell.id,
        index=cell.index,
        verdict=told[0],
        summary=told[1],
        source=cell.source,
        error=ReplayError(str(error["name"]), str(error["message"])) if error else None,
    )
