"""Where the code of a notebook takes something from chance: draws without a seed, the clock, ids, orders, threads.

Read off the code, line by line. That a line is found says that it *may* come out otherwise the next time.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from . import chance_tables as tables
from .names import calls_in, full_name, tree_of

Kind = Literal["draw", "id", "resampling", "clock", "stopwatch", "order", "threads"]
# The strongest explanation first.
_RANK: tuple[Kind, ...] = ("draw", "id", "resampling", "clock", "stopwatch", "order", "threads")
_CLOCK_MAGIC = re.compile(r"^[^\S\n]*%%?(?:time|timeit|prun|memit)\b", re.MULTILINE)
_TIME_FORMATS = frozenset({"time.strftime", "time.localtime", "time.gmtime", "time.ctime", "time.asctime"})

_ORDER_DOES_NOT_COUNT = frozenset({"sorted", "sum", "len", "min", "max", "any", "all", "set", "frozenset"})


@dataclass(frozen=True)
class Chance:
    """A line that may come out otherwise. ``words`` follow "it"; ``cure`` is what to do, as an order."""

    kind: Kind
    line: int
    words: str
    cure: str

    @property
    def is_strong(self) -> bool:
        """Whether a reader would blame it at sight: comparing already passes over running times, for one, and a
        plot's resampled intervals hardly show."""
        return self.kind in ("draw", "id")


def chances_of(sources: Sequence[str], imported: Mapping[str, str]) -> list[tuple[Chance, ...]]:
    """Of each cell, in document order, the lines that take something from chance, the most telling first."""
    seeded: set[str] = set()
    sets = _names_of_sets(sources)
    found = []
    for source in sources:
        tree = tree_of(source)
        reader = _Reader(imported, seeded, sets)
        if tree is not None:
            reader.read(tree)
        if match := _CLOCK_MAGIC.search(source):
            line = source.count("\n", 0, match.start()) + 1
            reader.add("stopwatch", line, "measures how long it runs", tables.CLOCK_CURE)
        found.append(tuple(sorted(reader.found, key=lambda chance: (_RANK.index(chance.kind), chance.line))))
    return found


