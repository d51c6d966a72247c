"""The report for people at a terminal: a headline per notebook, then only what needs a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..core.report import CellReport, OutputComparison, Report, Span, TextDifference
from . import Problem
from .painting import Paint, one_line
from .wording import (
    SIGNS,
    cell_numbers,
    deciding,
    explanation,
    first_line,
    foresight,
    noteworthy,
    own_words,
    without_control,
    word,
)

_MOST_LINES = 4
_WIDEST = 110
_VERDICT_COLOURS = {"reproduced": "green", "differs": "red", "failed": "red", "unverified": "yellow"}
_QUIET_CELLS = frozenset({"skipped", "unsaved", "not_reached"})


def render_text(reports: Sequence[Report], problems: Sequence[Problem], *, colour: bool = False) -> str:
    """Write the report for people."""
    paint = Paint(colour)
    lines: list[str] = []
    width = max((len(one_line(report.path)) for report in reports), default=0)
    for report in reports:
        lines.extend(_notebook(report, min(width, 60), paint))
    for problem in problems:
        lines.append(paint(f"! {one_line(problem.path)}", "red") + f"  {_one_line(problem.message)}")
    lines.append(_total(reports, problems, paint))
    return "\n".join(lines) + "\n"


def _notebook(report: Report, width: int, paint: Paint) -> Iterator[str]:
    colour = _VERDICT_COLOURS[report.verdict]
    head = f"{SIGNS[report.verdict]} {one_line(report.path):<{width}}"
    yield f"{paint(head, colour)}  {_one_line(report.headline)}  {paint(f'{report.seconds:.1f} s', 'dim')}"
    yield from _problems(report, paint)
    quiet: list[CellReport] = []
    for cell in noteworthy(report):
        if cell.verdict in _QUIET_CELLS:
            quiet.append(cell)
        else:
            yield from _cell(report, cell, paint)
    for verdict, count in sorted(Counter(cell.verdict for cell in quiet).items()):
        numbers = [f"{cell.index + 1}" for cell in quiet if cell.verdict == verdict]
        listed = ", ".join(numbers[:12]) + (" …" if len(numbers) > 12 else "")
        yield paint(f"    {count} {word(verdict)}: cell {listed}", "dim")
    for note in report.notes:
        yield f"    note: {_one_line(note)}"
    if report.files:
        listed = ", ".join(f"{change.path} ({change.change})" for change in report.files[:6])
        more = f" and {len(report.files) - 6} more" if len(report.files) > 6 else ""
        yield f"    files touched: {_one_line(listed)}{more}"


def _problems(report: Report, paint: Paint) -> Iterator[str]:
    """Why: one paragraph a problem, the most important first, with what helps."""
    for number, root in enumerate(report.root_causes, 1):
        label = "why:" if number == 1 else ""
        concerned = cell_numbers(report, root.cells)
        yield f"    {paint(f'{label:<8}', 'bold')} {paint(word(root.cause), 'yellow')}  {paint(concerned, 'dim')}"
        yield f"             {_one_line(root.message)}"
        if root.action:
            yield f"             → {_one_line(root.action)}"


def _cell(report: Report, cell: CellReport, paint: Paint) -> Iterator[str]:
    name = f"cell {cell.index + 1}"
    code = _one_line(first_line(cell.source, 60))
    yield f"    {paint(f'{name:<8}', 'bold')} {paint(word(cell.verdict), 'yellow')}  {paint(code, 'dim')}"
    yield f"             {_one_line(explanation(cell))}"
    if why := own_words(report, cell):
        yield f"             {_one_line(why)}"
    if said := foresight(cell):
        yield paint(f"             {_one_line(said)}", "dim")
    for output in deciding(cell):
        yield from _difference(output, paint)


def _difference(output: OutputComparison, paint: Paint) -> Iterator[str]:
    if not isinstance(output.difference, TextDifference):
        return
    for sign, colour, spans in (
        ("−", "red", output.difference.saved),
        ("+", "green", output.difference.replayed),
    ):
        lines = list(_changed_lines(spans))
        for line in lines[:_MOST_LINES]:
            yield "             " + paint(f"{sign} {line}", colour)
        if len(lines) > _MOST_LINES:
            yield "             " + paint(f"{sign} … {len(lines) - _MOST_LINES} more lines", "dim")


def _changed_lines(spans: Sequence[Span]) -> Iterator[str]:
    """The lines in which something changed."""
    line, changed = "", False
    for span in spans:
        pieces = span.text.split("\n")
        for number, piece in enumerate(pieces):
            if number:
                if changed and line.strip():
                    yield _cut(line)
                line, changed = "", False
            line += piece
            changed = changed or (span.mark == "changed" and bool(piece))
    if changed and line.strip():
        yield _cut(line)


def _cut(line: str) -> str:
    clean = without_control(line).rstrip()
    return clean if len(clean) <= _WIDEST else clean[: _WIDEST - 1] + "…"


def _one_line(text: str) -> str:
    return " ".join(without_control(text).split())


def _total(reports: Sequence[Report], problems: Sequence[Problem], paint: Paint) -> str:
    counts = Counter(report.verdict for report in reports)
    parts = [f"{count} {verdict}" for verdict, count in sorted(counts.items())]
    if problems:
        parts.append(f"{len(problems)} could not be verified")
    number = len(reports) + len(problems)
    seconds = sum(report.seconds for report in reports)
    text = f"{number} notebook{'' if number == 1 else 's'}: {', '.join(parts) or 'nothing to do'}  ({seconds:.1f} s)"
    fine = not problems and set(counts) <= {"reproduced"}
    return paint(text, "green" if fine else "bold")
