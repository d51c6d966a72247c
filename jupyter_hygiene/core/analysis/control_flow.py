"""Branches, loops, ``try``, ``with`` and ``match``: blocks of which it is not known whether or how often they run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any

from .definitions import DefinitionCompiler
from .instructions import EITHER, FRESH, ITEM, OP_IF, OP_LOOP, OP_TRY, Call, Description, Loop, Op
from .patterns import pattern_names
from .plain_values import can_be_plain
from .values import UNKNOWN
from .wordlists import words

_CHOOSING = words(
    "filter query dropna findall finditer glob nonzero difference intersection where compress argwhere"
)


class ControlFlowCompiler(DefinitionCompiler):
    """Walks compound statements."""

    def if_(self, node: ast.If) -> None:
        start = len(self.form)
        self.form.append("if")
        self.visit(node.test)
        self.close(start, line=node.lineno)
        mark = len(self.scope.bound)
        body = self.block(node.body)
        orelse = self.block(node.orelse)
        if self.scope.kind == "function":
            return
        names = tuple(dict.fromkeys(self.scope.bound[mark:]))
        branches = [(body, _leaves(node.body)), (orelse, _leaves(node.orelse))]
        self.ops.append((OP_IF, branches, names, _plain(node.test), False))

    def for_(self, node: Any) -> None:
        start = len(self.form)
        self.form.append("for")
        iterated = self.visit(node.iter)
        self.consumes.append(iterated)
        binds: list[tuple[str, Description, int, tuple[str, ...]]] = []
        through = self.kept(iterated, start, node.lineno)
        mark = len(self.scope.bound)
        outer, self.ops = self.ops, []
        self.scope.depth += 1
        inside = len(self.form)
        self.target(node.target, (ITEM, through, None), binds)
        self.close(inside, binds, line=node.lineno)
        self.scope.depth -= 1
        turn, self.ops = self.ops, outer
        turn += self.block(node.body)
        orelse = self.block(node.orelse)
        if self.scope.kind == "function":
            return
        names = tuple(dict.fromkeys(self.scope.bound[mark:]))
        bound = self.scope.bound[mark:]
        leaves = _breaks(node.body)
        # what the last turn left in these depends on nothing but what the loop goes through
        targets = frozenset(bind[0] for bind in binds if not leaves and bound.count(bind[0]) == 1)
        given = frozenset(bind[0] for bind in binds)
        certain = given if _leaves_early(node.body) else frozenset(names)
        elements = _known_to_give(node.iter) or _plain(node.iter)
        presumed = not _is_chosen(node.iter)
        loop = Loop(turn, orelse, names, given, targets, certain, leaves, elements, presumed)
        self.ops.append((OP_LOOP, loop))

    def while_(self, node: ast.While) -> None:
        mark = len(self.scope.bound)
        outer, self.ops = self.ops, []
        start = len(self.form)
        self.form.append("while")
        self.visit(node.test)
        self.close(start, line=node.lineno)
        turn, self.ops = self.ops, outer
        turn += self.block(node.body)
        orelse = self.block(node.orelse)
        if self.scope.kind == "function":
            return
        names = tuple(dict.fromkeys(self.scope.bound[mark:]))
        certain = frozenset(() if _leaves_early(node.body) else names)
        leaves = _breaks(node.body)
        nothing: frozenset[str] = frozenset()
        loop = Loop(turn, orelse, names, nothing, nothing, certain, leaves, _plain(node.test), True)
        self.ops.append((OP_LOOP, loop))

    def try_(self, node: Any) -> None:
        self.form.append("try")
        mark = len(self.scope.bound)
        body = self.block(node.body)
        handlers = []
        for handler in node.handlers:
            outer, self.ops = self.ops, []
            start = len(self.form)
            self.form.append("except")
            self.form.append(handler.name)
            if handler.type is not None:
                self.visit(handler.type)
            binds = ((handler.name, (FRESH, UNKNOWN), 0, ()),) if handler.name else ()
            self.close(start, binds, line=handler.lineno)
            caught, self.ops = self.ops, outer
            caught += self.block(handler.body)
            if handler.name:
                outer, self.ops = self.ops, caught
                self.deletes.append(handler.name)
                self.close(len(self.form))
                caught, self.ops = self.ops, outer
            handlers.append((caught, _leaves(handler.body)))
        orelse = self.block(node.orelse)
        final = self.block(node.finalbody)
        if self.scope.kind == "function":
            return
        names = tuple(dict.fromkeys(self.scope.bound[mark:]))
        self.ops.append((OP_TRY, body, handlers, orelse, final, names))

    def with_(self, node: Any) -> None:
        for item in node.items:
            start = len(self.form)
            self.form.append("with")
            value = self.visit(item.context_expr)
            self.calls.append(Call(None, None, "@with", (value,), ()))
            binds: list[tuple[str, Description, int, tuple[str, ...]]] = []
            if item.optional_vars is not None:
                self.target(item.optional_vars, value, binds)
            self.close(start, binds, line=node.lineno)
        # __exit__ may swallow an error: only a suppressing one is taken to
        self.ops.extend(self.block(node.body))

    def match(self, node: Any) -> None:
        start = len(self.form)
        self.form.append("match")
        subject = self.kept(self.visit(node.subject), start, node.lineno)
        mark = len(self.scope.bound)
        branches: list[tuple[list[Op], bool]] = []
        always = False
        for case in node.cases:
            outer, self.ops = self.ops, []
            start = len(self.form)
            names, values, irrefutable = pattern_names(case.pattern, self.form)
            for value in values:
                self.visit(value)
            described = (EITHER, (subject, (ITEM, subject, None)))
            self.close(start, [(name, described, 0, ()) for name in names], line=case.pattern.lineno)
            if case.guard is not None:
                start = len(self.form)
                self.visit(case.guard)
                self.close(start, line=case.pattern.lineno)
                irrefutable = False
            ops, self.ops = self.ops, outer
            ops += self.block(case.body)
            branches.append((ops, _leaves(case.body)))
            always = always or irrefutable
        if self.scope.kind == "function":
            return
        if not always:
            branches.append(([], False))
        bound = tuple(dict.fromkeys(self.scope.bound[mark:]))
        self.ops.append((OP_IF, branches, bound, None, True))


def _leaves(body: Sequence[ast.stmt]) -> bool:
    """Whether a block ends by leaving: what it bound does not reach what follows."""
    return bool(body) and isinstance(body[-1], (ast.Raise,))


def _breaks(body: Sequence[ast.stmt]) -> bool:
    """Whether a loop may be left before its end."""
    return any(isinstance(found, ast.Break) for found in _jumps(body))


def _leaves_early(body: Sequence[ast.stmt]) -> bool:
    """Whether a turn of a loop may end before its last statement."""
    return any(True for _ in _jumps(body))


def _jumps(body: Sequence[ast.stmt]) -> Iterator[ast.Break | ast.Continue]:
    """Every ``break`` and ``continue`` of a loop with this body; not those of loops within."""
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Break, ast.Continue)):
            yield node
        elif isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            waiting.extend(node.orelse)
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.expr)):
            waiting.extend(ast.iter_child_nodes(node))


def _known_to_give(node: ast.expr) -> bool:
    """Whether going through this surely gives an element, whatever is in it."""
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return any(not isinstance(element, ast.Starred) for element in node.elts)
    return False


def _is_chosen(node: ast.expr) -> bool:
    """Whether what a loop goes through is what some condition left of something: it may be nothing."""
    return any(
        isinstance(part, ast.Compare)
        or (isinstance(part, ast.comprehension) and bool(part.ifs))
        or (isinstance(part, ast.Call) and _name_of(part.func) in _CHOOSING)
        for part in ast.walk(node)
    )


def _name_of(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _plain(node: ast.expr) -> ast.expr | None:
    return node if can_be_plain(node) else None
