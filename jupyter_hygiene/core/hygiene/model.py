"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from ..notebook import CellId
from .fixes import Fix

if TYPE_CHECKING:
    from .page import Page

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
Family = Literal[
    "State",
    "Structure",
    "Imports",
    "Environment",
    "Portability",
    "Version control",
    "Machine learning",
]


@dataclass(frozen=True)
class Hit:
    """What a rule found in one place; the rule itself is added by whoever ran it.

    Args:
        message: what is wrong here, in one sentence that names names; code in backticks.
        cell_id: none for what concerns the notebook as a whole.
        line: of the cell's source, from 1.
        column: of that line, in characters from 1.
        severity: where it is another than the rule's own.
        in_output: it lies in what the cell shows, not in its source.
    """

    message: str
    cell_id: CellId | None = None
    line: int | None = None
    column: int | None = None
    fixes: tuple[Fix, ...] = ()
    severity: Severity | None = None
    in_output: bool = False


@dataclass(frozen=True)
class Rule:
    """One thing that goes wrong in notebooks.

    Args:
        id: stable, in kebab-case; what settings, comments and reports name.
        summary: one sentence that says what the rule reports.
        why: why it matters, in a sentence or two.
        before: an example that it reports; cells are separated by lines ``# %%``.
        after: the example, mended.
        fix: what the fix that it offers does; empty if it offers none.
        on: whether it is in the default set.
        python: whether it reads Python, and so passes over notebooks in other languages.
        in_words: the examples are descriptions, not code.
    """

    id: str
    family: Family
    severity: Severity
    summary: str
    why: str
    before: str
    after: str
    check: Callable[[Page], Iterator[Hit]]
    fix: str = ""
    on: bool = True
    python: bool = True
    in_words: bool = False

    def to_json(self) -> dict[str, Any]:
        """What a reader wants to know of it."""
        return {
            "id": self.id,
            "family": self.family,
            "severity": self.severity,
            "summary": self.summary,
            "why": self.why,
            "before": self.before,
            "after": self.after,
            "fix": self.fix,
            "on": self.on,
            "in_words": self.in_words,
        }


@dataclass(frozen=True)
class Finding:
    """What a rule reports of a notebook."""

    rule: str
    severity: Severity
    message: str
    cell_id: CellId | None = None
    index: int | None = None  # of the cell, counting cells of every kind from 0
    line: int | None = None
    column: int | None = None
    fixes: tuple[Fix, ...] = ()
    in_output: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity,
            "cell_id": self.cell_id,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "in_output": self.in_output,
            "fixes": [fix.to_json() for fix in self.fixes],
        }
