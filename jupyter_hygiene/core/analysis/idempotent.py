"""Statements that leave what they left the first time when they are run again: ``df = df.dropna()``, ``x = min(x, 5)``.

They read what they write, so a second run finds something else than the first; but it comes to the same.
"""

from __future__ import annotations

import ast

from .wordlists import words

_METHODS = words(
    "dropna drop_duplicates fillna ffill bfill astype sort_values sort_index abs round clip copy head tail lower upper "
    "strip lstrip rstrip title capitalize casefold normalize to_numpy tolist to_frame squeeze ravel flatten float int "
    "double half long cpu cuda contiguous detach convert_dtypes infer_objects unique tz_localize"
)
_WITH_DROP = words("reset_index")  # with drop=True
_IF_IGNORING = words("drop")  # with errors="ignore"
_FUNCTIONS = words(
    "sorted list set tuple dict frozenset str int float bool abs min max round to_datetime to_numeric asarray array "
    "ascontiguousarray nan_to_num unique"
)


def place_of(node: ast.expr) -> tuple[str, str] | None:
    """A name, or a literal place in what a name holds; ``None`` for anything else."""
    if isinstance(node, ast.Name):
        return node.id, ""
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        key = node.slice
        if isinstance(key, ast.Constant) and isinstance(key.value, str):
            return node.value.id, key.value
    return None


def is_idempotent(target: ast.expr, value: ast.expr) -> bool:
    """Whether ``target = value`` makes something of what the target holds that would be made of it again."""
    place = place_of(target)
    return place is not None and _comes_to_the_same(value, place)


def _comes_to_the_same(node: ast.expr, place: tuple[str, str]) -> bool:
    if place_of(node) == place:
        return True
    if isinstance(node, ast.Call):
        return _call(node, place)
    if isinstance(node, ast.Subscript):
        return _comes_to_the_same(node.value, place) and _chooses(node.slice, place)
    if isinstance(node, ast.Attribute) and node.attr in ("str", "dt", "loc", "iloc"):
        return _comes_to_the_same(node.value, place)
    return False


def _call(node: ast.Call, place: tuple[str, str]) -> bool:
    function = node.func
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    if isinstance(function, ast.Attribute) and place_of(function.value) in (None, place):
        name = function.attr
        known = name in _METHODS or any(
            name in names
            and any(keyword.arg == key and _is(keyword.value, value) for keyword in node.keywords)
            for names, key, value in ((_WITH_DROP, "drop", True), (_IF_IGNORING, "errors", "ignore"))
        )
        if known and all(_is_literal(part) for part in given):
            return _comes_to_the_same(function.value, place)
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    if name in _FUNCTIONS and node.args:
        first, *others = given
        return _comes_to_the_same(first, place) and all(_is_literal(part) for part in others)
    return False


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value == value


def _is_literal(node: ast.expr) -> bool:
    return all(
        isinstance(part, (ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.UnaryOp, ast.USub, ast.Load))
        or (isinstance(part, ast.Name) and part.id in ("str", "int", "float", "bool"))
        for part in ast.walk(node)
    )


def _chooses(index: ast.expr, place: tuple[str, str]) -> bool:
    """Whether choosing by this once more chooses the same: rows by what is in them, or the first so many."""
    if isinstance(index, ast.Slice):
        return (
            index.lower is None
            and index.step is None
            and index.upper is not None
            and _is_literal(index.upper)
        )
    if isinstance(index, (ast.List, ast.Constant)):
        return isinstance(index, ast.List) and _is_literal(index)
    names = {part.id for part in ast.walk(index) if isinstance(part, ast.Name)}
    plain = all(
        isinstance(
            part,
            (
                *(
                    ast.Compare,
                    ast.cmpop,
                    ast.BinOp,
                    ast.BitAnd,
                    ast.BitOr,
                    ast.UnaryOp,
                    ast.Invert,
                    ast.USub,
                ),
                *(ast.Subscript, ast.Attribute, ast.Name, ast.Constant, ast.Load, ast.List, ast.Tuple),
            ),
        )
        or (isinstance(part, ast.Call) and _is_test(part.func))
        for part in ast.walk(index)
    )
    return plain and names == {place[0]}


def _is_test(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and function.attr in words(
        "isin notna notnull isna isnull between"
    )
