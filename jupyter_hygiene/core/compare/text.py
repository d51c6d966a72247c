"""Comparing two texts as a reader does: token by token, with what is volatile excused and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import chatter, containers, printed_frames, reprs, spellings
from .diffing import Step, align
from .evidence import Evidence
from .outcome import SAME, Outcome, excuse, shortened
from .pairs import CHANGED, PairJudge
from .settings import CompareSettings
from .shown_rows import evenly_shown
from .spans import Marks, plain_difference, text_difference
from .through_patterns import compare_through
from .tokens import Token, tokens_of
from .truncated import evenly_truncated
from .volatile import volatile_regions

# Beyond this only the lines that differ are looked at, and of those not more than this.
_WHOLE_TEXT_LIMIT = 200_000


def compare_text(saved: str, replayed: str, evidence: Evidence, settings: CompareSettings) -> Outcome:
    """Compare two texts as they are shown (control characters already applied)."""
    if saved == replayed:
        return SAME
    saved, replayed = _composed(saved), _composed(replayed)
    if _visible(saved) == _visible(replayed):
        return SAME
    if settings.patterns:
        rest = replace(settings, patterns=())

        def compare_rest(first: str, second: str) -> Outcome:
            return compare_text(first, second, evidence, rest)

        return compare_through(settings.patterns, saved, replayed, compare_rest)
    if max(len(saved), len(replayed)) > _WHOLE_TEXT_LIMIT:
        return _compare_large(saved, replayed, evidence, settings)
    return _Comparison(saved, replayed, evidence, settings).outcome()


def _composed(text: str) -> str:
    """The text with characters written in the one way in which they look the same."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).replace("\xa0", " ")


