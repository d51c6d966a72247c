"""What all formats say alike: signs, first lines of code, which cells deserve a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..core.report import CellReport, OutputComparison, Report

QUIET = frozenset({"same", "cosmetic"})
BAD_CELLS = frozenset({"changed", "nondeterministic", "failed", "not_reached"})
BAD_OUTPUTS = frozenset({"changed", "nondeterministic"})
SIGNS = {
    "reproduced": "✓",
    "differs": "✗",
    "failed": "✗",
    "unverified": "?",
    "same": "✓",
    "cosmetic": "≈",
    "changed": "≠",
    "nondeterministic": "~",
    "not_comparable": "?",
    "unsaved": "·",
    "skipped": "·",
    "not_reached": "·",
}
WORDS = {
    "not_comparable": "not comparable",
    "not_reached": "not reached",
    "hidden_state": "hidden state",
    "out_of_order": "out of order",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def word(name: str) -> str:
    """A verdict or cause in words."""
    return WORDS.get(name, name)


def foresight(cell: CellReport) -> str:
    """One sentence on what had been predicted of a cell that needs a look; empty if that tells nothing."""
    prediction = cell.prediction
    if prediction is None:
        return ""
    if prediction.outcome == "caught":
        return f"predicted {prediction.status}: {prediction.message or 'no reason given'}"
    return (
        "predicted fresh: its runs do not tell of this difference" if prediction.outcome == "missed" else ""
    )


def first_line(source: str, limit: int = 72) -> str:
    """The first line of code that is no comment, shortened."""
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    line = next((line for line in lines if not line.startswith("#")), lines[0] if lines else "")
    return line if len(line) <= limit else line[: limit - 1] + "…"


def without_control(text: str) -> str:
    """Text that may stand in a terminal or in XML: no control characters but tab and line ends."""
    return _CONTROL.sub("", text)


def noteworthy(report: Report) -> Iterator[CellReport]:
    """The cells of which a reader should hear."""
    return (cell for cell in report.cells if cell.verdict not in QUIET)


def deciding(cell: CellReport) -> Sequence[OutputComparison]:
    """The outputs that made a cell what it is."""
    return [output for output in cell.outputs if output.verdict not in QUIET]


def cell_numbers(report: Report, ids: Sequence[str], most: int = 12) -> str:
    """Cells as a reader counts them: from 1, among cells of every kind."""
    numbers = [str(cell.index + 1) for cell in report.cells if cell.id in ids]
    more = f" and {len(numbers) - most} more" if len(numbers) > most else ""
    return f"cell{'' if len(numbers) == 1 else 's'} {', '.join(numbers[:most])}{more}"


def own_words(report: Report, cell: CellReport) -> str:
    """Why a cell differs, where the report's problems do not say it in the same words."""
    said = cell.explanation.message if cell.explanation else ""
    return "" if any(root.message == said for root in report.root_causes) else said


def explanation(cell: CellReport) -> str:
    """One sentence on a cell, with its cause."""
    text = cell.summary
    if cell.error is not None and cell.error.message not in text:
        detail = without_control(cell.error.message).strip().splitlines()
        text = f"{text} — {cell.error.name}: {detail[0] if detail else ''}" if text else cell.error.name
    if cell.cause and cell.cause != "unknown":
        text += f" [{word(cell.cause)}]"
    return " ".join(text.split())
