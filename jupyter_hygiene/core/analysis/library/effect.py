"""What can be said of a library's function, and the shorthands that the tables use."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..values import ARRAY, FRAME, SCALAR, UNKNOWN
from .states import FIGURE, NUMPY_RANDOM, PLOT_SETTINGS


@dataclass(frozen=True)
class Effect:
    """What calling a function does.

    Args:
        gives: the kind of what comes back.
        shares: what comes back may share memory with the arguments.
        holds: what comes back keeps the arguments, and may reach them.
        changes: positions of arguments that are changed; -1 for all.
        keeps: what is changed holds the other arguments from then on.
        keywords: arguments changed by keyword (``out=``).
        reads: states that decide on the result.
        advances: states that are read and moved on.
        sets: states that are set to what the arguments say, whatever they were.
        unless: a keyword with which no state is touched (``random_state=0``).
        by_chance: no state is touched unless an argument is an estimator that draws from it.
        uses_up: iterators among the arguments are used up.
        reads_file: the first argument is a path that is read.
        writes_file: the first argument is a path that is written.
    """

    gives: int = UNKNOWN
    shares: bool = False
    holds: bool = False
    changes: tuple[int, ...] = ()
    keeps: bool = False
    keywords: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    advances: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    unless: str = ""
    by_chance: bool = False
    uses_up: bool = True
    reads_file: bool = False
    writes_file: bool = False
    shows: bool = field(default=False)


def table(names: str, effect: Effect, prefix: str = "") -> dict[str, Effect]:
    return {prefix + name: effect for name in names.split()}


GIVES_SCALAR = Effect(SCALAR)
GIVES_NEW = Effect(UNKNOWN)
GIVES_FRAME = Effect(FRAME)
GIVES_ARRAY = Effect(ARRAY, keywords=("out",))
GIVES_RANDOM_ARRAY = Effect(ARRAY, advances=(NUMPY_RANDOM,))
GIVES_SEEDED = Effect(UNKNOWN, advances=(NUMPY_RANDOM,), unless="random_state")
GIVES_SCORES = Effect(UNKNOWN, advances=(NUMPY_RANDOM,), by_chance=True)
GIVES_PLOT = Effect(UNKNOWN, advances=(FIGURE,), reads=(PLOT_SETTINGS,), keywords=("ax",))
