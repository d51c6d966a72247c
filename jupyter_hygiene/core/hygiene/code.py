"""A code cell as the rules see it: its tree, read once, and the nodes of the tree by kind."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from ..analysis.python_lines import read
from ..notebook import Cell, CellId

_WORD = re.compile(r"[^\W\d]\w*")
Node = TypeVar("Node", bound=ast.AST)
_LEAVES = (ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
# Of each kind of node, the fields that hold nodes.
_CHILDREN: dict[type[ast.AST], tuple[str, ...]] = {}
_NOT_NODES = frozenset({"id", "attr", "arg", "name", "asname", "module", "level", "ctx", "op", "ops", "kind"})


@dataclass(frozen=True)
class Code:
    """A code cell. Lines of the tree are those of the source."""

    cell: Cell

    @property
    def id(self) -> CellId:
        return self.cell.id

    @property
    def source(self) -> str:
        return self.cell.source

    @cached_property
    def tree(self) -> ast.Module | None:
        """The cell as Python; ``None`` where it is another language's, or cannot be read."""
        return read(self.cell.source).tree

    @property
    def error(self) -> SyntaxError | None:
        """Why a cell that should be Python cannot be read."""
        return read(self.cell.source).error

    @cached_property
    def body(self) -> list[ast.stmt]:
        return self.tree.body if self.tree is not None else []

    @cached_property
    def _nodes(self) -> dict[type[ast.AST], list[ast.AST]]:
        return _by_kind(self.tree) if self.tree is not None else {}

    def nodes(self, kind: type[Node]) -> list[Node]:
        """All nodes of a kind, in the order of the lines for statements, in no certain order for others."""
        return self._nodes.get(kind, [])  # type: ignore[return-value]

    @cached_property
    def calls(self) -> list[ast.Call]:
        """Every call, in the order of the lines."""
        return sorted(self.nodes(ast.Call), key=_place)

    @property
    def defines(self) -> bool:
        """Whether functions or classes are defined in it."""
        return bool(
            self.nodes(ast.FunctionDef) or self.nodes(ast.ClassDef) or self.nodes(ast.AsyncFunctionDef)
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word in the cell that could be a name."""
        return frozenset(_WORD.findall(self.cell.source))

    @cached_property
    def lines(self) -> list[str]:
        return self.cell.source.split("\n")


def _place(node: ast.Call) -> tuple[int, int]:
    return (node.lineno, node.col_offset)


def _by_kind(tree: ast.Module) -> dict[type[ast.AST], list[ast.AST]]:
    """One walk for all rules; no recursion, and nothing looked at that holds no nodes."""
    found: dict[type[ast.AST], list[ast.AST]] = {}
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        kind = node.__class__
        if kind in found:
            found[kind].append(node)
        else:
            found[kind] = [node]
        fields = _CHILDREN.get(kind)
        if fields is None:
            fields = _CHILDREN[kind] = tuple(name for name in kind._fields if name not in _NOT_NODES)
        for name in fields:
            child = getattr(node, name, None)
            if child.__class__ is list:
                waiting.extend([item for item in reversed(child) if isinstance(item, ast.AST)])
            elif isinstance(child, ast.AST):
                waiting.append(child)
    return found


def nodes_in(tree: ast.AST, kind: type[Node]) -> Iterator[Node]:
    """The nodes of a kind within one node."""
    for node in ast.walk(tree):
        if isinstance(node, kind):
            yield node
