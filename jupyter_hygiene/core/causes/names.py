"""The code of a notebook's cells as trees, and what the names in it stand for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from ..analysis.python_lines import read

_SETTING_UP = frozenset({"matplotlib", "config", "load_ext", "reload_ext", "autoreload"})


def tree_of(source: str) -> ast.Module | None:
    """The code of a cell, its lines numbered as in the source; ``None`` where it is not to be read as Python."""
    return read(source).tree


@lru_cache(maxsize=4096)
def is_plain(source: str) -> bool:
    """Whether a cell is Python, with no magics but those that only set something up."""
    if tree_of(source) is None:
        return False
    commands = re.findall(r"^[^\S\n]*(?:\w+\s*=\s*)?(%%?\w+|!)", source, re.MULTILINE)
    return all(command.lstrip("%") in _SETTING_UP for command in commands)


def imported_names(sources: Iterable[str]) -> dict[str, str]:
    """What imported names stand for in a notebook, in full: ``np`` for ``numpy``, and so on."""
    trees = (tree_of(source) for source in sources)
    return names_imported_by(node for tree in trees if tree is not None for node in ast.walk(tree))


def names_imported_by(nodes: Iterable[ast.AST]) -> dict[str, str]:
    """What the names stand for that these statements import, in full; other nodes are passed over."""
    found: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    found[alias.asname] = alias.name
                else:
                    top = alias.name.split(".")[0]
                    found.setdefault(top, top)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                if alias.name != "*":
                    found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def full_name(node: ast.expr, imported: Mapping[str, str]) -> str:
    """``np.random.rand`` as ``numpy.random.rand``; what is called on a value of unknown origin as ``?.method``."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Name):
        return ".".join([imported.get(node.id, "?" if parts else node.id), *reversed(parts)])
    return ".".join(["?", *reversed(parts)]) if parts else ""


def calls_in(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call, in the order of the lines."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    yield from sorted(found, key=lambda node: (node.lineno, node.col_offset))


def modules_used(source: str, imported: Mapping[str, str]) -> frozenset[str]:
    """The top-level modules that a cell imports or of which it uses a name."""
    tree = tree_of(source)
    if tree is None:
        return frozenset()
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
        elif isinstance(node, ast.Name) and node.id in imported:
            found.add(imported[node.id].split(".")[0])
    return frozenset(found)


def only_deletes(source: str, name: str) -> bool:
    """Whether a cell deletes a name and does not bind it."""
    tree = tree_of(source)
    if tree is None:
        return False
    uses = {type(node.ctx) for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == name}
    return ast.Del in uses and ast.Store not in uses


def literal_texts(source: str) -> frozenset[str]:
    """The strings that stand in a cell's code."""
    tree = tree_of(source)
    if tree is None:
        return frozenset()
    return frozenset(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
