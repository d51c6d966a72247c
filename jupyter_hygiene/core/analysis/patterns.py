"""The patterns of ``match``: the names they capture, the values they compare with."""

from __future__ import annotations

import ast
from typing import Any


def pattern_names(pattern: Any, form: list[Any]) -> tuple[list[str], list[ast.expr], bool]:
    """The names that a pattern binds, the expressions it evaluates, and whether it always matches."""
    names: list[str] = []
    values: list[ast.expr] = []
    _walk(pattern, form, names, values)
    irrefutable = _always(pattern)
    return list(dict.fromkeys(names)), values, irrefutable


def _always(pattern: Any) -> bool:
    kind = type(pattern).__name__
    if kind == "MatchAs":
        return pattern.pattern is None or _always(pattern.pattern)
    if kind == "MatchOr":
        return any(_always(part) for part in pattern.patterns)
    return False


def _walk(pattern: Any, form: list[Any], names: list[str], values: list[ast.expr]) -> None:
    form.append(type(pattern).__name__)
    for field in ("name", "rest"):
        name = getattr(pattern, field, None)
        if name is not None:
            form.append(name)
            names.append(name)
    for field in ("kwd_attrs", "value"):
        value = getattr(pattern, field, None)
        if isinstance(value, ast.expr):
            values.append(value)
        else:
            form.append(repr(value))
    cls = getattr(pattern, "cls", None)
    if cls is not None:
        values.append(cls)
    values.extend(getattr(pattern, "keys", ()))
    for field in ("pattern", "patterns", "kwd_patterns"):
        inner = getattr(pattern, field, None)
        for part in inner if isinstance(inner, list) else [inner]:
            if part is not None:
                _walk(part, form, names, values)
    form.append(")")
