"""State: one name for two things."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from ..causes.names import full_name
from .code import Code
from .model import Hit, Rule
from .page import Page
from .scopes import loads

# Built-in functions that code calls often; one that is bound to something else is no longer there to be called.
_CALLED_OFTEN = frozenset(
    {
        "all",
        "any",
        "bytes",
        "dict",
        "dir",
        "enumerate",
        "filter",
        "float",
        "format",
        "hash",
        "id",
        "input",
        "int",
    }
    | {
        "isinstance",
        "iter",
        "len",
        "list",
        "map",
        "max",
        "min",
        "next",
        "object",
        "open",
        "print",
        "range",
        "reversed",
    }
    | {"round", "set", "slice", "sorted", "str", "sum", "tuple", "type", "vars", "zip", "abs", "pow"}
)
_VALUE = "a value"  # that cannot be called; what it is depends on its parts
# What an expression gives, where its form alone tells.
_FORMS: dict[type[ast.expr], str] = {
    ast.JoinedStr: "a text",
    ast.List: "a list",
    ast.ListComp: "a list",
    ast.Tuple: "a tuple",
    ast.Dict: "a dict",
    ast.DictComp: "a dict",
    ast.Set: "a set",
    ast.SetComp: "a set",
    ast.GeneratorExp: "a generator",
    ast.BinOp: _VALUE,
    ast.Compare: _VALUE,
}
_CONSTANTS: dict[type[object], str] = {
    str: "a text",
    bytes: "bytes",
    int: "a number",
    float: "a number",
    complex: "a number",
}
# What a call gives, by the full name of what is called.
_MADE = {
    "pandas.DataFrame": "a DataFrame",
    "pandas.Series": "a Series",
    **dict.fromkeys(
        (f"numpy.{name}" for name in ("array", "zeros", "ones", "arange", "linspace")), "an array"
    ),
    **dict.fromkeys(("int", "float", "len", "round"), "a number"),
    **dict.fromkeys(("list", "sorted"), "a list"),
    "str": "a text",
    "dict": "a dict",
    "set": "a set",
    "tuple": "a tuple",
}
_DEFINED = ("a function", "a class")


@dataclass(frozen=True)
class _Meaning:
    """What a cell makes of a name, and where."""

    code: Code
    position: int
    line: int
    kind: str  # in words; empty where it is not told


def _two_meanings(page: Page) -> Iterator[Hit]:
    """Names that are one kind of thing in one cell and another in the next that binds them, with users of both."""
    meanings: dict[str, list[_Meaning]] = {}
    for position, code in enumerate(page.code):
        values = _values(code) if code.bindings else {}
        for name, node in code.bindings:
            kind = _kind(node, values, page.imported)
            meanings.setdefault(name, []).append(_Meaning(code, position, getattr(node, "lineno", 1), kind))
    used = _Uses(page)
    for name, found in meanings.items():
        if len(found) > 1 and name[0] != "_":
            yield from _clash(name, found, used)
        if name in _CALLED_OFTEN:
            yield from _hidden_builtin(name, found, used)


def _values(code: Code) -> dict[int, ast.expr]:
    """Of each name that is assigned by itself, by the identity of its node, the value."""
    return {
        id(target): statement.value
        for statement in code.nodes(ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


def _kind(node: ast.AST, values: dict[int, ast.expr], imported: Mapping[str, str]) -> str:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return "a function"
    if isinstance(node, ast.ClassDef):
        return "a class"
    if isinstance(node, ast.Import):
        return "a module"
    value = values.get(id(node))
    if isinstance(value, ast.UnaryOp):
        value = value.operand
    if isinstance(value, ast.Constant):
        return _CONSTANTS.get(type(value.value), "")
    if isinstance(value, ast.Call):
        called = full_name(value.func, imported)
        return "a DataFrame" if called.startswith("pandas.read_") else _MADE.get(called, "")
    return _FORMS.get(type(value), "") if value is not None else ""


def _clash(name: str, found: list[_Meaning], used: _Uses) -> Iterator[Hit]:
    for before, after in pairwise(found):
        kinds = {before.kind, after.kind}
        if before.position == after.position or len(kinds) == 1 or "" in kinds:
            continue
        if _VALUE in kinds and kinds.isdisjoint(_DEFINED):
            continue
        if used.is_made_of_itself(name, after):
            continue
        if before.kind in _DEFINED or after.kind in _DEFINED:
            definition = before if before.kind in _DEFINED else after
            user = next(used.callers(name, definition.position + 1), None)
        else:
            user = used.between(name, before.position, after.position)
            user = user if user is not None and used.below(name, after.position) else None
        if user is not None:
            yield Hit(
                f"`{name}` is {before.kind} in cell {before.code.cell.index + 1} and {after.kind} here; which of them "
                f"cell {user.cell.index + 1} gets depends on what ran last.",
                after.code.id,
                after.line,
                severity=None if kinds & {*_DEFINED} else "info",
            )
            return


def _hidden_builtin(name: str, found: list[_Meaning], used: _Uses) -> Iterator[Hit]:
    first = next((meaning for meaning in found if meaning.kind and meaning.kind not in _DEFINED), None)
    if first is None or not hasattr(builtins, name):
        return
    for code in used.callers(name):
        if code.cell.index != first.code.cell.index:
            yield Hit(
                f"`{name}` hides Python's own `{name}()`, which cell {code.cell.index + 1} calls.",
                first.code.id,
                first.line,
            )
            return


class _Uses:
    """Where names are read, found when they are asked for."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def between(self, name: str, first: int, last: int) -> Code | None:
        """A cell between two others that reads the name, and does not bind it itself."""
        return next((code for code in self._page.code[first + 1 : last] if _only_reads(code, name)), None)

    def below(self, name: str, position: int) -> bool:
        """Whether a cell below reads the name."""
        return any(_only_reads(code, name) for code in self._page.code[position + 1 :])

    def is_made_of_itself(self, name: str, meaning: _Meaning) -> bool:
        """Whether it is only another form of what it was: ``rows = np.array(rows)``."""
        return any(
            statement.lineno == meaning.line and name in {node.id for node in loads([statement])}
            for statement in meaning.code.nodes(ast.Assign)
        )

    def callers(self, name: str, start: int = 0) -> Iterator[Code]:
        """The cells that call something by this name, from a position on."""
        for code in self._page.code[start:]:
            if name in code.words and any(
                isinstance(call.func, ast.Name) and call.func.id == name for call in code.calls
            ):
                yield code


def _only_reads(code: Code, name: str) -> bool:
    if name not in code.words:
        return False
    uses = {type(node.ctx) for node in code.nodes(ast.Name) if node.id == name}
    return uses == {ast.Load}


RULES = (
    Rule(
        id="ambiguous-name",
        family="State",
        severity="warning",
        summary="A name means two things in two cells.",
        why="Cells are rerun on their own. What a cell gets under the name then depends on which of the two ran "
        "last, and the page does not show it.",
        before="def scale(values):\n    return [value / 10 for value in values]\n# %%\nscaled = scale([1, 2])\n# %%\n"
        "scale = 10\n# %%\nprint(scale)",
        after="def rescaled(values):\n    return [value / 10 for value in values]\n# %%\nscaled = rescaled([1, 2])\n"
        "# %%\nscale = 10\n# %%\nprint(scale)",
        check=_two_meanings,
    ),
)
