"""The report as one HTML document that does nothing: no scripts, no requests, every text escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from ..core.report import CellReport, Report, RootCause
from . import Problem
from .html_outputs import output_pair
from .html_style import STYLE
from .wording import QUIET, SIGNS, deciding, explanation, foresight, own_words, without_control, word

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_MOST_OUTPUTS = 30


def render_html(reports: Sequence[Report], problems: Sequence[Problem]) -> str:
    """Write the whole document."""
    body = "\n".join(
        [*(_notebook(report) for report in reports), *(_problem(problem) for problem in problems)]
    )
    title = reports[0].path if len(reports) == 1 and not problems else "Notebooks"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{_text(title)} – verification</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _text(value: str) -> str:
    return escape(without_control(value), quote=True)


def _problem(problem: Problem) -> str:
    return (
        '<section class="notebook failed">'
        f'<h1><span class="sign" aria-hidden="true">!</span> {_text(problem.path)}</h1>'
        f'<p class="headline">Could not be verified: {_text(problem.message)}</p></section>'
    )


def _notebook(report: Report) -> str:
    parts = [
        f'<section class="notebook {report.verdict}">',
        f'<h1><span class="sign" aria-hidden="true">{SIGNS[report.verdict]}</span> {_text(report.path)}</h1>',
        f'<p class="headline">{_text(report.headline)}</p>',
        f'<p class="facts">{_facts(report)}</p>',
        _counts(report),
        _overview(report),
    ]
    if report.root_causes:
        items = "".join(_root_cause(report, root) for root in report.root_causes)
        parts.append(f'<h2>Why</h2><ol class="problems">{items}</ol>')
    if report.notes:
        notes = "".join(f"<li>{_text(note)}</li>" for note in report.notes)
        parts.append(f"<h2>Notes</h2><ul>{notes}</ul>")
    if report.files:
        files = "".join(
            f"<li><code>{_text(file.path)}</code> {_text(file.change)}</li>" for file in report.files
        )
        parts.append(f"<h2>Files touched</h2><ul>{files}</ul>")
    loud = [cell for cell in report.cells if cell.verdict not in QUIET]
    if loud:
        parts.append("<h2>Cells to look at</h2>")
        parts.extend(_cell(report, cell) for cell in loud)
    parts.append("</section>")
    return "\n".join(parts)


def _root_cause(report: Report, root: RootCause) -> str:
    links = ", ".join(
        f'<a href="#{_anchor(report, cell)}">{cell.index + 1}</a>'
        for cell in report.cells
        if cell.id in root.cells
    )
    action = f'<p class="action">{_with_code(root.action)}</p>' if root.action else ""
    cells = "Cell" if len(root.cells) == 1 else "Cells"
    return (
        f'<li><p><b class="cause">{_text(word(root.cause))}</b> {_with_code(root.message)}</p>'
        f'{action}<p class="facts">{cells} {links}</p></li>'
    )


def _with_code(sentence: str) -> str:
    """A sentence, what stands in backticks as code."""
    parts = sentence.split("`")
    if len(parts) % 2 == 0:
        return _text(sentence)
    return "".join(
        f"<code>{_text(part)}</code>" if place % 2 else _text(part) for place, part in enumerate(parts)
    )


def _facts(report: Report) -> str:
    kernel = report.kernel.display_name or report.kernel.name
    return _text(f"{report.seconds:.1f} s · {kernel} · {report.created}")


def _counts(report: Report) -> str:
    items = "".join(
        f'<li class="{_text(verdict)}"><b>{count}</b> {_text(word(verdict))}</li>'
        for verdict, count in report.counts.items()
        if count
    )
    return f'<ul class="counts" aria-label="Code cells by verdict">{items}</ul>' if items else ""


def _overview(report: Report) -> str:
    marks: list[str] = []
    for cell in report.cells:
        label = _text(f"Cell {cell.index + 1}: {word(cell.verdict)}. {cell.summary}")
        sign = f'<span aria-hidden="true">{SIGNS.get(cell.verdict, "✗")}</span>'
        inner = f'<span class="number">{cell.index + 1}</span>{sign}<span class="spoken">{label}</span>'
        if cell.verdict not in QUIET:
            inner = f'<a href="#{_anchor(report, cell)}" title="{label}">{inner}</a>'
        else:
            inner = f'<span title="{label}">{inner}</span>'
        marks.append(f'<li class="{cell.verdict}">{inner}</li>')
    return f'<ol class="marks" aria-label="Code cells">{"".join(marks)}</ol>' if marks else ""


def _anchor(report: Report, cell: CellReport) -> str:
    return _text(re.sub(r"\s", "_", f"{report.path}-{cell.index}"))


def _cell(report: Report, cell: CellReport) -> str:
    pairs = deciding(cell)
    shown = "\n".join(output_pair(output) for output in pairs[:_MOST_OUTPUTS])
    if len(pairs) > _MOST_OUTPUTS:
        shown += f'<p class="facts">{len(pairs) - _MOST_OUTPUTS} more outputs differ.</p>'
    verdict = f"{SIGNS.get(cell.verdict, '✗')} {_text(word(cell.verdict))}"
    return (
        f'<article class="cell {cell.verdict}" id="{_anchor(report, cell)}">'
        f'<h3>Cell {cell.index + 1} <span class="verdict">{verdict}</span></h3>'
        f"<p>{_text(explanation(cell))}</p>{_why(report, cell)}{_foresight(cell)}"
        f'<pre class="source" tabindex="0" aria-label="Source of cell {cell.index + 1}">'
        f"<code>{_text(cell.source[:20_000])}</code></pre>{shown}</article>"
    )


def _why(report: Report, cell: CellReport) -> str:
    said = own_words(report, cell)
    return f"<p>{_with_code(said)}</p>" if said else ""


def _foresight(cell: CellReport) -> str:
    said = foresight(cell)
    return f'<p class="facts">{_text(said[:1].upper() + said[1:])}</p>' if said else ""
