"""Names that are not there when a clean run comes to them.

Ruff tells which names have no binding above them in the text, the simulated clean run whether something that ruff does
not see defines them all the same (magics, ``exec``, another notebook), and which functions are called too early.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..configuration.marks import marked_to_skip
from .clean_run import Moment, clean_run
from .code import Code
from .page import Page
from .scopes import bindings, loads, needs

_HISTORY = re.compile(r"_+(?:\d+|i+\d*|[io]h|dh)?|In|Out")
# Names that the kernels of other environments give, by a word in the kernel's name.
_GIVEN = {"spark": {"spark", "sc", "sqlContext"}, "sage": None, "databricks": None}
# What calls a function that it is given at once.
_CALLS_AT_ONCE = frozenset(
    {
        "map",
        "filter",
        "reduce",
        "sorted",
        "apply",
        "applymap",
        "transform",
        "agg",
        "aggregate",
        "pipe",
        "assign",
    }
)


@dataclass(frozen=True)
class Undefined:
    """A name that a cell finds undefined. ``called``: the function that needs it, where it is not the cell itself.

    ``bound_below``: the first cell below that binds it. ``at_once``: it is needed as soon as the cell runs, not only when
    a function in it is called.
    """

    code: Code
    name: str
    line: int
    column: int | None
    called: str = ""
    bound_below: Code | None = None
    at_once: bool = True


@dataclass(frozen=True)
class NameSearch:
    """Looks for them in one notebook."""

    page: Page

    def found(self) -> list[Undefined]:
        """The undefined names, in document order; of a cell each name once."""
        if self._foreign is None:
            return []
        written = list(self._written())
        late = self._may_be_called_too_early()
        if not written and not late:
            return []
        moments = clean_run(self.page.code, self._skipped)
        found = [each for each in written if self._holds(each, moments)]
        known = {(each.code.id, each.name) for each in found}
        if late:
            found += [
                each for each in self._too_early(moments, late) if (each.code.id, each.name) not in known
            ]
        return sorted(found, key=lambda each: (each.code.cell.index, each.line))

    @cached_property
    def _foreign(self) -> set[str] | None:
        """What the notebook's kernel defines by itself; ``None`` where that may be anything."""
        kernel = (self.page.notebook.kernel_name or "").lower()
        names: set[str] = set()
        if "application/vnd.databricks.v1+notebook" in self.page.notebook.metadata:
            return None
        for word, given in _GIVEN.items():
            if word in kernel:
                if given is None:
                    return None
                names |= given
        return names

    @cached_property
    def _skipped(self) -> list[bool]:
        return [marked_to_skip(code.source, code.cell.tags) for code in self.page.code]

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {code.id: position for position, code in enumerate(self.page.code)}

    @cached_property
    def _bound(self) -> list[dict[str, int]]:
        """Of each cell, the names that it binds, with the line that does so first."""
        found = []
        for code in self.page.code:
            names: dict[str, int] = {}
            for name, node in bindings(code.body):
                names.setdefault(name, getattr(node, "lineno", 1))
            found.append(names)
        return found

    @cached_property
    def _unread(self) -> list[tuple[int, frozenset[str]]]:
        """Cells that cannot be read, with the words in them: they may define any of those."""
        return [
            (position, frozencode.words)
            for position, code in enumerate(self.page.code)
            if code.error is not None
        ]

    def _written(self) -> Iterator[Undefined]:
        """What has no binding above it in the text."""
        seen: set[tuple[str, str]] = set()
        foreign = self._foreign or set()
        for lint in self.page.lints.get("F821", ()):
            name = lint.name
            position = self._positions.get(lint.cell_id)
            if position is None or self._skipped[position] or (lint.cell_id, name) in seen:
                continue
            if name in foreign or _HISTORY.fullmatch(name):
                continue
            seen.add((lint.cell_id, name))
            code = self.page.code[position]
            at_once = _is_used_at_once(code, name, lint.line)
            below = self._below(name, position)
            yield Undefined(code, name, lint.line, lint.column, bound_below=below, at_once=at_once)

    def _below(self, name: str, position: int) -> Code | None:
        for later in range(position + 1, len(self._bound)):
            if name in self._bound[later] and not self._skipped[later]:
                return self.page.code[later]
        return None

    def _holds(self, found: Undefined, moments: list[Moment]) -> bool:
        """Whether nothing that ruff does not see defines the name before it is used."""
        position = self._positions[found.code.id]
        name = found.name
        if any(name in words for place, words in self._unread if place != position):
            return False
        at_once = found.at_once
        last = position if at_once else len(moments) - 1
        for place in range(last + 1):
            moment = moments[place]
            if moment.opaque:
                return False
            by_magic = name in moment.bound and name not in self._bound[place]
            if by_magic or (not at_once and name in self._bound[place]):
                return False
        return not at_once or name not in moments[position].defined

    # -- functions called too early ---------------------------------------------------------------------------------

    def _may_be_called_too_early(self) -> dict[str, int]:
        """Names that a function mentions in a cell above the first one that binds them, with the place of that one."""
        if not any(code.defines for code in self.page.code):
            return {}
        first: dict[str, int] = {}
        for position, names in enumerate(self._bound):
            if not self._skipped[position]:
                for name in names:
                    first.setdefault(name, position)
        late: dict[str, int] = {}
        for position, code in enumerate(self.page.code):
            if code.defines:
                for word in code.words:
                    if first.get(word, -1) > position:
                        late[word] = first[word]
        return late

    def _too_early(self, moments: list[Moment], late: dict[str, int]) -> Iterator[Undefined]:
        functions: dict[str, frozenset[str]] = {}
        for position, code in enumerate(self.page.code):
            for name, node in bindings(code.body):
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                    functions[name] = needs(node)
                elif name in functions and not isinstance(node, ast.Global):
                    del functions[name]
            moment = moments[position]
            if self._skipped[position] or moment.opaque:
                continue
            for name in sorted(moment.lacked & late.keys()):
                if late[name] > position and not any(name in words for _, words in self._unread):
                    call = _first_call(code, name, functions)
                    if call is not None:
                        line, called = call
                        yield Undefined(code, name, line, None, called, self.page.code[late[name]])


def _is_used_at_once(code: Code, name: str, line: int) -> bool:
    return any(node.id == name and node.lineno == line for node in loads(code.body)) or any(
        node.id == name and node.lineno == line
        for node in code.nodes(ast.Name)
        if isinstance(node.ctx, ast.Del)
    )


def _first_call(code: Code, name: str, functions: dict[str, frozenset[str]]) -> tuple[int, str] | None:
    """The first line of a cell that calls a function which needs the name, and that function."""
    in_need = {function for function in functions if _reaches(function, name, functions, set())}
    if not in_need:
        return None
    called: list[tuple[int, str]] = []
    running = {id(node) for node in loads(code.body)}
    for call in code.calls:
        names = [call.func]
        method = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if method in _CALLS_AT_ONCE:
            names += [*call.args, *(keyword.value for keyword in call.keywords)]
        for node in names:
            if isinstance(node, ast.Name) and node.id in in_need and id(node) in running:
                called.append((call.lineno, node.id))
    return min(called, default=None)


def _reaches(function: str, name: str, functions: dict[str, frozenset[str]], seen: set[str]) -> bool:
    needed = functions.get(function, frozenset())
    if name in needed:
        return True
    seen.add(function)
    return any(
        inner not in seen and _reaches(inner, name, functions, seen) for inner in needed if inner in functions
    )
