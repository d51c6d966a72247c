"""Comparing what stands on the page with what the replay gave, as an experienced reader does."""

from __future__ import annotations

from .outcome import worst
from .outputs import compare_outputs
from .settings import NORMALISERS, CompareContext, CompareSettings

__all__ = ["NORMALISERS", "CompareContext", "CompareSettings", "compare_outputs", "worst"]
