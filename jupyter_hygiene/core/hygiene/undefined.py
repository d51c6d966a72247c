"""Names that are not there when a clean run comes to them.

Ruff tells which names have no binding above them in the text, the simulated clean run whether something that ruff does
not see defines them all the same (magics, ``exec``, another notebook), and which functions are called too early.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..analysis.python_lines import read
from ..analysis.shell_syntax import AUTOMAGICS
from ..configuration.marks import marked_to_skip
from ..notebook import CellId
from .clean_run import Moment, clean_run
from .code import Code
from .early_calls import early_calls
from .module_names import names_of
from .page import Page
from .scopes import loads

_HISTORY = re.compile(r"_+(?:\d+|i+\d*|[io]h|dh)?|In|Out")
# Shell syntax other than what is known to leave names alone, and code that makes names out of texts.
_MAY_DEFINE_UNSEEN = re.compile(
    r"^[ \t]*%(?!(?:matplotlib|config|autoreload|load_ext|reload_ext|time|timeit|prun|pwd|cd|ls|env|pip|conda)\b)"
    r"|^[ \t]*%%(?!(?:time|timeit|prun|capture|bash|sh|writefile|html|HTML|javascript|js|latex|markdown|svg)\b)"
    r"|\b(?:exec|globals|get_ipython|__builtins__|builtins|__main__|user_ns)\b"
    r"|\bimport[ \t]+\*",
    re.MULTILINE,
)
_STAR = re.compile(r"\bimport[ \t]+\*")
# Names that the kernels of other environments give, by a word in the kernel's name.
_GIVEN = {"spark": {"spark", "sc", "sqlContext"}, "sage": None, "databricks": None}


@dataclass(frozen=True)
class Undefined:
    """A name that a cell finds undefined.

    Args:
        line: where it is needed, from 1; where a function is called that needs it.
        called: the function that needs it, where it is not the cell itself.
        bound_below: the first cell below that binds it.
        at_once: it is needed as soon as the cell runs, not only when a function in it is called.
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
        known = {(each.code.id, each.name) for each in written}
        early = [*self._early(known), *self._out_of_ruffs_sight(known)]
        if not written and not early:
            return []
        moments = self._moments(written, early)
        found = [each for each in written if self._holds(each, moments)]
        found += [each for each in early if self._is_confirmed(each, moments)]
        return sorted(found, key=lambda each: (each.code.cell.index, each.line))

    def _moments(self, written: list[Undefined], early: list[Undefined]) -> dict[int, Moment]:
        """The moments of a clean run, by the place of the cell, that can tell what the text does not.

        The whole run is simulated only where a function may define names unseen, or is called too early; else what
        magics and ``exec`` define where they stand is enough, and mostly there are none.
        """
        cells = self.page.code
        unseen = [place for place, code in enumerate(cells) if _MAY_DEFINE_UNSEEN.search(code.source)]
        if early or (unseen and any(cells[place].defines for place in unseen)):
            last = len(cells) - 1
            if all(each.at_once for each in written):
                last = max(self._positions[each.code.id] for each in (*written, *early))
            return dict(enumerate(clean_run(cells[: last + 1], self._skipped[: last + 1])))
        return {place: self._moment(cells[place]) for place in unseen if not self._skipped[place]}

    def _moment(self, code: Code) -> Moment:
        """What a cell defines by itself that the text does not show."""
        without = _STAR.sub("", code.source)
        if without != code.source and not _MAY_DEFINE_UNSEEN.search(without):
            names = [names_of(node.module or "", self.page.folder) for node in _stars(code)]
            known = [each for each in names if each is not None]
            return Moment(len(known) < len(names), frozenset(), frozenset().union(*known))
        return clean_run([code], [False])[0]

    def _is_confirmed(self, early: Undefined, moments: Mapping[int, Moment]) -> bool:
        moment = moments[self._positions[early.code.id]]
        return (
            not moment.opaque
            and early.name in moment.lacked
            and not any(early.name in words for _, words in self._unread)
        )

    def _early(self, known: set[tuple[CellId, str]]) -> Iterator[Undefined]:
        cells = [code for code, skipped in zip(self.page.code, self._skipped, strict=True) if not skipped]
        for call in early_calls(cells):
            place = (call.code.id, call.name)
            if place not in known:
                known.add(place)
                yield Undefined(call.code, call.name, call.line, None, call.function, call.binder)

    def _out_of_ruffs_sight(self, known: set[tuple[CellId, str]]) -> Iterator[Undefined]:
        """Names that may be missing where ruff cannot tell: in the text of ``eval``, or bound by a function alone that
        declares them global and may never be called."""
        declared = {name for code in self.page.code for node in code.nodes(ast.Global) for name in node.names}
        for position, code in enumerate(self.page.code):
            if self._skipped[position]:
                continue
            found = [(node.id, node.lineno) for node in code.loads if node.id in declared] if declared else []
            if "eval(" in code.source or "exec(" in code.source:
                found += _in_texts(code)
            for name, line in found:
                if (code.id, name) not in known:
                    known.add((code.id, name))
                    yield Undefined(code, name, line, None, bound_below=self._below(name, position))

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
    def _bound(self) -> list[frozenset[str]]:
        """Of each cell, the names that it binds."""
        return [frozenset(name for name, _ in code.bindings) for code in self.page.code]

    @cached_property
    def _unread(self) -> list[tuple[int, frozenset[str]]]:
        """Cells that cannot be read, with the words in them: they may define any of those."""
        return [
            (position, code.words) for position, code in enumerate(self.page.code) if code.error is not None
        ]

    def _written(self) -> Iterator[Undefined]:
        """What has no binding above it in the text."""
        seen: set[tuple[str, str]] = set()
        foreign = self._foreign or set()
        # Of names that a star import above may bring in ruff cannot tell; what it brings in, the simulation mostly can.
        for lint in (*self.page.lints.get("F821", ()), *self.page.lints.get("F405", ())):
            name = lint.name
            position = self._positions.get(lint.cell_id)
            if position is None or self._skipped[position] or (lint.cell_id, name) in seen:
                continue
            if name in foreign or _HISTORY.fullmatch(name):
                continue
            seen.add((lint.cell_id, name))
            code = self.page.code[position]
            if name in AUTOMAGICS and code.lines[lint.line - 1].strip() == name:
                continue  # without a variable of the name, the shell takes it for its magic
            at_once = _is_used_at_once(code, name, lint.line)
            below = self._below(name, position)
            yield Undefined(code, name, lint.line, lint.column, bound_below=below, at_once=at_once)

    def _below(self, name: str, position: int) -> Code | None:
        for later in range(position + 1, len(self._bound)):
            if name in self._bound[later] and not self._skipped[later]:
                return self.page.code[later]
        return None

    def _holds(self, found: Undefined, moments: Mapping[int, Moment]) -> bool:
        """Whether nothing that ruff does not see defines the name before it is used."""
        position = self._positions[found.code.id]
        name = found.name
        if any(name in words for place, words in self._unread if place != position):
            return False
        if not found.at_once and any(name in names for names in self._bound):
            return False
        return not any(
            moment.opaque or (name in moment.bound and name not in self._bound[place])
            for place, moment in moments.items()
            if place <= position or not found.at_once
        )


def _stars(code: Code) -> Iterator[ast.ImportFrom]:
    return (node for node in code.nodes(ast.ImportFrom) if any(alias.name == "*" for alias in node.names))


def _in_texts(code: Code) -> list[tuple[str, int]]:
    """The names in code that stands in a literal text and is run where it stands, with its line."""
    running = {id(node) for node in code.loads}
    found: list[tuple[str, int]] = []
    for call in code.calls:
        text = call.args[0] if call.args else None
        is_run = id(call.func) in running and getattr(call.func, "id", "") in ("eval", "exec")
        if is_run and isinstance(text, ast.Constant) and isinstance(text.value, str):
            tree = read(text.value).tree
            found += [(node.id, call.lineno) for node in loads(tree.body)] if tree is not None else []
    return found


def _is_used_at_once(code: Code, name: str, line: int) -> bool:
    return any(node.id == name and node.lineno == line for node in code.loads) or any(
        node.id == name and node.lineno == line
        for node in code.nodes(ast.Name)
        if isinstance(node.ctx, ast.Del)
    )
