"""Which names a piece of code binds where it stands, and which it needs from outside when it is called."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .nodes import nodes_by_kind

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def bindings(body: Iterable[ast.stmt]) -> Iterator[tuple[str, ast.AST]]:
    """Every name that is bound at the level of a module, with the node that binds it, in the order of the lines.

    What functions and classes bind inside them is theirs, what they declare global is not looked for. What an
    expression binds (``:=``) is found in the tests of ``if`` and ``while`` only.
    """
    for statement in body:
        binds = _BINDS.get(statement.__class__)
        if binds is not None:
            yield from binds(statement)


def _targets(node: ast.AST | None) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.Name):
        yield node.id, node
    elif isinstance(node, (ast.Tuple, ast.List)):
        for item in node.elts:
            yield from _targets(item)
    elif isinstance(node, ast.Starred):
        yield from _targets(node.value)


def _assigned(node: Any) -> Iterator[tuple[str, ast.AST]]:
    for target in node.targets:
        yield from _targets(target)


def _annotated(node: Any) -> Iterator[tuple[str, ast.AST]]:
    if node.__class__ is ast.AugAssign or node.value is not None:
        yield from _targets(node.target)


def _looped(node: Any) -> Iterator[tuple[str, ast.AST]]:
    yield from _targets(node.target)
    yield from bindings(node.body)
    yield from bindings(node.orelse)


def _tested(node: Any) -> Iterator[tuple[str, ast.AST]]:
    while True:
        for inner in ast.walk(node.test):
            if isinstance(inner, ast.NamedExpr):
                yield from _targets(inner.target)
        yield from bindings(node.body)
        # A chain of elif can be longer than Python can nest.
        if len(node.orelse) != 1 or not isinstance(node.orelse[0], ast.If):
            break
        node = node.orelse[0]
    yield from bindings(node.orelse)


def _opened(node: Any) -> Iterator[tuple[str, ast.AST]]:
    for item in node.items:
        yield from _targets(item.optional_vars)
    yield from bindings(node.body)


def _tried(node: Any) -> Iterator[tuple[str, ast.AST]]:
    yield from bindings(node.body)
    for handler in node.handlers:
        if handler.name:
            yield handler.name, handler
        yield from bindings(handler.body)
    yield from bindings(node.orelse)
    yield from bindings(node.finalbody)


def _matched(node: Any) -> Iterator[tuple[str, ast.AST]]:
    for case in node.cases:
        for inner in ast.walk(case.pattern):
            if isinstance(inner, (ast.MatchAs, ast.MatchStar)) and inner.name:
                yield inner.name, inner
            elif isinstance(inner, ast.MatchMapping) and inner.rest:
                yield inner.rest, inner
        yield from bindings(case.body)


def _defined(node: Any) -> Iterator[tuple[str, ast.AST]]:
    yield node.name, node


def _imported(node: Any) -> Iterator[tuple[str, ast.AST]]:
    for alias in node.names:
        if alias.name != "*":
            yield alias.asname or alias.name.split(".")[0], node


_BINDS: dict[type[ast.stmt], Callable[[Any], Iterator[tuple[str, ast.AST]]]] = {
    ast.Assign: _assigned,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _annotated,
    ast.For: _looped,
    ast.AsyncFor: _looped,
    ast.If: _tested,
    ast.While: _tested,
    ast.With: _opened,
    ast.AsyncWith: _opened,
    ast.Try: _tried,
    ast.Match: _matched,
    ast.FunctionDef: _defined,
    ast.AsyncFunctionDef: _defined,
    ast.ClassDef: _defined,
    ast.Import: _imported,
    ast.ImportFrom: _imported,
}
if hasattr(ast, "TryStar"):
    _BINDS[ast.TryStar] = _tried
if hasattr(ast, "TypeAlias"):
    _BINDS[ast.TypeAlias] = lambda node: _targets(node.name)


def loads(body: Iterable[ast.stmt]) -> Iterator[ast.Name]:
    """Every name that is read when the code runs, before any function in it is called."""
    for node in _here(body):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            yield node.target


def _here(body: Iterable[ast.stmt]) -> Iterator[ast.AST]:
    """The nodes that run where they stand, in the order of the text; functions and generators without their bodies."""
    waiting: list[ast.AST] = [*body]
    waiting.reverse()
    while waiting:
        node = waiting.pop()
        yield node
        inner: list[ast.AST] = []
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inner = [*node.decorator_list, *_annotations(node), *_defaults(node.args)]
        elif isinstance(node, ast.Lambda):
            inner = [*_defaults(node.args)]
        elif isinstance(node, ast.ClassDef):
            inner = [*node.decorator_list, *node.bases, *node.keywords, *node.body]
        elif isinstance(node, ast.GeneratorExp):
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
    kinds = nodes_by_kind(node)

    def each(*wanted: type[ast.AST]) -> Iterator[Any]:
        return (inner for kind in wanted for inner in kinds.get(kind, ()))

    read = {name.id for name in each(ast.Name) if name.ctx.__class__ is ast.Load}
    own = {name.id for name in each(ast.Name) if name.ctx.__class__ is not ast.Load}
    own.update(argument.arg for argument in each(ast.arg))
    own.update(inner.name for inner in each(*_DEFINITIONS) if inner is not node)
    own.update(
        alias.asname or alias.name.split(".")[0]
        for statement in each(ast.Import, ast.ImportFrom)
        for alias in statement.names
    )
    own.update(handler.name for handler in each(ast.ExceptHandler) if handler.name)
    own.difference_update(name for statement in each(ast.Global, ast.Nonlocal) for name in statement.names)
    return frozenset(read - own)
