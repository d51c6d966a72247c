"""Follows a notebook's names, statement by statement, in the order of a clean run.

What is made of fitted data carries the mark of the fit, and a split of what carries a mark comes too late. What a split
has set aside carries none.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..causes.names import full_name
from . import learning_tables as tables
from .code import Code
from .learning_marks import Kind, Mark, TooLate
from .learning_names import call_name, is_fit, names_in, root, targets

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_NOTHING: frozenset[Mark] = frozenset()


@dataclass
class Follower:
    """What is known of the notebook's names at one point of a clean run."""

    imported: Mapping[str, str]
    found: list[TooLate] = field(default_factory=list)
    # Of names of data: what it has been through.
    marks: dict[str, frozenset[Mark]] = field(default_factory=dict)
    # Names of what a split has set aside; of each the names that it was split from, and where.
    parts: set[str] = field(default_factory=set)
    split_of: dict[str, frozenset[str]] = field(default_factory=dict)
    splits: dict[str, tuple[Code, int]] = field(default_factory=dict)
    # Of names of what learns: its class; where it has learned, and from which names.
    learners: dict[str, str] = field(default_factory=dict)
    fitted: dict[str, Mark] = field(default_factory=dict)
    fitted_on: dict[str, frozenset[str]] = field(default_factory=dict)

    def cell(self, code: Code) -> None:
        self._block(code, code.body)

    def _block(self, code: Code, body: Iterable[ast.stmt]) -> None:
        for statement in body:
            self._statement(code, statement)

    def _statement(self, code: Code, statement: ast.stmt) -> None:
        if isinstance(statement, _DEFINITIONS):
            inner = Follower(self.imported, self.found, learners=dict(self.learners))
            inner._block(code, statement.body)
            return
        if isinstance(statement, ast.ClassDef):
            self._block(code, [part for part in statement.body if isinstance(part, _DEFINITIONS)])
            return
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                self._assign(code, target, statement.value)
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            self._assign(code, statement.target, statement.value)
        elif isinstance(statement, ast.AugAssign):
            self._add(statement.target, self._value(code, statement.value))
        elif isinstance(statement, (ast.Expr, ast.Return)) and statement.value is not None:
            self._value(code, statement.value)
        else:
            if isinstance(statement, (ast.For, ast.AsyncFor)):
                self._assign(code, statement.target, statement.iter)
            for part in ("body", "orelse", "finalbody"):
                inside = getattr(statement, part, None)
                if isinstance(inside, list):
                    self._block(code, inside)
            for handler in getattr(statement, "handlers", ()):
                self._block(code, handler.body)

    # --- what a statement makes of names

    def _assign(self, code: Code, target: ast.expr, value: ast.expr) -> None:
        if isinstance(value, ast.Call) and self._is_split(value):
            self._split(code, target, value)
            return
        if (
            isinstance(target, (ast.Tuple, ast.List))
            and isinstance(value, (ast.Tuple, ast.List))
            and len(target.elts) == len(value.elts)
        ):
            for one, other in zip(target.elts, value.elts, strict=True):
                self._assign(code, one, other)
            return
        learner = self._learner(value)
        marks = self._value(code, value)
        of_part = self._is_part(value)
        split_of = frozenset().union(*(self.split_of.get(name, frozenset()) for name in names_in(value)))
        for name in targets(target):
            self.marks[name] = marks
            self.parts.discard(name)
            self.split_of.pop(name, None)
            self.fitted.pop(name, None)
            self.learners.pop(name, None)
            if of_part:
                self.parts.add(name)
                self.split_of[name] = split_of
            if learner:
                self.learners[name] = learner
        if learner and isinstance(target, ast.Name) and is_fit(value):
            self._fit(code, target.id, learner, value)  # scaler = StandardScaler().fit(X)
        if isinstance(target, (ast.Subscript, ast.Attribute)):
            self._add(target, marks)

    def _add(self, target: ast.expr, marks: frozenset[Mark]) -> None:
        """``df[columns] = …``: what is in it already stays marked."""
        name = root(target)
        if name and name not in self.parts:
            self.marks[name] = self.marks.get(name, _NOTHING) | marks

    def _split(self, code: Code, target: ast.expr, call: ast.Call) -> None:
        data = [argument.value if isinstance(argument, ast.Starred) else argument for argument in call.args]
        marks = frozenset().union(*(self._value(code, argument) for argument in data))
        if not any(self._is_part(argument) for argument in data):
            self.found.extend(TooLate(mark, code, call.lineno) for mark in marks)
        sources = frozenset(name for argument in data for name in names_in(argument))
        for name in targets(target):
            self.parts.add(name)
            self.marks[name] = _NOTHING
            self.split_of[name] = sources
            self.splits[name] = (code, call.lineno)

    # --- what an expression carries

    def _value(self, code: Code, node: ast.expr) -> frozenset[Mark]:
        """The marks on what an expression gives."""
        if isinstance(node, ast.Name):
            return self.marks.get(node.id, _NOTHING)
        if isinstance(node, (ast.Constant, ast.Lambda)):
            return _NOTHING
        if isinstance(node, ast.Call):
            return self._call(code, node)
        if isinstance(node, ast.Attribute):
            return _NOTHING if node.attr in tables.FACTS else self._value(code, node.value)
        if isinstance(node, ast.Compare):
            return _NOTHING
        found = _NOTHING
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                found |= self._value(code, child)
            elif isinstance(child, ast.comprehension):
                found |= self._value(code, child.iter)
        return found

    def _call(self, code: Code, call: ast.Call) -> frozenset[Mark]:
        inputs = [*call.args, *(keyword.value for keyword in call.keywords)]
        name = full_name(call.func, self.imported)
        last = name.rpartition(".")[2]
        if self._is_split(call):
            self._split(code, ast.Tuple([], ast.Store()), call)
            return _NOTHING
        receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
        if isinstance(receiver, ast.expr) and last in ("fit", "partial_fit", "fit_transform") and call.args:
            return self._learn(code, call, receiver, last)
        if receiver is not None and last in tables.RESAMPLES and inputs:
            return self._resample(code, call, receiver)
        is_use = last == "transform" or last in tables.TESTS
        if is_use and isinstance(receiver, ast.Name) and receiver.id in self.fitted:
            return self._use(code, call, receiver.id, inputs)
        carried = frozenset().union(*(self._value(code, part) for part in inputs))
        if name in tables.LEARNING_FUNCTIONS and call.args and self._may_hold_all(call.args[0]):
            return carried | {self._mark("fit", code, call, ast.unparse(call.func), call.args[0])}
        if (mark := self._drawn_again(code, call, name, last)) is not None:
            return carried | {mark}
        if last in tables.NO_DATA:
            return _NOTHING
        if receiver is not None:
            carried |= self._value(code, receiver)
        return carried

    def _learn(self, code: Code, call: ast.Call, receiver: ast.expr, last: str) -> frozenset[Mark]:
        known = self._learner(receiver)
        data = call.args[0]
        inputs = frozenset().union(*(self._value(code, part) for part in call.args))
        if known is None:
            return _NOTHING if last != "fit_transform" else inputs
        if not self._may_hold_all(data):
            if isinstance(receiver, ast.Name):
                self.fitted.pop(receiver.id, None)
            return inputs
        shown = receiver.id if isinstance(receiver, ast.Name) else known
        mark = self._mark("fit", code, call, shown, data)
        if isinstance(receiver, ast.Name):
            self.fitted[receiver.id] = mark
            self.fitted_on[receiver.id] = frozenset(names_in(data))
        return inputs | {mark} if last == "fit_transform" else _NOTHING

    def _fit(self, code: Code, name: str, known: str, call: ast.expr) -> None:
        if isinstance(call, ast.Call) and self._may_hold_all(call.args[0]):
            self.fitted[name] = self._mark("fit", code, call, name, call.args[0])
            self.fitted_on[name] = frozenset(names_in(call.args[0]))

    def _use(self, code: Code, call: ast.Call, name: str, inputs: list[ast.expr]) -> frozenset[Mark]:
        """What was fitted earlier is applied: to data that is split later, or to parts of a split of what it saw."""
        mark = self.fitted[name]
        carried = frozenset().union(*(self._value(code, part) for part in inputs))
        for part in inputs:
            for used in names_in(part):
                if used in self.parts and self.split_of.get(used, frozenset()) & self.fitted_on[name]:
                    place, line = self.splits.get(used, (code, call.lineno))
                    if (place.cell.index, line) > (mark.code.cell.index, mark.line):
                        self.found.append(TooLate(mark, place, line))
                    return _NOTHING
        return carried | {mark} if call_name(call) == "transform" else _NOTHING

    def _resample(self, code: Code, call: ast.Call, receiver: ast.expr) -> frozenset[Mark]:
        made_by = self._learner(receiver) or ""
        data = [*call.args, *(keyword.value for keyword in call.keywords)][0]
        carried = self._value(code, data)
        if not self._may_hold_all(data):
            return carried
        kind: Kind = "undersample" if made_by in tables.UNDERSAMPLERS else "oversample"
        shown = receiver.id if isinstance(receiver, ast.Name) else made_by or "fit_resample"
        return carried | {self._mark(kind, code, call, shown, data)}

    def _drawn_again(self, code: Code, call: ast.Call, name: str, last: str) -> Mark | None:
        """Rows that are drawn with replacement come more than once."""
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        replace = given.get("replace")
        if name == "sklearn.utils.resample" and call.args:
            again = not (isinstance(replace, ast.Constant) and replace.value is False)
            data = call.args[0]
        elif last == "sample" and isinstance(call.func, ast.Attribute) and replace is not None:
            again = isinstance(replace, ast.Constant) and replace.value is True
            data = call.func.value
        else:
            return None
        if not again or not self._may_hold_all(data):
            return None
        return self._mark("oversample", code, call, ast.unparse(call.func), data)

    def _mark(self, kind: Kind, code: Code, call: ast.Call, what: str, data: ast.expr) -> Mark:
        text = ast.unparse(data)
        shown = f"`{text}`" if len(text) <= 40 else "the rows"
        return Mark(kind, code, code.cell.index, call.lineno, call.col_offset + 1, what, shown)

    # --- what is known of a value

    def _is_split(self, call: ast.Call) -> bool:
        return full_name(call.func, self.imported).rpartition(".")[2] in tables.SPLITTERS

    def _is_part(self, node: ast.expr) -> bool:
        """Whether a value comes from what a split has set aside."""
        return any(name in self.parts for name in names_in(node))

    def _may_hold_all(self, data: ast.expr) -> bool:
        """Whether data may hold the rows that are set aside later; what is called training data does not."""
        names = list(names_in(data))
        return bool(names) and not any(name in self.parts or "train" in name.lower() for name in names)

    def _learner(self, node: ast.expr) -> str | None:
        """The name of the estimator that a value is, if it learns from rows or makes rows."""
        if isinstance(node, ast.Name):
            return self.learners.get(node.id)
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and node.func.attr == "fit":
                return self._learner(node.func.value)
            name = self._class(node)
            if name in tables.MADE_OF_PARTS:
                inside = {
                    inner for inner in ast.walk(node) if isinstance(inner, ast.Call) and inner is not node
                }
                named = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}
                learns = any(self._class(inner) in tables.LEARNS for inner in inside)
                return name if learns or any(part in self.learners for part in named) else None
            if name in tables.LEARNS or name in tables.OVERSAMPLERS or name in tables.UNDERSAMPLERS:
                return name
            if full_name(node.func, self.imported).startswith(tables.MODELS_FROM):
                return name
        return None

    def _class(self, node: ast.expr) -> str | None:
        if not isinstance(node, ast.Call):
            return None
        return full_name(node.func, self.imported).rpartition(".")[2]
