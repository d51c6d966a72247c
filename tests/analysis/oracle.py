"""What sessions really do: cells are executed, and a live session is held against a clean run.

The cells run in plain namespaces, with magics turned into calls of a small stand-in for IPython, which is some
hundred times quicker than a kernel.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import io
import math
import os
import random
import sys
import tokenize
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import pandas as pd  # type: ignore[import-untyped]
from IPython.core.inputtransformer2 import TransformerManager

Truth = Literal["must", "free", "unrun", "random"]

_DEFAULTS = np.get_printoptions()
_TRANSFORM = TransformerManager()


@dataclass(frozen=True)
class Observation:
    """What a run let be seen: what it printed or raised, and what the names it bound or changed held then."""

    shown: str
    changed: frozenset[str]
    held: dict[str, str]


class AnyWorld(Protocol):
    """What cells can be run in. ``raised_in``: the line in which the last one raised; 0 if it did not."""

    raised_in: int

    def run(self, source: str) -> tuple[Observation, bool]: ...

    def close(self) -> None: ...


class World:
    """A namespace in which cells are run, as a kernel would."""

    def __init__(self, seed: int = 0) -> None:
        self.raised_in = 0
        self.names: dict[str, Any] = {"__name__": "__main__", "__builtins__": __builtins__}
        self.names["get_ipython"] = lambda: _Shell(self)
        self._seen: dict[
            str, tuple[int, str]
        ] = {}  # names to their values' identity and content, after a run
        # What a new process would have afresh.
        np.set_printoptions(**_DEFAULTS)
        np.random.seed(seed)
        random.seed(seed)
        vars(math)["tau"] = 2 * math.pi

    def run(self, source: str) -> tuple[Observation, bool]:
        """Run a cell. Returns what could be seen, and whether it ended well."""
        before = self._seen
        out = io.StringIO()
        ok = True
        self.raised_in = 0
        recursion = sys.getrecursionlimit()
        with contextlib.redirect_stdout(out):
            try:
                sys.setrecursionlimit(200 + _depth())
                self.execute(source)
            except KeyboardInterrupt:
                ok = False
                print("KeyboardInterrupt")
            except Exception as error:
                ok = False
                self.raised_in = line_of(error, "<cell>")
                print(f"{type(error).__name__}: {error}")
            finally:
                sys.setrecursionlimit(recursion)
        after = self._seen = {name: (id(value), digest(value)) for name, value in self._user_names()}
        held = {name: content for name, (_, content) in after.items()}
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        return Observation(out.getvalue(), frozenset(changed | static_targets(source)), held), ok

    def close(self) -> None:
        """Nothing outlives it."""

    def execute(self, source: str) -> None:
        statements, last = _compiled(source)
        exec(statements, self.names)
        if last is not None:
            value = eval(last, self.names)
            if value is not None and not _is_quiet(_transformed(source)):
                print(digest(value) if isinstance(value, pd.DataFrame) else _stable_repr(value))

    def _user_names(self) -> list[tuple[str, Any]]:
        return [
            (name, value)
            for name, value in self.names.items()
            if not name.startswith("__") and name != "get_ipython"
        ]


class _Shell:
    """As much of IPython as the generated magics use."""

    def __init__(self, world: World) -> None:
        self._world = world

    def run_line_magic(self, name: str, line: str, *_: Any) -> Any:
        if name in ("time", "timeit") or name == "prun":
            self._world.execute(line)
        return None

    def run_cell_magic(self, name: str, line: str, cell: str) -> Any:
        if name == "capture":
            with contextlib.redirect_stdout(io.StringIO()):
                self._world.execute(cell)
            if line.strip():
                self._world.names[line.strip()] = "captured"
        else:
            self._world.execute(cell)


def line_of(error: BaseException, filename: str) -> int:
    """The line of a cell in which an error was raised, or passed through; 0 if it did not come from there."""
    frame = error.__traceback__
    while frame is not None:
        if filename in frame.tb_frame.f_code.co_filename:
            return frame.tb_lineno
        frame = frame.tb_next
    return 0


def truth_of(
    cells: Sequence[tuple[str, str]],
    run_live: Callable[[AnyWorld], dict[str, Observation]],
    make: Callable[[int], AnyWorld] = World,
) -> dict[str, Truth]:
    """What each cell's last run is, held against a clean run of the document.

    Args:
        cells: ids and sources, in document order.
        run_live: plays the session in a world, and gives what the last run of each cell let be seen.
        make: makes a world from a seed.
    """
    folder = os.getcwd()
    world = make(0)
    live = run_live(world)
    world.close()
    clean: list[dict[str, Observation]] = []
    for seed in (1, 2):
        os.chdir(folder)
        clean.append(_clean_run(tuple(cells), make, seed))
    os.chdir(folder)
    return {
        cell_id: "unrun"
        if cell_id not in live
        else "random"
        if differs(clean[0][cell_id], clean[1][cell_id])
        else "must"
        if differs(live[cell_id], clean[0][cell_id])
        else "free"
        for cell_id, _ in cells
    }


# The same few documents and sources are run again and again.


@functools.lru_cache(maxsize=100)
def _clean_run(
    cells: tuple[tuple[str, str], ...], make: Callable[[int], AnyWorld], seed: int
) -> dict[str, Observation]:
    world = make(seed)
    seen = {cell_id: world.run(source)[0] for cell_id, source in cells}
    world.close()
    return seen


@functools.cache
def _transformed(source: str) -> str:
    return _TRANSFORM.transform_cell(source)


@functools.cache
def _compiled(source: str) -> tuple[types.CodeType, types.CodeType | None]:
    """The code of a cell, and that of the expression at its end, whose value is shown."""
    tree = ast.parse(_transformed(source))
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    shown = compile(ast.Expression(last.value), "<cell>", "eval") if isinstance(last, ast.Expr) else None
    return compile(tree, "<cell>", "exec"), shown


def differs(one: Observation, other: Observation) -> bool:
    if one.shown != other.shown:
        return True
    return any(one.held.get(name) != other.held.get(name) for name in one.changed | other.changed)


@functools.cache
def static_targets(source: str) -> frozenset[str]:
    """The names that a cell binds wherever it goes: binding one to what it holds already is binding it."""
    try:
        tree = ast.parse(_transformed(source))
    except (SyntaxError, ValueError):
        return frozenset()
    found: set[str] = set()
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif not isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            waiting.extend(ast.iter_child_nodes(node))
    return frozenset(found)


def digest(value: Any, depth: int = 0) -> str:
    """The content of a value as text, without identities. Generators and modules have none; of functions and
    classes it is what they hold: defaults and attributes."""
    if depth > 6:
        return "…"
    if isinstance(value, pd.DataFrame):
        return f"df{list(map(str, value.columns))}{value.to_numpy().tolist()}{list(value.index)}"
    if isinstance(value, np.ndarray):
        return f"arr{value.dtype}{value.tolist()}"
    if isinstance(value, (list, tuple)):
        return f"{type(value).__name__}({','.join(digest(item, depth + 1) for item in value)})"
    if isinstance(value, dict):
        items = (f"{digest(key, depth + 1)}:{digest(item, depth + 1)}" for key, item in value.items())
        return f"dict({','.join(items)})"
    if isinstance(value, types.FunctionType):
        return f"def{digest(value.__defaults__, depth + 1)}{digest(value.__kwdefaults__, depth + 1)}"
    if isinstance(value, type) and value.__module__ == "__main__":
        held = {name: item for name, item in vars(value).items() if not name.startswith("__")}
        return f"class{digest(held, depth + 1)}"
    if isinstance(value, (types.ModuleType, types.GeneratorType)) or callable(value):
        return "-"
    if isinstance(value, (int, float, str, bool, bytes, type(None), np.generic)):
        return repr(value)
    if hasattr(value, "__dict__") and type(value).__module__ == "__main__":
        return f"{type(value).__name__}{digest(vars(value), depth + 1)}"
    return type(value).__name__


def _is_quiet(code: str) -> bool:
    """A semicolon at the end keeps a value from being shown; a comment may follow it."""
    words = [
        token.string
        for token in tokenize.generate_tokens(io.StringIO(code).readline)
        if token.string.strip() and token.type != tokenize.COMMENT
    ]
    return bool(words) and words[-1] == ";"


def _stable_repr(value: Any) -> str:
    text = repr(value)
    return type(value).__name__ if " at 0x" in text else text


def _depth() -> int:
    depth, frame = 0, sys._getframe()
    while frame.f_back is not None:
        depth, frame = depth + 1, frame.f_back
    return depth
