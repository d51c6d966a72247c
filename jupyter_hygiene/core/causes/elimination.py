"""What is left to think when nothing speaks for a cause: the file's execution counts, and what a cell depends on."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from ..notebook import Cell
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
    cell: Cell, code_cells: Sequence[Cell], taken: Mapping[str, Cell], counting: Sequence[tuple[Cell, str]]
) -> Explanation:
    """The cause of a difference that code alone made, on the same software.

    Args:
        taken: the variables that the cell takes from others, each with the cell that gives it.
        counting: the cells among this one and those that feed it that count twice when they run twice, each with
            the name that it changes from what it was.
    """
    gaps = missing_counts(code_cells, cell.execution_count or 0)
    for counter, name in counting:
        missing = missing_counts(code_cells, counter.execution_count or 0)
        if missing:
            which = "this cell" if counter is cell else f"cell {counter.index + 1}"
            return Explanation(
                "out_of_order",
                f"Perhaps {which} has run more than once: it changes `{name}`, and {_runs(missing)} on the page.",
                f"Make cell {counter.index + 1} give the same however often it runs, or restart and run all.",
                counter.id,
                name=name,
            )
    if taken and gaps:
        names = _either(list(taken))
        return Explanation(
            "hidden_state",
            f"Perhaps {names} was changed by code that is gone: {_runs(gaps)} on the page.",
            f"Define {names} in a cell above as it should be, or take the replayed output.",
            cell.id,
            name=next(iter(taken)),
        )
    places = sorted({giver.index + 1 for giver in taken.values()})
    where = ""
    if places:
        listed = ", ".join(f"cell {place}" for place in places[:3])
        where = f", or {listed}, from which {_either(list(taken))} comes,"
    return Explanation(
        "edited",
        f"This cell{where} must have been edited after the output was made: nothing else that it depends on can "
        "have changed.",
        "Take the replayed output, or bring the earlier code back.",
        cell.id,
    )


def _either(names: Sequence[str]) -> str:
    """``a``, ``b`` or ``c``, in backticks."""
    quoted = [f"`{name}`" for name in names[:4]]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _runs(gaps: Sequence[int]) -> str:
    listed = ", ".join(f"[{count}]" for count in gaps[-3:])
    if len(gaps) == 1:
        return f"the run {listed} left no cell"
    return f"{'the runs ' if len(gaps) <= 3 else 'runs such as '}{listed} left no cells"
