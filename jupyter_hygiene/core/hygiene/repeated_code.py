"""Code that stands in more than one cell: the same definition, or the same statements."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from .code import Code
from .cutting import is_same
from .model import Hit
from .page import Page

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
# Decorators under which a name stands for several functions at once, or is added to.
_ADDS_TO = re.compile(
    r"overload|register|dispatch|setter|getter|deleter|property|patch|multimethod|singledispatch|\.on|\.route|\.command"
    r"|\.callback|\.get|\.post|interact|add_to_class|typedispatch|contextmanager|test|\.event|observe|check"
)
# Names that demonstrations use for whatever comes next.
_PASSING = re.compile(
    r"^(?:[a-z]|foo|bar|baz|func|fun|fn|main|test|demo|example|hello|solve|run|f\d|g\d|h\d|MyClass|A|B|C)$"
)


@dataclass(frozen=True)
class _Defined:
    code: Code
    node: Definition


def defined_again(page: Page) -> Iterator[Hit]:
    """Functions and classes that several cells define under one name."""
    by_name: dict[str, list[_Defined]] = {}
    for code in page.code:
        if not code.defines:
            continue
        for statement in code.body:
            if isinstance(statement, Definition) and not _adds_to(statement):
                by_name.setdefault(statement.name, []).append(_Defined(code, statement))
    for name, places in by_name.items():
        first = places[0]
        if name.startswith("_") or _PASSING.match(name):
            continue
        later = next((place for place in places[1:] if place.code is not first.code), None)
        if later is None:
            continue
        kind = "class" if isinstance(later.node, ast.ClassDef) else "function"
        numbers = list(
            dict.fromkeys(place.code.cell.index + 1 for place in places if place.code is not later.code)
        )
        where = f"cell {numbers[0]}" if len(numbers) == 1 else "cells " + ", ".join(map(str, numbers[:6]))
        if any(is_same(place.node, later.node) for place in places if place.code is not later.code):
            message = f"The {kind} `{name}` stands in {where} word for word."
        else:
            message = (
                f"The {kind} `{name}` is another one in {where}: which is called depends on what ran last."
            )
        yield Hit(message, later.code.id, later.node.lineno, later.node.col_offset + 1)


def _adds_to(node: Definition) -> bool:
    """Whether a definition adds to what its name stands for, or builds on it."""
    if any(_ADDS_TO.search(ast.unparse(decorator)) for decorator in node.decorator_list):
        return True
    return isinstance(node, ast.ClassDef) and any(
        isinstance(base, ast.Name) and base.id == node.name for base in node.bases
    )


# --- the same statements

_FEWEST = 6  # statements, those inside others included
_FEWEST_OUTERMOST = 3
_LAYOUT = re.compile(r"#[^\n]*|\s+|[()\"',;\\]")
_NOT_COUNTED = (
    ast.Import,
    ast.ImportFrom,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Pass,
)
_PICTURES = re.compile(
    r"\b(?:plt|ax|axes|axs|fig|sns|axi|pyplot)\w*(?:\[[^\]]{0,200}\])*\s*\.|^\s*(?:fig|ax)\w*\s*(?:,\s*)?=|figure\(|\bshow\("
)


@dataclass(frozen=True)
class _Statement:
    code: Code
    node: ast.stmt
    key: str


def duplicates(page: Page) -> Iterator[Hit]:
    """Runs of statements that a cell above holds as well."""
    codes = [code for code in page.code if len(code.body) >= _FEWEST_OUTERMOST]
    likenesses = [[_likeness(node) for node in code.body] for code in codes]
    times = Counter(chain.from_iterable(likenesses))
    cells = [_statements(code, alike, times) for code, alike in zip(codes, likenesses, strict=True)]
    known: dict[str, list[tuple[int, int]]] = {}
    told: set[str] = set()
    for number, statements in enumerate(cells):
        at = 0
        while at < len(statements):
            best: tuple[int, tuple[int, int]] | None = None
            if not statements[at].key:
                at += 1
                continue
            for other, start in known.get(statements[at].key, ())[:20]:
                length = _common(cells[other], start, statements, at)
                if best is None or length > best[0]:
                    best = (length, (other, start))
            if best is not None and best[0] >= _FEWEST_OUTERMOST:
                run = statements[at : at + best[0]]
                if _is_worth_telling(run):
                    earlier = cells[best[1][0]][best[1][1]]
                    if run[0].code.id not in told:
                        told.add(run[0].code.id)
                        yield _duplicate(run, earlier)
                at += best[0]
            else:
                at += 1
        for position, statement in enumerate(statements):
            if statement.key:
                known.setdefault(statement.key, []).append((number, position))


def _duplicate(run: list[_Statement], earlier: _Statement) -> Hit:
    first, last = run[0].node, run[-1].node
    end = last.end_lineno or last.lineno
    return Hit(
        f"Lines {first.lineno} to {end} stand in cell {earlier.code.cell.index + 1} as well: a function would keep "
        "them in one place.",
        run[0].code.id,
        first.lineno,
    )


def _likeness(node: ast.stmt) -> tuple[object, ...]:
    """What is the same for equal statements, and mostly another for others; quick to tell."""
    value = getattr(node, "value", None)
    called = getattr(value, "func", None)
    targets = getattr(node, "targets", None)
    first = targets[0] if targets else getattr(node, "target", None)
    return (
        node.__class__,
        value.__class__,
        getattr(called, "attr", None) or getattr(called, "id", None),
        getattr(first, "id", None) or first.__class__,
    )


def _statements(
    code: Code, likenesses: list[tuple[object, ...]], times: Mapping[tuple[object, ...], int]
) -> list[_Statement]:
    """A cell's statements; those that are like no other have no key."""
    found = []
    for node, likeness in zip(code.body, likenesses, strict=True):
        if isinstance(node, _NOT_COUNTED):
            continue
        key = ""
        if times[likeness] > 1:
            key = _LAYOUT.sub("", "\n".join(code.lines[node.lineno - 1 : node.end_lineno]))
        found.append(_Statement(code, node, key))
    return found


def _common(one: list[_Statement], start: int, other: list[_Statement], at: int) -> int:
    """How many statements are the same from these places on."""
    length = 0
    for a, b in zip(islice(one, start, None), islice(other, at, None), strict=False):
        if a.key != b.key or not a.key:
            break
        length += 1
    return length


def _is_worth_telling(run: list[_Statement]) -> bool:
    """Whether there is enough of it, and it is more than drawing once again."""
    count = 0
    pictures = 0
    for statement in run:
        inside = sum(isinstance(node, ast.stmt) for node in ast.walk(statement.node))
        count += inside
        if _PICTURES.search(statement.key) or isinstance(statement.node, ast.Expr):
            pictures += inside
    return count >= _FEWEST and count - pictures >= _FEWEST - 2
