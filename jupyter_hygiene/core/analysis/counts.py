"""The runs that a file tells of, by the execution counts of its cells.

A file knows the last run of each cell alone. A cell that only imports and defines, and whose readers above it in count
have run before its last run, must have run before them as well: they could not have done without it. So that is taken
for granted, unless no count is left over for such a run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence

from .model import DocumentCell, Run

_MAGIC = re.compile(r"^[ \t]*[%!].*$", re.MULTILINE)
_FARTHEST = 500  # counts that are looked through for one that is left over


def runs_from_counts(cells: Sequence[DocumentCell]) -> list[Run]:
    """The code cells that have a count, in the order of their counts, and what must have run besides."""
    counted = [cell for cell in cells if cell.type == "code" and cell.execution_count is not None]
    runs = [Run(cell.source, cell.execution_count, cell.id, "unknown") for cell in counted]
    runs.extend(_presumed(counted))
    return sorted(runs, key=lambda run: run.execution_count or 0)


def _presumed(counted: Sequence[DocumentCell]) -> Iterable[Run]:
    used = {cell.execution_count for cell in counted}
    # From the bottom up, so that those that stand above others get the lower counts.
    for position in range(len(counted) - 1, -1, -1):
        cell = counted[position]
        earlier = [other for other in counted[position + 1 :] if _count(other) < _count(cell)]
        names = _defined(cell.source) if earlier else set()
        if not names:
            continue
        mentions = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)")
        readers = [_count(other) for other in earlier if mentions.search(other.source)]
        if readers and (free := _free(min(readers), used)):
            used.add(free)
            yield Run(cell.source, free, cell.id, "unknown")


def _free(bound: int, used: set[int | None]) -> int:
    """The highest count below a bound that no cell bears; 0 if there is none."""
    lowest = max(0, bound - _FARTHEST)
    return next((count for count in range(bound - 1, lowest, -1) if count not in used), 0)


def _count(cell: DocumentCell) -> int:
    return cell.execution_count or 0


def _defined(source: str) -> set[str]:
    """What a cell binds that does nothing but import and define."""
    if source.lstrip().startswith("%%"):
        return set()
    try:
        body = ast.parse(_MAGIC.sub("", source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found: set[str] = set()
    for statement in body:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            found.update(alias.asname or alias.name.partition(".")[0] for alias in statement.names)
        elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(statement.name)
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            return set()
    return found - {"*"}
