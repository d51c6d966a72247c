"""Notebooks of formats 2 and 3 as format 4, for reading: nbformat does it too, but takes seconds to import."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .errors import InvalidNotebook
from .notebook import joined

_MIME_TYPES = {
    "text": "text/plain",
    "html": "text/html",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "latex": "text/latex",
    "json": "application/json",
    "javascript": "application/javascript",
}


def upgraded(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of a notebook of format 2 or 3 as format 4.

    Raises:
        InvalidNotebook: it has no worksheets, or one of them no cells.
    """
    sheets = raw.get("worksheets")
    if not isinstance(sheets, list):
        raise InvalidNotebook("The file is of an old notebook format, but has no worksheets.")
    cells: list[dict[str, Any]] = []
    for sheet in sheets:
        found = sheet.get("cells") if isinstance(sheet, Mapping) else None
        if not isinstance(found, list):
            raise InvalidNotebook(
                "The file is of an old notebook format, and one of its worksheets has no cells."
            )
        cells += [_cell(cell) for cell in found if isinstance(cell, Mapping)]
    metadata = raw.get("metadata")
    kept = dict(metadata) if isinstance(metadata, Mapping) else {}
    kept.pop("name", None)
    kept.pop("signature", None)
    return {"nbformat": 4, "nbformat_minor": 4, "metadata": kept, "cells": cells}


def _cell(raw: Mapping[str, Any]) -> dict[str, Any]:
    metadata = dict(raw["metadata"]) if isinstance(raw.get("metadata"), Mapping) else {}
    kind = raw.get("cell_type")
    if kind == "code":
        if "collapsed" in raw:
            metadata["collapsed"] = raw["collapsed"]
        outputs = raw.get("outputs")
        return {
            "cell_type": "code",
            "metadata": metadata,
            "source": joined(raw.get("input", "")),
            "execution_count": raw.get("prompt_number"),
            "outputs": [_output(output) for output in outputs or () if isinstance(output, Mapping)]
            if isinstance(outputs, list)
            else [],
        }
    source = joined(raw.get("source", ""))
    if kind == "heading":
        level = raw.get("level")
        source = "#" * (level if isinstance(level, int) else 1) + " " + " ".join(source.splitlines())
    return {"cell_type": "raw" if kind == "raw" else "markdown", "metadata": metadata, "source": source}


def _output(raw: Mapping[str, Any]) -> dict[str, Any]:
    kind = raw.get("output_type")
    if kind == "stream":
        return {
            "output_type": "stream",
            "name": raw.get("stream") or "stdout",
            "text": joined(raw.get("text", "")),
        }
    if kind == "pyerr":
        return {
            "output_type": "error",
            "ename": raw.get("ename", ""),
            "evalue": raw.get("evalue", ""),
            "traceback": raw.get("traceback", []),
        }
    made: dict[str, Any] = {
        "output_type": "execute_result" if kind == "pyout" else "display_data",
        "metadata": dict(raw["metadata"]) if isinstance(raw.get("metadata"), Mapping) else {},
        "data": {
            mime: _json(joined(raw[name])) if name == "json" else joined(raw[name])
            for name, mime in _MIME_TYPES.items()
            if name in raw
        },
    }
    if kind == "pyout":
        made["execution_count"] = raw.get("prompt_number")
    return made


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
