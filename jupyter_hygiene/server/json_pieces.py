"""JSON text in pieces: encoding megabytes at once keeps every other thread waiting, the event loop's too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

# Elements of a list that are encoded at once: plain values, or lists and objects with something in them.
_PLAIN_AT_ONCE = 20_000
_NESTED_AT_ONCE = 200
# How deep objects are taken apart; below are a library's own structures, which are encoded as they are.
_DEEPEST = 10


def json_pieces(value: Any, depth: int = 0) -> Iterator[str]:
    """The JSON text of a value, in pieces that are quickly made.

    Raises:
        TypeError: it holds something that is no JSON.
    """
    if isinstance(value, Mapping) and depth < _DEEPEST:
        yield from _object(value, depth)
    elif isinstance(value, (list, tuple)) and depth < _DEEPEST:
        yield from _array(value, depth)
    else:
        yield json.dumps(value)


def _object(value: Mapping[str, Any], depth: int) -> Iterator[str]:
    opening = "{"
    for key, item in value.items():
        yield f"{opening}{json.dumps(key)}: "
        yield from json_pieces(item, depth + 1)
        opening = ", "
    yield "}" if value else "{}"


def _array(value: list[Any] | tuple[Any, ...], depth: int) -> Iterator[str]:
    is_nested = any(isinstance(item, (Mapping, list, tuple)) for item in value[:100])
    if is_nested and len(value) <= _NESTED_AT_ONCE:
        opening = "["
        for item in value:
            yield opening
            yield from json_pieces(item, depth + 1)
            opening = ", "
        yield "]"
        return
    size = _NESTED_AT_ONCE if is_nested else _PLAIN_AT_ONCE
    yield "["
    for start in range(0, len(value), size):
        yield (", " if start else "") + json.dumps(value[start : start + size])[1:-1]
    yield "]"
