"""Comparing all outputs of a cell: streams merged by name, displays aligned, errors by themselves."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..background import uncollected
from ..notebook import ERROR, STREAM, Output
from ..report import OutputComparison
from .aliases import with_aliases
from .align import aligned
from .bundles import compare_bundles, decisive_mime, is_bare_placeholder, is_blank, stands_for_stream
from .errors import compare_errors
from .evidence import evidence_of
from .outcome import Outcome, excuse, shortened
from .settings import CompareContext
from .spans import plain_difference
from .terminal import rendered
from .text import compare_text

log = logging.getLogger(__name__)

_DEFAULT_CONTEXT = CompareContext()
# Texts of more characters are taken apart into hundreds of thousands of pieces.
_LARGE = 500_000


def compare_outputs(
    saved: Sequence[Output], replayed: Sequence[Output], context: CompareContext = _DEFAULT_CONTEXT
) -> tuple[OutputComparison, ...]:
    """Compare the outputs of one cell, in the order of the page; what only the replay has comes where it shows it.

    Never raises: what cannot be read is compared byte by byte, and where a comparison fails by a mistake of ours the
    outputs are ``not_comparable``, with the error.
    """
    try:
        if _are_large(saved) or _are_large(replayed):
            with uncollected():
                return _compare_outputs(saved, replayed, context)
        return _compare_outputs(saved, replayed, context)
    except Exception as error:  # one cell's, not the whole report
        log.exception("the outputs of a cell could not be compared")
        kind = type(error).__name__
        reason = f"jupyter-hygiene itself failed at comparing the outputs ({kind}); please report this"
        return (_comparison("", Outcome("not_comparable", reason), None, None),)


def _are_large(outputs: Sequence[Output]) -> bool:
    texts = (text for output in outputs for text in (output.text, *output.data.values()))
    return any(isinstance(text, str) and len(text) > _LARGE for text in texts)


def _compare_outputs(
    saved: Sequence[Output], replayed: Sequence[Output], context: CompareContext
) -> tuple[OutputComparison, ...]:
    page = _Page.of(saved)
    replay = _Page.of(with_aliases(replayed, context.path_aliases))
    page.read_placeholders(replay)
    replay.read_placeholders(page)
    comparisons: list[tuple[float, OutputComparison]] = []
    order_counts = True
    for name in sorted({*page.streams, *replay.streams}):
        found = _compare_streams(name, page, replay, context)
        if found is not None:
            comparisons.append((_place(page.first_chunk.get(name), replay.first_chunk.get(name)), found))
            order_counts = order_counts and found.verdict == "same"
    for left, right in aligned(page.displays, replay.displays, context):
        place = _place(
            page.positions[left] if left is not None else None,
            replay.positions[right] if right is not None else None,
        )
        if left is None or right is None:
            comparisons.append((place, _one_sided_display(page, left, replay, right)))
            continue
        comparison = _compare_displays(page.displays[left], replay.displays[right], context)
        moved = order_counts and page.lines_before[left] != replay.lines_before[right]
        if comparison.verdict == "same" and moved:
            comparison = _moved(comparison, context)
        comparisons.append((place, comparison))
    for index in range(max(len(page.errors), len(replay.errors))):
        before = page.errors[index] if index < len(page.errors) else None
        after = replay.errors[index] if index < len(replay.errors) else None
        comparisons.append((float("inf"), _compare_error_outputs(before, after, context)))
    return tuple(comparison for _, comparison in sorted(comparisons, key=lambda pair: pair[0]))


@dataclass
class _Page:
    """The outputs of a cell as a reader sees them."""

    streams: dict[str, str] = field(default_factory=dict)
    first_chunk: dict[str, int] = field(default_factory=dict)
    displays: list[Output] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    lines_before: list[tuple[tuple[str, str], ...]] = field(default_factory=list)
    errors: list[Output] = field(default_factory=list)
    is_cut: bool = False  # the server kept the rest of the printed lines

    @classmethod
    def of(cls, outputs: Sequence[Output]) -> _Page:
        page = cls()
        chunks: dict[str, list[str]] = {}
        before: list[dict[str, int]] = []
        for position, output in enumerate(outputs):
            if stands_for_stream(output):
                page.is_cut = True
            if output.output_type == STREAM:
                chunks.setdefault(output.name, []).append(output.text)
                page.first_chunk.setdefault(output.name, position)
            elif output.output_type == ERROR:
                page.errors.append(output)
            elif not is_blank(output) and not stands_for_stream(output):
                page.displays.append(output)
                page.positions.append(position)
                before.append({name: len(parts) for name, parts in chunks.items()})
        page.streams = {name: "".join(parts) for name, parts in chunks.items()}
        for counts in before:
            shown = ((name, "".join(chunks[name][:count]).strip()) for name, count in sorted(counts.items()))
            page.lines_before.append(tuple((name, text) for name, text in shown if text))
        return page

    def read_placeholders(self, other: _Page) -> None:
        """Take placeholders of which nothing is known for printed lines, where the other side has no such displays."""
        for index in range(len(self.displays) - 1, -1, -1):
            if (
                len(self.displays) > len(other.displays)
                and other.streams
                and is_bare_placeholder(self.displays[index])
            ):
                self.is_cut = True
                del self.displays[index], self.positions[index], self.lines_before[index]


def _place(saved: int | None, replayed: int | None) -> float:
    if saved is not None:
        return float(saved)
    return (replayed or 0) + 0.5


def _compare_streams(
    name: str, page: _Page, replay: _Page, context: CompareContext
) -> OutputComparison | None:
    sides = page.streams.get(name, ""), replay.streams.get(name, "")
    shown = rendered(sides[0]), rendered(sides[1])
    if not shown[0].strip() and not shown[1].strip():
        return None
    saved, replayed = (Output(STREAM, name=name, text=side) if side else None for side in sides)
    settings = context.settings.within(f"{STREAM}/{name}")
    if page.is_cut or replay.is_cut:
        lines = shown[0].strip().splitlines(), shown[1].strip().splitlines()
        length = min(len(side) for side, page_of in zip(lines, (page, replay), strict=True) if page_of.is_cut)
        heads = "\n".join(lines[0][:length]), "\n".join(lines[1][:length])
        if compare_text(*heads, evidence_of(context.source), settings).verdict != "changed":
            reason = "the server kept a part of what was printed, and a placeholder stands in its place"
            return _comparison(f"{STREAM}/{name}", Outcome("not_comparable", reason), saved, replayed)
    outcome = compare_text(*shown, evidence_of(context.source), settings)
    if outcome.verdict == "changed" and not (shown[0].strip() and shown[1].strip()):
        difference = plain_difference(*shown)
        outcome = Outcome("changed", _missing(*shown), difference=difference)
    return _comparison(f"{STREAM}/{name}", outcome, saved, replayed)


def _missing(saved: str, replayed: str) -> str:
    if saved.strip():
        return f"“{shortened(saved)}” was on the page, the replay does not print it"
    return f"the replay prints “{shortened(replayed)}”, which was not on the page"


def _compare_displays(saved: Output, replayed: Output, context: CompareContext) -> OutputComparison:
    mime, outcome = compare_bundles(saved, replayed, context)
    return _comparison(mime, outcome, saved, replayed)


def _one_sided_display(page: _Page, left: int | None, replay: _Page, right: int | None) -> OutputComparison:
    saved = page.displays[left] if left is not None else None
    replayed = replay.displays[right] if right is not None else None
    present = saved or replayed
    mime = decisive_mime(present) if present else ""
    if saved is not None:
        summary = f"an output ({mime}) was on the page, the replay does not show it"
    else:
        summary = f"the replay shows an output ({mime}) that was not on the page"
    if present and is_bare_placeholder(present):
        reason = "a placeholder of the server stands in place of the output"
        return _comparison(mime, Outcome("not_comparable", reason), saved, replayed)
    difference = plain_difference(_plain_text(saved), _plain_text(replayed))
    return _comparison(mime, Outcome("changed", summary, difference=difference), saved, replayed)


def _plain_text(output: Output | None) -> str:
    text = output.data.get("text/plain", "") if output else ""
    return text if isinstance(text, str) else ""


def _moved(comparison: OutputComparison, context: CompareContext) -> OutputComparison:
    if not context.settings.allows("output-order"):
        return replace(comparison, verdict="changed", summary="it stands elsewhere among the printed lines")
    return replace(
        comparison, verdict="cosmetic", summary=excuse({"output-order"}), normalised=("output-order",)
    )


def _compare_error_outputs(
    saved: Output | None, replayed: Output | None, context: CompareContext
) -> OutputComparison:
    if saved is not None and replayed is not None:
        return _comparison(ERROR, compare_errors(saved, replayed, context), saved, replayed)
    texts = [f"{output.ename}: {output.evalue}" if output else "" for output in (saved, replayed)]
    if saved is not None:
        summary = f"{saved.ename} was on the page, the replay does not raise it"
    else:
        summary = f"the replay raises {shortened(texts[1], 80)}, which was not on the page"
    return _comparison(
        ERROR, Outcome("changed", summary, difference=plain_difference(texts[0], texts[1])), saved, replayed
    )


def _comparison(
    mime: str, outcome: Outcome, saved: Output | None, replayed: Output | None
) -> OutputComparison:
    return OutputComparison(
        verdict=outcome.verdict,
        mime=mime,
        summary=outcome.summary,
        normalised=tuple(sorted(outcome.normalised)),
        saved=saved,
        replayed=replayed,
        difference=outcome.difference,
    )
