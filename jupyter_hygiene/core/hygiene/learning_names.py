"""Which names a piece of code takes its data from, and which it gives it to."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def names_in(node: ast.expr) -> Iterator[str]:
    """The names that data comes from; not those of what it is called with, or of functions."""
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute):
            yield from names_in(node.func.value)
        for argument in node.args:
            yield from names_in(argument)
    elif isinstance(node, ast.Subscript):
        yield from names_in(node.value)
    elif not isinstance(node, ast.Lambda):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from names_in(child)


def targets(target: ast.expr) -> Iterator[str]:
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            yield from targets(element.value if isinstance(element, ast.Starred) else element)


def root(node: ast.expr) -> str:
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def call_name(call: ast.Call) -> str:
    """The last part of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def is_fit(node: ast.expr) -> bool:
    """``something.fit(data)``"""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "fit"
        and bool(node.args)
    )
