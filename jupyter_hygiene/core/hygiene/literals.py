"""Text that stands in code as strings: paths and addresses, and where they are given to something."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from .code import Code


@dataclass(frozen=True)
class Literal:
    """A string that is given to a call, or to a name.

    Args:
        text: what it says; of an f-string what it begins with.
        whole: false where it is the beginning of an f-string.
        function: what it is given to, as the user calls it; empty if it is not an argument.
        keyword: the argument's name, if it was given by name.
        position: the argument's place.
        target: the name it is assigned to.
    """

    node: ast.Constant | ast.JoinedStr
    text: str
    whole: bool = True
    function: ast.expr | None = None
    keyword: str = ""
    position: int = 0
    target: str = ""


def literals(code: Code) -> Iterator[Literal]:
    """The strings that a cell gives to calls and to names, in the order of the lines."""
    found: list[Literal] = []
    for call in code.nodes(ast.Call):
        for position, argument in enumerate(call.args):
            for node, text, whole in _texts(argument):
                found.append(Literal(node, text, whole, call.func, position=position))
        for given in call.keywords:
            for node, text, whole in _texts(given.value):
                found.append(Literal(node, text, whole, call.func, given.arg or "", -1))
    for assignment in code.nodes(ast.Assign):
        target = assignment.targets[0]
        name = target.id if isinstance(target, ast.Name) else ""
        for node, text, whole in _texts(assignment.value):
            found.append(Literal(node, text, whole, target=name or "?"))
    # `folder + "/x"`, `Path("a") / "/b"`: only the first part may make it absolute.
    found.sort(key=lambda literal: (literal.node.lineno, literal.node.col_offset))
    seen: set[int] = set()
    for literal in found:
        if id(literal.node) not in seen:
            seen.add(id(literal.node))
            yield literal


def _texts(node: ast.expr) -> Iterator[tuple[ast.Constant | ast.JoinedStr, str, bool]]:
    """The strings that begin a value: itself, the left side of a sum, the elements of a list or a dictionary."""
    while isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod, ast.Div)):
        node = node.left
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node, node.value, True
    elif isinstance(node, ast.JoinedStr):
        first = node.values[0] if node.values else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield node, first.value, False
    elif isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        for element in node.elts[:200]:
            yield from _texts(element)
    elif isinstance(node, ast.Dict):
        for value in node.values[:200]:
            yield from _texts(value)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
