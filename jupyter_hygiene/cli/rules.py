"""``jupyter hygiene rules``: what the rules are, and what each is for."""

from __future__ import annotations

import argparse

from ..core.configuration.values import suggestion
from ..core.hygiene import RULES
from ..core.hygiene.handbook import chapter, summary
from .output import ALL_WELL, NOT_DONE, complain, show


def run_rules(options: argparse.Namespace) -> int:
    """List all rules, or explain those named; returns the exit status."""
    unknown = [name for name in options.names if name not in RULES]
    if unknown:
        complain(f"there is no rule {unknown[0]!r}{suggestion(unknown[0], RULES)}")
        return NOT_DONE
    text = "\n".join(chapter(RULES[name]) for name in options.names) if options.names else summary()
    return ALL_WELL if show(text) else NOT_DONE
