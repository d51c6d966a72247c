"""Which import binds which name where: imports that stand again, and one name for two things."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ..analysis.wordlists import words
from .code import Code
from .cutting import replaced, without
from .fixes import DeleteCell, Edit, Fix, SourceEdit
from .model import Hit
from .page import Page

# What may bind, reload or take away any name.
_ANYTHING = re.compile(
    r"%reset|^[^\S\n]*reset\b|\breload\b|sys\.modules|\bexec(?:file)?\b|%run\b|%store\b|pylab|globals\(\)|import\s*\*"
    r"|autoreload|aimport|invalidate_caches|os\._?(?:kill|exit)|do_shutdown|^[^\S\n]*(?:exit|quit)\b|setattr\(",
    re.MULTILINE,
)
_RELOADS = re.compile(r"\breload\b|autoreload")
# Cell magics that bind no names in the notebook.
_BINDS_NOTHING = re.compile(
    r"\s*%%(?:bash|sh|html|HTML|javascript|js|latex|markdown|svg|SVG|writefile|file|script|cmd|ruby|perl|python2?)\b"
)
# Libraries that nobody changes while a notebook runs.
_STEADY = frozenset(sys.stdlib_module_names) | words(
    "numpy pandas matplotlib scipy sklearn seaborn statsmodels plotly bokeh altair torch torchvision tensorflow keras "
    "xgboost lightgbm catboost networkx sympy nltk spacy gensim cv2 PIL skimage requests bs4 tqdm joblib IPython "
    "ipywidgets numba dask xarray transformers datasets"
)


@dataclass(frozen=True)
class Import:
    """An import that a clean run carries out for certain: an outermost statement of a cell."""

    code: Code
    statement: ast.Import | ast.ImportFrom

    @cached_property
    def bound(self) -> dict[str, str]:
        """What each name that it binds stands for, in full."""
        return dict(_bound(self.statement))

    @cached_property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """What it imports, as written, and the name that it binds."""
        where = "" if isinstance(self.statement, ast.Import) else f"{_module(self.statement)}:"
        return tuple((where + alias.name, alias.asname or alias.name) for alias in self.statement.names)

    @property
    def is_plain(self) -> bool:
        names = self.statement.names
        future = isinstance(self.statement, ast.ImportFrom) and self.statement.module == "__future__"
        return not future and names[0].name != "*"


def imports_of(page: Page) -> list[Import]:
    """The imports that a clean run carries out for certain, in document order."""
    return page.once("imports", lambda: [item for code in page.code for item in _imports_in(code)])


def _imports_in(code: Code) -> list[Import]:
    if "import" not in code.source:
        return []
    return [
        Import(code, statement)
        for statement in code.body
        if isinstance(statement, (ast.Import, ast.ImportFrom))
    ]


def repeats(page: Page) -> Iterator[Hit]:
    """Imports of what is already imported under the same name at that point."""
    first: dict[tuple[str, str], Import] = {}
    changes: _Changes | None = None
    imports = imports_of(page)
    if len({part for item in imports for part in item.parts}) == sum(len(item.parts) for item in imports):
        return
    positions = {code.id: position for position, code in enumerate(page.code)}
    for item in imports:
        if not item.is_plain:
            continue
        known = [first.get(part) for part in item.parts]
        earlier = [one for one in known if one is not None]
        if earlier:
            changes = changes or _Changes(page)
            start = min(positions[one.code.id] for one in earlier)
            there = [
                part
                for part, one in zip(item.parts, known, strict=True)
                if one is not None and changes.leave(item.bound, part[1], start, positions[item.code.id])
            ]
            if there:
                yield _repeat(item, there, earlier)
        for part in item.parts:
            if part not in first and not _may_not_run(item.code):
                first[part] = item


def _repeat(item: Import, there: list[tuple[str, str]], earlier: list[Import]) -> Hit:
    names = [_shown(part) for part in there]
    shown = ", ".join(f"`{name}`" for name in names[:3]) + (" and others" if len(names) > 3 else "")
    first = earlier[0].code
    place = "above" if first is item.code else f"in cell {first.cell.index + 1}"
    fixes: tuple[Fix, ...] = ()
    if all(_in_order(one.code, item.code) for one in earlier):
        fixes = tuple(_removal(item) if len(there) == len(item.parts) else _shortening(item, there))
    be = "are" if len(names) > 1 else "is"
    return Hit(
        f"{shown} {be} imported again; {place} {be} the same import.",
        item.code.id,
        item.statement.lineno,
        item.statement.col_offset + 1,
        fixes,
    )


def _removal(item: Import) -> Iterator[Fix]:
    code = item.code
    text = without(code, item.statement)
    if text is None:
        return
    edit: Edit
    if text.strip():
        if text.lstrip().startswith("%%") and len(code.body) <= 2:
            return  # a magic that is left without a body
        edit = SourceEdit(code.id, code.source, text)
    elif code.cell.outputs or code.cell.tags:
        return
    else:
        edit = DeleteCell(code.id, code.source)
    yield Fix("Delete the repeated import", (edit,), safe=True)


def _shortening(item: Import, there: list[tuple[str, str]]) -> Iterator[Fix]:
    """Of an import that stands on one line, what is not there yet."""
    statement = item.statement
    if statement.end_lineno != statement.lineno:
        return
    left = [alias for alias, part in zip(statement.names, item.parts, strict=True) if part not in there]
    names = ", ".join(ast.unparse(alias) for alias in left)
    where = f"from {_module(statement)} " if isinstance(statement, ast.ImportFrom) else ""
    text = replaced(item.code.source, statement, f"{where}import {names}")
    if text is not None:
        yield Fix("Delete what is repeated", (SourceEdit(item.code.id, item.code.source, text),), safe=True)


def _in_order(earlier: Code, later: Code) -> bool:
    """Whether the counts, where there are any, say that the earlier cell has run first."""
    first, second = earlier.cell.execution_count, later.cell.execution_count
    if first is None:
        return second is None
    return second is None or first <= second


def _may_not_run(code: Code) -> bool:
    """Whether a clean run may leave out the cell, or break off in it."""
    tags = code.cell.tags
    if "skip-execution" in tags or "nbval-skip" in tags or "raises-exception" in tags:
        return True
    return any(output.output_type == "error" for output in code.cell.outputs)


@dataclass
class _Changes:
    """What each cell binds, so that it can be told whether a name is still the import's."""

    page: Page
    _known: dict[int, tuple[bool, dict[str, set[str]]]] = field(default_factory=dict)

    @cached_property
    def _is_reloaded(self) -> bool:
        return any("reload" in code.source and _RELOADS.search(code.source) for code in self.page.code)

    def leave(self, bound: dict[str, str], name: str, start: int, end: int) -> bool:
        """Whether a name stands for the same thing all the way from one cell to another."""
        name = name.split(".")[0]
        target = bound[name]
        if self._is_reloaded and target.split(".")[0] not in _STEADY:
            return False
        for position in range(start, end + 1):
            anything, changed = self._of(position)
            if anything or (changed.get(name, set()) - {target}):
                return False
        return True

    def _of(self, position: int) -> tuple[bool, dict[str, set[str]]]:
        """Whether a cell may change any name, and what it makes of which names."""
        if position not in self._known:
            self._known[position] = self._read(self.page.code[position])
        return self._known[position]

    def _read(self, code: Code) -> tuple[bool, dict[str, set[str]]]:
        found: dict[str, set[str]] = {}
        if code.tree is None:
            return (not _BINDS_NOTHING.match(code.source), found)
        if _ANYTHING.search(code.source):
            return (True, found)
        for name in code.nodes(ast.Name):
            if not isinstance(name.ctx, ast.Load):
                found.setdefault(name.id, set()).add("?")
        definitions: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef] = [
            *code.nodes(ast.FunctionDef),
            *code.nodes(ast.AsyncFunctionDef),
            *code.nodes(ast.ClassDef),
        ]
        for definition in definitions:
            found.setdefault(definition.name, set()).add("?")
        for handler in code.nodes(ast.ExceptHandler):
            if handler.name:
                found.setdefault(handler.name, set()).add("?")
        imports: list[ast.Import | ast.ImportFrom] = [*code.nodes(ast.Import), *code.nodes(ast.ImportFrom)]
        for statement in imports:
            for bound, target in _bound(statement):
                found.setdefault(bound, set()).add(target)
        return (False, found)


