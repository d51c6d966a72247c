"""Answering ``analyze`` requests: what was sent before need not be sent again.

The server and the command line share this. A reply bears a token; a later request may name it as its base and give
only what changed since. The shapes are those of ``schemas/api.schema.json``.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from .analysis import Analyzer, DocumentCell, Run
from .analysis.model import Basis, RunStatus
from .analysis.tracebacks import raised_line
from .errors import BadRequest

_STATUSES: dict[str, RunStatus] = {status: status for status in get_args(RunStatus)}
_BASES: dict[str, Basis] = {basis: basis for basis in get_args(Basis)}
# Requests that can be built upon, over all notebooks: each open notebook needs two, its last and the one before.
_MOST_BASES = 64


@dataclass(frozen=True)
class _Request:
    """A request in full, and the analyzer that has seen its past."""

    language: str
    basis: Basis
    cells: tuple[DocumentCell, ...]
    history: tuple[Run, ...]
    versions: Mapping[str, str]
    analyzer: Analyzer


class AnalysisDesk:
    """Answers ``analyze`` requests. May be shared between threads."""

    def __init__(self, most_bases: int = _MOST_BASES) -> None:
        self._most_bases = most_bases
        self._bases: OrderedDict[str, _Request] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The reply to one request: an ``Analysis``, or an ``UnknownBase``.

        Raises:
            BadRequest: it is not of the shape that the contract gives it.
        """
        token = body.get("base")
        if token is None:
            request = _in_full(body)
        else:
            with self._lock:
                base = self._bases.get(token) if isinstance(token, str) else None
            if base is None:
                return {"unknown_base": True}
            request = _built_on(base, body)
        analysis = request.analyzer.analyze(
            request.cells,
            request.history,
            language=request.language,
            basis=request.basis,
            versions=request.versions,
        )
        return {"token": self._keep(request), **analysis.to_json()}

    def _keep(self, request: _Request) -> str:
        token = secrets.token_hex(12)
        with self._lock:
            self._bases[token] = request
            while len(self._bases) > self._most_bases:
                self._bases.popitem(last=False)
        return token


def _in_full(body: Mapping[str, Any]) -> _Request:
    cells = tuple(_cell(raw, place) for place, raw in enumerate(_items(body, "cells")))
    _without_doubles([cell.id for cell in cells])
    return _Request(
        language=_text(body, "language", "python") or "python",
        basis=_basis(body, "kernel"),
        cells=cells,
        history=runs_from_json(body),
        versions=_versions(body, {}),
        analyzer=Analyzer(),
    )


def _built_on(base: _Request, body: Mapping[str, Any]) -> _Request:
    changed = {
        cell.id: cell for cell in (_cell(raw, place) for place, raw in enumerate(_items(body, "cells")))
    }
    order = body.get("order")
    if order is None:
        order = [cell.id for cell in base.cells]
    elif not isinstance(order, list) or not all(isinstance(cell_id, str) for cell_id in order):
        raise BadRequest("order must be a list of cell ids.")
    known = {cell.id: cell for cell in base.cells} | changed
    _without_doubles(order)
    missing = next((cell_id for cell_id in (*order, *changed) if cell_id not in known), None)
    if missing is not None:
        raise BadRequest(f"order names the cell {missing!r}, which neither the base nor cells has.")
    stray = changed.keys() - set(order)
    if stray:
        raise BadRequest(f"The cell {min(stray)!r} is new, but order does not name it.")
    start = body.get("history_start")
    if start is None:
        start = len(base.history)
    elif not isinstance(start, int) or isinstance(start, bool) or not 0 <= start <= len(base.history):
        raise BadRequest(f"history_start must be a whole number from 0 to {len(base.history)}.")
    runs = runs_from_json(body)
    return _Request(
        language=_text(body, "language", base.language) or base.language,
        basis=_basis(body, base.basis),
        cells=tuple(known[cell_id] for cell_id in order),
        history=base.history[:start] + runs,
        versions=_versions(body, base.versions),
        analyzer=base.analyzer,
    )


