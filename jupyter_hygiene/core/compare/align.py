"""Which display of the page belongs to which of the replay, so that one missing plot is one difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from ..notebook import Output
from .bundles import compare_bundles, decisive_mime
from .settings import CompareContext

_MOST_COMPARED = 40
# Beyond so many pairs, those that stand at the same place belong together.
_MOST_PAIRS = 250_000
_SCORES = {"same": 1.0, "cosmetic": 0.95, "nondeterministic": 0.6, "not_comparable": 0.5, "changed": 0.3}
_OTHER_KIND = 0.1

Pair = tuple[int | None, int | None]


def aligned(saved: Sequence[Output], replayed: Sequence[Output], context: CompareContext) -> Iterator[Pair]:
    """Pairs of indices in order; None where one side has no counterpart."""
    if len(saved) == len(replayed):
        yield from ((index, index) for index in range(len(saved)))
        return
    keys = [_key(output) for output in saved], [_key(output) for output in replayed]
    if len(saved) * len(replayed) > _MOST_PAIRS:
        yield from zip_longest(range(len(saved)), range(len(replayed)))
        return
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal" or b - a == d - c:
            yield from zip(range(a, b), range(c, d), strict=True)
        else:
            yield from _best(saved, range(a, b), replayed, range(c, d), context)


def _key(output: Output) -> str:
    data = {
        mime: value for mime, value in output.data.items() if mime != "text/plain" or len(output.data) == 1
    }
    return repr(sorted(data.items(), key=lambda item: item[0]))


def _best(
    saved: Sequence[Output], left: range, replayed: Sequence[Output], right: range, context: CompareContext
) -> Iterator[Pair]:
    """The pairing with the highest total likeness, in order on both sides."""
    thorough = len(left) * len(right) <= _MOST_COMPARED
    likeness = [[_likeness(saved[i], replayed[j], context, thorough) for j in right] for i in left]
    totals = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            totals[i][j] = max(totals[i + 1][j], totals[i][j + 1], totals[i + 1][j + 1] + likeness[i][j])
    i = j = 0
    while i < len(left) and j < len(right):
        if totals[i][j] == totals[i + 1][j + 1] + likeness[i][j]:
            yield left[i], right[j]
            i, j = i + 1, j + 1
        elif totals[i][j] == totals[i + 1][j]:
            yield left[i], None
            i += 1
        else:
            yield None, right[j]
            j += 1
    yield from ((index, None) for index in left[i:])
    yield from ((None, index) for index in right[j:])


def _likeness(saved: Output, replayed: Output, context: CompareContext, thorough: bool) -> float:
    if decisive_mime(saved) != decisive_mime(replayed):
        return _OTHER_KIND
    return _SCORES[compare_bundles(saved, replayed, context)[1].verdict] if thorough else _SCORES["changed"]
