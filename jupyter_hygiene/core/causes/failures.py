"""What an error tells of its cause, with the notebook at hand: who defines, makes or writes what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..notebook import Cell
from ..report import Cause, CellReport, Explanation, ReplayError
from . import raised
from .elimination import missing_counts
from .names import only_deletes
from .surroundings import Surroundings
from .trail import Trail

_CUT_SHORT: Mapping[str, Cause] = {
    "Timeout": "external",
    "AsksForInput": "external",
    "KernelDied": "environment",
}


@dataclass(frozen=True)
class Failures:
    """Explains cells that fail."""

    trail: Trail
    surroundings: Surroundings

    def cut_short(self, report: CellReport, error: ReplayError) -> Explanation:
        message = error.message[:1].upper() + error.message[1:] + "."
        cause = _CUT_SHORT.get(error.name, "unknown")
        return Explanation(cause, message, error.hint or "Verify again.", report.id)

    def by_error(self, cell: Cell, error: ReplayError) -> Explanation | None:
        if name := raised.missing_name(error):
            return self._missing_name(cell, name)
        is_own = self.trail.evidence.defines
        module = raised.missing_module(error)
        path = f"{module.replace('.', '/')}.py" if module else raised.missing_file(error)
        writer = self.trail.evidence.writer_of_file(path, cell) if path else None
        if path and writer is not None:
            return self._from_writer(cell, writer, path)
        if told := raised.of_environment(error, cell.source, is_own):
            mismatch = self.trail.evidence.mismatch_of(cell)
            message = f"{told.message} {mismatch.message}" if mismatch else told.message
            return Explanation(told.cause, message, told.action, cell.id, name=told.name)
        if told := raised.of_outside(error):
            return Explanation(told.cause, told.message, told.action, cell.id, name=told.name)
        if key := raised.missing_key(error):
            return self._missing_key(cell, key)
        return None

    def _missing_name(self, cell: Cell, name: str) -> Explanation | None:
        """A variable that is not there in a clean run."""
        evidence = self.trail.evidence
        for definer in evidence.definers(name):
            report = self.trail.reports[definer.id]
            if definer.index < cell.index and report.verdict in ("failed", "not_reached", "skipped"):
                return self.trail.upstream(definer, name)
        told = self.trail.by_runs(cell) if evidence.history else None
        if told is not None and told.name == name:
            return told
        definers = [definer for definer in evidence.definers(name) if not only_deletes(definer.source, name)]
        above = [definer for definer in definers if definer.index < cell.index]
        below = [definer for definer in definers if definer.index > cell.index]
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
        if any(only_deletes(other.source, name) for other in evidence.code_cells if other.index < cell.index):
            return None
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
        evidence = self.trail.evidence
        if told := self.trail.by_runs(cell):
            return told
        failed = self.trail.failed_above(cell)
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
        if maker is None and not self.surroundings.from_outside(cell, strong=False):
            return evidence.state.hidden(cell.id, key, f"Nothing in the notebook makes `{key}`.", None)
        return None

    def _from_writer(self, cell: Cell, writer: Cell, path: str) -> Explanation:
        """A file that a cell of the notebook writes."""
        if writer.index < cell.index:
            return self.trail.upstream(writer, path)
        return Explanation(
            "out_of_order",
            f"The file {path} is written only below, in cell {writer.index + 1}.",
            f"Move cell {writer.index + 1} above cell {cell.index + 1}.",
            cell.id,
            name=path,
        )
