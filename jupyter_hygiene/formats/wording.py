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
    if prediction.outcome == "explained":
        return f"predicted fresh. {prediction.explanation}"
    return "predicted fresh, and nothing explains the difference" if prediction.outcome == "missed" else ""


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


def explanation(cell: CellReport) -> str:
    """One sentence on a cell, with its cause."""
    text = cell.summary
    if cell.error is not None and cell.error.message not in text:
        detail = without_control(cell.error.message).strip().splitlines()
        text = f"{text} — {cell.error.name}: {detail[0] if detail else ''}" if text else cell.error.name
    if cell.cause and cell.cause != "unknown":
        text += f" [{word(cell.cause)}]"
    return " ".join(text.split())