class _Reader:
    """Reads one cell; what it seeds counts for all that come after."""

    def __init__(self, imported: Mapping[str, str], seeded: set[str], sets: frozenset[str]) -> None:
        self.found: list[Chance] = []
        self._imported = imported
        self._seeded = seeded
        self._sets = sets

    def add(self, kind: Kind, line: int, words: str, cure: str) -> None:
        self.found.append(Chance(kind, line, words, cure))

    def read(self, tree: ast.Module) -> None:
        for call in calls_in(tree):
            name = full_name(call.func, self._imported)
            if families := tables.seeds(name):
                if call.args or call.keywords:
                    self._seeded.update(families)
            elif name:
                self._call(call, name)
        for node in ast.walk(tree):
            if (
                isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension))
                and self._is_set(node.iter)
                and not (isinstance(node, ast.comprehension) and _is_put_in_order(tree, node))
            ):
                self._order(node.iter)

    def _call(self, call: ast.Call, name: str) -> None:
        last = name.rpartition(".")[2]
        shown = ast.unparse(call.func) if len(name) < 80 else last
        if draw := tables.draw(name):
            self._draw(call, draw, shown)
        elif name in tables.STOPWATCHES:
            self.add(
                "stopwatch",
                call.lineno,
                f"measures how long something takes (`{shown}()`)",
                tables.CLOCK_CURE,
            )
        elif name in tables.CLOCKS and (name not in _TIME_FORMATS or len(call.args) <= 1):
            self.add("clock", call.lineno, f"asks for the time (`{shown}()`)", tables.CLOCK_CURE)
        elif words := tables.ids(name):
            self.add("id", call.lineno, f"{words} (`{shown}`)", tables.ID_CURE)
        elif name in ("id", "hash") and call.args:
            words = (
                "shows the address of an object" if name == "id" else "shows a hash, which the process salts"
            )
            self.add("id", call.lineno, f"{words} (`{name}`)", tables.ID_CURE)
        elif tables.runs_at_once(name):
            self.add(
                "threads", call.lineno, f"lets things run at the same time (`{shown}`)", tables.THREADS_CURE
            )
        elif name in tables.FOLDER_LISTINGS or (name[:2] == "?." and last in tables.FOLDER_METHODS):
            self.add(
                "order", call.lineno, f"lists a folder in no certain order (`{shown}`)", tables.SORT_CURE
            )
        elif name in ("list", "tuple", "enumerate", "print", "iter", "next") or last in (
            "join",
            "extend",
            "pop",
        ):
            holder = call.func.value if isinstance(call.func, ast.Attribute) and last == "pop" else None
            if holder is not None:
                if self._is_set(holder) and not call.args:
                    self._order(holder)
            elif any(self._is_set(argument) for argument in call.args):
                self._order(call)

    def _draw(self, call: ast.Call, draw: tables.Draw, shown: str) -> None:
        if draw.family in self._seeded or is_settled(call, draw):
            return
        if draw.keyword is None:
            words = f"draws random numbers without a seed (`{shown}`)"
        else:
            words = f"calls `{shown}` without `{draw.keyword}`"
        cure = draw.cure.replace("{call}", shown)
        self.add("resampling" if draw.hardly_shows else "draw", call.lineno, words, cure)

    def _order(self, node: ast.expr) -> None:
        self.add("order", node.lineno, "goes through a set, which has no certain order", tables.SORT_CURE)

    def _is_set(self, node: ast.expr) -> bool:
        if isinstance(node, (ast.Set, ast.SetComp)):
            return True
        if isinstance(node, ast.Name):
            return node.id in self._sets
        if isinstance(node, ast.Call):
            return isinstance(node.func, ast.Name) and node.func.id in ("set", "frozenset")
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr, ast.Sub, ast.BitXor)):
            return self._is_set(node.left) and self._is_set(node.right)
        return False


def is_settled(call: ast.Call, draw: tables.Draw) -> bool:
    """Whether a call's arguments say what it draws, or that it draws nothing."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if None in given:  # **options: it may be among them
        return True
    if draw.only_if is not None:
        needed, value = draw.only_if
        found = given.get(needed)
        if not (isinstance(found, ast.Constant) and found.value == value):
            return True
    if draw.keyword is None:
        return False
    seed = given.get(draw.keyword)
    if seed is None and draw.keyword_place is not None and len(call.args) > draw.keyword_place:
        seed = call.args[draw.keyword_place]
    return seed is not None and not (isinstance(seed, ast.Constant) and seed.value is None)


def _is_put_in_order(tree: ast.Module, comprehension: ast.comprehension) -> bool:
    """Whether what a comprehension makes has no order itself, or is put in order at once."""
    for node in ast.walk(tree):
        if isinstance(node, ast.SetComp) and comprehension in node.generators:
            return True
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in _ORDER_DOES_NOT_COUNT
        ):
            made = [part for part in node.args if isinstance(part, (ast.GeneratorExp, ast.ListComp))]
            if any(comprehension in part.generators for part in made):
                return True
    return False


def _names_of_sets(sources: Sequence[str]) -> frozenset[str]:
    """The names that hold sets wherever they are bound."""
    bound: dict[str, bool] = {}
    for source in sources:
        tree = tree_of(source)
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.Assign):
                value = node.value
                is_set = isinstance(value, (ast.Set, ast.SetComp)) or (
                    isinstance(value, ast.Call)
                    and isinstance(value.func, ast.Name)
                    and value.func.id in ("set", "frozenset")
                )
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        bound[target.id] = bound.get(target.id, True) and is_set
    return frozenset(name for name, is_set in bound.items() if is_set)
