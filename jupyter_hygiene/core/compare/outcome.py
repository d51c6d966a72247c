"""What every kind of comparison returns: a verdict, why, what was excused, and where to look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..own_patterns import PREFIX
from ..report import SEVERITY, Difference, OutputVerdict

_RANK = {verdict: rank for rank, verdict in enumerate(SEVERITY)}


@dataclass(frozen=True)
class Outcome:
    """The comparison of two values of one kind."""

    verdict: OutputVerdict
    summary: str = "the same"
    normalised: frozenset[str] = frozenset()
    difference: Difference | None = None


SAME = Outcome("same")


def worst(verdicts: Iterable[OutputVerdict]) -> OutputVerdict:
    """The gravest of some verdicts; ``same`` if there is none."""
    return max(verdicts, key=_RANK.__getitem__, default="same")


def gravest(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome of a whole whose parts have these outcomes: the gravest speaks, excuses add up."""
    parts = list(outcomes)
    if not parts:
        return SAME
    lead = max(parts, key=lambda part: _RANK[part.verdict])
    if lead.verdict == "same":
        return lead
    names = frozenset().union(*(part.normalised for part in parts))
    difference = lead.difference or next((part.difference for part in parts if part.difference), None)
    return Outcome(lead.verdict, lead.summary, names, difference)


_EXCUSE_WORDS = {
    "memory-address": "a memory address",
    "machine-state": "what the machine is busy with",
    "run-number": "a number that is counted up from run to run",
    "object-id": "an object's id",
    "hash-seed": "a hash that depends on the process",
    "random-id": "a random id",
    "process-id": "a process id",
    "local-port": "a local port",
    "timing": "timings",
    "rate": "a speed",
    "timestamp": "a time stamp",
    "progress-bar": "a progress bar",
    "memory-use": "memory use",
    "temp-path": "a temporary path",
    "machine-path": "a path of the machine",
    "file-listing": "owner and time of files",
    "listing-order": "the order of a folder listing",
    "set-order": "the order of a set",
    "key-order": "the order of keys",
    "installer": "chatter of the installer",
    "download": "lines about a download",
    "optional-line": "a line that comes and goes",
    "warning-location": "the place of a warning",
    "cell-number": "the number of a cell",
    "traceback-format": "the setting of the traceback",
    "figure-size": "the default figure size",
    "library-repr": "the wording of a library's repr",
    "float-tolerance": "floating point noise",
    "number-format": "how a number is written",
    "whitespace": "spacing",
    "markup": "markup",
    "representation": "the form in which it is shown",
    "image-noise": "invisible pixel noise",
    "image-size": "the size of the picture",
    "output-order": "its place among the printed lines",
    "spelling": "the spelling of signs",
    "reference-number": "the numbers of a plan's parts",
    "term-order": "the order of terms",
    "template": "the plotting theme",
    "ignored-output": "what is marked so that it is not compared",
}


def excuse(names: Iterable[str]) -> str:
    """One sentence for a difference that has been excused under these names."""
    words = [_excuse_word(name) for name in sorted(set(names))]
    if not words:
        return "equal to a reader"
    if len(words) == 1:
        return f"equal apart from {words[0]}"
    return f"equal apart from {', '.join(words[:-1])} and {words[-1]}"


def _excuse_word(name: str) -> str:
    if name.startswith(PREFIX):
        return f"what the pattern “{name.removeprefix(PREFIX)}” matches"
    return _EXCUSE_WORDS.get(name, name)


def shortened(text: str, limit: int = 48) -> str:
    """Text for a summary: one line, not too long."""
    flat = " ".join(text[: limit * 8].split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
