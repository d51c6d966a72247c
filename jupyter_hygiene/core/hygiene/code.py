"""A code cell as the rules see it: its tree, read once, and the nodes of the tree by kind."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from ..analysis.python_lines import Reading, read
from ..notebook import Cell, CellId
from .nodes import nodes_by_kind
from .scopes import bindings, loads

_WORD = re.compile(r"[^\W\d]\w*")
Node = TypeVar("Node", bound=ast.AST)


@dataclass(frozen=True)
class Code:
    """A code cell. Lines of the tree are those of the source."""

    cell: Cell

    @cached_property
    def id(self) -> CellId:
        return self.cell.id

    @cached_property
    def source(self) -> str:
        return self.cell.source

    @cached_property
    def reading(self) -> Reading:
        """The cell's text as Python, made and parsed once."""
        return read(self.cell.source)

    @property
    def tree(self) -> ast.Module | None:
        """The cell as Python; ``None`` where it is another language's, or cannot be read."""
        return self.reading.tree

    @property
    def error(self) -> SyntaxError | None:
        """Why a cell that should be Python cannot be read."""
        return self.reading.error

    @cached_property
    def body(self) -> list[ast.stmt]:
        return self.tree.body if self.tree is not None else []

    @cached_property
    def _nodes(self) -> dict[type[ast.AST], list[ast.AST]]:
        return nodes_by_kind(self.tree) if self.tree is not None else {}

    def nodes(self, kind: type[Node]) -> list[Node]:
        """All nodes of a kind, in the order of the lines for statements, in no certain order for others."""
        return self._nodes.get(kind, [])  # type: ignore[return-value]

    @cached_property
    def calls(self) -> list[ast.Call]:
        """Every call, in the order of the lines."""
        return sorted(self.nodes(ast.Call), key=_place)

    @cached_property
    def bindings(self) -> tuple[tuple[str, ast.AST], ...]:
        """Every name that the cell binds in the notebook, with the node that binds it, in the order of the lines."""
        declared = [(name, node) for node in self.nodes(ast.Global) for name in node.names]
        return (*bindings(self.body), *declared)

    @cached_property
    def loads(self) -> tuple[ast.Name, ...]:
        """Every name that is read when the cell runs, before any function in it is called."""
        return tuple(loads(self.body))

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
