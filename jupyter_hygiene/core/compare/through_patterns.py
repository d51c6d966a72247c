"""Comparing two texts with the user's own patterns applied to both, and saying which of them excused something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from ..own_patterns import Left, Pattern, left_by
from ..report import TextDifference
from .outcome import SAME, Outcome, excuse
from .spans import Marks, text_difference


def compare_through(
    patterns: Sequence[Pattern],
    saved: str,
    replayed: str,
    compare: Callable[[str, str], Outcome],
    *,
    shown_as_text: bool = True,
) -> Outcome:
    """Compare what the patterns leave of two different texts.

    Args:
        shown_as_text: the texts are what a reader sees, so that differences can be marked in them. Not so for
            markup, of which a reader sees what it is drawn as.
    """
    sides = left_by(patterns, saved), left_by(patterns, replayed)
    if not (sides[0].stretches or sides[1].stretches):
        return compare(saved, replayed)
    outcome = SAME if sides[0].text == sides[1].text else compare(sides[0].text, sides[1].text)
    names = _that_differ(*sides)
    if not names:
        if outcome.verdict != "same":
            return _drawn(outcome, (saved, replayed), sides) if shown_as_text else outcome
        # Nothing but the order in which different patterns match differs.
        names = {found.name for side in sides for found in side.found}
    excuses = frozenset(pattern.excuse for pattern in patterns if pattern.name in names)
    normalised = outcome.normalised | excuses
    if outcome.verdict not in ("same", "cosmetic"):
        outcome = Outcome(outcome.verdict, outcome.summary, normalised, outcome.difference)
    else:
        outcome = Outcome("cosmetic", excuse(normalised), normalised, outcome.difference)
    return _drawn(outcome, (saved, replayed), sides) if shown_as_text else outcome


def _that_differ(saved: Left, replayed: Left) -> set[str]:
    """The patterns that match something else on the one side than on the other."""
    matched: list[dict[str, list[str]]] = [defaultdict(list), defaultdict(list)]
    for texts, side in zip(matched, (saved, replayed), strict=True):
        for found in side.found:
            texts[found.name].append(found.text)
    return {name for name in {**matched[0], **matched[1]} if matched[0][name] != matched[1][name]}


def _drawn(outcome: Outcome, texts: tuple[str, str], sides: tuple[Left, Left]) -> Outcome:
    """The outcome with its difference marked in the texts as they were, not as the patterns left them."""
    inner = outcome.difference
    if inner is not None and not isinstance(inner, TextDifference):
        return outcome
    spans = (inner.saved, inner.replayed) if inner else ((), ())
    for side, drawn in zip(sides, spans, strict=True):
        if drawn and sum(len(span.text) for span in drawn) != len(side.text):
            return outcome  # far too long to be drawn in full
    marks = Marks(), Marks()
    for number, (side, drawn) in enumerate(zip(sides, spans, strict=True)):
        position = 0
        for span in drawn:
            if span.mark != "same":
                marks[number].add(*side.original(position, position + len(span.text)), span.mark)
            position += len(span.text)
    for number, start, end in _excused(texts, sides):
        marks[number].add(start, end, "excused")
    difference = text_difference(*texts, marks)
    return Outcome(outcome.verdict, outcome.summary, outcome.normalised, difference)


def _excused(texts: tuple[str, str], sides: tuple[Left, Left]) -> Iterator[tuple[int, int, int]]:
    """Replaced stretches that are not the same on both sides, as side, start and end."""
    pairwise = len(sides[0].stretches) == len(sides[1].stretches)
    for number, side in enumerate(sides):
        for place, stretch in enumerate(side.stretches):
            if pairwise:
                other = sides[1 - number].stretches[place]
                if texts[1 - number][other.start : other.end] == texts[number][stretch.start : stretch.end]:
                    continue
            yield number, stretch.start, stretch.end
