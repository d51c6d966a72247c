"""Colours in a terminal, or none."""

from __future__ import annotations

_COLOURS = {"red": "31", "green": "32", "yellow": "33", "dim": "2", "bold": "1"}


class Paint:
    """Paints text in a named colour where that is wanted, and leaves it as it is where not."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled

    def __call__(self, text: str, colour: str) -> str:
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self._enabled and text else text