def _visible(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _compare_large(saved: str, replayed: str, evidence: Evidence, settings: CompareSettings) -> Outcome:
    first, second = _visible(saved), _visible(replayed)
    head = 0
    limit = min(len(first), len(second))
    while head < limit and first[head] == second[head]:
        head += 1
    tail = 0
    while tail < limit - head and first[-1 - tail] == second[-1 - tail]:
        tail += 1
    first, second = first[head : len(first) - tail], second[head : len(second) - tail]
    if len(first) == len(second):
        differing = [place for place, line in enumerate(first) if line != second[place]]
        first, second = [first[place] for place in differing], [second[place] for place in differing]
    short_saved, short_replayed = "\n".join(first), "\n".join(second)
    cut = max(len(short_saved), len(short_replayed)) > _WHOLE_TEXT_LIMIT
    outcome = _Comparison(
        short_saved[:_WHOLE_TEXT_LIMIT], short_replayed[:_WHOLE_TEXT_LIMIT], evidence, settings
    ).outcome()
    if cut and outcome.verdict != "changed":
        summary = "differs in more places than can be looked at one by one"
        return Outcome("changed", summary, outcome.normalised, outcome.difference)
    return outcome


@dataclass(frozen=True)
class _Reading:
    """One way of looking at the two token lists, and the normalisers which that takes."""

    saved: Sequence[Token]
    replayed: Sequence[Token]
    names: frozenset[str] = frozenset()
    dropped: tuple[tuple[int, int, int], ...] = ()  # side, start, end


@dataclass(frozen=True)
class _Judged:
    steps: list[Step]
    names: set[str]
    changes: int


class _Comparison:
    def __init__(self, saved: str, replayed: str, evidence: Evidence, settings: CompareSettings) -> None:
        self._texts = saved, replayed
        self._evidence = evidence
        self._settings = settings
        regions = [volatile_regions(text, evidence, settings) for text in self._texts]
        self._all = [tokens_of(text, found) for text, found in zip(self._texts, regions, strict=True)]
        self._single = any("tensor(" in text or "float32" in text for text in self._texts)

    def outcome(self) -> Outcome:
        first: _Judged | None = None
        base = self._base()
        reading: _Reading | None = base
        for following in (
            self._without_chatter,
            self._ungrouped,
            self._reshaped,
            self._reordered,
            self._laid_out,
            None,
        ):
            if reading is not None:
                judged = self._judge(reading)
                first = first or judged
                if not judged.changes:
                    return self._excused(reading, judged)
            reading = following(base) if following else None
        if first is None or len(base.saved) != len(base.replayed) or first.changes > 3:
            first = self._judge(base, aligned=False)
        return self._changed(base, first)

    def _base(self) -> _Reading:
        told = [_told(tokens) for tokens in self._all]
        # Said on both sides, it counts; said on one side only, it may just as well be absent.
        counted = {name for name, count in told[0].items() if told[1][name] == count}
        silent: list[list[Token]] = [[], []]
        kept: list[list[Token]] = [[], []]
        for side, tokens in enumerate(self._all):
            for token in tokens:
                if token.kind != "silent":
                    kept[side].append(token)
                elif token.content is not None and token.name in counted:
                    kept[side].append(token._replace(kind="volatile"))
                else:
                    silent[side].append(token)
        shown = [Counter((token.name, token.text) for token in tokens) for tokens in silent]
        names = frozenset(name for name, _ in (shown[0] - shown[1]) + (shown[1] - shown[0]))
        dropped = tuple((side, token.start, token.end) for side in (0, 1) for token in silent[side])
        return _Reading(kept[0], kept[1], names, dropped if names else ())

    def _without_chatter(self, base: _Reading) -> _Reading | None:
        stretches = chatter.droppable(*self._texts, self._evidence, self._settings)
        if not any(stretches):
            return None
        names = {part.name for side in stretches for part in side}
        if "installer" in names:
            versions = [chatter.installed_versions(text) for text in self._texts]
            if any(versions[1].get(name, version) != version for name, version in versions[0].items()):
                return None
        saved, replayed = (
            _outside(tokens, [(part.start, part.end) for part in side])
            for tokens, side in zip((base.saved, base.replayed), stretches, strict=True)
        )
        dropped = tuple((side, part.start, part.end) for side in (0, 1) for part in stretches[side])
        return _Reading(saved, replayed, base.names | names, base.dropped + dropped)

    def _ungrouped(self, base: _Reading) -> _Reading | None:
        if not self._settings.allows("number-format") or not any("," in text for text in self._texts):
            return None
        sides = spellings.ungrouped(base.saved), spellings.ungrouped(base.replayed)
        if len(sides[0]) == len(base.saved) and len(sides[1]) == len(base.replayed):
            return None
        return _Reading(*sides, base.names | {"number-format"}, base.dropped)

    def _reshaped(self, base: _Reading) -> _Reading | None:
        sides = reprs.reshaped(base.saved, base.replayed, self._settings)
        return _Reading(*sides, base.names | {"library-repr"}, base.dropped) if sides else None

    def _reordered(self, base: _Reading) -> _Reading | None:
        base = self._reshaped(base) or base
        if len(base.saved) != len(base.replayed):
            return None
        sides = [
            containers.reordered(tokens, text, self._evidence, self._settings)
            for tokens, text in zip((base.saved, base.replayed), self._texts, strict=True)
        ]
        names = sides[0][1] | sides[1][1]
        return _Reading(sides[0][0], sides[1][0], base.names | names, base.dropped) if names else None

    def _laid_out(self, base: _Reading) -> _Reading | None:
        if not self._settings.allows("whitespace"):
            return None
        tokens = base.saved, base.replayed
        sides = (
            evenly_truncated(*tokens)
            or evenly_shown(tokens, self._texts)
            or printed_frames.unfolded(tokens, self._texts)
            or printed_frames.unruled(tokens, self._texts)
        )
        return _Reading(*sides, base.names | {"whitespace"}, base.dropped) if sides else None

    def _judge(self, reading: _Reading, aligned: bool = True) -> _Judged:
        if aligned and len(reading.saved) != len(reading.replayed):
            return _Judged([], set(), changes=1)
        judge = PairJudge(reading.saved, reading.replayed, self._evidence, self._settings, self._single)
        if aligned:
            pairs = zip(reading.saved, reading.replayed, strict=True)
            steps = [
                Step((first,), (second,), verdict)
                for place, (first, second) in enumerate(pairs)
                if (verdict := judge.judge(first, second, place)) is not None
            ]
        else:
            steps = align(reading.saved, reading.replayed, self._texts, judge.judge)
        names = {step.excuse for step in steps if step.excuse}
        return _Judged(steps, names, sum(step.excuse == CHANGED for step in steps))

    def _marks(self, reading: _Reading, steps: Sequence[Step]) -> tuple[Marks, Marks]:
        marks = Marks(), Marks()
        for side, start, end in reading.dropped:
            marks[side].add(start, end, "excused")
        for step in steps:
            for side, tokens in enumerate((step.saved, step.replayed)):
                for token in tokens:
                    marks[side].add(token.start, token.end, "excused" if step.excuse else "changed")
        return marks

    def _excused(self, reading: _Reading, judged: _Judged) -> Outcome:
        names = judged.names | reading.names
        if not names:
            layout = _strings(self._texts) or _layout(self._texts)
            if layout is not None:
                return layout
            if not self._settings.allows("whitespace"):
                return Outcome("changed", "the spacing differs", difference=plain_difference(*self._texts))
            names = {"whitespace"}
        difference = text_difference(*self._texts, self._marks(reading, judged.steps))
        return Outcome("cosmetic", excuse(names), frozenset(names), difference)

    def _changed(self, reading: _Reading, judged: _Judged) -> Outcome:
        changes = [step for step in judged.steps if step.excuse == CHANGED]
        difference = text_difference(*self._texts, self._marks(reading, judged.steps))
        names = frozenset(judged.names | reading.names)
        return Outcome("changed", _summary(changes, self._texts), names, difference)


def _told(tokens: Sequence[Token]) -> Counter[str]:
    return Counter(token.name for token in tokens if token.kind == "silent" and token.content is not None)


def _outside(tokens: Sequence[Token], stretches: Sequence[tuple[int, int]]) -> list[Token]:
    kept: list[Token] = []
    place = 0
    for token in tokens:
        while place < len(stretches) and token.start >= stretches[place][1]:
            place += 1
        if place == len(stretches) or token.start < stretches[place][0]:
            kept.append(token)
    return kept


def _strings(texts: tuple[str, str]) -> Outcome | None:
    """Changed, if blanks within quoted strings differ; None if only blanks around them do."""
    quoted = [re.findall(r"(?<!\w)(?:'[^'\n]*'|\"[^\"\n]*\")(?!\w)", text) for text in texts]
    if len(quoted[0]) != len(quoted[1]) or quoted[0] == quoted[1]:
        return None
    return Outcome("changed", "blanks within a string differ", difference=plain_difference(*texts))


def _layout(texts: tuple[str, str]) -> Outcome | None:
    """Changed, if indentation that carries structure differs; None if spacing alone differs."""
    lines = [[line for line in _visible(text) if line] for text in texts]
    if len(lines[0]) != len(lines[1]):
        return None
    pairs = [(first, second) for first, second in zip(*lines, strict=True)]
    if any(first.strip() != second.strip() for first, second in pairs):
        return None
    widths: dict[int, int] = {}
    for first, second in pairs:
        before, after = len(first) - len(first.lstrip()), len(second) - len(second.lstrip())
        if widths.setdefault(before, after) != after:
            return Outcome("changed", "the indentation differs", difference=plain_difference(*texts))
    ordered = [after for _, after in sorted(widths.items())]
    if len(set(ordered)) == len(ordered) and ordered == sorted(ordered):
        return None
    return Outcome("changed", "the indentation differs", difference=plain_difference(*texts))


def _summary(changes: Sequence[Step], texts: tuple[str, str]) -> str:
    if not changes:
        return "the text differs"
    step = changes[0]
    more = f" (and {len(changes) - 1} more)" if len(changes) > 1 else ""
    sides: list[str] = []
    for tokens, text in zip((step.saved, step.replayed), texts, strict=True):
        sides.append(text[tokens[0].start : tokens[-1].end] if tokens else "")
    saved, replayed = (shortened(side) for side in sides)
    if not replayed:
        return f"“{saved}” is no longer there{more}"
    if not saved:
        return f"“{replayed}” is new{more}"
    if _is_number(step.saved) and _is_number(step.replayed):
        return f"a number differs: {saved} → {replayed}{more}"
    if re.fullmatch(r"[\w.+-]+", saved) and re.fullmatch(r"[\w.+-]+", replayed):
        return f"a word differs: {saved} → {replayed}{more}"
    return f"the text differs: “{saved}” → “{replayed}”{more}"


def _is_number(tokens: Sequence[Token]) -> bool:
    return len(tokens) == 1 and tokens[0].kind == "number"
