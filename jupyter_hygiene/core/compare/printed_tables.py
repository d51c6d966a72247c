"""Columns of printed tables: those that hold running times, or something else of the run, as their header says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .clock_rules import timing_header
from .column_rules import ColumnKind, column_kind, likely_header, values_of
from .evidence import Evidence
from .rules import Region

_LONGEST_LINE = 2_000
_MOST_ROWS = 5_000
_MOST_TABLES = 60
_WIDEST_VALUE = 40


@cache
def _likely() -> re.Pattern[str]:
    return re.compile(
        r"(?i)time|second|elapsed|runtime|latency|took|wall|clock|tt \(sec\)|duration|\bms\b|\bsecs?\b"
    )


@cache
def _timed() -> re.Pattern[str]:
    """Headers that mean a running time where the cell holds a stop watch."""
    return re.compile(
        r"(?i)(?:time|seconds|secs?|ms|duration|timing|t)(?:[_ ]?\(?(?:s|ms|sec|secs|seconds)\)?)?"
    )


@cache
def _bar() -> re.Pattern[str]:
    return re.compile(r"[|│┃┆]")


@cache
def _value() -> re.Pattern[str]:
    return re.compile(r"[\d.]+(?:e-?\d+)?(?: ?(?:ns|us|µs|ms|s|min))?|\d+:\d\d(?::\d\d)?(?:\.\d+)?")


def is_timing_column(header: str, neighbours: set[str], evidence: Evidence) -> bool:
    """Whether a column of this name, beside columns of those names, holds running times."""
    name = header.strip().lower()
    if timing_header().fullmatch(name):
        return True
    if name == "time" and neighbours & {"epoch", "train_loss"}:
        return True
    return evidence.stop_watch and _timed().fullmatch(name) is not None


def timing_regions(text: str, evidence: Evidence) -> Iterator[Region]:
    """The values below the headers of a printed table that say they are running times."""
    if not _likely().search(text):
        return
    lines: list[tuple[int, str]] = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    headers = 0
    for number, (_, line) in enumerate(lines):
        # A header holds no numbers, and there are not many tables in a text.
        if len(line) <= _LONGEST_LINE and _likely().search(line) and not re.search(r"(?<!\w)\d", line):
            headers += 1
            if headers > _MOST_TABLES:
                return
            below = lines[number + 1 : number + 1 + _MOST_ROWS]
            if _bar().search(line):
                yield from _between_bars(line, below, evidence)
            else:
                yield from _right_aligned(line, below, evidence)


def volatile_regions_below(text: str, evidence: Evidence) -> Iterator[Region]:
    """The values below headers that name something of the run or the machine, as process ids or hosts."""
    if not likely_header().search(text):
        return
    start = 0
    columns: list[tuple[int, int, ColumnKind]] = []
    tables = 0
    for line in text.split("\n"):
        if not line.strip():
            columns = []
        elif (
            len(line) <= _LONGEST_LINE
            and not re.search(r"(?<![\w%])\d", line)
            and likely_header().search(line)
            and tables < _MOST_TABLES
        ):
            columns = _kinds(line, evidence) or columns
            tables += bool(columns)
        else:
            for begin, end, kind in columns:
                for match in values_of(kind).finditer(
                    line, max(begin - _WIDEST_VALUE, 0), end + _WIDEST_VALUE
                ):
                    if match.start() < end and match.end() > begin and _stands_alone(line, match):
                        yield Region(start + match.start(), start + match.end(), kind.name)
                        break
        start += len(line) + 1


def _kinds(header: str, evidence: Evidence) -> list[tuple[int, int, ColumnKind]]:
    """Where the volatile columns of a printed table stand; words that one blank parts may be one header or two."""
    words = [*re.finditer(r"[^\s|│┃]+(?: [^\s|│┃]+)*", header), *re.finditer(r"[^\s|│┃]+", header)]
    names = {word.group().lower() for word in words}
    if len(names) < 2:
        return []
    found: dict[int, tuple[int, int, ColumnKind]] = {}
    for word in words:
        kind = column_kind(word.group(), names, evidence)
        if kind is not None:
            found.setdefault(word.start(), (word.start(), word.end(), kind))
    return list(found.values())


def _stands_alone(line: str, match: re.Match[str]) -> bool:
    before, after = line[: match.start()][-1:], line[match.end() :][:1]
    return before in {"", " ", "\t", "|", "│", "┃"} and after in {"", " ", "\t", "|", "│", "┃"}


def _right_aligned(header: str, below: list[tuple[int, str]], evidence: Evidence) -> Iterator[Region]:
    words = list(re.finditer(r"\S+", header))
    names = {word.group().lower() for word in words}
    if len(words) < 2:
        return
    ends = [word.end() for word in words if is_timing_column(word.group(), names, evidence)]
    if not ends:
        return
    for start, line in below:
        if not line.strip():
            return
        for word in re.finditer(r"\S+", line[:_LONGEST_LINE]):
            if word.end() in ends and _value().fullmatch(word.group()):
                yield Region(start + word.start(), start + word.end(), "timing")


def _between_bars(header: str, below: list[tuple[int, str]], evidence: Evidence) -> Iterator[Region]:
    titles = [title.strip() for title in _bar().split(header)]
    names = {title.lower() for title in titles}
    columns = [
        place for place, title in enumerate(titles) if title and is_timing_column(title, names, evidence)
    ]
    if not columns:
        return
    for start, line in below:
        if not line.strip():
            return
        edges = [-1, *(bar.start() for bar in _bar().finditer(line[:_LONGEST_LINE])), len(line)]
        if len(edges) != len(titles) + 1:
            continue
        for column in columns:
            cell = line[edges[column] + 1 : edges[column + 1]]
            if _value().fullmatch(cell.strip()):
                place = start + edges[column] + 1 + len(cell) - len(cell.lstrip())
                yield Region(place, place + len(cell.strip()), "timing")
