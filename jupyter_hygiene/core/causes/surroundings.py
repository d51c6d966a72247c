"""Software and what is outside the notebook, as causes of a difference."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..notebook import Cell, CellId
from ..report import CellReport, Explanation
from .differences import tells_of_software
from .evidence import Evidence
from .outside import Taken


@dataclass(frozen=True)
class Surroundings:
    """Explains by what surrounds a notebook."""

    evidence: Evidence

    def by_software(self, cell: Cell, report: CellReport) -> Explanation | None:
        if words := tells_of_software(report):
            mismatch = self.evidence.mismatch_of(cell)
            return Explanation(
                "environment",
                f"{words} {mismatch.message}" if mismatch else words,
                "Take the replayed output, or install the versions that the notebook was made with.",
                cell.id,
            )
        return self._of_taken(cell, "environment")

    def from_outside(self, cell: Cell, *, strong: bool) -> Explanation | None:
        """What the cell, or the nearest that feeds it, takes from outside.

        ``strong``: only what is known to have changed, or is seldom the same: of files, those written since.
        """
        if told := self._of_taken(cell, "external", strong=strong):
            return told
        for giver_id, name in self.evidence.givers(cell.id).items():
            giver = self.evidence.cell(CellId(giver_id))
            for cause in ("external", "environment"):
                if told := self._of_taken(giver, cause, cell, strong=strong):
                    message = f"It depends on `{name}` from cell {giver.index + 1}. {told.message}"
                    return replace(told, message=message, root=told)
        return None

    def by_packages(self, cell: Cell) -> Explanation | None:
        """A package of another version than is recorded: firmer ground than another Python is."""
        mismatch = self.evidence.mismatch_of(cell)
        return None if mismatch is None or mismatch.is_python else self.by_versions(cell)

    def by_versions(self, cell: Cell) -> Explanation | None:
        mismatch = self.evidence.mismatch_of(cell)
        if mismatch is None:
            return None
        return Explanation(
            "environment",
            f"Perhaps another version is behind it: {mismatch.message}",
            f"Install {mismatch.package} {mismatch.recorded} for the kernel, or take the replayed output.",
            cell.id,
        )

    def _of_taken(
        self, cell: Cell, cause: str, into: Cell | None = None, *, strong: bool = False
    ) -> Explanation | None:
        for taken in self.evidence.taken(cell):
            if into is not None and not self.evidence.reaches(cell, taken.line, into.id):
                continue
            if taken.cause == cause and not self._is_refuted(taken, cell):
                newer = self.evidence.newer_files(cell) if taken.from_files else []
                if strong and taken.from_files and not newer:
                    continue
                message = f"Perhaps because line {taken.line} of cell {cell.index + 1} {taken.words}."
                if newer:
                    message = f"{newer[0]} was changed after the notebook was saved."
                return Explanation(taken.cause, message, taken.action, cell.id, taken.line)
        return None

    def _is_refuted(self, taken: Taken, cell: Cell) -> bool:
        return taken.from_files and self.evidence.files_are_older(cell)
