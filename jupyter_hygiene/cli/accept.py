"""Writing replayed outputs into a notebook's text, and touching nothing else in it.

The text is not parsed and written anew: the values of ``outputs`` and ``execution_count`` are replaced where
they stand, and only where they differ, so that unknown metadata, key order and formatting survive.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..core.notebook import STREAM, Output
from ..core.report import CellReport, Report
from .files import NotebookFile

_decoder = json.JSONDecoder()
_space = re.compile(r"[ \t\n\r]*")
# Besides text/*, what nbformat writes as a list of lines.
_LINES = frozenset({"application/javascript", "image/svg+xml"})


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    value: Any


def refusal(file: NotebookFile) -> str | None:
    """Why outputs cannot be written into this file, whatever a replay gives; ``None`` if they can."""
    if file.upgraded:
        return "The file is of an old notebook format; convert it (jupyter nbconvert --to notebook) to accept outputs."
    target = os.path.realpath(file.path)
    if not os.access(target, os.W_OK) or not os.access(os.path.dirname(target), os.W_OK):
        return "The file or its folder is not writable, so outputs cannot be accepted."
    return None


def accepted_text(file: NotebookFile, report: Report) -> str:
    """The file's text with the outputs and counts of the cells that the replay ran."""
    text = file.text
    style = _Style.of(text)
    cells = list(_elements(text, _members(text, text.index("{"))["cells"].start))
    edits: list[tuple[int, int, str]] = []
    for cell in report.cells:
        if cell.verdict not in ("skipped", "not_reached", "unsaved") or _ran(cell):
            edits.extend(_edits(text, cells[cell.index], cell, style))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _ran(cell: CellReport) -> bool:
    return cell.execution_count is not None


def _edits(text: str, span: _Span, cell: CellReport, style: _Style) -> Iterator[tuple[int, int, str]]:
    members = _members(text, span.start)
    count = json.dumps(cell.execution_count)
    if "execution_count" not in members:
        yield style.insertion(text, span.start, "execution_count", count)
    elif members["execution_count"].value != cell.execution_count:
        yield members["execution_count"].start, members["execution_count"].end, count
    if "outputs" not in members:
        yield style.insertion(text, span.start, "outputs", style.dump(_as_written(cell)))
        return
    outputs = members["outputs"]
    if _content(cell.saved_outputs) == _content(cell.replayed_outputs):
        for output in _elements(text, outputs.start):
            own = _members(text, output.start).get("execution_count")
            if own is not None and own.value != cell.execution_count:
                yield own.start, own.end, count
    else:
        yield (
            outputs.start,
            outputs.end,
            style.dump(_as_written(cell)),
        )


def _as_written(cell: CellReport) -> list[dict[str, Any]]:
    return [_as_nbformat(output) for output in cell.replayed_outputs]


def _content(outputs: Sequence[Output]) -> list[dict[str, Any]]:
    """Outputs without what counts executions, to tell whether anything was printed differently."""
    plain = [output.to_json() for output in outputs]
    for output in plain:
        output.pop("execution_count", None)
    return plain


def _as_nbformat(output: Output) -> dict[str, Any]:
    """An output as nbformat writes it: texts of several lines as lists."""
    raw = output.to_json()
    if output.output_type == STREAM:
        raw["text"] = output.text.splitlines(keepends=True)
    elif isinstance(raw.get("data"), Mapping):
        raw["data"] = {
            mime: value.splitlines(keepends=True)
            if isinstance(value, str) and (mime.startswith("text/") or mime in _LINES)
            else value
            for mime, value in raw["data"].items()
        }
    return raw


@dataclass(frozen=True)
class _Style:
    """How the file is written, as far as new values should look alike."""

    indent: str | None
    ascii_only: bool
    newline: str

    @classmethod
    def of(cls, text: str) -> _Style:
        first = re.match(r"\{\r?\n([ \t]+)\S", text.lstrip())
        return cls(
            indent=first.group(1) if first else None,
            ascii_only=text.isascii() and re.search(r"\\u(?!001b)[0-9a-fA-F]{4}", text) is not None,
            newline="\r\n" if "\r\n" in text[:1000] else "\n",
        )

    def insertion(self, text: str, start: int, name: str, value: str) -> tuple[int, int, str]:
        """The edit that makes ``name`` the first member of the object at ``start``."""
        place = _skip(text, start) + 1
        gap = self.newline + self.indent * 3 if self.indent else ""
        more = "" if text[_skip(text, place)] == "}" else ","
        return place, place, f"{gap}{json.dumps(name)}: {value}{more}"

    def dump(self, value: Any) -> str:
        """JSON text for a value three levels deep in a notebook (``cells[i].outputs``)."""
        text = json.dumps(value, indent=self.indent, ensure_ascii=self.ascii_only, sort_keys=True)
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:  # half a surrogate pair can only be written as an escape
            text = json.dumps(value, indent=self.indent, sort_keys=True)
        return text.replace("\n", self.newline + (self.indent or "") * 3) if self.indent else text


def _members(text: str, start: int) -> dict[str, _Span]:
    """The members of the JSON object that starts at or after ``start``: name -> where its value stands."""
    found: dict[str, _Span] = {}
    position = _skip(text, start)
    position = _skip(text, position + 1)
    while text[position] != "}":
        name, position = _decoder.raw_decode(text, position)
        position = _skip(text, _skip(text, position) + 1)  # the colon
        value, end = _decoder.raw_decode(text, position)
        found[name] = _Span(position, end, value)
        position = _skip(text, end)
        if text[position] == ",":
            position = _skip(text, position + 1)
    return found


def _elements(text: str, start: int) -> Iterator[_Span]:
    """The elements of the JSON array that starts at ``start``."""
    position = _skip(text, start + 1)
    while text[position] != "]":
        value, end = _decoder.raw_decode(text, position)
        yield _Span(position, end, value)
        position = _skip(text, end)
        if text[position] == ",":
            position = _skip(text, position + 1)


def _skip(text: str, position: int) -> int:
    match = _space.match(text, position)
    return match.end() if match else position
