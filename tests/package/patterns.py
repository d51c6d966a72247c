"""Every regular expression of a package, found without running what uses it.

Compiled patterns are looked up in the modules' values: in tables, dataclasses, and what functions without parameters
return. What else is handed to ``re`` is worked out from the module's names; a name of a function's own stands for a
word. Where a function is handed its pattern, every text of its module that is one counts.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

_FUNCTIONS = frozenset({"search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"})
# A pattern that is tried at one place only cannot start again at each of the following ones.
_AT_ONE_PLACE = frozenset({"match", "fullmatch"})
_SYNTAX = re.compile(r"\\[bBdDsSwW]|\(\?|\[\^|[])}.][*+?{]")
_DEEPEST = 6


class Use(NamedTuple):
    """A pattern, and how it is tried: from each place of a text (``search``), or from one (``match``, ``fullmatch``)"""

    pattern: str
    flags: int
    method: str


def patterns_of(package: ModuleType) -> dict[Use, str]:
    """All patterns of a package's modules, each with the place where it was found first."""
    names = [found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    return patterns_in([(module, Path(str(module.__file__)).read_text("utf-8")) for module in modules])


def patterns_in(modules: list[tuple[ModuleType, str]]) -> dict[Use, str]:
    """All patterns of these modules, each of which comes with its source."""
    sources = [_Source(module, text) for module, text in modules]
    methods: defaultdict[str, set[str]] = defaultdict(set)
    for source in sources:
        for name, method in source.uses():
            methods[name].add(method)
    found: dict[Use, str] = {}
    for source in sources:
        for use, place in (*source.values(methods), *source.texts()):
            found.setdefault(use, place)
    compiled = {use.pattern for use in found}
    for source in sources:
        for use, place in source.calls():
            if use.pattern not in compiled:
                found.setdefault(use, place)
    return found


class _Source:
    """A module: its values, and its tree with what is around each node."""

    def __init__(self, module: ModuleType, text: str) -> None:
        self._name = module.__name__
        self._values = dict(vars(module))
        tree = ast.parse(text)
        self._nodes = [*ast.walk(tree)]
        self._around = {child: node for node in self._nodes for child in ast.iter_child_nodes(node)}
        self._calls = [node for node in self._nodes if isinstance(node, ast.Call)]
        self._to_re = [
            (call, call.func.attr)
            for call in self._calls
            if isinstance(call.func, ast.Attribute)
            and isinstance(call.func.value, ast.Name)
            and call.func.value.id == "re"
            and call.func.attr in {*_FUNCTIONS, "compile"}
        ]

    def uses(self) -> Iterator[tuple[str, str]]:
        """Names that are read, and by which method what they stand for is used (``search`` if that is not seen)."""
        for node in self._nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                around = self._around[node]
                used = around if isinstance(around, ast.Call) and around.func is node else node
                loop = self._around[used]
                if isinstance(loop, (ast.For, ast.comprehension)) and loop.iter is used:
                    yield from ((self._named(node.id), method) for method in self._methods_within(loop))
                else:
                    yield self._named(node.id), self._method(used)

    def _named(self, name: str) -> str:
        """A name that means the same in all modules that may use it."""
        return f"{self._name}.{name}" if name.startswith("_") else name

    def _method(self, node: ast.AST) -> str:
        around = self._around[node]
        method = around.attr if isinstance(around, ast.Attribute) else "search"
        return method if method in _AT_ONE_PLACE else "search"

    def _methods_within(self, loop: ast.For | ast.comprehension) -> set[str]:
        names = {node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)}
        scope = loop if isinstance(loop, ast.For) else self._around[loop]
        asked = (
            node for node in ast.walk(scope) if isinstance(node, ast.Attribute) and node.attr in _FUNCTIONS
        )
        methods = {self._method(node.value) for node in asked if ast.unparse(node.value) in names}
        return methods or {"search"}

    def values(self, methods: dict[str, set[str]]) -> Iterator[tuple[Use, str]]:
        """The compiled patterns among the module's values, and the texts in its tables that are patterns."""
        for name, value in self._values.items():
            if inspect.isroutine(value) and value.__module__ != self._name:
                continue
            used = methods.get(self._named(name), set())
            method = next(iter(used)) if len(used) == 1 else "search"
            for pattern in _patterns_within(_returned(value)):
                flags = int(pattern.flags & ~re.UNICODE)
                yield Use(pattern.pattern, flags, method), f"{self._name}.{name}"

    def texts(self) -> Iterator[tuple[Use, str]]:
        """The patterns that functions of the module are handed, where one of them hands them on."""
        if all(not isinstance(call.args[0], (ast.Name, ast.Attribute)) for call, _ in self._to_re):
            return
        handed_to_re = {call for call, _ in self._to_re}
        for call in self._calls:
            for argument in () if call in handed_to_re else call.args:
                for text in self._texts_of(argument):
                    if (pattern := _as_pattern(text)) is not None:
                        yield (
                            Use(text, int(pattern.flags & ~re.UNICODE), "search"),
                            f"{self._name}:{call.lineno}",
                        )

    def calls(self) -> Iterator[tuple[Use, str]]:
        """The patterns that are written where they are used."""
        for call, function in self._to_re:
            method = self._method(call) if function == "compile" else function
            method = method if method in _AT_ONE_PLACE else "search"
            for text in self._texts_of(call.args[0]):
                yield Use(text, self._flags(call), method), f"{self._name}:{call.lineno}"

    def _flags(self, call: ast.Call) -> int:
        given = [*call.args[1:], *(word.value for word in call.keywords if word.arg == "flags")]
        values = [self._evaluated(expression) for expression in given]
        return next((int(value) for value in values if isinstance(value, re.RegexFlag)), 0)

    def _texts_of(self, expression: ast.expr) -> Iterator[str]:
        if not isinstance(expression, (ast.Attribute, ast.Subscript)):
            value = self._evaluated(expression)
            if isinstance(value, str) and value != _Words.WORD:
                yield value

    def _evaluated(self, expression: ast.expr) -> Any:
        try:
            return eval(
                compile(ast.Expression(expression), self._name, "eval"), self._values, _Words(self._values)
            )
        except Exception:  # it is made of what only a running program knows
            return None


class _Words(dict[str, str]):
    """The names of a function's own, each of which stands for a word."""

    WORD = "name1"

    def __init__(self, known: dict[str, Any]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, name: str) -> str:
        if name in self._known or name in vars(__import__("builtins")):
            raise KeyError(name)
        return self.WORD


def _returned(value: Any) -> Any:
    """What a function without parameters returns, if it does nothing but keep that; else the value itself."""
    if hasattr(value, "cache_info"):
        return None if inspect.signature(value).parameters else value()
    return value


def _patterns_within(value: Any, depth: int = _DEEPEST) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            if (pattern := _as_pattern(item)) is not None:
                yield pattern
            yield from _patterns_within(item, depth - 1)
    elif depth and isinstance(value, dict):
        yield from _patterns_within([*value.values()], depth)
    elif depth and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            held = getattr(value, field.name)
            if (pattern := _as_pattern(held, getattr(value, "flags", 0))) is not None:
                yield pattern
            yield from _patterns_within(held, depth - 1)


def _as_pattern(text: Any, flags: int = 0) -> re.Pattern[str] | None:
    """A text as a pattern, if it is written as one."""
    if not isinstance(text, str) or not _SYNTAX.search(text):
        return None
    try:
        return re.compile(text, flags)
    except re.error:
        return None
