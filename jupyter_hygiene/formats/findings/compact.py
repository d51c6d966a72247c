"""Findings for programs: JSON, with a top-level ``problems`` where there are any."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ...core.hygiene.model import Finding
from .. import Problem
from . import CheckedNotebook


def render_json(notebooks: Sequence[CheckedNotebook], problems: Sequence[Problem]) -> str:
    """Write JSON text."""
    whole: dict[str, Any] = {"notebooks": [_notebook(notebook) for notebook in notebooks]}
    if problems:
        whole["problems"] = [
            {"path": problem.path, "kind": problem.kind, "message": problem.message} for problem in problems
        ]
    text = json.dumps(whole, indent=2, ensure_ascii=False)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def _notebook(notebook: CheckedNotebook) -> dict[str, Any]:
    said: dict[str, Any] = {
        "path": notebook.path,
        "findings": [_finding(finding) for finding in notebook.findings],
        "silenced": notebook.silenced,
        "fixed": [_finding(finding) for finding in notebook.fixed],
        "notes": list(notebook.notes),
    }
    if notebook.difference:
        said["diff"] = notebook.difference
    return said


def _finding(finding: Finding) -> dict[str, Any]:
    """As on the wire, with the cell's place, counted from 0 as in reports."""
    return {"index": finding.index, **finding.to_json()}
