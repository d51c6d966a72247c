"""Printed tables of one frame, of which one side shows more rows: those that both show are compared."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from .tokens import Token

_DOTS = re.compile(r"[ \t│┃┆|]*(?:\.{2,3}|…|⋮)(?:[ \t│┃┆|]+(?:\.{2,3}|…|⋮))*[ \t│┃┆|]*")
_FOOTER = re.compile(r"\[\d+ rows x \d+ columns\]|\bLength: \d+|\bshape: \(\d")
_END_OF_ROWS = re.compile(r"\s*$|Name: |Length: |dtype: |Freq: |Categories |[└+╰]|\[\d+ rows")

Place = tuple[int, int]


def evenly_shown(
    tokens: tuple[Sequence[Token], Sequence[Token]], texts: tuple[str, str]
) -> tuple[list[Token], list[Token]] | None:
    """Both token lists without the rows that only one side shows; None if that changes nothing.

    Both tables must leave rows out, and say of how many rows they are.
    """
    if not all(_FOOTER.search(text) for text in texts):
        return None
    parts = _parts(texts[0]), _parts(texts[1])
    if parts[0] is None or parts[1] is None:
        return None
    head = min(len(part[0]) for part in parts if part)
    tail = min(len(part[2]) for part in parts if part)
    if not head or not tail:
        return None
    # As many rows are shown before the dots as behind them: one that is missing beside them is seen by that.
    if len({len(part[0]) - len(part[2]) for part in parts if part}) > 1:
        return None
    sides = tuple(
        _without(side, [*part[0][head:], part[1], *part[2][: len(part[2]) - tail]])
        for side, part in zip(tokens, parts, strict=True)
        if part
    )
    return None if sides[0] == list(tokens[0]) and sides[1] == list(tokens[1]) else (sides[0], sides[1])


def _parts(text: str) -> tuple[list[Place], Place, list[Place]] | None:
    """The lines before the dots, the line of dots and the rows behind it; None unless there is one such line."""
    lines: list[tuple[int, str]] = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    dots = [number for number, (_, line) in enumerate(lines) if _DOTS.fullmatch(line)]
    if len(dots) != 1:
        return None
    first = dots[0]
    while first and lines[first - 1][1].strip():
        first -= 1
    last = dots[0] + 1
    while last < len(lines) and not _END_OF_ROWS.match(lines[last][1]):
        last += 1
    places = [(begin, begin + len(line)) for begin, line in lines]
    return places[first : dots[0]], places[dots[0]], places[dots[0] + 1 : last]


def _without(tokens: Sequence[Token], dropped: list[Place]) -> list[Token]:
    starts = [start for start, _ in dropped]
    kept: list[Token] = []
    for token in tokens:
        place = bisect_right(starts, token.start) - 1
        if place < 0 or token.start >= dropped[place][1]:
            kept.append(token)
    return kept
