"""Arrays that are printed with dots in their middle: the ends that both sides show are held against each other."""

from __future__ import annotations

from collections.abc import Sequence

from .containers import Group, parts_of, tree_of
from .tokens import Token

_DOTS = frozenset({"...", "…"})


def evenly_truncated(
    saved: Sequence[Token], replayed: Sequence[Token]
) -> tuple[list[Token], list[Token]] | None:
    """Both token lists with as many elements before and after the dots of an array; None if that changes nothing."""
    if not all(any(token.text in _DOTS for token in side) for side in (saved, replayed)):
        return None
    trees = tree_of(saved), tree_of(replayed)
    if trees[0] is None or trees[1] is None:
        return None
    _even(trees[0], trees[1])
    sides: tuple[list[Token], list[Token]] = [], []
    _collect(trees[0], sides[0])
    _collect(trees[1], sides[1])
    unchanged = len(sides[0]) == len(saved) and len(sides[1]) == len(replayed)
    return None if unchanged else sides


def _even(saved: Group, replayed: Group) -> None:
    if _has_dots(saved) and _has_dots(replayed):
        elements = _elements(saved), _elements(replayed)
        gaps = _gap(elements[0]), _gap(elements[1])
        head = min(gaps)
        tail = min(len(side) - gap - 1 for side, gap in zip(elements, gaps, strict=True))
        for group, side, gap in zip((saved, replayed), elements, gaps, strict=True):
            kept = [*side[:head], side[gap], *(side[len(side) - tail :] if tail else [])]
            group[1:-1] = [item for element in kept for item in element]
    inner = [[item for item in group if not isinstance(item, Token)] for group in (saved, replayed)]
    for first, second in zip(*inner, strict=False):
        _even(first, second)


def _has_dots(group: Group) -> bool:
    opening = group[0] if group else None
    is_list = isinstance(opening, Token) and opening.text == "["
    return is_list and sum(isinstance(item, Token) and item.text in _DOTS for item in group) == 1


def _elements(group: Group) -> list[Group]:
    """The elements of a list, without the commas that may stand between them."""
    body = group[1:-1]
    if any(isinstance(item, Token) and item.text == "," for item in body):
        return parts_of(body)
    return [[item] for item in body]


def _gap(elements: Sequence[Group]) -> int:
    for place, element in enumerate(elements):
        if isinstance(element[0], Token) and element[0].text in _DOTS:
            return place
    return len(elements) - 1


def _collect(group: Group, into: list[Token]) -> None:
    for item in group:
        if isinstance(item, Token):
            into.append(item)
        else:
            _collect(item, into)
