"""What library functions give back: the kind of value, and which objects of the arguments it shares or holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .evaluation import EMPTY
from .library.methods import CHANCE_PREFIXES
from .values import ARRAY, DICT, ESTIMATOR, FRAME, ITERATOR, LIST, SCALAR, TUPLE, UNKNOWN, Value, merged

if TYPE_CHECKING:
    from .library_calls import LibraryCalls

Keywords = list[tuple[str | None, Value]]
_COPIES = frozenset(f"builtins.{name}" for name in ("list", "dict", "set", "tuple", "sorted", "frozenset"))


def given(
    run: LibraryCalls, kind: int, shares: bool, holds: bool, args: list[Value], keywords: Keywords, path: str
) -> Value:
    """What a library's function gives back."""
    if kind == SCALAR:
        return EMPTY
    own = run.iterator() if kind == ITERATOR else run.fresh()
    if kind == ITERATOR:
        containers, elements = run.gone_through([*args, *(value for _, value in keywords)])
        defs: tuple[Any, ...] = ()
        calls = ""
        for value in args:
            defs = merged(defs, value.defs)
            if value.path.startswith("method:"):
                calls = "calls"
                elements = merged(elements, value.own + value.deep)
        return Value(0, kind, (own,), elements if holds else (), containers if holds else (), defs, calls)
    if not (shares or holds) and kind != ESTIMATOR:
        return Value(0, kind, (own,))
    reached = run.gathered(args, keywords)
    shared = reached.own[1:]
    if shares:
        if kind == FRAME:  # copies of everything but arrays
            shared = tuple(
                region for arg in args if arg.kind in (ARRAY, FRAME, UNKNOWN) for region in arg.own
            )
            return Value(0, kind, (own, *shared))
        return Value(0, kind, (own, *shared), reached.deep, reached.classes, reached.defs)
    if path in _COPIES and len(args) == 1 and args[0].kind in (SCALAR, LIST, DICT, TUPLE):
        inner = run.inside(args[0])
        classes = () if args[0].path == "view" else reached.classes
        return Value(0, kind, (own,), inner, classes, reached.defs)
    deep = merged(shared, reached.deep)
    if kind == ESTIMATOR and path.startswith("sklearn."):
        chance = path.rpartition(".")[2].startswith(CHANCE_PREFIXES)
        chance = chance or any(key == "shuffle" for key, _ in keywords)
        chance = chance or any(value.path == "sklearn.chance" for value in args)
        seeded = any(key == "random_state" for key, _ in keywords)
        made = "sklearn.chance" if chance and not seeded else "sklearn"
        if path.startswith("sklearn.pipeline."):
            made = "sklearn.steps"  # it fits the very objects that it was given
        return Value(0, kind, (own,), deep if holds else (), reached.classes, reached.defs, made)
    return Value(0, kind, (own,), deep, reached.classes, reached.defs)
