"""From a kernel's iopub messages to the outputs that a page would show.

Does what a front end does: merges streams, honours ``clear_output`` (with and without ``wait``), applies
``update_display_data`` wherever a display id was used, and keeps what it holds within bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .notebook import DISPLAY_DATA, ERROR, EXECUTE_RESULT, STREAM, Output, is_json_mime
from .session import Message


@dataclass(frozen=True)
class OutputLimits:
    """Bounds on what is kept, in characters (of text, or of base64).

    ``cell``: of one cell's outputs; what comes after is dropped, and said.
    ``runaway``: when this much more has been dropped, the cell is writing without end and is interrupted.
    ``notebook``: of all outputs together.
    """

    cell: int = 20_000_000
    runaway: int = 80_000_000
    notebook: int = 400_000_000


class Unreadable(ValueError):
    """A message is not of the shape that the protocol gives it."""


class _Slot:
    """One output on the page, which may still change."""

    __slots__ = ("chunks", "data", "error", "execution_count", "kind", "metadata", "name", "shown", "size")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.name = ""
        self.shown = True  # False once cleared
        self.chunks: list[str] = []
        self.data: Mapping[str, Any] = {}
        self.metadata: Mapping[str, Any] = {}
        self.execution_count: int | None = None
        self.error: Output | None = None
        self.size = 0

    def append(self, text: str) -> None:
        self.chunks.append(text)
        if len(self.chunks) > 1000:  # a string object costs more than the character it holds
            self.chunks = ["".join(self.chunks)]

    def freeze(self) -> Output:
        if self.kind == STREAM:
            return Output(STREAM, name=self.name, text="".join(self.chunks))
        if self.error is not None:
            return self.error
        return Output(self.kind, data=self.data, metadata=self.metadata, execution_count=self.execution_count)


class Displays:
    """Which outputs, in which cells, show a display id. Shared by the cells of one replay."""

    def __init__(self) -> None:
        self._shown: dict[str, list[tuple[CellOutputs, _Slot]]] = {}

    def show(self, display_id: str, cell: CellOutputs, slot: _Slot) -> None:
        earlier = self._shown.get(display_id, ())
        self._shown[display_id] = [(c, s) for c, s in earlier if s.shown] + [(cell, slot)]

    def update(self, display_id: str, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
        for cell, slot in self._shown.get(display_id, ()):
            if slot.shown:
                cell.replace(slot, data, metadata)


class Budget:
    """How much all cells of a replay together may still keep."""

    def __init__(self, limits: OutputLimits) -> None:
        self.limits = limits
        self.left = limits.notebook


class CellOutputs:
    """The outputs of one cell as they stand. ``changed`` is called after each change."""

    def __init__(self, displays: Displays, budget: Budget, changed: Callable[[], None]) -> None:
        self._displays = displays
        self._budget = budget
        self._changed = changed
        self._slots: list[_Slot] = []
        self._clear_pending = False
        self._size = 0
        self.dropped = 0
        self.may_be_updated = False  # an output has a display id, by which it can change from anywhere

    @property
    def truncated(self) -> bool:
        """Whether something was dropped because there was too much of it."""
        return self.dropped > 0

    @property
    def runaway(self) -> bool:
        """Whether the cell writes without end."""
        return self.dropped > self._budget.limits.runaway

    def freeze(self) -> tuple[Output, ...]:
        return tuple(slot.freeze() for slot in self._slots)

    def handle(self, message: Message) -> None:
        """Take in an output message; others are ignored.

        Raises:
            Unreadable: a part of it is of a type that it cannot have.
        """
        content = message.content
        kind = message.msg_type
        self.dropped += message.left_out
        if message.left_out and not content:
            self._changed()
        elif kind == STREAM:
            self.add_stream(_text(content, "name", "stdout"), _text(content, "text"))
        elif kind in (DISPLAY_DATA, EXECUTE_RESULT):
            _bundle(content)
            self._add_bundle(kind, content)
        elif kind == "update_display_data":
            data, display_id = _bundle(content), _display_id(content)
            if display_id is not None:
                self._displays.update(display_id, data, _mapping(content.get("metadata")))
        elif kind == ERROR:
            for name in ("ename", "evalue"):
                _text(content, name)
            slot = _Slot(ERROR)
            slot.error = Output.from_json({"output_type": ERROR, **content})
            self._add(slot, len(slot.error.evalue) + sum(map(len, slot.error.traceback)), always=True)
        elif kind == "clear_output":
            if content.get("wait"):
                self._clear_pending = True
            else:
                self._clear()

    def add_stream(self, name: str, text: str) -> None:
        if not text:
            return
        self._clear_if_pending()
        room = self._room
        if len(text) > room:
            self.dropped += len(text) - room
            text = text[:room]
            if not text:
                return
        last = self._slots[-1] if self._slots else None
        if last is None or last.kind != STREAM or last.name != name:
            last = _Slot(STREAM)
            last.name = name
            self._slots.append(last)
        last.append(text)
        self._resize(last, last.size + len(text))
        self._changed()

    def count_captured(self, output: Output) -> tuple[Output, int] | None:
        """Count an output that a widget holds like those on the page. What of it is within the limits, and its size;
        ``None`` if nothing is."""
        size = _size_of(output)
        room = self._room
        if size > room:
            self._drop(size - room if output.output_type == STREAM else size)
            if output.output_type != STREAM or not room:
                return None
            output, size = replace(output, text=output.text[:room]), room
        self._count(size)
        return output, size

    def uncount(self, size: int) -> None:
        """So much of what was captured is gone."""
        self._count(-size)

    def drop_state(self, size: int) -> None:
        """The state of a widget that the cell made was too large to keep."""
        self._drop(size)

    def add_page(self, data: Mapping[str, Any]) -> None:
        """Show what a pager would (``obj?``), as JupyterLab does."""
        self._add_bundle(DISPLAY_DATA, {"data": data})

    def replace(self, slot: _Slot, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
        slot.data, slot.metadata = data, metadata
        self._resize(slot, _bundle_size(data))
        self._changed()

    def _add_bundle(self, kind: str, content: Mapping[str, Any]) -> None:
        slot = _Slot(kind)
        slot.data = Output.from_json({"output_type": kind, "data": content.get("data")}).data
        slot.metadata = _mapping(content.get("metadata"))
        if kind == EXECUTE_RESULT:
            count = content.get("execution_count")
            slot.execution_count = count if isinstance(count, int) else None
        display_id = _display_id(content)
        if self._add(slot, _bundle_size(slot.data)) and display_id is not None:
            self.may_be_updated = True
            self._displays.show(display_id, self, slot)

    def _add(self, slot: _Slot, size: int, *, always: bool = False) -> bool:
        self._clear_if_pending()
        if not always and size > self._room:
            self.dropped += size
            return False
        self._slots.append(slot)
        self._resize(slot, size)
        self._changed()
        return True

    def _resize(self, slot: _Slot, size: int) -> None:
        self._count(size - slot.size)
        slot.size = size

    def _count(self, growth: int) -> None:
        self._size += growth
        self._budget.left -= growth

    @property
    def _room(self) -> int:
        return max(0, min(self._budget.limits.cell - self._size, self._budget.left))

    def _drop(self, size: int) -> None:
        self.dropped += size
        self._changed()

    def _clear_if_pending(self) -> None:
        if self._clear_pending:
            self._clear()

    def _clear(self) -> None:
        self._clear_pending = False
        for slot in self._slots:
            slot.shown = False
            self._resize(slot, 0)
        self._slots.clear()
        self._changed()


# Of how many elements a long list's size is told.
_SAMPLED = 1_000


def _text(content: Mapping[str, Any], name: str, default: str = "") -> str:
    value = content.get(name, default)
    if not isinstance(value, str):
        raise Unreadable(f"{name} is no text")
    return value


def _bundle(content: Mapping[str, Any]) -> Mapping[str, Any]:
    data = content.get("data")
    if not isinstance(data, Mapping):
        raise Unreadable("data is no object")
    return data


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _display_id(content: Mapping[str, Any]) -> str | None:
    display_id = _mapping(content.get("transient")).get("display_id")
    return display_id if isinstance(display_id, str) else None


def _bundle_size(data: Mapping[str, Any]) -> int:
    size = 0
    for mime, value in data.items():
        if isinstance(value, str):
            size += len(value)
        elif is_json_mime(mime):
            size += json_size(value)
    return size


def _size_of(output: Output) -> int:
    if output.output_type == ERROR:
        return len(output.evalue) + sum(map(len, output.traceback))
    return len(output.text) + _bundle_size(output.data)


def json_size(value: Any) -> int:
    """Rough length of the JSON text, without writing it; of a long list, from a sample, for it holds like to like."""
    size, stack = 0.0, [(value, 1.0)]
    while stack:
        item, weight = stack.pop()
        if isinstance(item, str):
            size += weight * (len(item) + 2)
        elif isinstance(item, dict):
            size += weight * sum(len(key) + 4 for key in item)
            stack.extend((part, weight) for part in item.values())
        elif isinstance(item, list):
            sample = item[:: max(1, len(item) // _SAMPLED)]
            stack.extend((part, weight * len(item) / len(sample)) for part in sample)
        else:
            size += 8 * weight
    return round(size)
