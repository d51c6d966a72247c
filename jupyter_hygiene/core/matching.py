"""Which cells of a notebook are still those that were verified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from .compare import compare_outputs, worst
from .notebook import Cell, Notebook, Output

MatchStatus = Literal["current", "taken", "outdated"]


def match(notebook: Notebook, verified: Iterable[Mapping[str, Any]]) -> dict[str, MatchStatus]:
    """How each verified cell stands in a notebook, by cell id.

    ``current``: source and outputs are those verified. ``taken``: the outputs are those of the replay.
    ``outdated``: neither, or the cell is gone.

    Args:
        verified: cell details, as ``CellReport.detail_json`` gives them.
    """
    cells: dict[str, Cell] = {cell.id: cell for cell in notebook.code_cells}
    return {str(detail["id"]): _status(cells.get(str(detail["id"])), detail) for detail in verified}


def _status(cell: Cell | None, detail: Mapping[str, Any]) -> MatchStatus:
    if cell is None or cell.source != detail["source"]:
        return "outdated"
    if _look_the_same(cell.outputs, detail["saved_outputs"]):
        return "current"
    if _look_the_same(cell.outputs, detail["replayed_outputs"]):
        return "taken"
    return "outdated"


def _look_the_same(outputs: Sequence[Output], raw: Sequence[Any]) -> bool:
    then = tuple(Output.from_json(output) for output in raw)
    return (
        then == tuple(outputs) or worst(output.verdict for output in compare_outputs(then, outputs)) == "same"
    )
