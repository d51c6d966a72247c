"""What is known of the cells above the one that is being explained, and how an explanation follows from theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..notebook import Cell, CellId
from ..report import CellReport, Explanation
from .evidence import Evidence


class Trail:
    """The explanations of a notebook's cells, found from the top down. ``found``: of those that differ or fail."""

    def __init__(self, reports: Sequence[CellReport], evidence: Evidence) -> None:
        self.evidence = evidence
        self.reports = {report.id: report for report in reports}
        self.found: dict[CellId, Explanation] = {}

    def upstream(self, giver: Cell, name: str) -> Explanation:
        """What follows from a cell above. Chance stays chance, however far it travels."""
        root = self.found.get(giver.id) or self.by_runs(giver)
        where = f"`{name}` from cell {giver.index + 1}"
        if root is not None and root.cause == "nondeterminism":
            return replace(root, message=f"It depends on {where}. {root.message}", root=head_of(root))
        head = head_of(root)
        place = head.cell_id if head is not None and head.cell_id is not None else giver.id
        verb = "fails" if self.reports[giver.id].verdict == "failed" else "is not what it was"
        if self.reports[giver.id].verdict in ("not_reached", "skipped"):
            verb = "did not run"
        return Explanation(
            "upstream",
            f"It depends on {where}, which {verb}.",
            head.action if head is not None else f"See to cell {giver.index + 1} first.",
            place,
            head.line if head is not None else None,
            name,
            head,
        )

    def by_runs(self, cell: Cell) -> Explanation | None:
        """Edited, hidden state or another order, as the history or the counts on the page tell."""
        if cell.id in (self.evidence.rewritten or ()):
            return Explanation(
                "edited",
                "The two notebooks hold different code here.",
                "Compare what belongs together.",
                cell.id,
            )
        own = self.evidence.state.own(cell.id)
        if own is not None:
            return own
        source = self.evidence.state.follows_from(cell.id)
        if source is None or CellId(source[0]) == cell.id:
            return None
        giver = self.evidence.cell(CellId(source[0]))
        if giver.index >= cell.index:
            return None
        return self.upstream(giver, source[1] or "what it needs")

    def failed_above(self, cell: Cell) -> Explanation | None:
        for giver, name in self.evidence.givers(cell.id).items():
            if self.reports[CellId(giver)].verdict in ("failed", "not_reached"):
                return self.upstream(self.evidence.cell(CellId(giver)), name)
        return None


def head_of(explanation: Explanation | None) -> Explanation | None:
    """The head of the chain that an explanation is part of."""
    return None if explanation is None else explanation.root or explanation
