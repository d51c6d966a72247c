"""Hygiene findings as text: one module per format, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...core.hygiene.model import Finding
from .. import Problem

FORMATS = ("text", "json", "junit", "github", "sarif")


@dataclass(frozen=True)
class CheckedNotebook:
    """What was found in one notebook.

    Args:
        sources: of each cell with a finding, by its index, the source.
        silenced: how many findings the user has silenced.
        fixed: the findings that were mended, or would be.
        difference: what mending changes, as a unified diff.
    """

    path: str
    findings: tuple[Finding, ...]
    sources: Mapping[int, str] = field(default_factory=dict)
    silenced: int = 0
    notes: tuple[str, ...] = ()
    fixed: tuple[Finding, ...] = ()
    difference: str = ""


def render_findings(
    notebooks: Sequence[CheckedNotebook], problems: Sequence[Problem], format: str, *, colour: bool = False
) -> str:
    """Findings and problems in one of ``FORMATS``. Only the text format knows colours.

    Raises:
        ValueError: there is no such format.
    """
    if format == "text":
        from .text import render_text

        return render_text(notebooks, problems, colour=colour)
    if format == "json":
        from .compact import render_json

        return render_json(notebooks, problems)
    if format == "junit":
        from .junit import render_junit

        return render_junit(notebooks, problems)
    if format == "github":
        from .github import render_github

        return render_github(notebooks, problems)
    if format == "sarif":
        from .sarif import render_sarif

        return render_sarif(notebooks, problems)
    raise ValueError(f"no such format: {format}; there are {', '.join(FORMATS)}")


def place(finding: Finding) -> str:
    """Where a finding is, in words: "cell 3, line 2", counted from 1; empty for the notebook as a whole."""
    if finding.index is None:
        return ""
    where = f"cell {finding.index + 1}"
    if finding.in_output:
        return f"{where}, output"
    return f"{where}, line {finding.line}" if finding.line else where
