"""Aligning two token lists that do not run in step: lines first, then tokens, in bounded time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from .tokens import Token

# Products of lengths up to which difflib stays quick.
_MOST_LINES = 4_000_000
_MOST_TOKENS = 160_000

Judge = Callable[[Token, Token], "str | None"]


class Step(NamedTuple):
    """Tokens that stand for each other and are not equal; ``excuse`` is empty where nothing excuses them."""

    saved: Sequence[Token]
    replayed: Sequence[Token]
    excuse: str


def align(
    saved: Sequence[Token], replayed: Sequence[Token], texts: tuple[str, str], judge: Judge
) -> list[Step]:
    """The differences of two token lists in order."""
    lines = _lines(saved, texts[0]), _lines(replayed, texts[1])
    keys = [[_key(line) for line in side] for side in lines]
    steps: list[Step] = []
    for first, second in _blocks(keys[0], keys[1], _MOST_LINES):
        before = [token for line in lines[0][first] for token in line]
        after = [token for line in lines[1][second] for token in line]
        steps.extend(_within(before, after, judge))
    return steps


def _within(saved: Sequence[Token], replayed: Sequence[Token], judge: Judge) -> list[Step]:
    if not saved or not replayed:
        return [Step(saved, replayed, "")]
    if len(saved) == len(replayed) and all(
        first.kind == second.kind for first, second in zip(saved, replayed, strict=True)
    ):
        return _in_step(saved, replayed, judge)
    steps: list[Step] = []
    keys = [_key([token]) for token in saved], [_key([token]) for token in replayed]
    for first, second in _blocks(*keys, _MOST_TOKENS):
        before, after = saved[first], replayed[second]
        if len(before) == len(after):
            steps.extend(_in_step(before, after, judge))
        else:
            steps.append(Step(before, after, ""))
    return steps


def _in_step(saved: Sequence[Token], replayed: Sequence[Token], judge: Judge) -> list[Step]:
    pairs = zip(saved, replayed, strict=True)
    return [
        Step((first,), (second,), verdict)
        for first, second in pairs
        if (verdict := judge(first, second)) is not None
    ]


def _blocks(saved: Sequence[str], replayed: Sequence[str], most: int) -> list[tuple[slice, slice]]:
    """The stretches in which two sequences differ."""
    head = 0
    limit = min(len(saved), len(replayed))
    while head < limit and saved[head] == replayed[head]:
        head += 1
    tail = 0
    while tail < limit - head and saved[-1 - tail] == replayed[-1 - tail]:
        tail += 1
    first, second = saved[head : len(saved) - tail], replayed[head : len(replayed) - tail]
    if not first and not second:
        return []
    if not first or not second or len(first) * len(second) > most:
        return [(slice(head, head + len(first)), slice(head, head + len(second)))]
    matcher = SequenceMatcher(None, first, second, autojunk=len(first) + len(second) > 1_000)
    return [
        (slice(head + a, head + b), slice(head + c, head + d))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def _lines(tokens: Sequence[Token], text: str) -> list[list[Token]]:
    lines: list[list[Token]] = []
    end = 0
    for token in tokens:
        if not lines or "\n" in text[end : token.start]:
            lines.append([])
        lines[-1].append(token)
        end = token.end
    return lines


def _key(tokens: Sequence[Token]) -> str:
    return " ".join(token.name or token.text for token in tokens)
