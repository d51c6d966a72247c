"""Which names of a cell a line of it reaches: what it binds or changes, and what is made of that further on."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .names import tree_of


class _Step(NamedTuple):
    """A statement, or the head of one that has a body."""

    first: int
    last: int
    reads: frozenset[str]
    gives: frozenset[str]


@lru_cache(maxsize=2048)
def reached_by(source: str, line: int) -> frozenset[str]:
    """The names of a cell whose values may depend on what a line of it does."""
    tree = tree_of(source)
    if tree is None:
        return frozenset()
    steps = list(_steps(tree.body))
    reached: set[str] = set()
    for step in steps:
        if step.first <= line <= step.last:
            reached |= step.gives
    while True:
        before = len(reached)
        for step in steps:
            if step.reads & reached:
                reached |= step.gives
        if len(reached) == before:
            return frozenset(reached)


def _steps(body: list[ast.stmt]) -> Iterator[_Step]:
    for statement in body:
        last = statement.end_lineno or statement.lineno
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = min([statement.lineno, *(node.lineno for node in statement.decorator_list)])
            yield _Step(first, last, _loaded(statement), frozenset({statement.name}))
        elif isinstance(statement, (ast.For, ast.AsyncFor)):
            yield _Step(
                statement.lineno,
                statement.iter.end_lineno or last,
                _loaded(statement.iter),
                _given(statement.target),
            )
            yield from _steps(statement.body + statement.orelse)
        elif isinstance(statement, (ast.If, ast.While)):
            within = frozenset().union(*(step.gives for step in _steps(statement.body + statement.orelse)))
            yield _Step(statement.lineno, statement.test.end_lineno or last, _loaded(statement.test), within)
            yield from _steps(statement.body + statement.orelse)
        elif isinstance(statement, (ast.With, ast.AsyncWith)):
            for item in statement.items:
                given = _given(item.optional_vars) if item.optional_vars else frozenset()
                yield _Step(
                    item.context_expr.lineno,
                    item.context_expr.end_lineno or last,
                    _loaded(item.context_expr),
                    given,
                )
            yield from _steps(statement.body)
        elif isinstance(statement, ast.Try):
            handled = [inner for handler in statement.handlers for inner in handler.body]
            yield from _steps(statement.body + handled + statement.orelse + statement.finalbody)
        else:
            yield _Step(statement.lineno, last, _loaded(statement), _given(statement))


def _loaded(node: ast.AST) -> frozenset[str]:
    return frozenset(
        part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    )


def _given(node: ast.AST) -> frozenset[str]:
    """What a statement binds, or may change in place: what it calls a method of, or hands to a function."""
    found: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            found.add(part.id)
        elif isinstance(part, (ast.Attribute, ast.Subscript)) and isinstance(part.ctx, ast.Store):
            found |= _base(part)
        elif isinstance(part, ast.alias):
            found.add((part.asname or part.name).split(".")[0])
    if isinstance(node, ast.Expr):
        for part in ast.walk(node):
            if isinstance(part, ast.Call):
                found |= _base(part.func) if isinstance(part.func, ast.Attribute) else frozenset()
                for argument in part.args:
                    found |= _base(argument)
    return frozenset(found)


def _base(node: ast.expr) -> frozenset[str]:
    """The variable at the head of ``x.a[1].b()``; none for what a plain function gives."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        if isinstance(node, ast.Call):
            if not isinstance(node.func, ast.Attribute):
                return frozenset()
            node = node.func
        node = node.value
    return frozenset({node.id}) if isinstance(node, ast.Name) else frozenset()
