"""Functions that are called above the cell that binds a name which they need."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from .code import Code
from .scopes import needs

# What calls a function that it is given at once.
_CALLS_AT_ONCE = frozenset(
    {
        "map",
        "filter",
        "reduce",
        "sorted",
        "starmap",
        "apply",
        "applymap",
        "transform",
        "agg",
        "aggregate",
        "pipe",
    }
)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True)
class EarlyCall:
    """A call, the function that is called, and the name that it needs and that is bound only in ``binder``."""

    code: Code
    line: int
    function: str
    name: str
    binder: Code


@dataclass
class _Functions:
    """The functions and classes that are there, and what each needs from outside."""

    nodes: dict[str, ast.AST] = field(default_factory=dict)
    _needs: dict[int, frozenset[str]] = field(default_factory=dict)

    def own(self, node: ast.AST) -> frozenset[str]:
        """What it needs itself."""
        found = self._needs.get(id(node))
        if found is None:
            found = self._needs[id(node)] = needs(node)
        return found

    def needed(self, function: str) -> frozenset[str]:
        """What it needs itself, or a function that it may call does."""
        found: set[str] = set()
        waiting, seen = [function], {function}
        while waiting:
            own = self.own(self.nodes[waiting.pop()])
            found |= own
            for name in own:
                if name in self.nodes and name not in seen:
                    seen.add(name)
                    waiting.append(name)
        return frozenset(found)


def early_calls(cells: list[Code]) -> Iterator[EarlyCall]:
    """Find them, in the order in which the cells run."""
    if not any(code.defines for code in cells):
        return
    first: dict[str, tuple[int, int]] = {}
    for position, code in enumerate(cells):
        for name, node in code.bindings:
            first.setdefault(name, (position, getattr(node, "lineno", 1)))
    functions = _Functions()
    unbound = set(first)  # that is: up to here
    late: set[str] = set()  # functions that may need some of these: nearly always there are none
    for position, code in enumerate(cells):
        words = code.words
        mentions = code.defines and not (unbound.isdisjoint(words) and late.isdisjoint(words))
        for name, node in code.bindings:
            late.discard(name)
            functions.nodes.pop(name, None)
            if isinstance(node, _DEFINITIONS):
                functions.nodes[name] = node
                if mentions and not (
                    functions.own(node).isdisjoint(unbound) and functions.own(node).isdisjoint(late)
                ):
                    late.add(name)
        if not late.isdisjoint(words):
            yield from _in_cell(position, cells, late, functions, first)
        unbound.difference_update([name for name, _ in code.bindings])


def _in_cell(
    position: int,
    cells: list[Code],
    late: set[str],
    functions: _Functions,
    first: dict[str, tuple[int, int]],
) -> Iterator[EarlyCall]:
    code = cells[position]
    for line, function in _calls(code):
        if function in late:
            for name in sorted(functions.needed(function)):
                if first.get(name, (-1, 0)) > (position, line):
                    yield EarlyCall(code, line, function, name, cells[first[name][0]])


def _calls(code: Code) -> Iterator[tuple[int, str]]:
    """The names of functions that a cell calls as it runs, or gives to what calls them at once."""
    running = {id(node) for node in code.loads}
    for call in code.calls:
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        given = (
            [*call.args, *(keyword.value for keyword in call.keywords)] if called in _CALLS_AT_ONCE else []
        )
        for node in (call.func, *given):
            if isinstance(node, ast.Name) and id(node) in running:
                yield call.lineno, node.id
