"""Texts within JSON that hold something of another kind: pictures, HTML, SVG."""

from __future__ import annotations

from .evidence import Evidence
from .html import compare_html
from .images import compare_images
from .outcome import Outcome
from .settings import CompareSettings
from .svg import compare_svg

_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


def compare_embedded(
    key: str, saved: str, replayed: str, evidence: Evidence, settings: CompareSettings
) -> Outcome | None:
    """Compare two texts that stand under one key; None if they are just texts."""
    sides = saved, replayed
    if all(side.startswith("data:image/") and "svg" not in side[:30] for side in sides):
        return compare_images(saved.partition(",")[2], replayed.partition(",")[2], settings)
    if key.endswith(_PICTURES):
        return compare_images(saved, replayed, settings)
    if key.endswith("image/svg+xml"):
        return compare_svg(saved, replayed, evidence, settings)
    if key.endswith("text/html") or all(_is_html(side) for side in sides):
        return compare_html(saved, replayed, evidence, settings)
    return None


def _is_html(text: str) -> bool:
    bare = text.strip()
    return bare.startswith("<") and bare.endswith(">") and "</" in bare
