"""Findings for people at a terminal: by notebook, in document order, each with the line that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ...core.hygiene.model import SEVERITIES, Finding
from .. import Problem
from ..painting import Paint, one_line
from ..wording import without_control
from . import CheckedNotebook, place

_SIGNS = {"error": "✗", "warning": "!", "info": "i"}
_COLOURS = {"error": "red", "warning": "yellow", "info": "dim"}
_WIDEST = 100


def render_text(
    notebooks: Sequence[CheckedNotebook], problems: Sequence[Problem], *, colour: bool = False
) -> str:
    """Write the findings for people."""
    paint = Paint(colour)
    lines: list[str] = []
    for notebook in notebooks:
        if notebook.findings or notebook.fixed or notebook.notes:
            lines.extend(_notebook(notebook, paint))
    for problem in problems:
        lines.append(paint(f"! {one_line(problem.path)}", "red") + f"  {' '.join(problem.message.split())}")
    lines.append(_total(notebooks, problems, paint))
    return without_control("\n".join(lines)) + "\n" if not colour else "\n".join(lines) + "\n"


def _notebook(notebook: CheckedNotebook, paint: Paint) -> Iterator[str]:
    yield paint(one_line(notebook.path), "bold")
    if notebook.difference:
        yield from notebook.difference.rstrip("\n").split("\n")
    for finding in notebook.findings:
        yield from _finding(finding, notebook, paint)
    if notebook.fixed:
        rules = Counter(finding.rule for finding in notebook.fixed)
        what = "would be mended" if notebook.difference else "mended"
        yield paint(
            f"  ✓ {what}: {', '.join(_counted(rule, count) for rule, count in rules.items())}", "green"
        )
    for note in notebook.notes:
        yield paint(f"  {note}", "dim")
    yield ""


def _counted(rule: str, count: int) -> str:
    return f"{rule} ({count})" if count > 1 else rule


def _finding(finding: Finding, notebook: CheckedNotebook, paint: Paint) -> Iterator[str]:
    where = place(finding)
    head = paint(f"  {_SIGNS[finding.severity]} ", _COLOURS[finding.severity])
    rule = paint(f"[{finding.rule}]", "dim")
    yield f"{head}{f'{where}: ' if where else ''}{finding.message} {rule}"
    source = notebook.sources.get(finding.index) if finding.index is not None else None
    if source is not None and finding.line and not finding.in_output:
        lines = source.split("\n")
        if finding.line <= len(lines):
            text = lines[finding.line - 1].strip()
            if text:
                shown = text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
                yield paint(f"      {shown}", "dim")


def _total(notebooks: Sequence[CheckedNotebook], problems: Sequence[Problem], paint: Paint) -> str:
    counts = Counter(finding.severity for notebook in notebooks for finding in notebook.findings)
    parts = [_plural(counts[severity], severity) for severity in SEVERITIES if counts[severity]]
    said = f"{_plural(len(notebooks), 'notebook')} checked: {', '.join(parts) if parts else 'nothing found'}"
    silenced = sum(notebook.silenced for notebook in notebooks)
    if silenced:
        said += f", {silenced} silenced"
    fixed = sum(len(notebook.fixed) for notebook in notebooks)
    if fixed:
        said += f", {fixed} mended" if not any(notebook.difference for notebook in notebooks) else ""
    mendable = sum(
        any(fix.safe for fix in each.fixes) for notebook in notebooks for each in notebook.findings
    )
    if mendable and not fixed:
        said += f". --fix mends {mendable}"
    if problems:
        said += f"; {_plural(len(problems), 'notebook')} could not be checked"
    return paint(f"{said}.", "bold")


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 or noun == "info" else f"{count} {noun}s"
