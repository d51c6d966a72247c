"""The report as annotations of a GitHub workflow run."""

from __future__ import annotations

from collections.abc import Sequence

from ..core.report import CellReport, Report
from . import Problem
from .painting import harmless
from .wording import BAD_CELLS, explanation, first_line, noteworthy, without_control, word

_MOST_ANNOTATIONS = 50


def render_github(reports: Sequence[Report], problems: Sequence[Problem]) -> str:
    """Write workflow commands, one a line."""
    lines: list[str] = []
    for report in reports:
        lines.extend(_notebook(report))
    lines.extend(
        command("error", problem.path, f"{problem.path} could not be verified", problem.message)
        for problem in problems
    )
    return "".join(f"{line}\n" for line in lines)


def _notebook(report: Report) -> list[str]:
    level = {"reproduced": "notice", "unverified": "warning"}.get(report.verdict, "error")
    lines = [command(level, report.path, report.path, report.headline)]
    cells = list(noteworthy(report))
    lines.extend(_cell(report, cell) for cell in cells[:_MOST_ANNOTATIONS] if _level(cell))
    return lines


def _level(cell: CellReport) -> str:
    if cell.verdict in BAD_CELLS and cell.verdict != "not_reached":
        return "error"
    return "warning" if cell.verdict == "not_comparable" else ""


def _cell(report: Report, cell: CellReport) -> str:
    title = f"{report.path}, cell {cell.index + 1}: {word(cell.verdict)}"
    why = [cell.explanation.message, cell.explanation.action] if cell.explanation else []
    text = "\n".join([explanation(cell), *(line for line in why if line), first_line(cell.source)])
    return command(_level(cell), report.path, title, text)


def command(level: str, path: str, title: str, message: str) -> str:
    """One annotation.

    Args:
        level: ``error``, ``warning`` or ``notice``.
    """
    # A notebook is JSON: the line of a cell in the file would tell a reader nothing, so all point at the first.
    return f"::{level} file={_property(path)},line=1,title={_property(title)}::{_data(message)}"


def _data(text: str) -> str:
    # A line end would begin another command, whoever wrote it; what acts on a terminal acts in a log as well.
    clean = harmless(without_control(text.replace("\r\n", "\n").replace("\r", "\n")))
    return clean.replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
