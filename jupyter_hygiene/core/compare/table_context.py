"""What the headers of a table say of a cell: its column, its row, and whether such values are volatile."""

from __future__ import annotations

import re

from . import numbers
from .column_rules import column_kind, values_of
from .evidence import Evidence
from .markup import Table
from .printed_tables import is_timing_column
from .volatile import is_timing_header

_RUN_ID = re.compile(
    r"(?:tags\.mlflow\.)?(?:run|job|session|trace|request|artifact|experiment)[_ ]?(?:id|uuid|uri|name)", re.I
)
_P_VALUE = re.compile(r"p|p[-_ ]?val(?:ue)?s?|p>\|[tz]\||pr\(>.*\)|sig\.?", re.I)
_RUN_MOMENT = re.compile(
    r"created|updated|timestamp|started|finished|logged|run_?at|_at$|^(?:now|time|when)$", re.I
)
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")
_STUDY_TIMES = frozenset({"datetime_start", "datetime_complete"})
_MOST_HEADER_ROWS = 6


class TableContext:
    """Looks up headers; columns are counted from the right, where spanning index cells do no harm."""

    def __init__(self, table: Table, evidence: Evidence) -> None:
        self._table = table
        self._evidence = evidence
        self._headers: dict[int, list[str]] = {}
        self._header_rows = 0
        for row in table.rows[:_MOST_HEADER_ROWS]:
            if not row or not all(cell.is_header for cell in row):
                break
            self._header_rows += 1
            place = 0
            for cell in reversed(row):
                for _ in range(cell.width):
                    self._headers.setdefault(place, []).append(cell.text)
                    place += 1
        self._names = {" ".join(texts).strip().lower() for texts in self._headers.values()}
        self._scales: dict[int, float] = {}
        self._is_regression = any(cell.text == "No. Observations:" for row in table.rows[:12] for cell in row)

    def _from_right(self, row: int, column: int) -> int:
        return sum(cell.width for cell in self._table.rows[row][column + 1 :])

    def header(self, row: int, column: int) -> str:
        """The name of the column in which a cell stands; empty if it has none."""
        texts = self._headers.get(self._from_right(row, column), [])
        return " ".join(text for text in texts if text)

    def volatile(self, row: int, column: int) -> str:
        """The normaliser that excuses whatever stands here; empty if this is data."""
        if row < self._header_rows:
            return ""
        cells = self._table.rows[row]
        header = self.header(row, column).strip().lower()
        last = header.rsplit(" ", 1)[-1]
        if is_timing_header(header) or ("_" in last and is_timing_header(last)):
            return "timing"
        if is_timing_column(header, self._names, self._evidence):
            return "timing"
        kind = column_kind(header, self._names, self._evidence)
        if kind is not None and values_of(kind).fullmatch(cells[column].text.strip()):
            return kind.name
        if header in _STUDY_TIMES or (
            header in {"start_time", "end_time"} and self._names & {"run_id", "run id"}
        ):
            return "timestamp"
        if header == "duration" and self._names & _STUDY_TIMES:
            return "timing"
        if self._evidence.now and _RUN_MOMENT.search(header) and _STAMP.match(cells[column].text):
            return "timestamp"
        if _RUN_ID.fullmatch(header) and re.search(r"[0-9a-f]{8}", cells[column].text):
            return "random-id"
        left = cells[column - 1].text if column else ""
        if self._is_regression and left in {"Date:", "Time:"}:
            return "timestamp"
        first = cells[0]
        if column and first.is_header and is_timing_header(first.text):
            return "timing"
        return ""

    def scale(self, row: int, column: int) -> float:
        """The largest magnitude in the column of a cell; 0 where small values speak for themselves."""
        place = self._from_right(row, column)
        if place not in self._scales:
            self._scales[place] = self._column_scale(place)
        return self._scales[place]

    def _column_scale(self, place: int) -> float:
        if _P_VALUE.fullmatch(" ".join(self._headers.get(place, [])).strip()):
            return 0.0
        largest = 0.0
        for row in self._table.rows[self._header_rows :]:
            column = len(row) - 1 - place  # spanning cells stand on the left
            if 0 <= column < len(row):
                value = abs(numbers.value_of(row[column].text))
                if largest < value < float("inf"):
                    largest = value
        return largest
