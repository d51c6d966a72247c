"""Changing a cell's text at a place that its tree names, and leaving everything else as it stands.

Every function checks what it has made against the tree, and gives ``None`` where it cannot be sure: columns of a tree
count bytes, and lines that hold a magic are not the user's.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ..causes.names import tree_of
from .code import Code


def span(source: str, node: ast.stmt | ast.expr) -> tuple[int, int] | None:
    """Where a node stands in the text, in characters; ``None`` if the text there is not the node's."""
    if node.end_lineno is None or node.end_col_offset is None:
        return None
    lines = source.split("\n")
    if node.end_lineno > len(lines):
        return None
    start = _offset(lines, node.lineno, node.col_offset)
    if decorators := getattr(node, "decorator_list", None):
        first = _offset(lines, decorators[0].lineno, decorators[0].col_offset)
        start = source.rfind("@", 0, first) if first is not None else None
    end = _offset(lines, node.end_lineno, node.end_col_offset)
    if start is None or end is None or start < 0:
        return None
    text = source[start:end]
    return (start, end) if _is_text_of(text, node) else None


def replaced(source: str, node: ast.stmt | ast.expr, text: str) -> str | None:
    """The source with another text in a node's place."""
    place = span(source, node)
    return None if place is None else source[: place[0]] + text + source[place[1] :]


def text_of(source: str, node: ast.stmt | ast.expr) -> str | None:
    """A node as the user wrote it."""
    place = span(source, node)
    return None if place is None else source[place[0] : place[1]]


def without(code: Code, statement: ast.stmt) -> str | None:
    """A cell's source without one of its outermost statements.

    ``None`` where that would do something else as well: show the value of the line above, for one, which is then the
    last of the cell.
    """
    source, body = code.source, code.body
    index = next((i for i, other in enumerate(body) if other is statement), None)
    place = span(source, statement)
    if index is None or place is None:
        return None
    if index == len(body) - 1 and index and isinstance(body[index - 1], ast.Expr):
        return None
    start, end = place
    line_start = source.rfind("\n", 0, start) + 1
    line_end = source.find("\n", end)
    line_end = len(source) if line_end < 0 else line_end
    before, after = source[line_start:start], source[end:line_end]
    after = after.strip().removeprefix(";").lstrip()
    line = (before.rstrip() + (" " if before.strip() and after else "") if before.strip() else before) + after
    if line.strip():
        text = source[:line_start] + line + source[line_end:]
    else:
        text = _joined(source[:line_start], source[line_end + 1 :])
        if not source[:line_start].endswith("\\\n"):
            return text  # whole lines went, with nothing else on them
    left = tree_of(text) if text.strip() else ast.Module([], [])
    return text if left is not None and _same(left.body, [*body[:index], *body[index + 1 :]]) else None


def with_line_above(source: str, statement: ast.stmt, line: str) -> str | None:
    """The source with one more line above one of its outermost statements, at which a line of the text begins."""
    decorators = getattr(statement, "decorator_list", ())
    number = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    lines = source.split("\n")
    if number > len(lines) or lines[number - 1].lstrip().startswith("%%"):
        return None
    if lines[number - 1][: statement.col_offset].strip() and not decorators:
        return None
    indent = lines[number - 1][: len(lines[number - 1]) - len(lines[number - 1].lstrip())]
    text = "\n".join([*lines[: number - 1], indent + line, *lines[number - 1 :]])
    return text if tree_of(text) is not None else None


def is_same(one: ast.AST, other: ast.AST) -> bool:
    """Whether two pieces of code are the same but for their layout."""
    waiting: list[tuple[object, object]] = [(one, other)]
    while waiting:
        a, b = waiting.pop()
        if a.__class__ is not b.__class__:
            return False
        if isinstance(a, ast.AST):
            waiting.extend((getattr(a, name, None), getattr(b, name, None)) for name in a._fields)
        elif isinstance(a, list) and isinstance(b, list):
            if len(a) != len(b):
                return False
            waiting.extend(zip(a, b, strict=True))
        elif a != b:
            return False
    return True


def _joined(above: str, below: str) -> str:
    """What is left above and below lines that went, with no hole between."""
    if not above.strip():
        return above.lstrip("\n") + below.lstrip("\n")
    if not below.strip():
        return above.rstrip("\n")
    if above.endswith("\n\n") and below.startswith("\n"):
        below = below[1:]
    return above + below


def _offset(lines: Sequence[str], number: int, column: int) -> int | None:
    line = lines[number - 1]
    if not line.isascii():
        try:
            column = len(line.encode("utf-8")[:column].decode("utf-8"))
        except UnicodeDecodeError:
            return None
    if column > len(line):
        return None
    return sum(len(other) + 1 for other in lines[: number - 1]) + column


def _is_text_of(text: str, node: ast.stmt | ast.expr) -> bool:
    try:
        if isinstance(node, ast.expr):
            return is_same(ast.parse(f"({text}\n)", mode="eval").body, node)
        made = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return len(made) == 1 and is_same(made[0], node)


def _same(one: Sequence[ast.stmt], other: Sequence[ast.stmt]) -> bool:
    if len(one) != len(other):
        return False
    # Where a statement has kept its shape and its column, its text has not been cut into.
    return all(_shape(a) == _shape(b) or is_same(a, b) for a, b in zip(one, other, strict=True))


def _shape(node: ast.stmt) -> tuple[type[ast.stmt], int, int, int | None]:
    return (type(node), node.col_offset, (node.end_lineno or 0) - node.lineno, node.end_col_offset)
