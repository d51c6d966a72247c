"""From what expressions gathered to steps: each statement, or part of one that is evaluated at once, is a step."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from .expressions import ExpressionCompiler
from .instructions import CONSTANT, NAME, OP_STEP, PLAIN, Description, Op, Step, Store
from .library.methods import REPEATABLE


class StepCompiler(ExpressionCompiler):
    """Ends steps; the ops of the block that is open gather in ``ops``."""

    statements: ClassVar[dict[str, Callable[[Any, Any], None]]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.ops: list[Op] = []
        self.stores: list[Store] = []
        self.deletes: list[str] = []
        self.soft: list[str] = []

    def close(
        self,
        start: int,
        binds: Sequence[tuple[str, Description, int, tuple[str, ...]]] = (),
        *,
        line: int = 0,
        plain: bool = False,
    ) -> Step:
        """End the open step: all that was gathered since the last one belongs to it."""
        step = Step()
        step.digest = hash(tuple(self.form[start:]))
        step.line = line
        scope = self.scope
        if self.reads:
            reads = self.reads
            step.reads = tuple(dict.fromkeys(reads)) if len(reads) > 1 else (reads[0],)
            if scope.kind != "module":
                scope.local_reads.extend(step.reads)
            self.reads = []
        if self.parts:
            named: dict[str, dict[str, None]] = {}
            for name, keys in self.parts:
                if name not in step.reads:
                    named.setdefault(name, {}).update(dict.fromkeys(keys))
            step.parts = tuple([(name, tuple(keys)) for name, keys in named.items()])
            self.parts = []
        if self.soft:
            step.soft = tuple([name for name in self.soft if name not in step.reads])
            if scope.kind != "module":
                scope.local_reads.extend(self.soft)
            self.soft = []
        if self.outer:
            step.outer = tuple(self.outer)
            self.outer = []
        if self.calls:
            step.calls = tuple(self.calls)
            self.calls = []
        if self.consumes:
            step.consumes = tuple(self.consumes)
            self.consumes = []
        if self.stores:
            step.stores = tuple(self.stores)
            self.stores = []
        if self.deletes:
            step.deletes = tuple(self.deletes)
            scope.bound.extend(step.deletes)
            self.deletes = []
        if self.named:
            binds = [*((name, value, 0, ()) for name, value in self.named), *binds]
            self.named = []
        if binds:
            step.binds = tuple(binds)
            for bind in binds:
                scope.bound.append(bind[0])
        if self.everything:
            step.everything = True
            self.everything = False
        step.plain = plain
        if scope.kind == "function":
            step.weak = scope.depth > 0 or bool(scope.returns)
            scope.steps.append(step)
        else:
            self.ops.append((OP_STEP, step))
        return step

    def kept(self, described: Description, start: int, line: int) -> Description:
        """End the step, and describe a value of it so that later steps can use it."""
        if described[0] in (NAME, CONSTANT, PLAIN):
            self.close(start, line=line)
            return described
        name = f"@{self.scope.depth}"
        self.close(start, ((name, described, 0, ()),), line=line)
        return (NAME, name)

    def block(self, body: Sequence[ast.stmt]) -> list[Op]:
        """The ops of a nested block."""
        outer, self.ops = self.ops, []
        self.scope.depth += 1
        self.form.append("{")
        for statement in body:
            self.statement(statement)
        self.form.append("}")
        self.scope.depth -= 1
        inner, self.ops = self.ops, outer
        return inner

    def statement(self, node: ast.stmt) -> None:
        handler = self.statements.get(node.__class__.__name__)
        if handler is not None:
            handler(self, node)
        else:
            start = len(self.form)
            self._other(node)
            self.close(start, line=node.lineno)

    def expression(self, node: ast.Expr) -> None:
        if node.value.__class__ is ast.Constant:
            self.form.append("constant")
            self.constant(node.value)
            return
        start = len(self.form)
        self.form.append("do")
        self.visit(node.value)
        if self.calls:
            self.soften(node.value)
        self.close(start, line=node.lineno)

    def soften(self, node: ast.expr) -> None:
        """``xs.sort()`` looks at what is in ``xs``, but leaves no trace of it other than in ``xs``."""
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in REPEATABLE
        ):
            root = node.func.value
            if isinstance(root, ast.Name) and self.reads.count(root.id) == 1:
                self.calls[-1].root = root.id
                self.reads.remove(root.id)
                self.soft.append(root.id)
