"""What is gathered while a tree is walked: the form, and what the open step reads, calls and binds."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, ClassVar

from .instructions import FRESH, Call, ClassCode, Description, FunctionCode, Step
from .values import UNKNOWN


class Scope:
    """What is collected of one scope while it is walked."""

    __slots__ = (
        "bound",
        "depth",
        "globals",
        "kind",
        "local_reads",
        "nested",
        "nonlocals",
        "returns",
        "steps",
        "yields",
    )

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.bound: list[str] = []
        self.globals: set[str] = set()
        self.nonlocals: set[str] = set()
        self.local_reads: list[str] = []
        self.nested: list[FunctionCode | ClassCode] = []
        self.returns: list[Description] = []
        self.steps: list[Step] = []
        self.yields = False
        self.depth = 0


class Gatherer:
    """Walks expressions; what they do gathers in ``reads``, ``calls``, ``named`` and ``consumes`` of the open step."""

    handlers: ClassVar[dict[type, Callable[[Any, Any], Description]]] = {}

    def __init__(self) -> None:
        self.form: list[Any] = []
        self.reads: list[str] = []
        self.outer: list[str] = []  # by comprehensions in a class: they do not see its names
        self.parts: list[tuple[str, tuple[str, ...]]] = []
        self.calls: list[Call] = []
        self.consumes: list[Description] = []
        self.named: list[tuple[str, Description]] = []
        self.hidden: dict[str, Description] = {}
        self.scope = Scope("module")
        self.everything = False
        self.reaching = False
        self.may_leave = False

    def visit(self, node: ast.expr) -> Description:
        handler = self.handlers.get(node.__class__)
        if handler is None:
            return self._other(node)
        return handler(self, node)

    def _other(self, node: ast.AST) -> Description:
        """A kind of expression that is newer than this code: all that is in it is read."""
        self.form.append(node.__class__.__name__)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.visit(child)
            else:
                self._other(child)
        for _, value in ast.iter_fields(node):
            if not isinstance(value, (ast.AST, list)):
                self.form.append(repr(value))
        return (FRESH, UNKNOWN)
