"""Values that plain Python alone makes, worked out: literals, and what operators and built-in functions give of them.

Only what can have no effect is carried out, on values of a small size, so that a condition or what a loop goes
through is known where a reader sees it too: ``n = len(xs)``, ``if n > 2``, ``for i in range(n)``.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Container
from typing import Any, Final

MISSING: Final = object()  # a content that is not known
_MOST_PARTS = 400  # of an expression
_MOST_STEPS = 2_000  # expressions that are worked out for one
_MOST_ELEMENTS = 2_000
_LARGEST = 1 << 64
_LONGEST = 2_000  # of a text

_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "Div": operator.truediv,
    "FloorDiv": operator.floordiv,
    "Mod": operator.mod,
    "BitAnd": operator.and_,
    "BitOr": operator.or_,
    "BitXor": operator.xor,
}
_COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "Eq": operator.eq,
    "NotEq": operator.ne,
    "Lt": operator.lt,
    "LtE": operator.le,
    "Gt": operator.gt,
    "GtE": operator.ge,
    "In": lambda one, other: one in other,
    "NotIn": lambda one, other: one not in other,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        *(abs, all, any, bool, dict, enumerate, float, int, len, list, max, min, range, reversed),
        *(round, set, sorted, str, sum, tuple, zip),
    )
}
_METHODS: Final = frozenset(
    {
        "keys",
        "values",
        "items",
        "get",
        "upper",
        "lower",
        "strip",
        "split",
        "startswith",
        "endswith",
        "isdigit",
    }
)
_SCALARS = (int, float, str, bool, type(None))
_CONTAINERS = (list, tuple, dict, set, range)


class _Unknown(Exception):
    """It cannot be worked out."""


class _Something:
    """A value of which no more is known than that it is there: whatever is asked of it is not known."""

    def __bool__(self) -> bool:
        raise _Unknown

    def __eq__(self, other: object) -> bool:
        raise _Unknown

    __hash__ = None  # type: ignore[assignment]


def can_be_plain(node: ast.expr) -> bool:
    """Whether an expression is of a make that may be worked out: looked at once, where it is compiled."""
    left = _MOST_PARTS
    waiting: list[ast.AST] = [node]
    while waiting:
        part = waiting.pop()
        left -= 1
        if left < 0 or part.__class__ not in _KINDS:
            return False
        if isinstance(part, (ast.List, ast.Tuple, ast.Set, ast.Dict)):
            left -= len(part.values if isinstance(part, ast.Dict) else part.elts)
            continue  # how many there are is known, whatever they are
        if part.__class__ is ast.Call:
            assert isinstance(part, ast.Call)
            function = part.func
            known = (isinstance(function, ast.Name) and function.id in _FUNCTIONS) or (
                isinstance(function, ast.Attribute) and function.attr in _METHODS
            )
            if not known or part.keywords:
                return False
            waiting.extend(part.args)
            if isinstance(function, ast.Attribute):
                waiting.append(function.value)
            continue
        waiting.extend(
            child
            for child in ast.iter_child_nodes(part)
            if not isinstance(child, (ast.operator, ast.cmpop, ast.unaryop, ast.boolop, ast.expr_context))
        )
    return True


def worked_out(node: ast.expr, content: Callable[[str], Any], names: Container[str]) -> Any:
    """What an expression gives; ``MISSING`` where that cannot be told.

    Args:
        content: what a name holds, ``MISSING`` if that is not known.
        names: that are bound: they hide built-in functions.
    """
    try:
        result = _Worker(content, names).value(node)
    except Exception:  # it is not known, raises in the notebook as well, or is beyond what is worked out here
        return MISSING
    return result if _size(result, _MOST_ELEMENTS) <= _MOST_ELEMENTS else MISSING


def _size(value: Any, most: int) -> int:
    """How many values a value is made of, counted up to a bound: what holds the same twice counts twice."""
    if isinstance(value, dict):
        value = (*value.keys(), *value.values())
    if not isinstance(value, (list, tuple, set)):
        return 1
    size = 1
    for part in value:
        size += _size(part, most - size)
        if size > most:
            break
    return size


def is_scalar(content: Any) -> bool:
    """Whether it is a number, a text, a truth value or nothing."""
    return isinstance(content, _SCALARS)


class _Worker:
    """Works one expression out."""

    def __init__(self, content: Callable[[str], Any], names: Container[str]) -> None:
        self._content = content
        self._names = names
        self._inner: dict[str, Any] = {}
        self._left = _MOST_STEPS

    def value(self, node: ast.expr) -> Any:
        self._left -= 1
        if self._left < 0:
            raise _Unknown
        handler = _KINDS.get(node.__class__)
        if handler is None:
            raise _Unknown
        return _checked(handler(self, node))

    def _constant(self, node: ast.Constant) -> Any:
        return node.value

    def _name(self, node: ast.Name) -> Any:
        found = self._inner.get(node.id, MISSING)
        if found is MISSING:
            found = self._content(node.id)
        if found is MISSING or isinstance(found, _Something):
            raise _Unknown
        return found

    def _elements(self, nodes: list[ast.expr]) -> list[Any]:
        """What a display holds; of elements that are not known, that they are there."""
        found: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                elements = self.value(node.value)
                if _is_long(elements):
                    raise _Unknown
                found.extend(elements)
                continue
            try:
                found.append(self.value(node))
            except _Unknown:
                if self._left < 0:
                    raise
                found.append(_Something())
        return found

    def _list(self, node: ast.List) -> Any:
        return self._elements(node.elts)

    def _tuple(self, node: ast.Tuple) -> Any:
        return tuple(self._elements(node.elts))

    def _set(self, node: ast.Set) -> Any:
        return set(self._elements(node.elts))

    def _dict(self, node: ast.Dict) -> Any:
        keys = [key for key in node.keys if key is not None]
        if len(keys) < len(node.keys):
            raise _Unknown
        return dict(zip(self._elements(keys), self._elements(node.values), strict=True))

    def _unary(self, node: ast.UnaryOp) -> Any:
        value = self.value(node.operand)
        if isinstance(node.op, ast.Not):
            return not value
        if isinstance(node.op, ast.USub):
            return -value
        if isinstance(node.op, ast.UAdd):
            return +value
        raise _Unknown

    def _binary(self, node: ast.BinOp) -> Any:
        act = _BINARY.get(node.op.__class__.__name__)
        left, right = self.value(node.left), self.value(node.right)
        if act is None or (act is operator.mod and isinstance(left, str)):
            raise _Unknown
        if act is operator.mul and not (isinstance(left, (int, float)) and isinstance(right, (int, float))):
            size, times = (left, right) if hasattr(left, "__len__") else (right, left)
            if not isinstance(times, int) or len(size) * times > _MOST_ELEMENTS:
                raise _Unknown
        return act(left, right)

    def _compare(self, node: ast.Compare) -> Any:
        left = self.value(node.left)
        for kind, right_node in zip(node.ops, node.comparators, strict=True):
            right = self.value(right_node)
            if isinstance(kind, (ast.Is, ast.IsNot)):
                if left is not None and right is not None:
                    raise _Unknown
                holds = (left is right) == isinstance(kind, ast.Is)
            else:
                holds = _COMPARED[kind.__class__.__name__](left, right)
            if not holds:
                return False
            left = right
        return True

    def _either(self, node: ast.BoolOp) -> Any:
        wanted = isinstance(node.op, ast.Or)
        value: Any = None
        for part in node.values:
            value = self.value(part)
            if bool(value) == wanted:
                return value
        return value

    def _if_else(self, node: ast.IfExp) -> Any:
        return self.value(node.body if self.value(node.test) else node.orelse)

    def _subscript(self, node: ast.Subscript) -> Any:
        base = self.value(node.value)
        index = node.slice
        if isinstance(index, ast.Slice):
            parts = [
                self.value(part) if part is not None else None
                for part in (index.lower, index.upper, index.step)
            ]
            return base[slice(*parts)]
        return base[self.value(index)]

    def _call(self, node: ast.Call) -> Any:
        function = node.func
        args = [self.value(arg) for arg in node.args]
        if isinstance(function, ast.Attribute):
            receiver = self.value(function.value)
            if function.attr not in _METHODS or not isinstance(receiver, (str, dict)):
                raise _Unknown
            found = getattr(receiver, function.attr)(*args)
            return found if isinstance(found, _SCALARS + _CONTAINERS) else list(found)
        if not isinstance(function, ast.Name) or function.id in self._names or function.id in self._inner:
            raise _Unknown
        if function.id in ("str", "float", "int") and len(args) != 1:
            raise _Unknown
        if function.id == "str" and not isinstance(args[0], (str, int)):
            raise _Unknown
        if function.id not in ("len", "bool") and any(_is_long(arg) for arg in args):
            raise _Unknown
        found = _FUNCTIONS[function.id](*args)
        return found if isinstance(found, _SCALARS + _CONTAINERS) else list(found)

    def _comprehension(self, node: Any) -> Any:
        outer = dict(self._inner)
        found: list[Any] = []

        def turn(generators: list[ast.comprehension]) -> None:
            if not generators:
                if isinstance(node, ast.DictComp):
                    if node.value is None:
                        raise _Unknown
                    found.append((self.value(node.key), self.value(node.value)))
                else:
                    found.append(self.value(node.elt))
                return
            first, *others = generators
            if first.is_async:
                raise _Unknown
            for element in self.value(first.iter):
                self._bind(first.target, element)
                if all(self.value(condition) for condition in first.ifs):
                    turn(others)

        turn(node.generators)
        self._inner = outer
        if isinstance(node, ast.DictComp):
            return dict(found)
        return set(found) if isinstance(node, ast.SetComp) else found

    def _bind(self, target: ast.expr, value: Any) -> None:
        if isinstance(target, ast.Name):
            self._inner[target.id] = value
        elif isinstance(target, (ast.Tuple, ast.List)):
            for part, element in zip(target.elts, value, strict=True):
                self._bind(part, element)
        else:
            raise _Unknown

    def _never(self, node: Any) -> Any:
        raise _Unknown


def _is_long(value: Any) -> bool:
    return isinstance(value, range) and len(value) > _MOST_ELEMENTS


def _checked(value: Any) -> Any:
    """A value of a kind and size that is gone on with."""
    if isinstance(value, _Something):
        raise _Unknown
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _LARGEST:
        raise _Unknown
    if isinstance(value, str) and len(value) > _LONGEST:
        raise _Unknown
    if isinstance(value, _CONTAINERS) and not isinstance(value, range) and len(value) > _MOST_ELEMENTS:
        raise _Unknown
    return value


_KINDS: dict[type, Callable[[_Worker, Any], Any]] = {
    ast.Constant: _Worker._constant,
    ast.Name: _Worker._name,
    ast.List: _Worker._list,
    ast.Tuple: _Worker._tuple,
    ast.Set: _Worker._set,
    ast.Dict: _Worker._dict,
    ast.UnaryOp: _Worker._unary,
    ast.BinOp: _Worker._binary,
    ast.Compare: _Worker._compare,
    ast.BoolOp: _Worker._either,
    ast.IfExp: _Worker._if_else,
    ast.Subscript: _Worker._subscript,
    ast.Call: _Worker._call,
    ast.ListComp: _Worker._comprehension,
    ast.SetComp: _Worker._comprehension,
    ast.DictComp: _Worker._comprehension,
    ast.GeneratorExp: _Worker._comprehension,
    ast.Slice: _Worker._never,  # only within a subscript
    ast.comprehension: _Worker._never,
}
