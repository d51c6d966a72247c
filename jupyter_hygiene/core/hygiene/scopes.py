"""Which names a piece of code binds where it stands, and which it needs from outside when it is called."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TypeAlias

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def bindings(body: Iterable[ast.stmt]) -> Iterator[tuple[str, ast.AST]]:
    """Every name that is bound at the level of a module, with the node that binds it, in the order of the lines.

    What functions and classes bind inside them is theirs, unless a function declares it global.
    """
    for node in _here(body):
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Store):
                yield node.id, node
        elif isinstance(node, _DEFINITIONS):
            yield node.name, node
            for inner in ast.walk(node):
                if isinstance(inner, ast.Global):
                    for name in inner.names:
                        yield name, inner
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            for alias in node.names:
                if alias.name != "*":
                    yield alias.asname or alias.name.split(".")[0], node
        elif isinstance(node, ast.ExceptHandler):
            if node.name:
                yield node.name, node
        elif isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            yield node.name, node
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest, node


def loads(body: Iterable[ast.stmt]) -> Iterator[ast.Name]:
    """Every name that is read when the code runs, before any function in it is called."""
    for node in _here(body):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node


def _here(body: Iterable[ast.stmt]) -> Iterator[ast.AST]:
    """The nodes that run where they stand, in the order of the text; definitions without their bodies."""
    waiting: list[ast.AST] = list(body)[::-1]
    while waiting:
        node = waiting.pop()
        yield node
        inner: list[ast.AST] = []
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inner = [
                *node.decorator_list,
                *node.args.defaults,
                *(each for each in node.args.kw_defaults if each),
            ]
        elif isinstance(node, ast.Lambda):
            inner = [*_defaults(node.args)]
        elif isinstance(node, ast.ClassDef):
            inner = [*node.decorator_list, *node.bases, *node.keywords]
        elif isinstance(node, _COMPREHENSIONS):
            inner = [node.generators[0].iter]
        else:
            inner = list(ast.iter_child_nodes(node))
        waiting.extend(reversed(inner))


def _defaults(arguments: ast.arguments) -> list[ast.expr]:
    return [*arguments.defaults, *(each for each in arguments.kw_defaults if each is not None)]


def _annotations(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr]:
    arguments = node.args
    every = [
        *arguments.posonlyargs,
        *arguments.args,
        arguments.vararg,
        *arguments.kwonlyargs,
        arguments.kwarg,
    ]
    found = [each.annotation for each in every if each is not None and each.annotation is not None]
    return [*found, node.returns] if node.returns is not None else found


def needs(node: ast.AST) -> frozenset[str]:
    """The names that a function, or the methods of a class, take from outside when they are called."""
    read: set[str] = set()
    own: set[str] = set()
    shared: set[str] = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            (read if isinstance(inner.ctx, ast.Load) else own).add(inner.id)
        elif isinstance(inner, ast.arg):
            own.add(inner.arg)
        elif isinstance(inner, (ast.Global, ast.Nonlocal)):
            shared.update(inner.names)
        elif isinstance(inner, _DEFINITIONS) and inner is not node:
            own.add(inner.name)
        elif isinstance(inner, (ast.Import, ast.ImportFrom)):
            own.update(alias.asname or alias.name.split(".")[0] for alias in inner.names)
        elif isinstance(inner, ast.ExceptHandler) and inner.name:
            own.add(inner.name)
    return frozenset(read - (own - shared))
