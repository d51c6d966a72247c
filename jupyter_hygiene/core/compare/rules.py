"""What a rule for volatile text is, and how rules are applied to a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from .evidence import Evidence
from .settings import CompareSettings

# How much of what stands before a value is looked at.
_BEFORE = 80


@dataclass(frozen=True)
class Rule:
    """One kind of volatile text.

    The groups ``v``, ``v2`` … of the pattern are excused, or the whole match if it has none. A group ``c`` or ``c2``
    holds what still counts within. A group ``l`` is a label: if the cell writes that label itself, then ``backing``
    must find in its source why the value would be volatile; else the value is data. ``needs`` applies in any case.
    """

    name: str
    gates: tuple[str, ...]  # one of them must occur in the text (lower case) for the rule to be tried
    pattern: str
    flags: int = 0
    needs: Callable[[Evidence], bool] | None = None
    backing: Callable[[Evidence], bool] | None = None
    where: tuple[str, ...] = ()  # all of this must be found somewhere in the text
    preceded: Callable[[Evidence, str], bool] | None = None  # asked of what stands before the value
    silent: bool = False  # the text may just as well be absent


@dataclass(frozen=True)
class Region:
    """A volatile stretch of a text. ``content`` is the part of it that counts, if any."""

    start: int
    end: int
    name: str
    content: str | None = None
    silent: bool = False


@cache
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(pattern, flags)


@cache
def _value_groups(pattern: str, flags: int) -> tuple[str, ...]:
    return tuple(name for name in _compiled(pattern, flags).groupindex if name[0] == "v")


def regions_in(
    text: str, rules: Iterable[Rule], evidence: Evidence, settings: CompareSettings
) -> list[Region]:
    """The volatile stretches of a text in order, without overlaps; where rules compete the earlier one wins."""
    lowered = text.lower()
    taken: list[Region] = []
    for rule in rules:
        if not settings.allows(rule.name) or (rule.needs is not None and not rule.needs(evidence)):
            continue
        if rule.gates and not any(gate in lowered for gate in rule.gates):
            continue
        if not all(_compiled(part, re.MULTILINE).search(text) for part in rule.where):
            continue
        taken.extend(_matches(text, rule, evidence))
    return without_overlaps(taken)


def _matches(text: str, rule: Rule, evidence: Evidence) -> Iterable[Region]:
    groups = _value_groups(rule.pattern, rule.flags)
    for match in _compiled(rule.pattern, rule.flags).finditer(text):
        found = match.groupdict()
        if rule.backing is not None and evidence.source:
            label = found.get("l") or match.group()
            if evidence.prints_itself(label) and not rule.backing(evidence):
                continue
        content = found.get("c") or found.get("c2")
        if not groups:
            yield Region(match.start(), match.end(), rule.name, content, rule.silent)
        for group in groups:
            start, end = match.span(group)
            if rule.preceded is not None and not rule.preceded(
                evidence, text[max(start - _BEFORE, 0) : max(start, 0)]
            ):
                continue
            if 0 <= start < end:
                yield Region(start, end, rule.name, content, rule.silent)


def without_overlaps(regions: list[Region]) -> list[Region]:
    """The regions in order; where two overlap the one that comes first in the list stays."""
    ordered = sorted(enumerate(regions), key=lambda pair: (pair[1].start, pair[0]))
    kept: list[tuple[int, Region]] = []
    for rank, region in ordered:
        while kept and region.start < kept[-1][1].end:
            if kept[-1][0] <= rank:
                break
            kept.pop()
        else:
            kept.append((rank, region))
    return [region for _, region in kept]
