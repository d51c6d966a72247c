"""The report for programs: ``CompactReport`` of the schema, with a top-level ``problems`` where there are any."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..core.report import CellReport, Report
from . import Problem


def compact_report(reports: Sequence[Report], problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """The report as JSON values."""
    whole: dict[str, Any] = {"notebooks": [_notebook(report) for report in reports]}
    if problems:
        whole["problems"] = [
            {"path": problem.path, "kind": problem.kind, "message": problem.message} for problem in problems
        ]
    return whole


def render_json(reports: Sequence[Report], problems: Sequence[Problem]) -> str:
    """The report as JSON text."""
    text = json.dumps(compact_report(reports, problems), indent=2, ensure_ascii=False)
    # Half a surrogate pair in an output is no text that a stream would take.
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def _notebook(report: Report) -> dict[str, Any]:
    return {
        "path": report.path,
        "verdict": report.verdict,
        "headline": report.headline,
        "seconds": round(report.seconds, 3),
        "predictions": report.predictions.to_json() if report.predictions else None,
        "root_causes": [root.to_json() for root in report.root_causes],
        "notes": list(report.notes),
        "cells": [_cell(cell) for cell in report.cells],
    }


def _cell(cell: CellReport) -> dict[str, Any]:
    return {
        "id": cell.id,
        "index": cell.index,
        "verdict": cell.verdict,
        "cause": cell.cause,
        "summary": cell.summary,
        "seconds": round(cell.seconds, 3),
        "outputs": [output.to_json() for output in cell.outputs],
        "prediction": cell.prediction.to_json() if cell.prediction else None,
        "explanation": cell.explanation.to_json() if cell.explanation else None,
    }
