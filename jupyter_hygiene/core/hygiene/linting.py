"""What ruff says of a notebook's code, in terms of its cells."""

from __future__ import annotations

from dataclasses import dataclass

from ..notebook import CellId


@dataclass(frozen=True)
class Lint:
    """One diagnostic of ruff. ``line`` and ``column`` from 1; ``name`` is the name it speaks of, if it does."""

    code: str
    message: str
    cell_id: CellId
    line: int
    column: int
    name: str = ""
