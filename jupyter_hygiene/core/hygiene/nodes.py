"""The nodes of a tree by kind, from one quick walk."""

from __future__ import annotations

import ast
from typing import Any

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


def nodes_by_kind(tree: ast.AST) -> dict[type[ast.AST], list[ast.AST]]:
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
