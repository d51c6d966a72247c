"""Findings as annotations of a GitHub workflow run."""

from __future__ import annotations

from collections.abc import Sequence

from .. import Problem
from ..github import command
from . import CheckedNotebook, place

_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def render_github(notebooks: Sequence[CheckedNotebook], problems: Sequence[Problem]) -> str:
    """Write workflow commands, one a line."""
    lines = []
    for notebook in notebooks:
        for finding in notebook.findings:
            where = place(finding)
            title = f"{notebook.path}{f', {where}' if where else ''}: {finding.rule}"
            lines.append(command(_LEVELS[finding.severity], notebook.path, title, finding.message))
    for problem in problems:
        lines.append(command("error", problem.path, f"{problem.path} could not be checked", problem.message))
    return "".join(f"{line}\n" for line in lines)
