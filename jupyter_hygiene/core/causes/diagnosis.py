"""Why each cell differs or fails: the verdicts, the analysis, the code and the software, weighed against each other.

The evidence, strongest first: what two replays disagree on; what an error says; what the runs of the notebook say
(edited, hidden state, another order); a draw without a seed; a cell above with a cause of its own; what the
difference itself says; what comes from outside; recorded versions; and, where nothing of that speaks, what is left.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

from ..notebook import Cell, CellId
from ..report import CellReport, Explanation
from .draws import Draws
from .elimination import by_elimination, third_party
from .evidence import Evidence
from .failures import Failures
from .surroundings import Surroundings
from .trail import Trail, head_of

log = logging.getLogger(__name__)

PROBLEMS = frozenset({"changed", "failed", "nondeterministic", "not_reached"})


def diagnose(reports: Sequence[CellReport], evidence: Evidence) -> tuple[list[CellReport], list[CellReport]]:
    """The reports, in document order, with cause and explanation where the verdict needs one.

    Returns them, and those among them at whose explanation we failed: that costs the cell its explanation, and
    nothing else.
    """
    diagnosis = _Diagnosis(reports, evidence)
    found, failed = [], []
    for report in reports:
        explanation = None
        try:
            explanation = diagnosis.explain(report)
        except Exception:
            log.exception("the cause of a cell's verdict could not be told")
            failed.append(report)
        cause = explanation.cause if explanation else None
        found.append(replace(report, cause=cause, explanation=explanation))
    return found, failed


class _Diagnosis:
    """Explains the cells of one notebook from the top, so that what is above a cell is known."""

    def __init__(self, reports: Sequence[CellReport], evidence: Evidence) -> None:
        self._evidence = evidence
        self._trail = Trail(reports, evidence)
        self._draws = Draws(self._trail)
        self._surroundings = Surroundings(evidence)
        self._failures = Failures(self._trail, self._surroundings)

    def explain(self, report: CellReport) -> Explanation | None:
        if report.verdict not in PROBLEMS:
            return None
        explanation = self._explain(report)
        self._trail.found[report.id] = explanation
        return explanation

    def _explain(self, report: CellReport) -> Explanation:
        if report.verdict == "not_reached":
            return self._not_reached(report)
        if report.verdict == "nondeterministic":
            return self._draws.of_disagreement(report)
        cell = self._evidence.cell(report.id)
        if cell.is_empty:
            return Explanation(
                "edited",
                "The code of this cell was removed; the output of earlier code still stands here.",
                "Clear the output, or bring the code back.",
                cell.id,
            )
        if _was_cleared(cell, report):
            return Explanation(
                "edited",
                "The output was cleared from the page, or the cell was edited to show one.",
                "Take the replayed output.",
            )
        if report.error is not None and report.verdict == "failed":
            if report.error.cut_short:
                return self._failures.cut_short(report, report.error)
            if told := self._failures.by_error(cell, report.error):
                return told
        if report.disputed:
            return self._draws.of_disagreement(report)
        return (
            self._trail.by_runs(cell)
            or self._draws.in_cell(cell, strong=True)
            or self._from_above(cell)
            or self._surroundings.by_software(cell, report)
            or self._surroundings.from_outside(cell, strong=True)
            or self._surroundings.by_packages(cell)
            or self._surroundings.from_outside(cell, strong=False)
            or self._draws.in_cell(cell, strong=False)
            or self._draws.by_passing_time(cell)
            or self._surroundings.by_versions(cell)
            or self._what_is_left(cell)
        )

    def _not_reached(self, report: CellReport) -> Explanation:
        stopper = None
        for other in self._trail.reports.values():
            if other.index < report.index and (other.verdict == "failed" or other.error is not None):
                stopper = other
        if stopper is None:
            return Explanation(
                "unknown", "The replay ended above this cell.", "Give the replay more time, and verify again."
            )
        root = self._trail.found.get(stopper.id)
        return Explanation(
            "upstream",
            f"The replay ended at cell {stopper.index + 1}.",
            root.action if root else "",
            stopper.id,
            root=head_of(root),
        )

    def _from_above(self, cell: Cell) -> Explanation | None:
        """What feeds the cell and has a cause of its own: the nearest first."""
        for giver_id, name in self._evidence.givers(cell.id).items():
            giver = self._evidence.cell(CellId(giver_id))
            if giver.id in self._trail.found:
                if self._trail.found[
                    giver.id
                ].cause == "unknown" and giver.id not in self._evidence.direct_givers(cell.id):
                    continue
                return self._trail.upstream(giver, name)
            if self._trail.by_runs(giver) is not None:
                return self._trail.upstream(giver, name)
            for strong in (True, False):
                if chance := self._draws.likely(giver, strong=strong, into=cell):
                    return self._draws.explained(giver, chance, cell, name)
        return None

    def _what_is_left(self, cell: Cell) -> Explanation:
        evidence = self._evidence
        if cell.execution_count is None and not cell.outputs:
            return Explanation(
                "unknown",
                "The page shows no run of this cell; it raises by itself.",
                "Mend the cell.",
                cell.id,
            )
        givers = evidence.givers(cell.id)
        if evidence.page_was_cleared:
            return Explanation(
                "unknown",
                "The outputs of the page were cleared, so what this cell did is not known; it raises by itself.",
                "Tag it raises-exception if it should, else mend it.",
                cell.id,
            )
        chain = [cell, *(evidence.cell(CellId(giver)) for giver in givers)]
        by_chance = not evidence.repeated and bool(evidence.chances(cell))
        software = frozenset().union(*(third_party(evidence.modules(other)) for other in chain))
        is_replay = evidence.rewritten is None
        if (
            is_replay
            and not by_chance
            and evidence.is_read(chain)
            and (not software or evidence.same_software)
        ):
            taken = evidence.taken_from_cells(cell)
            counting = [(other, name) for other in chain if (name := evidence.changes_own(other))]
            return by_elimination(cell, evidence.code_cells, taken, counting)
        action = (
            "Look at the difference; if it is as it should be, take the replayed output."
            if evidence.repeated or not is_replay
            else "Verify it twice, to see whether it is chance."
        )
        return Explanation("unknown", "Why it differs is not known.", action, cell.id)


def _was_cleared(cell: Cell, report: CellReport) -> bool:
    """Whether the page says that the cell ran, and shows nothing of what it shows."""
    shows = any(output.replayed is not None for output in report.outputs)
    return report.verdict == "changed" and cell.execution_count is not None and not cell.outputs and shows
