"""A labelled pair of outputs, and short ways to write the outputs."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Raw = list[dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """Two lists of outputs of one cell, and the verdict expected of them. ``extra``: more of the context."""

    name: str
    expected: str
    saved: Raw
    replayed: Raw
    source: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def stdout(text: str) -> Raw:
    return [{"output_type": "stream", "name": "stdout", "text": text}]


def stderr(text: str) -> Raw:
    return [{"output_type": "stream", "name": "stderr", "text": text}]


def result(text: str, **data: Any) -> Raw:
    bundle = {"text/plain": text, **{key.replace("_", "/", 1): value for key, value in data.items()}}
    return [{"output_type": "execute_result", "execution_count": 1, "data": bundle, "metadata": {}}]


def shown(**data: Any) -> Raw:
    """A display; short names stand for MIME types."""
    mimes = {
        "html": "text/html",
        "plain": "text/plain",
        "png": "image/png",
        "svg": "image/svg+xml",
        "latex": "text/latex",
        "markdown": "text/markdown",
        "js": "application/javascript",
        "jpeg": "image/jpeg",
    }
    return [
        {"output_type": "display_data", "data": {mimes.get(name, name): value for name, value in data.items()},
         "metadata": {}}
    ]  # fmt: skip


def kind(mime: str, value: Any, plain: str = "") -> Raw:
    return shown(**{mime: value, **({"plain": plain} if plain else {})})


def raised(name: str, message: str, *traceback: str) -> Raw:
    return [{"output_type": "error", "ename": name, "evalue": message, "traceback": list(traceback)}]


def text_cases() -> list[Case]:
    """The cases of the files of texts: name, verdict, how it is shown, both texts, the source."""
    ways = {"stdout": stdout, "stderr": stderr, "result": result}
    return [
        Case(name, expected, ways[way](saved) if saved else [], ways[way](new) if new else [], source)
        for file in ("texts", "hard_texts", "general_texts")
        for name, expected, way, saved, new, source in _rows(file)
    ]


def display_cases() -> list[Case]:
    """The cases of the files of displays: name, verdict, both sides, the source."""
    return [Case(*row) for file in ("displays", "hard_displays", "general_displays") for row in _rows(file)]


def _rows(file: str) -> list[list[Any]]:
    rows: list[list[Any]] = json.loads((Path(__file__).parent / f"{file}.json").read_text(encoding="utf-8"))
    return rows
