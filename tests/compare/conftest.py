"""Prints at the end of a test run how many of the sample pairs were judged right, by category."""

from __future__ import annotations

import pytest

# Category to (right, all); the test that judges the samples fills it.
SCORES = pytest.StashKey[dict[str, tuple[int, int]]]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    scores = config.stash.get(SCORES, {})
    if not scores:
        return
    terminalreporter.write_sep("-", "sample pairs judged right")
    parts = [f"{category} {right}/{count}" for category, (right, count) in sorted(scores.items())]
    terminalreporter.write_line(", ".join(parts))
