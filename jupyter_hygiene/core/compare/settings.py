"""What a comparison may be told: tolerances, normalisers switched off, and where the outputs come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..own_patterns import Pattern

# Every way in which a difference can be excused, by name. The names appear in reports and in settings.
NORMALISERS: dict[str, str] = {
    "memory-address": "The address in an object's repr, as in <Net object at 0x7f3a…>.",
    "machine-state": "What the machine is busy with: free memory and disk, load, temperature, number of workers.",
    "run-number": "Numbers that a tool counts up from run to run: version_3, sequential_1, v_num=4.",
    "object-id": "What id() returns, where the cell calls it.",
    "hash-seed": "What hash() returns for text, where the cell calls it: it depends on the process.",
    "random-id": "Ids made at random (UUIDs of version 1, 4, 6 and 7, run, session and request ids, ids in markup).",
    "process-id": "Process ids.",
    "local-port": "Ports of servers on this machine, and the tokens in their addresses.",
    "timing": "How long something took, where the text or the cell says that it is a running time.",
    "rate": "Speeds of computing: it/s, MB/s, ms/step.",
    "timestamp": "When something ran: the time before a log message, Last updated, a cell that prints the time.",
    "progress-bar": "The bar of a progress display; counts, percentages and metrics beside it are compared.",
    "memory-use": "Memory that a process or a data frame occupies.",
    "temp-path": "Folders and files with random names below the system's temporary folder.",
    "machine-path": "Home folders, Python installations and working folders; what lies below them is compared.",
    "file-listing": "Owner, time and block total in the long listing of ls.",
    "listing-order": "The order in which a folder is listed, where the cell lists one without sorting.",
    "set-order": "The order of a set's elements.",
    "key-order": "The order of the keys of a dict or JSON object.",
    "installer": "Chatter of pip and conda; versions that end up installed are compared.",
    "download": "Lines about a download that took place on one side only, and addresses of servers in such lines.",
    "optional-line": "Lines that a tool prints at its own discretion, such as timeit's caching hint.",
    "warning-location": "Path, line and quoted source of a warning; its category and message are compared.",
    "cell-number": "Numbers and names under which IPython compiled a cell.",
    "traceback-format": "How a traceback is set; its notebook code, type and message are compared.",
    "figure-size": "The size in <Figure size 432x288 with 1 Axes>.",
    "library-repr": "Reprs that new releases of matplotlib and numpy word differently, as np.float64(2.0) for 2.0.",
    "float-tolerance": "Floating point noise.",
    "number-format": "The same number written differently: 3.2 and 3.20, 1,000 and 1000, another precision.",
    "spelling": "The same sign or unit written differently: ± and +/-, µs and us, kinds of quotes and dashes.",
    "reference-number": "Numbers by which a plan refers to its parts, as age#12L, where all change alike.",
    "whitespace": "Spacing, wrapping and the length of ruled lines.",
    "markup": "HTML, SVG or Vega markup that shows the same content otherwise.",
    "representation": "The same value shown as text on one side and as a table on the other.",
    "image-noise": "Pixels that differ less than a reader can see.",
    "image-size": "The same picture at another size.",
    "output-order": "A display that moved among the printed lines.",
    "term-order": "The order of the terms of a sum.",
    "template": "Themes and default settings of a plotting library.",
    "ignored-output": "Everything in a cell that is marked so that its output is not compared.",
}


@dataclass(frozen=True)
class CompareSettings:
    """How strict to be.

    ``rel_tolerance`` is relative to the number, ``scale_tolerance`` to the largest number of the same array or
    column, and ``abs_tolerance`` is for a lone number that is only rounding residue. The tolerances that a user asks
    for hold besides, for every number that is no integer, however few digits it has. ``patterns``: what the user
    knows to be volatile.
    """

    rel_tolerance: float = 1e-6
    scale_tolerance: float = 1e-12
    single_scale_tolerance: float = 1e-6  # where the text says that its numbers are single precision
    abs_tolerance: float = 1e-15
    pixel_tolerance: int = 48  # how far one pixel may be off, of 255
    area_tolerance: int = 6  # how far the mean of 5 by 5 pixels may be off
    coordinate_tolerance: float = 0.01  # of an SVG, in its own units
    disabled: frozenset[str] = frozenset()
    asked_rel_tolerance: float = 0.0
    asked_abs_tolerance: float = 0.0
    patterns: tuple[Pattern, ...] = ()

    def allows(self, normaliser: str) -> bool:
        """Whether this normaliser may excuse something."""
        return normaliser not in self.disabled

    def tolerates(self, saved: float, replayed: float) -> bool:
        """Whether two numbers are as close as the user asks for."""
        difference = abs(saved - replayed)
        magnitude = max(abs(saved), abs(replayed))
        return difference <= max(self.asked_abs_tolerance, self.asked_rel_tolerance * magnitude)

    def within(self, kind: str) -> CompareSettings:
        """The settings for outputs of one kind: a MIME type, ``stream/…`` or ``error``."""
        if all(pattern.is_for(kind) for pattern in self.patterns):
            return self
        return replace(self, patterns=tuple(pattern for pattern in self.patterns if pattern.is_for(kind)))


@dataclass(frozen=True)
class CompareContext:
    """What is known besides the two lists of outputs.

    ``path_aliases`` are pairs of a prefix in the replayed outputs and the prefix it stands for on the page.
    """

    source: str = ""
    language: str = "python"
    saved_widgets: Mapping[str, Any] = field(default_factory=dict)
    replayed_widgets: Mapping[str, Any] = field(default_factory=dict)
    path_aliases: tuple[tuple[str, str], ...] = ()
    settings: CompareSettings = CompareSettings()
