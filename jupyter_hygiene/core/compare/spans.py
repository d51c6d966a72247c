"""Two texts cut into spans that are the same, changed or excused, ready to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..report import Mark, Span, SpanMark, TextDifference

_MOST_MARKS = 1_000
_LONGEST_DRAWN = 60_000
_CONTEXT = 400


@dataclass
class Marks:
    """Where a text differs, as (start, end, mark), in any order."""

    ranges: list[tuple[int, int, Mark]] = field(default_factory=list)

    def add(self, start: int, end: int, mark: Mark) -> None:
        if end > start:
            self.ranges.append((start, end, mark))


def text_difference(saved: str, replayed: str, marks: tuple[Marks, Marks]) -> TextDifference:
    """The difference of two texts with these marks; far from any mark a very long text is left out."""
    return TextDifference(_spans(saved, marks[0].ranges), _spans(replayed, marks[1].ranges))


def plain_difference(saved: str, replayed: str, mark: Mark = "changed") -> TextDifference:
    """Two texts that differ from end to end, or one of which is missing."""
    return text_difference(
        saved, replayed, (Marks([(0, len(saved), mark)]), Marks([(0, len(replayed), mark)]))
    )


def _spans(text: str, ranges: Sequence[tuple[int, int, Mark]]) -> tuple[Span, ...]:
    if not text:
        return ()
    spans: list[Span] = []
    shorten = len(text) > _LONGEST_DRAWN
    position = 0
    for count, (start, end, mark) in enumerate(_merged(text, ranges)):
        if count == _MOST_MARKS:
            break
        if start > position:
            _add(spans, _excerpt(text[position:start], shorten, opening=position == 0), "same")
        piece = text[start:end]
        _add(spans, piece if len(piece) <= _LONGEST_DRAWN else piece[:_LONGEST_DRAWN] + "…", mark)
        position = end
    if position < len(text):
        _add(spans, _excerpt(text[position:], shorten, closing=True), "same")
    return tuple(spans)


def _merged(text: str, ranges: Sequence[tuple[int, int, Mark]]) -> list[tuple[int, int, Mark]]:
    """Ranges in order; neighbours of one mark with only blanks between them become one."""
    merged: list[tuple[int, int, Mark]] = []
    for start, end, mark in sorted(ranges):
        if merged:
            last_start, last_end, last_mark = merged[-1]
            start = max(start, last_end)
            if start >= end:
                continue
            if mark == last_mark and start - last_end <= 2 and not text[last_end:start].strip(" "):
                merged[-1] = (last_start, end, mark)
                continue
        merged.append((start, end, mark))
    return merged


def _excerpt(text: str, shorten: bool, opening: bool = False, closing: bool = False) -> str:
    if not shorten or len(text) <= 2 * _CONTEXT + 20:
        return text
    if opening:
        return "…" + text[-_CONTEXT:]
    if closing:
        return text[:_CONTEXT] + "…"
    return text[:_CONTEXT] + "\n…\n" + text[-_CONTEXT:]


def _add(spans: list[Span], text: str, mark: SpanMark) -> None:
    if not text:
        return
    if spans and spans[-1].mark == mark:
        spans[-1] = Span(spans[-1].text + text, mark)
    else:
        spans.append(Span(text, mark))
