"""What can be set: one frozen model, for one place where settings are made as well as for all of them merged."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

from ..own_patterns import Pattern

Compare = Literal["all", "marked"]


@dataclass(frozen=True)
class Settings:
    """Settings; ``None`` or nothing where none was made, and the default holds.

    Times in seconds, 0 for no limit. ``ignore_output``, ``skip`` and ``raises_exception`` are for a single cell.
    ``select``, ``extend_select`` and ``ignore`` name hygiene rules or families of them; ``max_output`` is in megabytes.
    """

    rel_tolerance: float | None = None
    abs_tolerance: float | None = None
    array_tolerance: float | None = None
    pixel_tolerance: int | None = None
    area_tolerance: int | None = None
    coordinate_tolerance: float | None = None
    off: frozenset[str] = frozenset()
    patterns: tuple[Pattern, ...] = ()
    compare: Compare | None = None
    ignore_tags: frozenset[str] = frozenset()
    skip_tags: frozenset[str] = frozenset()
    repeat: int | None = None
    timeout: float | None = None
    cell_timeout: float | None = None
    keep_going: bool | None = None
    scratch: bool | None = None
    kernel: str | None = None
    ignore_output: bool | None = None
    skip: bool | None = None
    raises_exception: bool | None = None
    select: tuple[str, ...] | None = None
    extend_select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    max_statements: int | None = None
    max_cells: int | None = None
    max_output: float | None = None

    def under(self, nearer: Settings) -> Settings:
        """These settings with nearer ones on top: lists add up, everything else gives way.

        A nearer pattern takes the place of one of the same name.
        """
        merged: dict[str, Any] = {}
        for field in fields(self):
            far, near = getattr(self, field.name), getattr(nearer, field.name)
            if isinstance(near, frozenset):
                merged[field.name] = far | near
            elif field.name == "patterns":
                renewed = {(pattern.name, pattern.file) for pattern in near}
                kept = (old for old in far if (old.name, old.file) not in renewed)
                merged[field.name] = (*kept, *near)
            else:
                merged[field.name] = far if near is None else near
        return Settings(**merged)
