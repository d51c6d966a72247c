"""Naming many things in a sentence that stays short."""

from __future__ import annotations

from collections.abc import Sequence

_MOST = 10


def listed(parts: Sequence[object]) -> str:
    """The first ten, with commas, and an ellipsis where there are more."""
    return ", ".join(str(part) for part in parts[:_MOST]) + (", …" if len(parts) > _MOST else "")
