"""State: names that are not there in a clean run, order, and sessions that outlive their notebook."""

from __future__ import annotations

from .model import Rule

RULES: tuple[Rule, ...] = ()
