"""What an Output widget holds: the outputs that it took over, counted on the cells whose outputs they would be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .notebook import STREAM, Output, joined
from .recorder import CellOutputs


class CapturedOutputs:
    """The outputs of one Output widget, as nbformat has them."""

    def __init__(self, outputs: Iterable[Any] = ()) -> None:
        self._outputs = [dict(output) for output in outputs if isinstance(output, Mapping)]
        self._text: list[str] = []  # what the last one goes on with, if it is a stream
        self._counted: dict[CellOutputs, int] = {}
        self.size = 0  # of what was captured

    def add(self, output: Output, cell: CellOutputs) -> None:
        """Take an output over, as far as the limits on a cell's output allow it."""
        counted = cell.count_captured(output)
        if counted is None:
            return
        output, size = counted
        self.size += size
        self._counted[cell] = self._counted.get(cell, 0) + size
        last = self._outputs[-1] if self._outputs else {}
        if output.output_type == STREAM and (last.get("output_type"), last.get("name")) == (
            STREAM,
            output.name,
        ):
            self._text.append(output.text)
        else:
            self._end_text()
            self._outputs.append(output.to_json())

    def clear(self) -> None:
        for cell, size in self._counted.items():
            cell.uncount(size)
        self._counted.clear()
        self._outputs.clear()
        self._text.clear()
        self.size = 0

    def to_json(self) -> list[dict[str, Any]]:
        self._end_text()
        return [dict(output) for output in self._outputs]

    def _end_text(self) -> None:
        # Text comes in many small pieces; adding each to a long one would take ever longer.
        if self._text:
            last = self._outputs[-1]
            last["text"] = joined(last.get("text")) + "".join(self._text)
            self._text.clear()
