"""What the user has silenced in a notebook: by a comment in the code, a tag, or metadata of a cell.

Metadata of the whole notebook are settings like those of the project; see ``selection.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..configuration import Configuration
from ..notebook import Cell, CellId, Notebook
from .model import Hit
from .selection import rules_named

TAG = "hygiene-ignore"
_COMMENT = re.compile(r"(?:#|<!--)\s*hygiene:\s*ignore(?:\s*\[([^\][]*)\])?")
_EVERY = "all"


class Silence:
    """Which findings the user does not want to hear of."""

    def __init__(self, notebook: Notebook, configuration: Configuration) -> None:
        self._cells: dict[CellId, Cell] = {cell.id: cell for cell in notebook.cells}
        self._configuration = configuration
        self._known: dict[CellId, tuple[frozenset[str], Mapping[int, frozenset[str]]]] = {}

    def covers(self, rule: str, hit: Hit) -> bool:
        """Whether a rule's finding is silenced where it stands."""
        if hit.cell_id is None:
            return False
        known = self._known.get(hit.cell_id)
        if known is None:
            cell = self._cells[hit.cell_id]
            whole, lines = _marks(cell)
            own = self._configuration.by_cell.get(cell.index)
            known = self._known[hit.cell_id] = (whole | rules_named(own.ignore) if own else whole, lines)
        whole, lines = known
        if rule in whole:
            return True
        return hit.line is not None and not hit.in_output and rule in lines.get(hit.line, ())


def _marks(cell: Cell) -> tuple[frozenset[str], Mapping[int, frozenset[str]]]:
    """What is silenced in a whole cell, and on lines of it.

    A comment behind code is for its line. One on a line of its own is for the next line of code, or, at the top of
    the cell, for all of it.
    """
    whole: set[str] = set()
    for tag in cell.tags:
        if tag == TAG:
            whole.add(_EVERY)
        elif tag.startswith(f"{TAG}-"):
            whole.add(tag.removeprefix(f"{TAG}-"))
    lines: dict[int, frozenset[str]] = {}
    if "hygiene:" in cell.source:
        waiting: set[str] = set()  # for the next line of code
        at_top = True
        for number, line in enumerate(cell.source.split("\n"), start=1):
            match = _COMMENT.search(line)
            is_code = bool(line.strip()) and not line.lstrip().startswith(("#", "<!--", "%%"))
            named = _listed(match[1]) if match else frozenset()
            if is_code:
                lines[number] = rules_named(waiting | named)
                waiting = set()
            elif at_top:
                whole |= named
            else:
                waiting |= named
            at_top = at_top and not is_code
    return rules_named(whole), lines


def _listed(text: str | None) -> frozenset[str]:
    if text is None:
        return frozenset({_EVERY})
    return frozenset(name for name in re.split(r"[\s,]+", text) if name)
