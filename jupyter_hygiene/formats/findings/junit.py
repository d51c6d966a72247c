"""Findings for CI servers: JUnit XML, a suite per notebook and a case per finding."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence

from .. import Problem
from ..wording import without_control
from . import CheckedNotebook, place


def render_junit(notebooks: Sequence[CheckedNotebook], problems: Sequence[Problem]) -> str:
    """Write JUnit XML. What is for information only counts as skipped; a clean notebook is one case that passes."""
    root = ElementTree.Element("testsuites", name="jupyter-hygiene check")
    for notebook in notebooks:
        _suite(root, notebook)
    for problem in problems:
        suite = _counted(ElementTree.SubElement(root, "testsuite", name=_clean(problem.path)), 1, 0, 1, 0)
        case = ElementTree.SubElement(suite, "testcase", name="notebook", classname=_clean(problem.path))
        ElementTree.SubElement(case, "error", type=_clean(problem.kind), message=_clean(problem.message))
    for total in ("tests", "failures", "errors", "skipped"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, notebook: CheckedNotebook) -> None:
    info = sum(finding.severity == "info" for finding in notebook.findings)
    suite = ElementTree.SubElement(root, "testsuite", name=_clean(notebook.path))
    _counted(suite, max(1, len(notebook.findings)), len(notebook.findings) - info, 0, info)
    for finding in notebook.findings:
        where = place(finding)
        name = f"{finding.rule}: {where}" if where else finding.rule
        case = ElementTree.SubElement(suite, "testcase", name=_clean(name), classname=_clean(notebook.path))
        kind = "skipped" if finding.severity == "info" else "failure"
        told = ElementTree.SubElement(case, kind, message=_clean(finding.message))
        if kind == "failure":
            told.set("type", finding.rule)
            told.text = _clean(f"{finding.severity}: {finding.message}")
    if not notebook.findings:
        ElementTree.SubElement(suite, "testcase", name="nothing found", classname=_clean(notebook.path))


def _counted(
    suite: ElementTree.Element, tests: int, failures: int, errors: int, skipped: int
) -> ElementTree.Element:
    for name, count in (("tests", tests), ("failures", failures), ("errors", errors), ("skipped", skipped)):
        suite.set(name, str(count))
    return suite


def _clean(text: str) -> str:
    return without_control(text)
