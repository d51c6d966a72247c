"""Comparing HTML tables cell by cell, with what the headers say of the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from ..report import CellPosition, Mark, TableDifference
from . import numbers
from .evidence import Evidence
from .markup import Table, TableCell
from .outcome import SAME, Outcome, excuse, shortened
from .settings import CompareSettings
from .table_context import TableContext
from .text import compare_text

_MOST_ROWS = 3_000
_MOST_MARKS = 2_000
# In a table these are data: a column of dates, durations or keys.
_DATA_IN_TABLES = frozenset(
    {
        "timing",
        "rate",
        "timestamp",
        "random-id",
        "process-id",
        "memory-use",
        "progress-bar",
        "object-id",
        "hash-seed",
    }
)
_DOTS = frozenset({"...", "…", "⋮", ""})
Origins = dict[tuple[int, int], tuple[int, int]]
_NUMBER = re.compile(r"[+-]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?")


def compare_tables(
    saved: Sequence[Table], replayed: Sequence[Table], evidence: Evidence, settings: CompareSettings
) -> Outcome:
    """Compare the tables of two documents in order."""
    run = _Run(evidence, settings)
    for number in range(max(len(saved), len(replayed))):
        before = saved[number] if number < len(saved) else Table()
        after = replayed[number] if number < len(replayed) else Table()
        run.compare(number, before, after)
    return run.outcome()


class _Run:
    def __init__(self, evidence: Evidence, settings: CompareSettings) -> None:
        allowed = {"random-id"} if evidence.uuids else set()
        self._settings = settings
        self._cell_settings = replace(settings, disabled=settings.disabled | (_DATA_IN_TABLES - allowed))
        self._evidence = evidence
        self._saved: list[CellPosition] = []
        self._replayed: list[CellPosition] = []
        self._changes: list[str] = []
        self._names: set[str] = set()
        self._origins: tuple[Origins, Origins] = ({}, {})

    def outcome(self) -> Outcome:
        difference = TableDifference(tuple(self._saved[:_MOST_MARKS]), tuple(self._replayed[:_MOST_MARKS]))
        if self._changes:
            more = f" (and {len(self._changes) - 1} more)" if len(self._changes) > 1 else ""
            return Outcome("changed", self._changes[0] + more, frozenset(self._names), difference)
        if self._names:
            return Outcome("cosmetic", excuse(self._names), frozenset(self._names), difference)
        return SAME

    def compare(self, number: int, saved: Table, replayed: Table) -> None:
        if _texts(saved) == _texts(replayed):
            return
        self._origins = {}, {}
        if _heights(saved) != _heights(replayed) and self._settings.allows("markup"):
            saved, first = _spread(saved)
            replayed, second = _spread(replayed)
            self._origins = first, second
            self._names.add("markup")
        if self._settings.allows("whitespace"):
            shown = _evenly_shown(saved, replayed)
            if shown is not None:
                saved, replayed = shown
                self._names.add("whitespace")
                self._origins = {}, {}
        context = TableContext(saved, self._evidence), TableContext(replayed, self._evidence)
        columns = _common_columns(saved, replayed)
        if columns is not None:
            self._columns(number, saved, replayed, columns, context)
            return
        for left, right in _aligned_rows(saved, replayed):
            if left is None or right is None:
                self._one_sided_row(number, saved, left, replayed, right)
            else:
                self._row(number, left, saved.rows[left], right, replayed.rows[right], context)

    def _row(
        self,
        number: int,
        left: int,
        saved: Sequence[TableCell],
        right: int,
        replayed: Sequence[TableCell],
        context: tuple[TableContext, TableContext],
    ) -> None:
        for column in range(max(len(saved), len(replayed))):
            before = saved[column] if column < len(saved) else None
            after = replayed[column] if column < len(replayed) else None
            self._cell(number, (left, column), before, (right, column), after, context)

    def _cell(
        self,
        number: int,
        left: tuple[int, int],
        saved: TableCell | None,
        right: tuple[int, int],
        replayed: TableCell | None,
        context: tuple[TableContext, TableContext],
    ) -> None:
        if saved is not None and replayed is not None:
            if saved.text == replayed.text:
                return
            names = self._excuses(saved.text, replayed.text, left, right, context)
            if names is not None:
                self._names |= names
                if names:
                    self._mark(number, left, right, "excused")
                return
        texts = [shortened(cell.text, 30) or "(empty)" if cell else "(none)" for cell in (saved, replayed)]
        header = context[0].header(*left) if saved is not None else ""
        where = f" in column {shortened(header, 30)}" if header and left[0] else ""
        self._changes.append(f"a table cell differs{where}: {texts[0]} → {texts[1]}")
        self._mark(
            number, left if saved is not None else None, right if replayed is not None else None, "changed"
        )

    def _excuses(
        self,
        saved: str,
        replayed: str,
        left: tuple[int, int],
        right: tuple[int, int],
        context: tuple[TableContext, TableContext],
    ) -> frozenset[str] | None:
        """The normalisers that excuse two different cells, or None if nothing does."""
        volatile = context[0].volatile(*left)
        if volatile and volatile == context[1].volatile(*right) and self._settings.allows(volatile):
            return frozenset({volatile})
        if _NUMBER.fullmatch(saved) and _NUMBER.fullmatch(replayed):
            scale = min(context[0].scale(*left), context[1].scale(*right))
            name = numbers.excused_by(saved, replayed, self._settings, scale)
            return frozenset({name}) if name and self._settings.allows(name) else None
        outcome = compare_text(saved, replayed, Evidence(ids=self._evidence.ids), self._cell_settings)
        if outcome.verdict == "changed":
            return None
        return outcome.normalised - {"whitespace"}

    def _columns(
        self,
        number: int,
        saved: Table,
        replayed: Table,
        columns: list[tuple[int | None, int | None]],
        context: tuple[TableContext, TableContext],
    ) -> None:
        for row, (before, after) in enumerate(zip(saved.rows, replayed.rows, strict=True)):
            for left, right in columns:
                first = before[left] if left is not None and left < len(before) else None
                second = after[right] if right is not None and right < len(after) else None
                if first is not None or second is not None:
                    self._cell(number, (row, left or 0), first, (row, right or 0), second, context)

    def _one_sided_row(
        self, number: int, saved: Table, left: int | None, replayed: Table, right: int | None
    ) -> None:
        side = 0 if left is not None else 1
        table, row, marks = ((saved, left, self._saved), (replayed, right, self._replayed))[side]
        if row is None:
            return
        cells = table.rows[row]
        places = ((row, column) for column in range(len(cells)))
        marks.extend(CellPosition(number, *self._origins[side].get(place, place)) for place in places)
        text = shortened(" ".join(cell.text for cell in cells))
        self._changes.append(f"a row is missing: {text}" if left is not None else f"a row is new: {text}")

    def _mark(
        self, number: int, left: tuple[int, int] | None, right: tuple[int, int] | None, mark: Mark
    ) -> None:
        if left is not None:
            self._saved.append(CellPosition(number, *self._origins[0].get(left, left), mark))
        if right is not None:
            self._replayed.append(CellPosition(number, *self._origins[1].get(right, right), mark))


def _heights(table: Table) -> list[int]:
    return [cell.height for row in table.rows for cell in row if cell.height > 1]


def _spread(table: Table) -> tuple[Table, Origins]:
    """The table with cells that span rows repeated in each of them, and from where each cell of it comes."""
    rows: list[list[TableCell]] = []
    origins: Origins = {}
    below: dict[
        int, tuple[int, TableCell, tuple[int, int]]
    ] = {}  # by column: rows to go, the cell, its origin
    for number, row in enumerate(table.rows):
        spread: list[TableCell] = []
        cells = iter(enumerate(row))
        while True:
            column = len(spread)
            if column in below:
                left, cell, origin = below.pop(column)
                if left > 1:
                    below[column] = left - 1, cell, origin
            else:
                following = next(cells, None)
                if following is None:
                    break
                place, cell = following
                origin = number, place
                if cell.height > 1:
                    below[column] = cell.height - 1, cell, origin
            origins[number, column] = origin
            spread.append(cell)
        rows.append(spread)
    return Table(rows), origins


def _evenly_shown(saved: Table, replayed: Table) -> tuple[Table, Table] | None:
    """Two tables that leave rows out, with those rows that both show; None if one of them leaves none out."""
    gaps = [
        [
            number
            for number, row in enumerate(table.rows)
            if len(row) > 1 and {cell.text for cell in row} <= _DOTS
        ]
        for table in (saved, replayed)
    ]
    if any(len(side) != 1 for side in gaps) or len(saved.rows) == len(replayed.rows):
        return None
    first, second = gaps[0][0], gaps[1][0]
    head = min(first, second)
    tail = min(len(saved.rows) - first, len(replayed.rows) - second) - 1
    # As many rows are shown before the dots as behind them: one that is missing beside them is seen by that.
    is_even = first - (len(saved.rows) - first) == second - (len(replayed.rows) - second)
    if head < 2 or tail < 1 or not is_even:
        return None
    return (
        Table([*saved.rows[:head], *saved.rows[len(saved.rows) - tail :]]),
        Table([*replayed.rows[:head], *replayed.rows[len(replayed.rows) - tail :]]),
    )


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def _aligned_rows(saved: Table, replayed: Table) -> Iterator[tuple[int | None, int | None]]:
    first, second = len(saved.rows), len(replayed.rows)
    if first == second or max(first, second) > _MOST_ROWS:
        yield from ((row, row) for row in range(min(first, second)))
        yield from ((row, None) for row in range(second, first))
        yield from ((None, row) for row in range(first, second))
        return
    keys = [["\t".join(row) for row in _texts(table)] for table in (saved, replayed)]
    for tag, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        both = min(b - a, d - c)
        yield from zip(range(a, a + both), range(c, c + both), strict=True)
        yield from ((row, None) for row in range(a + both, b))
        yield from ((None, row) for row in range(c + both, d))


def _common_columns(saved: Table, replayed: Table) -> list[tuple[int | None, int | None]] | None:
    """Pairs of columns by name, if both tables have one plain header row and as many rows but other columns."""
    if len(saved.rows) != len(replayed.rows) or not saved.rows:
        return None
    heads = [[cell.text for cell in table.rows[0]] for table in (saved, replayed)]
    regular = all(len({len(row) for row in table.rows}) == 1 for table in (saved, replayed))
    if not regular or len(heads[0]) == len(heads[1]):
        return None
    pairs: list[tuple[int | None, int | None]] = []
    for tag, a, b, c, d in SequenceMatcher(None, heads[0], heads[1], autojunk=False).get_opcodes():
        if tag == "equal":
            pairs.extend(zip(range(a, b), range(c, d), strict=True))
        else:
            pairs.extend((column, None) for column in range(a, b))
            pairs.extend((None, column) for column in range(c, d))
    return pairs
