"""Fixes: what a finding offers to change in a notebook, as plain data. ``mending.py`` and the page carry them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from ..notebook import CellId


@dataclass(frozen=True)
class SourceEdit:
    """A cell gets another source. It is not carried out where the cell's source is no longer ``before``."""

    cell_id: CellId
    before: str
    after: str

    def to_json(self) -> dict[str, Any]:
        return {"kind": "source", "cell_id": self.cell_id, "before": self.before, "after": self.after}


@dataclass(frozen=True)
class DeleteCell:
    """A cell goes. It is not carried out where the cell's source is no longer ``before``."""

    cell_id: CellId
    before: str

    def to_json(self) -> dict[str, Any]:
        return {"kind": "delete_cell", "cell_id": self.cell_id, "before": self.before}


@dataclass(frozen=True)
class InsertCell:
    """A code cell comes in above another, or at the end; under the id that it once had, if that is known."""

    source: str
    above: CellId | None = None
    cell_id: CellId | None = None
    execution_count: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": "insert_cell",
            "above": self.above,
            "cell_id": self.cell_id,
            "source": self.source,
            "execution_count": self.execution_count,
        }


@dataclass(frozen=True)
class ClearOutputs:
    """All outputs of a cell go; its execution count stays."""

    cell_id: CellId

    def to_json(self) -> dict[str, Any]:
        return {"kind": "clear_outputs", "cell_id": self.cell_id}


@dataclass(frozen=True)
class ClearCount:
    """A cell's execution count goes, from the cell and from its outputs."""

    cell_id: CellId

    def to_json(self) -> dict[str, Any]:
        return {"kind": "clear_count", "cell_id": self.cell_id}


@dataclass(frozen=True)
class DropMetadata:
    """A key goes from the metadata of a cell, or of the notebook where ``cell_id`` is none."""

    cell_id: CellId | None
    key: str

    def to_json(self) -> dict[str, Any]:
        return {"kind": "drop_metadata", "cell_id": self.cell_id, "key": self.key}


Edit: TypeAlias = SourceEdit | DeleteCell | InsertCell | ClearOutputs | ClearCount | DropMetadata


@dataclass(frozen=True)
class Fix:
    """One way to mend a finding.

    Args:
        title: what it does, as an order: "Delete the repeated import".
        safe: it may be carried out unseen. Others are shown as a diff first.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False

    def to_json(self) -> dict[str, Any]:
        return {"title": self.title, "safe": self.safe, "edits": [edit.to_json() for edit in self.edits]}
