"""Running rules over a notebook: which ones, what they found, and what is silenced."""

from __future__ import annotations

from dataclasses import dataclass

from ..configuration import Configuration
from ..notebook import CellId
from .model import SEVERITIES, Finding, Hit, Rule
from .page import Page
from .registry import RULES
from .selection import selected
from .silence import Silence


@dataclass(frozen=True)
class Check:
    """What was found in a notebook, in document order.

    Args:
        silenced: how many findings the user has silenced.
        notes: what a reader should know of the check itself.
    """

    findings: tuple[Finding, ...]
    silenced: int = 0
    notes: tuple[str, ...] = ()


def check(page: Page, configuration: Configuration | None = None) -> Check:
    """Run the rules that are selected over a notebook."""
    configuration = configuration or Configuration()
    chosen = selected(configuration.settings)
    positions = {cell.id: cell.index for cell in page.notebook.cells}
    silence = Silence(page.notebook, configuration)
    found: list[Finding] = []
    silenced = 0
    failed: list[str] = []
    for rule in RULES.values():
        if rule.id not in chosen or (rule.python and not page.is_python):
            continue
        try:
            hits = list(rule.check(page))
        except Exception as error:  # one rule must not take what the others found with it
            failed.append(f"The rule {rule.id} could not be applied ({type(error).__name__}: {error}).")
            continue
        for hit in hits:
            if silence.covers(rule.id, hit):
                silenced += 1
            else:
                found.append(_finding(rule, hit, positions))
    found.sort(key=_place)
    return Check(tuple(found), silenced, (*page.notes, *failed))


def _finding(rule: Rule, hit: Hit, positions: dict[CellId, int]) -> Finding:
    return Finding(
        rule=rule.id,
        severity=hit.severity or rule.severity,
        message=hit.message,
        cell_id=hit.cell_id,
        index=positions[hit.cell_id] if hit.cell_id is not None else None,
        line=hit.line,
        column=hit.column,
        fixes=hit.fixes,
        in_output=hit.in_output,
    )


def _place(finding: Finding) -> tuple[int, int, int, int]:
    """In document order; of one line the gravest first. What concerns the notebook comes before all."""
    index = -1 if finding.index is None else finding.index
    return (index, finding.line or 0, SEVERITIES.index(finding.severity), finding.column or 0)