# Ways in which the same thing is imported from elsewhere.
_SAME_THING = re.compile(r"\b(?:externals|compat|moves|vendor|backports|_?cPickle|StringIO|cStringIO)\b")


def ambiguous(page: Page) -> Iterator[Hit]:
    """Names that one import binds to one thing and a later one to another."""
    meant: dict[str, tuple[str, Import]] = {}
    told: set[str] = set()
    for item in imports_of(page):
        if not item.is_plain:
            continue
        for name, target in item.bound.items():
            earlier = meant.get(name)
            if earlier is not None and name not in told and _differs(earlier[0], target):
                if not any(
                    isinstance(use.ctx, ast.Del) and use.id == name
                    for code in page.code
                    if "del " in code.source
                    for use in code.nodes(ast.Name)
                ):
                    place = (
                        "above"
                        if earlier[1].code is item.code
                        else f"in cell {earlier[1].code.cell.index + 1}"
                    )
                    yield Hit(
                        f"`{name}` stands for `{target}` from here on; {place} it is `{earlier[0]}`.",
                        item.code.id,
                        item.statement.lineno,
                        item.statement.col_offset + 1,
                    )
                told.add(name)
            meant[name] = (target, item)


def _differs(one: str, other: str) -> bool:
    if one == other or _SAME_THING.search(one) or _SAME_THING.search(other):
        return False
    tops = {one.split(".")[0], other.split(".")[0]}
    if tops <= {"matplotlib", "pylab", "numpy"} and len(tops) > 1:
        return "pylab" not in tops
    # The same name from two places of one library is the same thing, moved; `datetime` is not `datetime.datetime`.
    moved = len(tops) == 1 and one.rpartition(".")[2] == other.rpartition(".")[2]
    return not (moved and "." in one and "." in other)


def _module(statement: ast.ImportFrom) -> str:
    return "." * statement.level + (statement.module or "")


def _bound(statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    for alias in statement.names:
        if isinstance(statement, ast.ImportFrom):
            yield alias.asname or alias.name, f"{_module(statement)}.{alias.name}"
        elif alias.asname:
            yield alias.asname, alias.name
        else:
            top = alias.name.split(".")[0]
            yield top, top


def _shown(part: tuple[str, str]) -> str:
    what, name = part
    what = what.rpartition(":")[2]
    return what if what == name else f"{what} as {name}"
