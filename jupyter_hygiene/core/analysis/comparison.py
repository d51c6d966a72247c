"""The comparison of two worlds: what each cell's last run did, and what a clean run would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .model import DocumentCell, Run, Status
from .plain import last_runs, ranks
from .record import LAST, Endings
from .timeline import Timeline, Turn
from .world import World


@dataclass
class Picture:
    """A notebook in both worlds. Cells are code cells, by their position in the document."""

    cells: list[DocumentCell]
    history: Sequence[Run]
    live: Timeline
    clean: Timeline
    last: dict[str, int]
    order: dict[str, int]
    position: dict[str, int]
    statuses: list[Status] = field(default_factory=list)
    endings: Endings = field(default_factory=Endings)

    def stale(self) -> list[int]:
        """The cells whose last run is not what it should be."""
        return [
            place
            for place, status in enumerate(self.statuses)
            if status in ("stale", "edited", "interrupted")
        ]

    def without_kernel(self) -> Picture:
        """The same before a kernel that has run nothing."""
        live = Timeline([], [], {}, World(views=self.live.final.views), self.live.ambient)
        return replace(self, history=(), live=live, last={})

    def turn(self, position: int) -> Turn:
        """What running a cell again, in the live kernel, would be."""
        turn = self.clean.turns[position]
        return turn._replace(by_chance=LAST) if self.clean.records[position].draws else turn

    def label(self, position: int) -> str:
        """A cell as a sentence names it: by the count of its last run."""
        cell = self.cells[position]
        at = self.last.get(cell.id)
        count = self.history[at].execution_count if at is not None else cell.execution_count
        return (
            f"cell [{count}]"
            if count is not None and at is not None
            else f"code cell {position + 1} of the notebook"
        )

    def earlier(self, position: int, run: int) -> str:
        """A cell whose run was not its last."""
        label = self.label(position)
        return label if self.last.get(self.cells[position].id) == run else f"an earlier run of {label}"

    def ran(self, position: int) -> bool:
        return self.cells[position].id in self.last


def picture(
    cells: list[DocumentCell],
    history: Sequence[Run],
    live: Timeline,
    clean: Timeline,
    endings: Endings,
) -> Picture:
    """Put both worlds side by side."""
    last = last_runs(cells, history)
    made = Picture(
        cells, history, live, clean, last, ranks(last), {cell.id: index for index, cell in enumerate(cells)}
    )
    made.endings = endings
    made.statuses = [_status(made, index) for index in range(len(cells))]
    return made


def _status(seen: Picture, position: int) -> Status:
    cell = seen.cells[position]
    turn = seen.clean.turns[position]
    at = seen.last.get(cell.id)
    if turn.code.error:
        return "unknown"
    if at is None:
        return "unrun"
    ran = seen.live.turns[at]
    if ran.source != turn.source and ran.code.digest != turn.code.digest:
        return "edited"
    if seen.history[at].status == "interrupted":
        return "interrupted"
    if seen.live.records[at].agrees_with(seen.clean.records[position]):
        return "fresh"
    return "stale"
