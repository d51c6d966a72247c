"""Structure: cells that are too long, code that stands twice, cells that cannot be read."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .model import Hit, Rule
from .page import Page


def _long_cells(page: Page) -> Iterator[Hit]:
    most = page.limits.cell_statements
    for code in page.code:
        count = sum(len(code.nodes(kind)) for kind in _STATEMENTS)
        if count > most:
            yield Hit(
                f"This cell has {count} statements; more than {most} are hard to follow and to rerun.",
                code.id,
            )


_STATEMENTS = tuple(
    kind for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.stmt)
)

RULES = (
    Rule(
        id="long-cell",
        family="Structure",
        severity="warning",
        summary="A cell has more statements than the limit.",
        why="A long cell cannot be rerun or tested in parts, and hides which of its results later cells depend on.",
        before="…",
        after="…",
        check=_long_cells,
    ),
)
