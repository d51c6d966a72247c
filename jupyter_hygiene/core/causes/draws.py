"""Chance as the cause of a difference: which line came out otherwise, in the cell or in what feeds it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..notebook import Cell, CellId
from ..report import CellReport, Explanation
from .chance import Chance
from .trail import Trail


@dataclass(frozen=True)
class Draws:
    """Explains by lines that take something from chance."""

    trail: Trail

    def of_disagreement(self, report: CellReport) -> Explanation:
        """Two replays disagree: which line is behind it?"""
        cell = self.trail.evidence.cell(report.id)
        for strong in (True, False):
            if chance := self.likely(cell, strong=strong, proved=True):
                return self.explained(cell, chance)
        for giver_id, name in self.trail.evidence.givers(cell.id).items():
            giver = self.trail.evidence.cell(CellId(giver_id))
            found = self.trail.found.get(giver.id)
            if found is not None and found.cause == "nondeterminism":
                return self.trail.upstream(giver, name)
            for strong in (True, False):
                if chance := self.likely(giver, strong=strong, proved=True, into=cell):
                    return self.explained(giver, chance, cell, name)
        if taken := self.trail.evidence.taken(cell):
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

    def in_cell(self, cell: Cell, *, strong: bool) -> Explanation | None:
        chance = self.likely(cell, strong=strong)
        return self.explained(cell, chance) if chance else None

    def by_passing_time(self, cell: Cell) -> Explanation | None:
        """A date that has moved on: two replays in a row agree on it, and the page does not."""
        if not self.trail.evidence.repeated:
            return None
        for place in [
            cell,
            *(self.trail.evidence.cell(CellId(giver)) for giver in self.trail.evidence.givers(cell.id)),
        ]:
            for chance in self.trail.evidence.chances(place):
                if chance.kind == "clock" and (
                    place is cell or self.trail.evidence.reaches(place, chance.line, cell.id)
                ):
                    message = f"Time has passed: line {chance.line} of cell {place.index + 1} {chance.words}."
                    return Explanation("external", message, chance.cure, place.id, chance.line)
        return None

    def likely(
        self, cell: Cell, *, strong: bool, proved: bool = False, into: Cell | None = None
    ) -> Chance | None:
        """The line of a cell that most likely came out otherwise; none where two replays agreed that it does not.

        ``into``: a cell that this one feeds, and that the line must be able to reach.
        """
        if self.trail.evidence.repeated and not proved:
            return None
        for found in self.trail.evidence.chances(cell):
            if found.is_strong is strong and (
                into is None or self.trail.evidence.reaches(cell, found.line, into.id)
            ):
                return found
        return None

    def explained(self, place: Cell, chance: Chance, fed: Cell | None = None, name: str = "") -> Explanation:
        message = f"Line {chance.line} of cell {place.index + 1} {chance.words}."
        own = Explanation("nondeterminism", message, chance.cure, place.id, chance.line)
        if fed is None:
            return own
        return replace(
            own, message=f"It depends on `{name}` from cell {place.index + 1}. {message}", root=own
        )
