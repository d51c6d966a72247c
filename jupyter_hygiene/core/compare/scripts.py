"""Comparing JavaScript: what it says counts, under which random ids it says it does not."""

from __future__ import annotations

from .evidence import Evidence
from .ids import IdNames
from .outcome import SAME, Outcome
from .settings import CompareSettings
from .text import compare_text

# An inlined library, not something that a cell says.
_LIBRARY_SIZE = 300_000


def compare_scripts(saved: str, replayed: str, evidence: Evidence, settings: CompareSettings) -> Outcome:
    """Compare two scripts that are outputs of their own."""
    return compare_renamed_scripts(
        IdNames((), [saved]).renamed(saved), IdNames((), [replayed]).renamed(replayed), settings
    )


def compare_renamed_scripts(saved: str, replayed: str, settings: CompareSettings) -> Outcome:
    """Compare two scripts whose ids have been renamed."""
    if saved.split() == replayed.split():
        return SAME
    if min(len(saved), len(replayed)) > _LIBRARY_SIZE and settings.allows("template"):
        return Outcome("cosmetic", "equal apart from an inlined library", frozenset({"template"}))
    # Nothing that the cell's source says makes its data volatile once it is in a script.
    outcome = compare_text(saved, replayed, Evidence(), settings)
    if outcome.normalised == {"whitespace"} and outcome.verdict == "cosmetic":
        return SAME
    if outcome.verdict == "changed":
        return Outcome("changed", f"in the script {outcome.summary}", outcome.normalised, outcome.difference)
    return outcome
