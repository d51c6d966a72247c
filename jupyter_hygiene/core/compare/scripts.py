"""Comparing JavaScript: what it says counts, under which random ids it says it does not."""

from __future__ import annotations

import re
from functools import cache

from .evidence import Evidence
from .ids import IdNames
from .outcome import SAME, Outcome
from .picture_links import with_named_pictures
from .settings import CompareSettings
from .text import compare_text
from .typed_arrays import with_decoded_arrays

# An inlined library, not something that a cell says.
_LIBRARY_SIZE = 300_000


def compare_scripts(saved: str, replayed: str, evidence: Evidence, settings: CompareSettings) -> Outcome:
    """Compare two scripts that are outputs of their own."""
    return compare_renamed_scripts(
        IdNames((), [saved]).renamed(saved), IdNames((), [replayed]).renamed(replayed), settings
    )


@cache
def _comment() -> re.Pattern[str]:
    """Strings, divisions, and comments; of a long one how it begins.

    What is behind a backslash begins no string: where one has no end, none of its escaped quotes is tried anew.
    """
    return re.compile(
        r"(?P<string>(?<!\\)(?:\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|[\w)\]]\s*/(?![/*]))"
        r"|//[^\n]*|(?P<long>/\*)",
        re.DOTALL,
    )


def _code(script: str) -> str:
    """A script without its comments."""
    if "//" not in script and "/*" not in script:
        return script
    pieces: list[str] = []
    place = kept = 0
    last = script.rfind("*/")
    while match := _comment().search(script, place):
        place = match.end()
        if match["string"] or (match["long"] and place > last):
            continue
        place = script.index("*/", place) + 2 if match["long"] else place
        pieces.append(script[kept : match.start()])
        kept = place
    return " ".join([*pieces, script[kept:]])


def compare_renamed_scripts(saved: str, replayed: str, settings: CompareSettings) -> Outcome:
    """Compare two scripts whose ids have been renamed."""
    if saved.split() == replayed.split() or _code(saved).split() == _code(replayed).split():
        return SAME
    saved, replayed = (with_named_pictures(with_decoded_arrays(side)) for side in (saved, replayed))
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
