"""Carrying out fixes in a notebook's JSON, and mending all that can be mended unseen."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..notebook import CellId, Notebook, joined
from .checking import Check
from .fixes import ClearCount, ClearOutputs, DeleteCell, DropMetadata, Edit, Fix, InsertCell, SourceEdit
from .model import Finding

# A fix may bring another one to light: a cell that has become empty, say.
_MOST_ROUNDS = 20


@dataclass(frozen=True)
class Mended:
    """A notebook's JSON after fixes, the findings that they were for, and what is found afterwards."""

    raw: dict[str, Any]
    fixed: tuple[Finding, ...]
    left: Check


def mend(
    raw: Mapping[str, Any],
    check: Callable[[Notebook], Check],
    wanted: Callable[[Finding, Fix], bool] = lambda _, fix: fix.safe,
) -> Mended:
    """Carry out the wanted fixes, round by round, until none is left. The JSON given stays as it is.

    Args:
        check: finds what is to be fixed.
    """
    changed: dict[str, Any] = copy.deepcopy(dict(raw))
    fixed: list[Finding] = []
    for _ in range(_MOST_ROUNDS):
        notebook = Notebook.from_json(changed)
        found = check(notebook)
        done = _carry_out_what_agrees(changed, notebook, found.findings, wanted)
        if not done:
            return Mended(changed, tuple(fixed), found)
        fixed += done
    return Mended(changed, tuple(fixed), check(Notebook.from_json(changed)))


def _carry_out_what_agrees(
    raw: dict[str, Any],
    notebook: Notebook,
    findings: Sequence[Finding],
    wanted: Callable[[Finding, Fix], bool],
) -> list[Finding]:
    """Carry out the first wanted fix of each finding, but no two that touch the same place."""
    taken: set[tuple[str, CellId | None, str]] = set()
    done: list[Finding] = []
    edits: list[Edit] = []
    for finding in findings:
        fix = next((fix for fix in finding.fixes if wanted(finding, fix)), None)
        if fix is None:
            continue
        places = {_place(edit) for edit in fix.edits}
        if taken.isdisjoint(places):
            taken |= places
            edits += fix.edits
            done.append(finding)
    carry_out(raw, notebook, edits)
    return done


def _place(edit: Edit) -> tuple[str, CellId | None, str]:
    if isinstance(edit, (SourceEdit, DeleteCell)):
        return ("source", edit.cell_id, "")
    if isinstance(edit, InsertCell):
        return ("insert", edit.above, "")
    if isinstance(edit, DropMetadata):
        return ("metadata", edit.cell_id, edit.key)
    return ("outputs", edit.cell_id, "")


def carry_out(raw: dict[str, Any], notebook: Notebook, edits: Sequence[Edit]) -> None:
    """Carry edits out in a notebook's JSON, of which ``notebook`` is the view. What an edit does not name is kept."""
    cells: list[dict[str, Any]] = raw["cells"]
    by_id = {cell.id: cells[cell.index] for cell in notebook.cells}
    for edit in edits:
        if isinstance(edit, InsertCell):
            _insert(raw, by_id, edit)
        elif isinstance(edit, DropMetadata):
            owner = raw if edit.cell_id is None else by_id[edit.cell_id]
            owner.get("metadata", {}).pop(edit.key, None)
        else:
            _edit_cell(cells, by_id[edit.cell_id], edit)


def _edit_cell(cells: list[dict[str, Any]], cell: dict[str, Any], edit: Edit) -> None:
    if isinstance(edit, ClearOutputs):
        cell["outputs"] = []
    elif isinstance(edit, ClearCount):
        cell["execution_count"] = None
        for output in cell.get("outputs", []):
            if "execution_count" in output:
                output["execution_count"] = None
    elif isinstance(edit, (SourceEdit, DeleteCell)) and joined(cell.get("source", "")) == edit.before:
        if isinstance(edit, DeleteCell):
            cells[:] = [each for each in cells if each is not cell]
        else:
            as_lines = isinstance(cell.get("source"), list)
            cell["source"] = edit.after.splitlines(keepends=True) if as_lines else edit.after


def _insert(raw: dict[str, Any], by_id: dict[CellId, dict[str, Any]], edit: InsertCell) -> None:
    cells: list[dict[str, Any]] = raw["cells"]
    above = by_id.get(edit.above) if edit.above is not None else None
    place = next((index for index, cell in enumerate(cells) if cell is above), len(cells))
    cell: dict[str, Any] = {
        "cell_type": "code",
        "execution_count": edit.execution_count,
        "metadata": {},
        "outputs": [],
        "source": edit.source.splitlines(keepends=True),
    }
    if _has_ids(raw):
        name = edit.cell_id if edit.cell_id and edit.cell_id not in by_id else _new_id(by_id)
        cell["id"] = name
        by_id[CellId(name)] = cell
    cells.insert(place, cell)


def _has_ids(raw: Mapping[str, Any]) -> bool:
    """Whether the notebook's format has ids of cells, from 4.5 on."""
    return bool((raw.get("nbformat"), raw.get("nbformat_minor", 0)) >= (4, 5))


def _new_id(taken: Mapping[CellId, Any]) -> str:
    number = 1
    while CellId(f"restored-{number}") in taken:
        number += 1
    return f"restored-{number}"


def changes(before: Notebook, after: Notebook) -> tuple[Edit, ...]:
    """The edits that lead from one state of a notebook to another that mending made of it."""
    now = {cell.id: cell for cell in after.cells}
    known = {cell.id for cell in before.cells}
    edits: list[Edit] = [DropMetadata(None, key) for key in before.metadata if key not in after.metadata]
    for cell in before.cells:
        new = now.get(cell.id)
        if new is None:
            edits.append(DeleteCell(cell.id, cell.source))
            continue
        if new.source != cell.source:
            edits.append(SourceEdit(cell.id, cell.source, new.source))
        if cell.outputs and not new.outputs:
            edits.append(ClearOutputs(cell.id))
        elif cell.execution_count is not None and new.execution_count is None:
            edits.append(ClearCount(cell.id))
        edits += [DropMetadata(cell.id, key) for key in cell.metadata if key not in new.metadata]
    following: CellId | None = None
    for cell in reversed(after.cells):
        if cell.id not in known:
            edits.append(InsertCell(cell.source, following, cell.id, cell.execution_count))
        following = cell.id
    return tuple(edits)
