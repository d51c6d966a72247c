"""Two MIME bundles: which type decides, and handing it to the comparison of its kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from ..notebook import STREAM, Output, is_json_mime
from .evidence import Evidence, evidence_of
from .html import compare_html
from .images import compare_images
from .latex import compare_latex
from .markdown import compare_markdown
from .outcome import SAME, Outcome, excuse
from .scripts import compare_scripts
from .settings import CompareContext, CompareSettings
from .structure import compare_structures
from .svg import compare_svg
from .terminal import rendered
from .text import compare_text
from .through_patterns import compare_through
from .widgets import WIDGET_VIEW, compare_widgets

PLAIN = "text/plain"
_RANKS = {
    WIDGET_VIEW: 0,
    "application/json": 2,
    "image/svg+xml": 4,
    "text/html": 5,
    "text/latex": 6,
    "text/markdown": 7,
    "application/javascript": 8,
    "text/javascript": 8,
    PLAIN: 99,
}
_MARKUP = frozenset({"image/svg+xml", "text/html", "text/latex", "application/javascript", "text/javascript"})
# Types that some front end adds beside the one that is shown.
_NEVER_SHOWN = (
    "application/vnd.google.colaboratory.",
    "application/vnd.holoviews_",
    "application/papermill.",
    "application/vnd.microsoft.datawrangler.",
)


def decisive_mime(output: Output) -> str:
    """The richest type of an output."""
    return min(_shown(output), key=_rank, default=PLAIN)


def is_blank(output: Output) -> bool:
    """Whether a display shows nothing at all."""
    if _placeholder(output):
        return False
    return not any(value not in ("", None, {}, []) for value in output.data.values())


def compare_bundles(saved: Output, replayed: Output, context: CompareContext) -> tuple[str, Outcome]:
    """The type that decided, and the outcome."""
    if _placeholder(saved) or _placeholder(replayed):
        side = "page" if _placeholder(saved) else "replay"
        return decisive_mime(replayed), Outcome(
            "not_comparable", f"the {side} holds a placeholder of the server in place of the output"
        )
    common = _common(saved, replayed)
    evidence = evidence_of(context.source)
    richest = decisive_mime(saved), decisive_mime(replayed)
    if not common:
        return richest[0], _without_common_type(*richest)
    for mime, other in common:
        if mime == WIDGET_VIEW:
            outcome = compare_widgets(saved, replayed, context)
        elif mime == PLAIN and richest != (PLAIN, PLAIN):
            outcome = _by_fallback(saved, replayed, richest, evidence, context.settings.within(PLAIN))
        else:
            outcome = _compare_written(
                mime, saved.data[mime], replayed.data[other], evidence, context.settings
            )
        return mime, outcome
    return PLAIN, SAME


def _shown(output: Output) -> set[str]:
    visible = {
        mime
        for mime, value in output.data.items()
        if value not in ("", None) and not mime.startswith(_NEVER_SHOWN)
    }
    return visible or set(output.data)


def _common(saved: Output, replayed: Output) -> list[tuple[str, str]]:
    """The types that both sides show, the richest first; releases of one vendor type are one type."""
    others = {_family(mime): mime for mime in _shown(replayed)}
    exact = _shown(replayed)
    pairs = [
        (mime, mime if mime in exact else others[_family(mime)])
        for mime in _shown(saved)
        if _family(mime) in others
    ]
    return sorted(pairs, key=lambda pair: _rank(pair[0]))


def _family(mime: str) -> str:
    return re.sub(r"\.v\d+(?:\.\d+)*(?=\+json)", "", mime)


def _rank(mime: str) -> tuple[int, str]:
    base = mime.split(";", 1)[0].strip().lower()
    if base in _RANKS:
        return _RANKS[base], base
    if is_json_mime(base):
        return 1, base
    if base.startswith("image/"):
        return 3, base
    return (50 if base.startswith("text/") else 60), base


def stands_for_stream(output: Output) -> bool:
    """Whether the server put this in the place of printed lines that it keeps itself."""
    if output.output_type == STREAM:
        return isinstance(output.metadata.get("url"), str)
    html = output.data.get("text/html")
    return _placeholder(output) and isinstance(html, str) and "stream" in html


def is_bare_placeholder(output: Output) -> bool:
    """Whether the server put this in the place of something of which it does not say what it was."""
    return not output.data and isinstance(output.metadata.get("url"), str)


def _placeholder(output: Output) -> bool:
    if is_bare_placeholder(output):
        return True
    html = output.data.get("text/html")
    return isinstance(html, str) and len(html) < 2_000 and "/api/outputs/" in html


def _without_common_type(saved: str, replayed: str) -> Outcome:
    families = {saved.split("/")[0], replayed.split("/")[0]}
    verdict: Any = "not_comparable" if families == {"image"} else "changed"
    return Outcome(verdict, f"the page shows {saved}, the replay {replayed}")


@cache
def _says_nothing() -> re.Pattern[str]:
    return re.compile(r"\s*(?:<[^<>]*>|[\w.]+\(\.\.\.\)|\[<[^<>]*>\])\s*")


def _by_fallback(
    saved: Output, replayed: Output, richest: tuple[str, str], evidence: Evidence, settings: CompareSettings
) -> Outcome:
    """Text alone is common to both although at least one of them is shown otherwise."""
    texts = rendered(str(saved.data[PLAIN])), rendered(str(replayed.data[PLAIN]))
    if any(_says_nothing().fullmatch(text) for text in texts):
        return _without_common_type(*richest)
    outcome = compare_text(*texts, evidence, settings)
    if outcome.verdict != "same":
        return outcome
    if not settings.allows("representation"):
        return Outcome("changed", f"the page shows {richest[0]}, the replay {richest[1]}")
    return Outcome("cosmetic", excuse({"representation"}), frozenset({"representation"}))


def _compare_written(
    mime: str, saved: Any, replayed: Any, evidence: Evidence, settings: CompareSettings
) -> Outcome:
    """Compare two values; the user's own patterns look at markup as it is written, and then at what it shows."""
    base = mime.split(";", 1)[0].strip().lower()
    settings = settings.within(base)
    is_markup = base in _MARKUP and isinstance(saved, str) and isinstance(replayed, str)
    if not settings.patterns or not is_markup or saved == replayed:
        return _compare_values(mime, saved, replayed, evidence, settings)

    def compare(first: str, second: str) -> Outcome:
        return _compare_values(mime, first, second, evidence, settings)

    return compare_through(settings.patterns, saved, replayed, compare, shown_as_text=False)


def _compare_values(
    mime: str, saved: Any, replayed: Any, evidence: Evidence, settings: CompareSettings
) -> Outcome:
    if saved == replayed:
        return SAME
    base = mime.split(";", 1)[0].strip().lower()
    if is_json_mime(base):
        return compare_structures(base, saved, replayed, evidence, settings)
    first, second = str(saved), str(replayed)
    if base == "image/svg+xml":
        return compare_svg(first, second, evidence, settings)
    if base.startswith("image/"):
        return compare_images(first, second, settings)
    compare: Callable[[str, str, Evidence, CompareSettings], Outcome] | None = {
        "text/html": compare_html,
        "text/latex": compare_latex,
        "text/markdown": compare_markdown,
        "application/javascript": compare_scripts,
        "text/javascript": compare_scripts,
    }.get(base)
    if compare is not None:
        return compare(first, second, evidence, settings)
    if base.startswith("text/"):
        return compare_text(rendered(first), rendered(second), evidence, settings)
    return Outcome("changed", f"the {base} differs; it can only be compared byte by byte")
