"""Outputs that are not compared because their cell is marked so: what differs in them is excused, all of it."""

from __future__ import annotations

from dataclasses import replace

from .report import (
    Difference,
    OutputComparison,
    Span,
    StructureDifference,
    TableDifference,
    TextDifference,
)

NAME = "ignored-output"


def ignored(output: OutputComparison, reason: str) -> OutputComparison:
    """The comparison of an output that is not to be compared. ``reason``: how the cell is marked."""
    if output.verdict == "same":
        return output
    return replace(
        output,
        verdict="cosmetic",
        summary=f"differs, and is not compared: {reason}",
        normalised=tuple(sorted({*output.normalised, NAME})),
        difference=_excused(output.difference),
    )


def _excused(difference: Difference | None) -> Difference | None:
    """The difference with nothing in it that counts."""
    if isinstance(difference, TextDifference):
        return TextDifference(_spans(difference.saved), _spans(difference.replayed))
    if isinstance(difference, TableDifference):
        return TableDifference(
            tuple(replace(cell, mark="excused") for cell in difference.saved),
            tuple(replace(cell, mark="excused") for cell in difference.replayed),
        )
    if isinstance(difference, StructureDifference):
        return StructureDifference(tuple(replace(change, mark="excused") for change in difference.changes))
    return difference


def _spans(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(replace(span, mark="excused") if span.mark == "changed" else span for span in spans)
