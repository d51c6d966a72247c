"""From statements to steps and control flow: what a cell, a function or a class body does, in order of evaluation."""

from __future__ import annotations

import ast

from .control_flow import ControlFlowCompiler
from .instructions import (
    IMPORT,
    OP_RAISE,
    Description,
)


class StatementCompiler(ControlFlowCompiler):
    """Walks statements; the ops of the block that is open gather in ``ops``."""

    def import_(self, node: ast.Import) -> None:
        start = len(self.form)
        binds: list[tuple[str, Description, int, tuple[str, ...]]] = []
        for alias in node.names:
            path = alias.name if alias.asname else alias.name.split(".")[0]
            self.form.extend(("import", alias.name, alias.asname))
            binds.append((alias.asname or path, (IMPORT, path, True), 0, ()))
        self.close(start, binds, line=node.lineno)

    def import_from(self, node: ast.ImportFrom) -> None:
        start = len(self.form)
        module = "." * node.level + (node.module or "")
        binds: list[tuple[str, Description, int, tuple[str, ...]]] = []
        star = ""
        for alias in node.names:
            self.form.extend(("from", module, alias.name, alias.asname))
            if alias.name == "*":
                star = module
            else:
                binds.append((alias.asname or alias.name, (IMPORT, f"{module}.{alias.name}", False), 0, ()))
        self.close(start, binds, line=node.lineno).star = star

    def raise_(self, node: ast.Raise) -> None:
        start = len(self.form)
        self.form.append("raise")
        if self.scope.kind == "module":
            self.may_leave = True
        if node.exc is not None:
            self.visit(node.exc)
        if node.cause is not None:
            self.visit(node.cause)
        self.close(start, line=node.lineno)
        if self.scope.kind == "module":
            self.ops.append((OP_RAISE,))

    def assert_(self, node: ast.Assert) -> None:
        start = len(self.form)
        self.form.append("assert")
        if self.scope.kind == "module":
            self.may_leave = True
        self.visit(node.test)
        if node.msg is not None:
            self.visit(node.msg)
        self.close(start, line=node.lineno)

    def nothing(self, node: ast.stmt) -> None:
        self.form.append(node.__class__.__name__)


StatementCompiler.statements = {
    "Expr": StatementCompiler.expression,
    "Assign": StatementCompiler.assign,
    "AugAssign": StatementCompiler.augmented,
    "AnnAssign": StatementCompiler.annotated,
    "Delete": StatementCompiler.delete,
    "Import": StatementCompiler.import_,
    "ImportFrom": StatementCompiler.import_from,
    "Global": StatementCompiler.global_,
    "Nonlocal": StatementCompiler.nonlocal_,
    "Return": StatementCompiler.return_,
    "Raise": StatementCompiler.raise_,
    "Assert": StatementCompiler.assert_,
    "Pass": StatementCompiler.nothing,
    "Break": StatementCompiler.nothing,
    "Continue": StatementCompiler.nothing,
    "If": StatementCompiler.if_,
    "For": StatementCompiler.for_,
    "AsyncFor": StatementCompiler.for_,
    "While": StatementCompiler.while_,
    "Try": StatementCompiler.try_,
    "TryStar": StatementCompiler.try_,
    "With": StatementCompiler.with_,
    "AsyncWith": StatementCompiler.with_,
    "Match": StatementCompiler.match,
    "FunctionDef": StatementCompiler.function,
    "AsyncFunctionDef": StatementCompiler.function,
    "ClassDef": StatementCompiler.class_,
    "TypeAlias": StatementCompiler.type_alias,
}
