"""Folders under another name: a scratch copy's path in the replayed outputs stands for the original one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..notebook import Output

_DEEPEST = 40


def with_aliases(outputs: Sequence[Output], aliases: Sequence[tuple[str, str]]) -> list[Output]:
    """The outputs with each first path of a pair replaced by the second."""
    pairs = _longest_first(aliases)
    if not pairs:
        return list(outputs)
    return [
        replace(
            output,
            text=_text(output.text, pairs),
            evalue=_text(output.evalue, pairs),
            traceback=tuple(_text(line, pairs) for line in output.traceback),
            data={mime: _value(value, pairs) for mime, value in output.data.items()},
        )
        for output in outputs
    ]


def text_with_aliases(text: str, aliases: Sequence[tuple[str, str]]) -> str:
    """A text with each first path of a pair replaced by the second."""
    return _text(text, _longest_first(aliases))


def _longest_first(aliases: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(((old, new) for old, new in aliases if old and old != new), key=lambda pair: -len(pair[0]))


def _text(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for old, new in pairs:
        if old in text:
            text = text.replace(old, new)
    return text


def _value(value: Any, pairs: Sequence[tuple[str, str]], depth: int = 0) -> Any:
    if isinstance(value, str):
        return _text(value, pairs)
    if depth < _DEEPEST and isinstance(value, list):
        return [_value(item, pairs, depth + 1) for item in value]
    if depth < _DEEPEST and isinstance(value, dict):
        return {key: _value(item, pairs, depth + 1) for key, item in value.items()}
    return value