def _cell(raw: Any, place: int) -> DocumentCell:
    where = f"cells[{place}]"
    if not isinstance(raw, Mapping):
        raise BadRequest(f"{where} must be an object.")
    tags = raw.get("tags")
    if tags is None:
        tags = ()
    elif not isinstance(tags, Sequence) or isinstance(tags, str):
        raise BadRequest(f"{where}.tags must be a list.")
    return DocumentCell(
        id=_needed(raw, "id", where),
        type=_needed(raw, "type", where),
        source=_source(raw, where),
        execution_count=_count(raw, where),
        tags=tuple(tag for tag in tags if isinstance(tag, str)),
    )


def runs_from_json(body: Mapping[str, Any]) -> tuple[Run, ...]:
    """The ``history`` of a request.

    Raises:
        BadRequest: it is not of the shape that the contract gives it.
    """
    return tuple(_run(raw, place) for place, raw in enumerate(_items(body, "history")))


def _run(raw: Any, place: int) -> Run:
    where = f"history[{place}]"
    if not isinstance(raw, Mapping):
        raise BadRequest(f"{where} must be an object.")
    cell_id = raw.get("cell_id")
    if cell_id is not None and not isinstance(cell_id, str):
        raise BadRequest(f"{where}.cell_id must be text or null.")
    status = raw.get("status")
    if status is None:
        status = "unknown"
    if not isinstance(status, str) or status not in _STATUSES:
        raise BadRequest(f"{where}.status must be one of {', '.join(sorted(_STATUSES))}.")
    source = _source(raw, where)
    return Run(
        source=source,
        execution_count=_count(raw, where),
        cell_id=cell_id,
        status=_STATUSES[status],
        line=raised_line(_traceback(raw, where), source) if status == "error" else 0,
    )


def _items(body: Mapping[str, Any], key: str) -> list[Any]:
    value = body.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadRequest(f"{key} must be a list.")
    return value


def _source(raw: Mapping[str, Any], where: str) -> str:
    """The source, which a file may hold as a list of lines."""
    value = raw.get("source", "")
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    if not isinstance(value, str):
        raise BadRequest(f"{where}.source must be text.")
    return value


def _traceback(raw: Mapping[str, Any], where: str) -> str:
    """The traceback, which nbformat has as a list of texts."""
    value = raw.get("traceback")
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "\n".join(value)
    if not isinstance(value, str):
        raise BadRequest(f"{where}.traceback must be text or a list of texts.")
    return value


def _count(raw: Mapping[str, Any], where: str) -> int | None:
    value = raw.get("execution_count")
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise BadRequest(f"{where}.execution_count must be a whole number or null.")


def _needed(raw: Mapping[str, Any], key: str, where: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str):
        raise BadRequest(f"{where}.{key} must be text.")
    return value


def _text(body: Mapping[str, Any], key: str, default: str) -> str:
    value = body.get(key)
    if value is None:
        return default
    if not isinstance(value, str):
        raise BadRequest(f"{key} must be text.")
    return value


def _basis(body: Mapping[str, Any], default: Basis) -> Basis:
    value = _text(body, "basis", default)
    if value not in _BASES:
        raise BadRequest("basis must be kernel or file.")
    return _BASES[value]


def _versions(body: Mapping[str, Any], default: Mapping[str, str]) -> Mapping[str, str]:
    value = body.get("versions")
    if value is None:
        return default
    if not isinstance(value, Mapping):
        raise BadRequest("versions must be an object.")
    return {str(name): version for name, version in value.items() if isinstance(version, str)}


def _without_doubles(ids: Sequence[str]) -> None:
    if len(set(ids)) < len(ids):
        double = next(cell_id for cell_id in ids if ids.count(cell_id) > 1)
        raise BadRequest(f"Two cells have the id {double!r}; each needs one of its own.")
