"""A code cell as the rules see it: its tree, read once, and the nodes of the tree by kind."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from ..analysis.python_lines import Reading, read
from ..notebook import Cell, CellId
from .scopes import bindings

_WORD = re.compile(r"[^\W\d]\w*")
Node = TypeVar("Node", bound=ast.AST)
# Of each kind of node, the fields that hold nodes.
_CHILDREN: dict[type[ast.AST], tuple[str, ...]] = {}
_NOT_NODES = frozenset(
    {
        "id",
        "attr",
        "name",
        "asname",
        "module",
        "level",
        "ctx",
        "op",
        "ops",
        "kind",
        "type_comment",
        "type_ignores",
    }
    | {"is_async", "simple", "conversion"}
)


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
    def _reading(self) -> Reading:
        return read(self.cell.source)

    @property
    def tree(self) -> ast.Module | None:
        """The cell as Python; ``None`` where it is another language's, or cannot be read."""
        return self._reading.tree

    @property
    def error(self) -> SyntaxError | None:
        """Why a cell that should be Python cannot be read."""
        return self._reading.error

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

    @cached_property
    def bindings(self) -> tuple[tuple[str, ast.AST], ...]:
        """Every name that the cell binds in the notebook, with the node that binds it, in the order of the lines."""
        declared = [(name, node) for node in self.nodes(ast.Global) for name in node.names]
        return (*bindings(self.body), *declared)

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
    """One walk for all rules: no recursion, and names and constants, half of all nodes, are not looked into."""
    found: dict[type[ast.AST], list[ast.AST]] = {ast.Name: [], ast.Constant: []}
    leaves = {ast.Name: found[ast.Name].append, ast.Constant: found[ast.Constant].append}
    waiting: list[ast.AST] = [tree]
    pop, push, children = waiting.pop, waiting.append, _CHILDREN
    while waiting:
        node = pop()
        kind = node.__class__
        if kind in found:
            found[kind].append(node)
        else:
            found[kind] = [node]
        fields = children.get(kind)
        if fields is None:
            fields = children[kind] = tuple(name for name in kind._fields if name not in _NOT_NODES)
        for name in fields:
            child: Any = getattr(node, name, None)
            if child is None:
                continue
            if child.__class__ is list:
                for item in reversed(child):
                    leaf = leaves.get(item.__class__)
                    if leaf is not None:
                        leaf(item)
                    elif isinstance(item, ast.AST):
                        push(item)
            else:
                leaf = leaves.get(child.__class__)
                if leaf is not None:
                    leaf(child)
                elif isinstance(child, ast.AST):
                    push(child)
    return found


def nodes_in(tree: ast.AST, kind: type[Node]) -> Iterator[Node]:
    """The nodes of a kind within one node."""
    for node in ast.walk(tree):
        if isinstance(node, kind):
            yield node
