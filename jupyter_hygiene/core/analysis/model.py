"""What goes into an analysis and what comes out of it: plain frozen data, and its form on the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["fresh", "edited", "stale", "interrupted", "unknown", "unrun"]
RunStatus = Literal["ok", "error", "interrupted", "unknown"]
Basis = Literal["kernel", "file"]
ReasonKind = Literal[
    "edited",
    "upstream",
    "redefined",
    "not_run",
    "deleted",
    "below",
    "outside",
    "undefined",
    "repeated",
    "state",
    "interrupted",
    "unreadable",
    "unrun",
    "unanalysed",
    "draws",
    "not_shown",
]
Side = Literal["above", "below"]


@dataclass(frozen=True)
class DocumentCell:
    """A cell as it stands in the document."""

    id: str
    type: str
    source: str
    execution_count: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """One execution of code by a kernel. No ``cell_id``: a console's code, or nobody's.

    ``line``: the one that raised, from 1; 0 if none did or it is not known.
    """

    source: str
    execution_count: int | None = None
    cell_id: str | None = None
    status: RunStatus = "unknown"
    line: int = 0


@dataclass(frozen=True)
class Reason:
    """Why a cell is not fresh, in one plain sentence, and what caused it."""

    kind: ReasonKind
    message: str
    name: str | None = None
    cell_id: str | None = None
    execution_count: int | None = None
    restore_before: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "name": self.name,
            "cell_id": self.cell_id,
            "execution_count": self.execution_count,
            "message": self.message,
            "restore_before": self.restore_before,
        }


@dataclass(frozen=True)
class Move:
    """A cell to be moved above or below another one."""

    cell_id: str
    anchor_id: str
    side: Side

    def to_json(self) -> dict[str, Any]:
        return {"cell_id": self.cell_id, "anchor_id": self.anchor_id, "side": self.side}


@dataclass(frozen=True)
class Edge:
    """One cell feeds another by a name, as the document stands."""

    source: str
    target: str
    name: str

    def to_json(self) -> dict[str, Any]:
        return {"from": self.source, "to": self.target, "name": self.name}


@dataclass(frozen=True)
class CellAnalysis:
    """What is predicted of one code cell."""

    id: str
    status: Status
    order: int | None = None
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    rerun: tuple[str, ...] = ()
    dependents: tuple[str, ...] = ()
    hazard: Reason | None = None
    move: Move | None = None
    unshown: Reason | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "status": self.status,
            "order": self.order,
            "reads": list(self.reads),
            "writes": list(self.writes),
            "reasons": [reason.to_json() for reason in self.reasons],
            "rerun": list(self.rerun),
            "dependents": list(self.dependents),
            "hazard": self.hazard.to_json() if self.hazard else None,
            "move": self.move.to_json() if self.move else None,
            "unshown": self.unshown.to_json() if self.unshown else None,
        }


@dataclass(frozen=True)
class Analysis:
    """What is predicted of a notebook: its code cells in document order, and what to do about them."""

    basis: Basis
    dependencies: bool
    cells: tuple[CellAnalysis, ...]
    edges: tuple[Edge, ...] = ()
    rerun: tuple[str, ...] = ()
    restart_needed: bool = False
    hazards: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        return {
            "basis": self.basis,
            "dependencies": self.dependencies,
            "cells": [cell.to_json() for cell in self.cells],
            "edges": [edge.to_json() for edge in self.edges],
            "rerun": list(self.rerun),
            "restart_needed": self.restart_needed,
            "hazards": list(self.hazards),
        }
