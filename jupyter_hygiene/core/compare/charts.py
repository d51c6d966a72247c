"""Charts in JSON (plotly, vega) in one form: what their libraries name by chance, or may write in two ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_DEEPEST = 80
_MADE_NAME = re.compile(r"(?:param|view|concat|layer)_(?:\d{1,6}|[0-9a-f]{8,32})")


def plain_chart(mime: str, spec: Any) -> Any:
    """A chart in one form."""
    if "vega" in mime:
        return _with_plain_marks(_with_dataset_names(spec))
    return _plain_figure(spec) if "plotly" in mime else spec


def _plain_figure(value: Any, depth: int = 0) -> Any:
    """A plotly figure without empty entries, titles as objects."""
    if depth > _DEEPEST:
        return value
    if isinstance(value, Mapping):
        return {
            key: {"text": item}
            if key == "title" and isinstance(item, str)
            else _plain_figure(item, depth + 1)
            for key, item in value.items()
            if item is not None
        }
    if isinstance(value, list) and any(isinstance(item, (Mapping, list)) for item in value):
        return [_plain_figure(item, depth + 1) for item in value]
    return value


def _with_plain_marks(value: Any, depth: int = 0) -> Any:
    """A vega specification in which every mark is an object."""
    if depth > _DEEPEST:
        return value
    if isinstance(value, Mapping):
        return {
            key: {"type": item}
            if key == "mark" and isinstance(item, str)
            else _with_plain_marks(item, depth + 1)
            for key, item in value.items()
        }
    if isinstance(value, list) and any(isinstance(item, (Mapping, list)) for item in value):
        return [_with_plain_marks(item, depth + 1) for item in value]
    return value


def _with_dataset_names(spec: Any) -> Any:
    """A vega specification in which data sets, parameters and views bear the names of their places.

    Altair makes these names of hashes and counters.
    """
    if not isinstance(spec, Mapping):
        return spec
    datasets = spec.get("datasets")
    names = {
        name: f"data-{index}" for index, name in enumerate(datasets if isinstance(datasets, Mapping) else ())
    }

    def renamed(value: Any, depth: int = 0) -> Any:
        if depth > _DEEPEST:
            return value
        if isinstance(value, Mapping):
            return {
                name_of(key): item if key == "datasets" and depth == 0 else renamed(item, depth + 1)
                for key, item in value.items()
            }
        if isinstance(value, list):
            return [renamed(item, depth + 1) for item in value]
        return name_of(value)

    def name_of(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if value not in names and _MADE_NAME.fullmatch(value):
            names[value] = f"{value.partition('_')[0]}-{len(names)}"
        return names.get(value, value)

    result = renamed(spec)
    if isinstance(datasets, Mapping):
        result["datasets"] = {name_of(name): rows for name, rows in datasets.items()}
    return result
