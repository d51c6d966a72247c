"""Patterns of the user's own for what is volatile: what they match in a text, and what is left of it.

They work as a chain of substitutions on both texts, each on what the one before left. A pattern without a
replacement leaves its name in place of what it matches; with one, what the replacement keeps still counts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from . import guarded_regex

# Before a pattern's name wherever the names of normalisers stand.
PREFIX = "pattern:"
_STREAMS = ("stdout", "stderr")


@dataclass(frozen=True)
class Pattern:
    """What may differ from run to run, in the user's own words.

    ``only``: the kinds of output that it is for: ``stdout``, ``stderr``, ``error`` or MIME types; empty for all texts.
    ``file``: the file of patterns that it comes from, if any.
    """

    name: str
    regex: str
    replace: str | None = None
    only: frozenset[str] = frozenset()
    file: str = ""

    @property
    def excuse(self) -> str:
        """Its name among the normalisers of a report."""
        return PREFIX + self.name

    @property
    def replacement(self) -> str:
        """What stands in place of a match, as a template of ``re``."""
        return "⟨" + self.name.replace("\\", "\\\\") + "⟩" if self.replace is None else self.replace

    def is_for(self, kind: str) -> bool:
        """Whether it is for outputs of a kind: a MIME type, ``stream/stdout``, ``stream/stderr`` or ``error``."""
        return not self.only or kind.removeprefix("stream/") in self.only


def problem_of(pattern: Pattern, *, may_match_nothing: bool = False) -> str | None:
    """Why a pattern cannot be used; ``None`` if it can.

    Args:
        may_match_nothing: whether it may match where there is no text, and so everywhere.
    """
    try:
        is_everywhere = guarded_regex.matches_empty(pattern.regex, pattern.replacement)
    except guarded_regex.Unusable as error:
        if error.part == "regex":
            return f"regex {pattern.regex!r} is no regular expression: {error}"
        return f"replace {pattern.replace!r} does not fit the regex {pattern.regex!r}: {error}"
    except guarded_regex.Costly:
        return f"regex {pattern.regex!r} takes too long even on the empty text"
    if is_everywhere and not may_match_nothing:
        return (
            f"regex {pattern.regex!r} matches the empty text, and so everywhere; "
            "make it match at least one character, with + in place of * for instance"
        )
    return None


def notes_on_costly(patterns: Iterable[Pattern]) -> list[str]:
    """A sentence for each pattern that has been given up as too slow, and so was left out."""
    names = dict.fromkeys(p.name for p in patterns if guarded_regex.was_costly(p.regex))
    limit = f"{guarded_regex.COMPUTING:g} second of computing"
    return [f"The pattern “{name}” was left out: on some text it takes over {limit}." for name in names]


def is_kind(text: str) -> bool:
    """Whether a text can be one of ``only``."""
    return text in (*_STREAMS, "error") or re.fullmatch(r"[\w.+-]+/[\w.+-]+", text) is not None


@dataclass(frozen=True)
class Stretch:
    """A stretch of a text that was replaced; ``new_start`` and ``new_end`` are its place in what is left."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True)
class Found:
    """A match: the pattern, and the text that it matched."""

    name: str
    text: str


@dataclass(frozen=True)
class Left:
    """What patterns leave of a text."""

    text: str
    found: tuple[Found, ...] = ()
    stretches: tuple[Stretch, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The place in the whole text of a place in what is left; a replaced stretch is taken as a whole."""
        all_stretches = self.stretches
        after_start = bisect_right(all_stretches, start, key=_new_end)
        after_end = bisect_left(all_stretches, end, key=_new_end)
        first, last = start + self._shift(after_start), end + self._shift(after_end)
        if after_start < len(all_stretches) and all_stretches[after_start].new_start <= start:
            first = all_stretches[after_start].start
        if after_end < len(all_stretches) and all_stretches[after_end].new_start < end:
            last = all_stretches[after_end].end
        return first, last

    def _shift(self, place: int) -> int:
        """How far the text before the stretch at ``place`` has moved."""
        before = self.stretches[place - 1] if place else None
        return before.end - before.new_end if before else 0


def _new_end(stretch: Stretch) -> int:
    return stretch.new_end


def left_by(patterns: Sequence[Pattern], text: str) -> Left:
    """Carry out the patterns' substitutions, one after the other."""
    return further_left(patterns, Left(text))


def further_left(patterns: Sequence[Pattern], left: Left) -> Left:
    """Carry out more substitutions on what others left."""
    for pattern in patterns:
        left = _substituted(pattern, left)
    return left


def _substituted(pattern: Pattern, before: Left) -> Left:
    try:
        matches = guarded_regex.substitutions(pattern.regex, pattern.replacement, before.text)
    except guarded_regex.Costly:
        return before  # and the report says so
    if not matches:
        return before
    pieces: list[str] = []
    shifts: list[tuple[int, int]] = []  # the end of a match, and how far what follows has moved by then
    position = shift = 0
    for match in matches:
        pieces += [before.text[position : match.start], match.new]
        position = match.end
        shift += len(match.new) - (match.end - match.start)
        shifts.append((position, shift))
    pieces.append(before.text[position:])
    ranges = [(match.start, match.end) for match in matches]
    stretches = tuple(_stretches(_joined(ranges, before.stretches), before, shifts))
    found = tuple(Found(pattern.name, before.text[match.start : match.end]) for match in matches)
    return Left("".join(pieces), before.found + found, stretches)


def _joined(matches: list[tuple[int, int]], earlier: Sequence[Stretch]) -> list[tuple[int, int]]:
    """The matches and what was replaced earlier; where they overlap they become one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted([*matches, *((old.new_start, old.new_end) for old in earlier)]):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _stretches(
    ranges: list[tuple[int, int]], before: Left, shifts: list[tuple[int, int]]
) -> Iterator[Stretch]:
    """Ranges of the text before, as stretches of the original and of the text after."""
    place_end = place_old = 0
    moved = offset = 0
    old = before.stretches
    for start, end in ranges:
        # Between stretches the original lies at a constant distance.
        while place_old < len(old) and old[place_old].new_end <= start and old[place_old].new_start < start:
            offset = old[place_old].end - old[place_old].new_end
            place_old += 1
        original_start = start + offset
        while place_old < len(old) and old[place_old].new_end <= end:
            offset = old[place_old].end - old[place_old].new_end
            place_old += 1
        new_start = start + moved
        while place_end < len(shifts) and shifts[place_end][0] <= end:
            moved = shifts[place_end][1]
            place_end += 1
        yield Stretch(original_start, end + offset, new_start, end + moved)
