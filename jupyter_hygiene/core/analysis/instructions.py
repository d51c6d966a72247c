"""What a cell's source is compiled to: steps, and the descriptions of where the values in them come from.

A *description* is a small tuple that says which objects an expression's value may share; its first element is one of
the codes below. A *step* is a statement (or the test of one): names read, calls made, places changed, names bound.
Around steps stand the tuples of control flow, whose first element is one of the ``OP_`` codes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

Description: TypeAlias = tuple[Any, ...]
Op: TypeAlias = tuple[Any, ...]

NAME: Final = 0  # (NAME, name)
ATTRIBUTE: Final = 1  # (ATTRIBUTE, base, name)
ITEM: Final = 2  # (ITEM, base): one subscript, or what iterating gives
SLICE: Final = 3  # (SLICE, base): x[a:b]
MASK: Final = 4  # (MASK, base): x[x > 0], x[["a", "b"]]
RESULT: Final = 5  # (RESULT, index of a call of the step)
EITHER: Final = 6  # (EITHER, descriptions)
DISPLAY: Final = 7  # (DISPLAY, kind, descriptions): a list, tuple, set or dict display, or a comprehension
OPERATION: Final = 8  # (OPERATION, left, right, operator)
CONSTANT: Final = 9  # (CONSTANT, Value)
PLAIN: Final = 10  # (PLAIN,): an immutable value, content not known
DEFINITION: Final = 11  # (DEFINITION, function, descriptions of defaults and decorators)
GENERATOR: Final = 12  # (GENERATOR, function, description of what it goes through)
FRESH: Final = 13  # (FRESH, kind): a new object
IMPORT: Final = 14  # (IMPORT, dotted path, whether it is a module)

JOINED: Final = 15  # (JOINED, descriptions): a text made of texts

OP_STEP: Final = 0  # (OP_STEP, Step)
OP_IF: Final = (
    1  # (OP_IF, [(ops, leaves)], names, test or None, whether captures depend on it): one of them runs
)
OP_LOOP: Final = 2  # (OP_LOOP, Loop)
OP_TRY: Final = 3  # (OP_TRY, ops, [(handler ops, leaves)], else ops, final ops, names)
OP_RAISE: Final = 4  # (OP_RAISE,): the cell ends here


class Call:
    """A call in a step: of ``receiver.name(...)``, or of what ``function`` describes."""

    __slots__ = ("args", "function", "keywords", "name", "receiver", "root")

    def __init__(
        self,
        function: Description | None,
        receiver: Description | None,
        name: str,
        args: tuple[Description, ...],
        keywords: tuple[tuple[str | None, Description], ...],
    ) -> None:
        self.function = function
        self.receiver = receiver
        self.name = name
        self.args = args
        self.keywords = keywords
        self.root = ""  # the name of a receiver whose old content is of no account


NO_CALL: Final = Call(None, None, "", (), ())


class Store:
    """A place that is written: ``base[…] = value`` or ``base.a = value``.

    ``slot`` names the place where that is a literal, so that writing it twice is writing it once.
    """

    __slots__ = ("base", "digest", "parts", "reads", "root", "slot", "value")

    def __init__(
        self,
        base: Description,
        value: Description | None,
        slot: Any = None,
        root: str = "",
        digest: int = 0,
        reads: tuple[str, ...] = (),
        parts: tuple[tuple[str, tuple[str, ...]], ...] = (),
    ) -> None:
        self.base = base
        self.value = value
        self.slot = slot
        self.root = root  # the name that the place belongs to
        self.digest = digest  # of the value
        self.reads = reads  # of the value
        self.parts = parts


class Loop(NamedTuple):
    """A ``for`` or ``while``.

    Args:
        names: that it may bind.
        given: names of its target.
        untouched: of these, those that its body leaves alone.
        certain: names that a turn surely binds.
        leaves: whether it may be left before its end.
        through: what it goes through, or its test, where that may be worked out; True where it surely gives something.
        presumed: whether it is taken to run where that does not tell.
    """

    turn: Sequence[Op]
    orelse: Sequence[Op]
    names: tuple[str, ...]
    given: frozenset[str]
    untouched: frozenset[str]
    certain: frozenset[str]
    leaves: bool
    through: ast.expr | bool | None
    presumed: bool


class Step:
    """One statement, or one part of one that is evaluated at once."""

    __slots__ = (
        "again",
        "binds",
        "calls",
        "consumes",
        "deletes",
        "digest",
        "everything",
        "line",
        "outer",
        "parts",
        "plain",
        "plain_value",
        "reads",
        "shows",
        "soft",
        "star",
        "stores",
        "weak",
    )

    def __init__(self) -> None:
        self.digest = 0
        self.reads: tuple[str, ...] = ()
        self.parts: tuple[tuple[str, tuple[str, ...]], ...] = ()  # read by literal keys alone: df["a"]
        self.outer: tuple[str, ...] = ()  # read past the class around
        self.soft: tuple[str, ...] = ()  # changed in place, and otherwise not looked at
        self.calls: tuple[Call, ...] = ()
        self.stores: tuple[Store, ...] = ()
        # (name, description, digest of the part or 0, reads of the part)
        self.binds: tuple[tuple[str, Description, int, tuple[str, ...]], ...] = ()
        self.consumes: tuple[Description, ...] = ()
        self.deletes: tuple[str, ...] = ()
        self.plain = False  # a mere ``a = b``: no code of b runs
        # the name, or the place in what it holds, that the step makes something of which comes to the same again
        self.again: tuple[str, str] | None = None
        self.plain_value: ast.expr | None = None  # of its one name, where that may be worked out
        self.weak = False  # in a function: it may be that this is not reached
        self.everything = False  # reads and may write every name
        self.star = ""  # the module that all names are imported from
        self.shows: Description | None = None  # what is displayed; in a function, what is returned
        self.line = 0


class FunctionCode:
    """What calling a function does: its steps flattened, as any of them may run."""

    __slots__ = (
        "cached",
        "captures",
        "defaults",
        "digest",
        "free",
        "globals",
        "is_generator",
        "keywords",
        "local",
        "name",
        "nested",
        "params",
        "reads",
        "rest",
        "steps",
    )

    def __init__(self, name: str) -> None:
        self.name = name
        self.digest = 0
        self.params: tuple[str, ...] = ()
        self.defaults: tuple[str, ...] = ()  # parameters with defaults
        self.rest: tuple[str, ...] = ()  # *args, **kwargs and keyword-only parameters
        self.local: frozenset[str] = frozenset()
        self.globals: frozenset[str] = frozenset()  # declared global
        self.free: frozenset[str] = frozenset()  # names of the functions around it
        self.captures = False  # changes what it captured: each call leaves it other than before
        self.cached = False  # remembers its results
        self.is_generator = False
        self.reads: tuple[str, ...] = ()  # global names that it, or a function within, reads
        self.steps: tuple[Step, ...] = ()
        self.nested: tuple[FunctionCode | ClassCode, ...] = ()


class ClassCode:
    """A class: its methods by name, and those that run without being called by name."""

    __slots__ = ("bases", "digest", "implicit", "is_meta", "methods", "name", "ops", "reads", "static")

    def __init__(self, name: str) -> None:
        self.name = name
        self.digest = 0
        self.methods: dict[str, FunctionCode] = {}
        self.implicit: tuple[FunctionCode, ...] = ()
        self.static: frozenset[str] = frozenset()
        self.ops: tuple[Op, ...] = ()
        self.reads: tuple[str, ...] = ()
        self.bases = 0
        self.is_meta = False  # its instances are classes


def steps_of(ops: Sequence[Op]) -> Iterator[Step]:
    """All steps within, whatever the flow."""
    for op in ops:
        kind = op[0]
        if kind == OP_STEP:
            yield op[1]
        elif kind == OP_IF:
            for inner, _ in op[1]:
                yield from steps_of(inner)
        elif kind == OP_LOOP:
            yield from steps_of(op[1].turn)
            yield from steps_of(op[1].orelse)
        elif kind == OP_TRY:
            yield from steps_of(op[1])
            for inner, _ in op[2]:
                yield from steps_of(inner)
            yield from steps_of(op[3])
            yield from steps_of(op[4])
