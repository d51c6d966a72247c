"""What the simulation knows of a value: the version of its content, and which objects it may share with others.

A version is a digest (the hash of a tuple) of all that determined a content; equal versions, equal contents. An object
that can be changed in place is a *region*, a number in a world; a value lists the regions it may be (``own``), those
that can be reached through it (``deep``) and those of its classes (``classes``). What changed in a region since it
was made has a version of its own in the world, so that a change reaches all values that share the region.
"""

from __future__ import annotations

from typing import Any, Final

from .plain_values import MISSING

UNKNOWN: Final = 0  # anything
SCALAR: Final = 1  # immutable: shares nothing
LIST: Final = 2  # a list, set or deque whose elements are all listed in deep
DICT: Final = 3
TUPLE: Final = 4
ARRAY: Final = 5  # numpy array or tensor: slices are views
FRAME: Final = 6  # a pandas object
FUNCTION: Final = 7
CLASS: Final = 8
INSTANCE: Final = 9
ITERATOR: Final = 10  # generators, file handles: using one up changes it
MODULE: Final = 11
LIBRARY: Final = 12  # something of a library, by its dotted path
ESTIMATOR: Final = 13  # a library's object that is made by its class: a model, a figure, a parser
STATE: Final = 14  # what is behind the name of a state that no name holds

UNDEFINED: Final = 0  # the version of a name that is not there


class Value:
    """A value, as far as it is known. Never changed once it is bound to a name."""

    __slots__ = (
        "classes",
        "const",
        "content",
        "deep",
        "defs",
        "is_const",
        "kind",
        "made",
        "own",
        "path",
        "regions",
        "version",
    )

    def __init__(
        self,
        version: int,
        kind: int,
        own: tuple[Any, ...] = (),
        deep: tuple[Any, ...] = (),
        classes: tuple[Any, ...] = (),
        defs: tuple[Any, ...] = (),
        path: str = "",
    ) -> None:
        self.version = version
        self.kind = kind
        self.own = own
        self.deep = deep
        self.classes = classes
        self.defs = defs
        self.path = path
        self.regions = own + deep + classes if deep or classes else own
        self.is_const = False
        self.const: Any = None
        self.content: Any = MISSING  # what it was when it was made, where plain Python tells
        # not 0: what was there before may have stayed, and this is the version of what was made if it did not
        self.made = 0

    def alike(self, other: Value) -> bool:
        """Whether these are the same, of the same objects or of others in their place."""
        return (
            self.version == other.version
            and self.kind == other.kind
            and self.path == other.path
            and self.defs == other.defs
            and len(self.own) == len(other.own)
            and len(self.deep) == len(other.deep)
            and len(self.classes) == len(other.classes)
        )

    def over(self, stands: dict[Any, Any]) -> Value:
        """The same value over other objects."""
        made = Value(
            self.version,
            self.kind,
            tuple([stands.get(region, region) for region in self.own]),
            tuple([stands.get(region, region) for region in self.deep]),
            tuple([stands.get(region, region) for region in self.classes]),
            self.defs,
            self.path,
        )
        made.is_const, made.const = self.is_const, self.const
        made.content, made.made = self.content, self.made
        return made

    def renewed(self, version: int) -> Value:
        """The same value under another version."""
        value = Value(version, self.kind, self.own, self.deep, self.classes, self.defs, self.path)
        return value


NOTHING: Final = Value(UNDEFINED, SCALAR)


def constant(value: Any) -> Value:
    """The value of a literal: its version is its content."""
    made = Value(hash(("constant", type(value).__name__, repr(value))), SCALAR)
    made.is_const = True
    made.const = value
    return made


def merged(first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
    """All of the first, then what only the second has."""
    if not second or first == second:
        return first
    if not first:
        return second
    return first + tuple(item for item in second if item not in first)


_BY_PATH = (MODULE, LIBRARY, STATE)


def union(first: Value, second: Value, version: int) -> Value:
    """Either of two values."""
    same_path = first.path == second.path
    path = first.path if same_path else ""
    kind = UNKNOWN
    if first.kind == second.kind and same_path:
        kind = first.kind
    elif first.kind == SCALAR and second.kind not in _BY_PATH:
        kind = second.kind  # what holds for an object that may change is more than holds for a number
    elif second.kind == SCALAR and first.kind not in _BY_PATH:
        kind = first.kind
    if kind not in _BY_PATH:  # what may be another thing is not taken for the module that it came from
        first = first if first.kind not in _BY_PATH else NOTHING
        second = second if second.kind not in _BY_PATH else NOTHING
    return Value(
        version,
        kind,
        merged(first.own, second.own),
        merged(first.deep, second.deep),
        merged(first.classes, second.classes),
        merged(first.defs, second.defs),
        path,
    )


_LARGEST = 1 << 64


def fold(operator: str, left: Any, right: Any) -> Any:
    """The result of an operation on two literals; ``None`` where it is not worked out."""
    try:
        if isinstance(left, str) or isinstance(right, str):
            if operator == "Add" and type(left) is type(right) and len(left) + len(right) < 500:
                return left + right
            return None
        if not isinstance(left, (int, float)) or not isinstance(right, (int, float)):
            return None
        if abs(left) > _LARGEST or abs(right) > _LARGEST:
            return None
        if operator == "Add":
            return left + right
        if operator == "Sub":
            return left - right
        if operator == "Mult":
            return left * right
        if operator == "Div":
            return left / right
        if operator == "FloorDiv":
            return left // right
        if operator == "Mod":
            return left % right
    except (ArithmeticError, ValueError, TypeError):
        return None
    return None
