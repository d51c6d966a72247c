"""Why each cell differs or fails: the verdicts, the analysis, the code and the software, weighed against each other.

The evidence, strongest first: what two replays disagree on; what an error says; what the runs of the notebook say
(edited, hidden state, another order); a draw without a seed; a cell above with a cause of its own; what the
difference itself says; what comes from outside; recorded versions; and, where nothing of that speaks, what is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..notebook import Cell, CellId
from ..report import Cause, CellReport, Explanation, ReplayError
from . import raised
from .chance import Chance
from .differences import tells_of_software
from .elimination import by_elimination, missing_counts, third_party
from .evidence import Evidence
from .outside import Taken

PROBLEMS = frozenset({"changed", "failed", "nondeterministic", "not_reached"})
_CUT_SHORT: Mapping[str, Cause] = {
    "Timeout": "external",
    "AsksForInput": "external",
    "KernelDied": "environment",
}


def diagnose(reports: Sequence[CellReport], evidence: Evidence) -> list[CellReport]:
    """The reports, in document order, with cause and explanation where the verdict needs one."""
    diagnosis = _Diagnosis(reports, evidence)
    found = []
    for report in reports:
        explanation = diagnosis.explain(report)
        cause = explanation.cause if explanation else None
        found.append(replace(report, cause=cause, explanation=explanation))
    return found


class _Diagnosis:
    """Explains the cells of one notebook from the top, so that what is above a cell is known."""

    def __init__(self, reports: Sequence[CellReport], evidence: Evidence) -> None:
        self._evidence = evidence
        self._reports = {report.id: report for report in reports}
        self._found: dict[CellId, Explanation] = {}  # of the cells that differ or fail

    def explain(self, report: CellReport) -> Explanation | None:
        if report.verdict not in PROBLEMS:
            return None
        explanation = self._explain(report)
        self._found[report.id] = explanation
        return explanation

    def _explain(self, report: CellReport) -> Explanation:
        if report.verdict == "not_reached":
            return self._not_reached(report)
        if report.verdict == "nondeterministic":
            return self._by_chance(report)
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
                return self._cut_short(report, report.error)
            if told := self._by_error(cell, report.error):
                return told
        if report.disputed:
            return self._by_chance(report)
        return (
            self._by_runs(cell)
            or self._by_own_chance(cell, strong=True)
            or self._from_above(cell)
            or self._by_software(cell, report)
            or self._from_outside(cell)
            or self._by_own_chance(cell, strong=False)
            or self._by_passing_time(cell)
            or self._by_versions(cell)
            or self._what_is_left(cell)
        )

    # What an error says

    def _cut_short(self, report: CellReport, error: ReplayError) -> Explanation:
        message = error.message[:1].upper() + error.message[1:] + "."
        cause = _CUT_SHORT.get(error.name, "unknown")
        return Explanation(cause, message, error.hint or "Verify again.", report.id)

    def _by_error(self, cell: Cell, error: ReplayError) -> Explanation | None:
        if name := raised.missing_name(error):
            return self._missing_name(cell, name)
        is_own = self._evidence.defines
        module = raised.missing_module(error)
        path = f"{module.replace('.', '/')}.py" if module else raised.missing_file(error)
        writer = self._evidence.writer_of_file(path, cell) if path else None
        if path and writer is not None:
            return self._from_writer(cell, writer, path)
        if told := raised.of_environment(error, cell.source, is_own):
            mismatch = self._evidence.mismatch_of(cell)
            message = f"{told.message} {mismatch.message}" if mismatch else told.message
            return Explanation(told.cause, message, told.action, cell.id, name=told.name)
        if told := raised.of_outside(error):
            return Explanation(told.cause, told.message, told.action, cell.id, name=told.name)
        if key := raised.missing_key(error):
            return self._missing_key(cell, key)
        return None

    def _missing_name(self, cell: Cell, name: str) -> Explanation:
        """A variable that is not there in a clean run."""
        evidence = self._evidence
        for definer in evidence.definers(name):
            report = self._reports[definer.id]
            if definer.index < cell.index and report.verdict in ("failed", "not_reached", "skipped"):
                return self._upstream(cell, definer, name)
        above = [definer for definer in evidence.definers(name) if definer.index < cell.index]
        below = [definer for definer in evidence.definers(name) if definer.index > cell.index]
        if below and not above:
            return Explanation(
                "out_of_order",
                f"`{name}` is defined only below, in cell {below[0].index + 1}.",
                f"Move cell {below[0].index + 1} above cell {cell.index + 1}, or what it needs into cell "
                f"{cell.index + 1}.",
                cell.id,
                name=name,
            )
        own = evidence.state.own(cell.id)
        if own is not None and own.cause in ("hidden_state", "edited") and own.name in (name, None):
            return own
        if above:
            deleter = (
                f"`{name}` is defined in cell {above[-1].index + 1}, but is not there when this cell runs."
            )
            return Explanation(
                "hidden_state",
                deleter,
                f"Define `{name}` in every case above cell {cell.index + 1}.",
                cell.id,
                name=name,
            )
        counts = evidence.deleted_definers(name)
        if counts:
            return evidence.state.hidden(
                cell.id, name, f"`{name}` comes from code that is no longer in the notebook.", counts[0]
            )
        gone = missing_counts(evidence.code_cells, cell.execution_count or 0)
        message = f"Nothing in the notebook defines `{name}`"
        if gone:
            message += f"; perhaps the code that ran as {', '.join(f'[{count}]' for count in gone[-3:])} did"
        return evidence.state.hidden(cell.id, name, f"{message}.", None)

    def _missing_key(self, cell: Cell, key: str) -> Explanation | None:
        """A column, key or attribute that is not there in a clean run."""
        evidence = self._evidence
        if told := self._by_runs(cell):
            return told
        failed = self._failed_above(cell)
        if failed is not None:
            return failed
        maker = evidence.maker_of_key(key, cell)
        if maker is not None and maker.index > cell.index:
            return Explanation(
                "out_of_order",
                f"`{key}` is made only below, in cell {maker.index + 1}.",
                f"Move cell {maker.index + 1} above cell {cell.index + 1}.",
                cell.id,
                name=key,
            )
        if maker is None and not self._outside_of(cell):
            return evidence.state.hidden(cell.id, key, f"Nothing in the notebook makes `{key}`.", None)
        return None

    def _from_writer(self, cell: Cell, writer: Cell, path: str) -> Explanation:
        """A file that a cell of the notebook writes."""
        if writer.index < cell.index:
            return self._upstream(cell, writer, path)
        return Explanation(
            "out_of_order",
            f"The file {path} is written only below, in cell {writer.index + 1}.",
            f"Move cell {writer.index + 1} above cell {cell.index + 1}.",
            cell.id,
            name=path,
        )

    # What is above

    def _not_reached(self, report: CellReport) -> Explanation:
        stopper = None
        for other in self._reports.values():
            if other.index < report.index and (other.verdict == "failed" or other.error is not None):
                stopper = other
        if stopper is None:
            return Explanation(
                "unknown", "The replay ended above this cell.", "Give the replay more time, and verify again."
            )
        root = self._found.get(stopper.id)
        return Explanation(
            "upstream",
            f"The replay ended at cell {stopper.index + 1}.",
            root.action if root else "",
            stopper.id,
            root=_root(root),
        )

    def _failed_above(self, cell: Cell) -> Explanation | None:
        for giver, name in self._evidence.givers(cell.id).items():
            if self._reports[CellId(giver)].verdict in ("failed", "not_reached"):
                return self._upstream(cell, self._evidence.cell(CellId(giver)), name)
        return None

    def _from_above(self, cell: Cell) -> Explanation | None:
        """What feeds the cell and has a cause of its own: the nearest first."""
        for giver_id, name in self._evidence.givers(cell.id).items():
            giver = self._evidence.cell(CellId(giver_id))
            if giver.id in self._found:
                if self._found[giver.id].cause == "unknown" and giver.id not in self._direct(cell):
                    continue
                return self._upstream(cell, giver, name)
            if self._by_runs(giver) is not None:
                return self._upstream(cell, giver, name)
            for strong in (True, False):
                if chance := self._chance(giver, strong=strong, into=cell):
                    return self._of_chance(giver, chance, cell, name)
        return None

    def _direct(self, cell: Cell) -> frozenset[str]:
        return self._evidence.direct_givers(cell.id)

    def _upstream(self, cell: Cell, giver: Cell, name: str) -> Explanation:
        """What follows from a cell above. Chance stays chance, however far it travels."""
        root = self._found.get(giver.id) or self._by_runs(giver)
        where = f"`{name}` from cell {giver.index + 1}"
        if root is not None and root.cause == "nondeterminism":
            return replace(root, message=f"It depends on {where}. {root.message}", root=_root(root))
        head = _root(root)
        place = head.cell_id if head is not None and head.cell_id is not None else giver.id
        verb = "fails" if self._reports[giver.id].verdict == "failed" else "is not what it was"
        if self._reports[giver.id].verdict in ("not_reached", "skipped"):
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

    # What the runs say

    def _by_runs(self, cell: Cell) -> Explanation | None:
        """Edited, hidden state or another order, as the history or the counts on the page tell."""
        if cell.id in (self._evidence.rewritten or ()):
            return Explanation(
                "edited",
                "The two notebooks hold different code here.",
                "Compare what belongs together.",
                cell.id,
            )
        own = self._evidence.state.own(cell.id)
        if own is not None:
            return own
        source = self._evidence.state.follows_from(cell.id)
        if source is None or CellId(source[0]) == cell.id:
            return None
        giver = self._evidence.cell(CellId(source[0]))
        if giver.index >= cell.index:
            return None
        return self._upstream(cell, giver, source[1] or "what it needs")

    # Chance

    def _by_chance(self, report: CellReport) -> Explanation:
        """Two replays disagree: which line is behind it?"""
        cell = self._evidence.cell(report.id)
        for strong in (True, False):
            if chance := self._chance(cell, strong=strong, proved=True):
                return self._of_chance(cell, chance)
        for giver_id, name in self._evidence.givers(cell.id).items():
            giver = self._evidence.cell(CellId(giver_id))
            found = self._found.get(giver.id)
            if found is not None and found.cause == "nondeterminism":
                return self._upstream(cell, giver, name)
            for strong in (True, False):
                if chance := self._chance(giver, strong=strong, proved=True, into=cell):
                    return self._of_chance(giver, chance, cell, name)
        if taken := self._evidence.taken(cell):
            return Explanation(
                "nondeterminism",
                f"Two replays disagree; in line {taken[0].line} it {taken[0].words}.",
                taken[0].action,
                cell.id,
                taken[0].line,
            )
        return Explanation(
            "nondeterminism",
            "Two replays disagree, and nothing in the code says why.",
            "Look for a seed, a clock or an order that is left to chance, also in the libraries that it calls.",
            cell.id,
        )

    def _chance(
        self, cell: Cell, *, strong: bool, proved: bool = False, into: Cell | None = None
    ) -> Chance | None:
        """The line of a cell that most likely came out otherwise; none where two replays agreed that it does not.

        ``into``: a cell that this one feeds, and that the line must be able to reach.
        """
        if self._evidence.repeated and not proved:
            return None
        for found in self._evidence.chances(cell):
            if found.is_strong is strong and (
                into is None or self._evidence.reaches(cell, found.line, into.id)
            ):
                return found
        return None

    def _by_own_chance(self, cell: Cell, *, strong: bool) -> Explanation | None:
        chance = self._chance(cell, strong=strong)
        return self._of_chance(cell, chance) if chance else None

    def _of_chance(self, place: Cell, chance: Chance, fed: Cell | None = None, name: str = "") -> Explanation:
        message = f"Line {chance.line} of cell {place.index + 1} {chance.words}."
        own = Explanation("nondeterminism", message, chance.cure, place.id, chance.line)
        if fed is None:
            return own
        return replace(
            own, message=f"It depends on `{name}` from cell {place.index + 1}. {message}", root=own
        )

    def _by_passing_time(self, cell: Cell) -> Explanation | None:
        """A date that has moved on: two replays in a row agree on it, and the page does not."""
        if not self._evidence.repeated:
            return None
        for place in [
            cell,
            *(self._evidence.cell(CellId(giver)) for giver in self._evidence.givers(cell.id)),
        ]:
            for chance in self._evidence.chances(place):
                if chance.kind == "clock" and (
                    place is cell or self._evidence.reaches(place, chance.line, cell.id)
                ):
                    message = f"Time has passed: line {chance.line} of cell {place.index + 1} {chance.words}."
                    return Explanation("external", message, chance.cure, place.id, chance.line)
        return None

    # Software and what is outside

    def _by_software(self, cell: Cell, report: CellReport) -> Explanation | None:
        if words := tells_of_software(report):
            mismatch = self._evidence.mismatch_of(cell)
            return Explanation(
                "environment",
                f"{words} {mismatch.message}" if mismatch else words,
                "Take the replayed output, or install the versions that the notebook was made with.",
                cell.id,
            )
        return self._of_taken(cell, "environment")

    def _of_taken(self, cell: Cell, cause: str, into: Cell | None = None) -> Explanation | None:
        for taken in self._evidence.taken(cell):
            if into is not None and not self._evidence.reaches(cell, taken.line, into.id):
                continue
            if taken.cause == cause and not self._is_refuted(taken, cell):
                newer = self._evidence.newer_files(cell) if taken.from_files else []
                message = f"Perhaps because line {taken.line} of cell {cell.index + 1} {taken.words}."
                if newer:
                    message = f"{newer[0]} was changed after the notebook was saved."
                return Explanation(taken.cause, message, taken.action, cell.id, taken.line)
        return None

    def _is_refuted(self, taken: Taken, cell: Cell) -> bool:
        return taken.from_files and self._evidence.files_are_older(cell)

    def _outside_of(self, cell: Cell) -> Explanation | None:
        """What the cell, or the nearest that feeds it, takes from outside."""
        if told := self._of_taken(cell, "external"):
            return told
        for giver_id, name in self._evidence.givers(cell.id).items():
            giver = self._evidence.cell(CellId(giver_id))
            for cause in ("external", "environment"):
                if told := self._of_taken(giver, cause, cell):
                    message = f"It depends on `{name}` from cell {giver.index + 1}. {told.message}"
                    return replace(told, message=message, root=told)
        return None

    def _from_outside(self, cell: Cell) -> Explanation | None:
        return self._outside_of(cell)

    def _by_versions(self, cell: Cell) -> Explanation | None:
        mismatch = self._evidence.mismatch_of(cell)
        if mismatch is None:
            return None
        return Explanation(
            "environment",
            f"Perhaps another version is behind it: {mismatch.message}",
            f"Install {mismatch.package} {mismatch.recorded} for the kernel, or take the replayed output.",
            cell.id,
        )

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
            return by_elimination(cell, evidence.code_cells, taken, evidence.changes_own(cell))
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


def _root(explanation: Explanation | None) -> Explanation | None:
    """The head of the chain that an explanation is part of."""
    return None if explanation is None else explanation.root or explanation
