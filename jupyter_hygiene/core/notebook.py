"""Frozen views of nbformat 4 JSON: Notebook, Cell, Output.

Reading is lenient where nothing is lost (a missing ``metadata``, a duplicate or missing cell id) and strict
where meaning is (a cell that is no object, an output without a type). The raw JSON stays the caller's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NewType

from .errors import InvalidNotebook

CellId = NewType("CellId", str)

STREAM = "stream"
ERROR = "error"
DISPLAY_DATA = "display_data"
EXECUTE_RESULT = "execute_result"


def joined(value: Any) -> str:
    """The text of an nbformat multi-line string, which is one string or a list of them."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return ""


def is_json_mime(mime: str) -> bool:
    """Whether a MIME bundle holds a JSON value under this type, not text (nbformat's own rule)."""
    base = mime.split(";", 1)[0].strip().lower()
    return base == "application/json" or (base.startswith("application/") and base.endswith("+json"))


@dataclass(frozen=True)
class Output:
    """One output of a cell. Text parts are single strings whatever the file had."""

    output_type: str
    name: str = ""  # streams: stdout or stderr
    text: str = ""  # streams
    data: Mapping[str, Any] = field(default_factory=dict)  # display_data, execute_result
    metadata: Mapping[str, Any] = field(default_factory=dict)
    execution_count: int | None = None
    ename: str = ""
    evalue: str = ""
    traceback: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, raw: Any, where: str = "output") -> Output:
        """Read one nbformat output.

        Raises:
            InvalidNotebook: it is no object, or has no ``output_type``.
        """
        if not isinstance(raw, Mapping) or not isinstance(raw.get("output_type"), str):
            raise InvalidNotebook(f"{where} has no output_type")
        kind = raw["output_type"]
        if kind == STREAM:
            return cls(
                kind,
                name=str(raw.get("name") or "stdout"),
                text=joined(raw.get("text", "")),
                metadata=_mapping(raw.get("metadata")),  # a server's, where it keeps the text elsewhere
            )
        if kind == ERROR:
            traceback = raw.get("traceback")
            return cls(
                kind,
                ename=str(raw.get("ename", "")),
                evalue=str(raw.get("evalue", "")),
                traceback=tuple(str(line) for line in traceback) if isinstance(traceback, list) else (),
            )
        data = raw.get("data")
        if not isinstance(data, Mapping):
            data = {}
        return cls(
            kind,
            data={mime: value if is_json_mime(mime) else joined(value) for mime, value in data.items()},
            metadata=_mapping(raw.get("metadata")),
            execution_count=_count(raw.get("execution_count")),
        )

    def to_json(self) -> dict[str, Any]:
        """The output as nbformat 4 JSON, text as single strings."""
        if self.output_type == STREAM:
            return {"output_type": STREAM, "name": self.name, "text": self.text}
        if self.output_type == ERROR:
            return {
                "output_type": ERROR,
                "ename": self.ename,
                "evalue": self.evalue,
                "traceback": list(self.traceback),
            }
        raw: dict[str, Any] = {
            "output_type": self.output_type,
            "data": dict(self.data),
            "metadata": dict(self.metadata),
        }
        if self.output_type == EXECUTE_RESULT:
            raw["execution_count"] = self.execution_count
        return raw


@dataclass(frozen=True)
class Cell:
    """One cell. ``index`` counts cells of every kind from 0."""

    id: CellId
    index: int
    cell_type: str
    source: str
    execution_count: int | None = None
    outputs: tuple[Output, ...] = ()
    tags: frozenset[str] = frozenset()
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_code(self) -> bool:
        return self.cell_type == "code"

    @property
    def is_empty(self) -> bool:
        return not self.source.strip()


@dataclass(frozen=True)
class Notebook:
    """A notebook, with every cell under an id of its own."""

    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any]

    @classmethod
    def from_json(cls, raw: Any) -> Notebook:
        """Read nbformat 4 JSON.

        Raises:
            InvalidNotebook: it is not nbformat 4, or a cell or output has no readable shape. The message says where.
        """
        if not isinstance(raw, Mapping):
            raise InvalidNotebook("the file holds no JSON object")
        if not isinstance(raw.get("cells"), list):
            raise InvalidNotebook("there is no list of cells; is it a notebook of format 4?")
        metadata = raw.get("metadata")
        return cls(
            cells=tuple(_cells(raw["cells"])),
            metadata=metadata if isinstance(metadata, Mapping) else {},
        )

    @property
    def code_cells(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.is_code)

    @property
    def kernel_name(self) -> str | None:
        """The kernel spec that the notebook names, if it names one."""
        spec = self.metadata.get("kernelspec")
        name = spec.get("name") if isinstance(spec, Mapping) else None
        return name if isinstance(name, str) and name else None

    @property
    def language(self) -> str:
        """The language that the notebook declares, in lower case; empty if none."""
        for key, field_name in (("language_info", "name"), ("kernelspec", "language")):
            part = self.metadata.get(key)
            value = part.get(field_name) if isinstance(part, Mapping) else None
            if isinstance(value, str) and value:
                return value.lower()
        return ""

    @property
    def widget_state(self) -> Mapping[str, Any]:
        """Saved widget models by model id (nbformat's ``application/vnd.jupyter.widget-state+json``)."""
        widgets = self.metadata.get("widgets")
        if not isinstance(widgets, Mapping):
            return {}
        bundle = widgets.get("application/vnd.jupyter.widget-state+json")
        state = bundle.get("state") if isinstance(bundle, Mapping) else None
        return state if isinstance(state, Mapping) else {}


def _cells(raw_cells: Sequence[Any]) -> Iterator[Cell]:
    taken: set[str] = {
        raw["id"] for raw in raw_cells if isinstance(raw, Mapping) and isinstance(raw.get("id"), str)
    }
    seen: set[str] = set()
    for index, raw in enumerate(raw_cells):
        if not isinstance(raw, Mapping) or not isinstance(raw.get("cell_type"), str):
            raise InvalidNotebook(f"cells[{index}] has no cell_type")
        source = raw.get("source", "")
        if not isinstance(source, (str, list)):
            raise InvalidNotebook(f"cells[{index}].source is neither text nor a list of lines")
        text = joined(source)
        if not _is_text(text):
            raise InvalidNotebook(
                f"cells[{index}].source holds half of a surrogate pair, which is no character"
            )
        own = raw.get("id")
        is_own = isinstance(own, str) and own and own not in seen and _is_text(own)
        cell_id = str(own) if is_own else _fresh_id(index, taken)
        seen.add(cell_id)
        taken.add(cell_id)
        metadata = raw.get("metadata")
        tags = metadata.get("tags") if isinstance(metadata, Mapping) else None
        outputs = raw.get("outputs", [])
        if not isinstance(outputs, list):
            raise InvalidNotebook(f"cells[{index}].outputs is no list")
        yield Cell(
            id=CellId(cell_id),
            index=index,
            cell_type=raw["cell_type"],
            source=text,
            execution_count=_count(raw.get("execution_count")),
            outputs=tuple(
                Output.from_json(output, f"cells[{index}].outputs[{position}]")
                for position, output in enumerate(outputs)
            ),
            tags=frozenset(tag for tag in tags if isinstance(tag, str))
            if isinstance(tags, list)
            else frozenset(),
            metadata=metadata if isinstance(metadata, Mapping) else {},
        )


def _is_text(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _fresh_id(index: int, taken: set[str]) -> str:
    name = f"cell-{index}"
    while name in taken:
        name += "-"
    return name


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
