"""What is found on the way: where something was learned from rows, and a split that comes after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .code import Code

Kind = Literal["fit", "oversample", "undersample"]


@dataclass(frozen=True)
class Mark:
    """Where something was learned from rows, or rows were made or dropped."""

    kind: Kind
    code: Code = field(compare=False)
    index: int  # of the cell
    line: int
    column: int
    what: str  # as the user calls it
    data: str  # in words


@dataclass(frozen=True)
class TooLate:
    """A split that comes after a mark on what it splits."""

    mark: Mark
    code: Code
    line: int
