"""What ``from module import *`` would bind, read off the module's source. Nothing of it is executed."""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path

from ..plain_files import text_of

_DEEPEST = 6
_MOST_BYTES = 2_000_000


class _Unknown(Exception):
    """It takes running the module to tell."""


def names_of(module: str, folder: Path | None = None) -> frozenset[str] | None:
    """The names that a module gives to ``import *``; ``None`` where its source does not tell.

    A module beside the notebook comes before one that is installed.
    """
    try:
        return _names(module, str(folder) if folder else "", 0)
    except _Unknown:
        return None


def _names(module: str, folder: str, depth: int) -> frozenset[str]:
    top = module.partition(".")[0]
    if folder and (Path(folder, top).is_dir() or Path(folder, f"{top}.py").is_file()):
        return _looked_up(module, folder, depth)
    names = _installed(module, depth)
    if names is None:
        raise _Unknown
    return names


@lru_cache(maxsize=256)
def _installed(module: str, depth: int) -> frozenset[str] | None:
    """The same of what is installed, and so does not change while it is worked with."""
    try:
        return _looked_up(module, "", depth)
    except _Unknown:
        return None


def _looked_up(module: str, folder: str, depth: int) -> frozenset[str]:
    if depth > _DEEPEST:
        raise _Unknown
    spec = _found(module, folder)
    if spec is None:
        raise _Unknown
    origin = Path(spec.origin) if spec.origin else None
    if origin is None or origin.suffix != ".py":
        return _of_compiled(module)
    text = _text(origin)
    listed = _listed_at_once(text)
    if listed is not None:
        return listed
    tree = _tree(text)
    if "__all__" in text:
        listed = _listed(tree)
    if listed is None and _computes_all(tree):
        stub = origin.with_suffix(".pyi")
        if stub.is_file():
            stub_text = _text(stub)
            listed = _listed_at_once(stub_text) or _listed(_tree(stub_text))
        if listed is None:
            raise _Unknown
    if listed is not None:
        return listed
    if spec.submodule_search_locations:
        raise _Unknown  # it gives whatever modules of its package have been imported until then, too
    names = frozenset(_bound(tree.body, _Place(module, folder, depth, spec)))
    return frozenset(name for name in names if not name.startswith("_"))


def _of_compiled(module: str) -> frozenset[str]:
    """The names of a module of the standard library that has no source: importing that does nothing else."""
    if "." in module or module not in sys.stdlib_module_names or module.startswith("_"):
        raise _Unknown
    try:
        found = vars(importlib.import_module(module))
    except ImportError:
        raise _Unknown from None
    return frozenset(found.get("__all__") or (name for name in found if not name.startswith("_")))


def _found(module: str, folder: str) -> ModuleSpec | None:
    """Where a module lies; its packages are looked into, and not imported."""
    if module in sys.builtin_module_names:
        return ModuleSpec(module, None)
    path: Iterable[str] | None = [folder, *sys.path] if folder else None
    spec = None
    for end in range(module.count(".") + 1):
        name = ".".join(module.split(".")[: end + 1])
        try:
            spec = PathFinder.find_spec(name, list(path) if path is not None else None)
        except (ImportError, ValueError, OSError):
            return None
        if spec is None:
            return None
        path = spec.submodule_search_locations or []
    return spec


def _text(path: Path) -> str:
    try:
        return text_of(path, most=_MOST_BYTES)
    except (OSError, ValueError):
        raise _Unknown from None


def _tree(text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except (ValueError, SyntaxError, RecursionError):
        raise _Unknown from None


_ALL_AT_ONCE = re.compile(r"^__all__\s*(?::[^=\n]*)?=\s*([\[(][^\])=]*[\])])", re.MULTILINE)


def _listed_at_once(text: str) -> frozenset[str] | None:
    """``__all__``, where it is named once only and written out: then the rest need not be read."""
    match = _ALL_AT_ONCE.search(text)
    if match is None or text.count("__all__") != 1:
        return None
    try:
        names = ast.literal_eval(match[1])
    except (ValueError, SyntaxError):
        return None
    if isinstance(names, (list, tuple)) and all(isinstance(name, str) for name in names):
        return frozenset(names)
    return None


def _listed(tree: ast.Module) -> frozenset[str] | None:
    """``__all__``, if it is written out."""
    found: set[str] | None = None
    for statement in tree.body:
        if not isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
            continue
        if not any(_is_all(target) for target in _targets(statement)):
            continue
        if not isinstance(statement, ast.AugAssign):
            found = set()
        if found is None or not isinstance(statement.value, (ast.List, ast.Tuple)):
            return None
        for element in statement.value.elts:
            if not isinstance(element, ast.Constant) or not isinstance(element.value, str):
                return None
            found.add(element.value)
    if found is None or _touches_all(tree):
        return None
    return frozenset(found)


def _targets(statement: ast.Assign | ast.AnnAssign | ast.AugAssign) -> list[ast.expr]:
    return statement.targets if isinstance(statement, ast.Assign) else [statement.target]


def _touches_all(tree: ast.Module) -> bool:
    """Whether ``__all__`` is changed otherwise than by an outermost statement of its own."""
    waiting: list[ast.AST] = []
    for statement in tree.body:
        if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.AugAssign)) and any(
            _is_all(target) for target in _targets(statement)
        ):
            continue
        waiting.append(statement)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue  # what is called so in there is another one
        if isinstance(node, ast.Name) and node.id == "__all__":
            return True
        waiting.extend(ast.iter_child_nodes(node))
    return False


def _computes_all(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "__all__" for node in ast.walk(tree))


def _is_all(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "__all__"


class _Place:
    """The module that is being read, for its relative imports."""

    def __init__(self, module: str, folder: str, depth: int, spec: ModuleSpec) -> None:
        self._package = module if spec.submodule_search_locations else module.rpartition(".")[0]
        self._folder = folder
        self._depth = depth

    def star(self, statement: ast.ImportFrom) -> frozenset[str]:
        base = statement.module or ""
        if statement.level:
            parts = self._package.split(".")
            if statement.level > len(parts):
                raise _Unknown
            package = ".".join(parts[: len(parts) - statement.level + 1])
            base = f"{package}.{base}" if base else package
        return _names(base, self._folder, self._depth + 1)


_COMPUTED = frozenset({"globals", "exec", "eval", "vars", "locals", "setattr"})


def _bound(body: Iterable[ast.stmt], place: _Place) -> Iterator[str]:
    """The names that statements bind in their module."""
    for statement in body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield statement.name
        elif isinstance(statement, ast.Import):
            yield from (alias.asname or alias.name.split(".")[0] for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            for alias in statement.names:
                if alias.name == "*":
                    yield from place.star(statement)
                else:
                    yield alias.asname or alias.name
        else:
            if isinstance(statement, ast.If) and _is_not_for_import(statement.test):
                continue
            if isinstance(statement, (ast.Delete, ast.Try, ast.If, ast.For, ast.While, ast.With)):
                raise _Unknown  # which of its branches is taken, or how often, is not to be seen
            for node in ast.walk(statement):
                if isinstance(node, ast.Name):
                    if node.id in _COMPUTED:
                        raise _Unknown
                    if isinstance(node.ctx, ast.Store):
                        yield node.id


def _is_not_for_import(test: ast.expr) -> bool:
    """Whether a branch is not taken when its module is imported."""
    text = ast.unparse(test)
    return text in ("__name__ == '__main__'", "TYPE_CHECKING", "typing.TYPE_CHECKING")
