"""What is left to think when nothing speaks for a cause: the file's execution counts, and what a cell depends on."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from ..notebook import Cell, CellId
from ..report import Explanation

_NO_SOFTWARE = frozenset({*sys.stdlib_module_names, "__future__"})


def third_party(modules: frozenset[str]) -> frozenset[str]:
    """Modules that do not come with Python, and so may be another version."""
    return modules - _NO_SOFTWARE


def missing_counts(cells: Sequence[Cell], below: int) -> list[int]:
    """The execution counts under ``below`` that no code cell of the page bears."""
    borne = {cell.execution_count for cell in cells if cell.execution_count is not None}
    return [count for count in range(1, below) if count not in borne]


def by_elimination(
    cell: Cell, code_cells: Sequence[Cell], givers: Mapping[str, str], changes_own: str | None
) -> Explanation:
    """The cause of a difference that code alone made, on the same software.

    Args:
        givers: the cells that feed this one, directly or not, each with the name that leads there.
        changes_own: a name that the cell changes from what it was, so that running it twice counts twice.
    """
    number = cell.index + 1
    count = cell.execution_count
    gaps = missing_counts(code_cells, count) if count is not None else []
    if changes_own is not None and gaps:
        return Explanation(
            "out_of_order",
            f"Perhaps this cell has run more than once: it changes `{changes_own}`, and {_runs(gaps)} on the page.",
            f"Make cell {number} give the same however often it runs, or restart and run all.",
            cell.id,
            name=changes_own,
        )
    if givers and gaps:
        name = next(iter(givers.values()))
        return Explanation(
            "hidden_state",
            f"Perhaps `{name}` was changed by code that is gone: {_runs(gaps)} on the page.",
            f"Define `{name}` in a cell above as it should be, or take the replayed output.",
            cell.id,
            name=name,
        )
    if givers:
        by_id = {other.id: other for other in code_cells}
        nearest = max((by_id[CellId(giver)].index for giver in givers if giver in by_id), default=None)
        name = next(iter(givers.values()))
        where = f", or cell {nearest + 1}, from which `{name}` comes," if nearest is not None else ""
        return Explanation(
            "edited",
            f"This cell{where} must have been edited after the output was made: "
            "nothing else that it depends on can have changed.",
            "Take the replayed output, or bring the earlier code back.",
            cell.id,
        )
    return Explanation(
        "edited",
        "This cell must have been edited after the output was made: nothing else that it depends on can have changed.",
        "Take the replayed output, or bring the earlier code back.",
        cell.id,
    )


def _runs(gaps: Sequence[int]) -> str:
    listed = ", ".join(f"[{count}]" for count in gaps[-3:])
    if len(gaps) == 1:
        return f"the run {listed} left no cell"
    return f"{'the runs ' if len(gaps) <= 3 else 'runs such as '}{listed} left no cells"
