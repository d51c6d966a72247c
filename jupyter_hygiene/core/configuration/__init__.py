"""Settings: where they are made, what they may be, and what comes of all of them for a notebook and each of its cells.

``configure`` is the one place that merges them.
"""

from __future__ import annotations

from .layers import METADATA_KEY, Layer, layer_of, request_layer
from .marks import Treatment, marked_to_skip, treatment_of
from .merging import Configuration, configure
from .model import Settings

__all__ = [
    "METADATA_KEY",
    "Configuration",
    "Layer",
    "Settings",
    "Treatment",
    "configure",
    "layer_of",
    "marked_to_skip",
    "request_layer",
    "treatment_of",
]
