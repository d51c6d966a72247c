"""The report for CI servers: JUnit XML, a suite per notebook and a case per code cell."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence

from ..core.report import CellReport, Report
from . import Problem
from .wording import BAD_CELLS, deciding, explanation, first_line, without_control, word

_SKIPPED = frozenset({"skipped", "unsaved", "not_comparable"})


def render_junit(reports: Sequence[Report], problems: Sequence[Problem]) -> str:
    """Write JUnit XML."""
    root = ElementTree.Element("testsuites", name="jupyter-hygiene")
    for report in reports:
        _suite(root, report)
    for problem in problems:
        suite = ElementTree.SubElement(
            root, "testsuite", name=_clean(problem.path), tests="1", failures="0", errors="1", skipped="0"
        )
        case = ElementTree.SubElement(suite, "testcase", name="notebook", classname=_clean(problem.path))
        error = ElementTree.SubElement(
            case, "error", type=_clean(problem.kind), message=_clean(problem.message)
        )
        error.text = _clean(problem.message)
    for total in ("tests", "failures", "errors", "skipped"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    root.set("time", f"{sum(report.seconds for report in reports):.3f}")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, report: Report) -> None:
    verdicts = [cell.verdict for cell in report.cells]
    suite = ElementTree.SubElement(
        root,
        "testsuite",
        name=_clean(report.path),
        tests=str(len(verdicts)),
        failures=str(sum(verdict in BAD_CELLS and verdict != "failed" for verdict in verdicts)),
        errors=str(verdicts.count("failed")),
        skipped=str(sum(verdict in _SKIPPED for verdict in verdicts)),
        time=f"{report.seconds:.3f}",
        timestamp=_clean(report.created.removesuffix("Z")[:19]),
    )
    for cell in report.cells:
        _case(suite, report, cell)
    if report.notes:
        ElementTree.SubElement(suite, "system-out").text = _clean("\n".join(report.notes))


def _case(suite: ElementTree.Element, report: Report, cell: CellReport) -> None:
    case = ElementTree.SubElement(
        suite,
        "testcase",
        name=_clean(f"cell {cell.index + 1}: {first_line(cell.source)}"),
        classname=_clean(report.path),
        time=f"{cell.seconds:.3f}",
    )
    message = _clean(explanation(cell))
    if cell.verdict == "failed":
        kind = cell.error.name if cell.error else "failed"
        error = ElementTree.SubElement(case, "error", type=_clean(kind), message=message)
        error.text = _clean("\n".join([cell.error.message if cell.error else cell.summary, *_why(cell)]))
    elif cell.verdict in BAD_CELLS:
        failure = ElementTree.SubElement(case, "failure", type=word(cell.verdict), message=message)
        failure.text = _clean(
            "\n".join([*(f"{output.mime}: {output.summary}" for output in deciding(cell)), *_why(cell)])
        )
    elif cell.verdict in _SKIPPED:
        ElementTree.SubElement(case, "skipped", message=message or word(cell.verdict))


def _why(cell: CellReport) -> list[str]:
    explanation = cell.explanation
    return [text for text in (explanation.message, explanation.action) if text] if explanation else []


def _clean(text: str) -> str:
    return without_control(text)
