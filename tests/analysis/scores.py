"""Holding predictions against the truth: recall and precision, as the field measures them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Score:
    """Cells that had to be shown otherwise than fresh, and how many were; all that were shown so."""

    must: int = 0
    found: int = 0
    shown: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, truth: Mapping[str, str], analysis: Mapping[str, Any], label: str) -> None:
        """Count one session. ``truth`` and ``analysis`` are those of the sample's lines and of the engine."""
        for cell in analysis["cells"]:
            true = truth.get(cell["id"], "unrun")
            if true in ("unrun", "random"):
                continue
            is_shown = cell["status"] != "fresh"
            self.must += true == "must"
            self.shown += is_shown
            self.found += is_shown and true == "must"
            if true == "must" and not is_shown:
                self.missed.append(f"{label}: {cell['id']}")

    @property
    def recall(self) -> float:
        return self.found / self.must if self.must else 1.0

    @property
    def precision(self) -> float:
        return self.found / self.shown if self.shown else 1.0
