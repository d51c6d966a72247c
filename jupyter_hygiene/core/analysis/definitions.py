"""Functions and classes: what defining them reads, and what they do when they are called later."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from .assignments import AssignmentCompiler
from .gathering import Scope
from .instructions import (
    CONSTANT,
    DEFINITION,
    FRESH,
    IMPORT,
    NAME,
    PLAIN,
    RESULT,
    ClassCode,
    Description,
    FunctionCode,
)
from .values import UNKNOWN
from .wordlists import words

_BY_USE = words(
    "setter getter deleter reify hybrid_method validates observe validate default on_trait_change field_validator"
)
_CACHES = frozenset({"lru_cache", "cache", "cached_property", "singledispatch", "memoize", "cache_data"})


class DefinitionCompiler(AssignmentCompiler):
    """Walks definitions, and what only stands within them."""

    def function(self, node: Any) -> None:
        start = len(self.form)
        self.form.append(node.__class__)
        decorators = [self.visit(decorator) for decorator in node.decorator_list]
        defaults = self.parameters(node.args)
        hidden, self.hidden = self.hidden, {**self.hidden, **_type_parameters(node)}
        if self.scope.kind != "function":
            args = node.args
            for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg):
                if arg is not None and arg.annotation is not None:
                    self.form.append("annotation")
                    self.visit(arg.annotation)
            if node.returns is not None:
                self.form.append("->")
                self.visit(node.returns)
        code = self.function_code(node.name, node.args, node.body, start)
        self.hidden = hidden
        code.cached = any(_last_name(decorator) in _CACHES for decorator in node.decorator_list)
        digest = hash(tuple(self.form[start:]))
        described = (DEFINITION, code, tuple(defaults), tuple(decorators))
        self.close(start, ((node.name, described, digest, ()),), line=node.lineno)

    def function_code(
        self, name: str, args: ast.arguments | None, body: Sequence[ast.stmt], start: int
    ) -> FunctionCode:
        outer = (
            self.scope,
            self.reads,
            self.calls,
            self.consumes,
            self.named,
            self.stores,
            self.deletes,
            self.soft,
        )
        outer_parts, self.parts = self.parts, []
        outer_ops, outer_hidden, outer_everything = self.ops, self.hidden, self.everything
        self.scope = scope = Scope("function")
        self.reads, self.calls, self.consumes, self.named, self.stores, self.deletes = [], [], [], [], [], []
        self.soft = []
        self.ops = []
        code = FunctionCode(name)
        if args is not None:
            code.params = tuple([arg.arg for arg in (*args.posonlyargs, *args.args)])
            rest = [arg.arg for arg in args.kwonlyargs]
            rest += [arg.arg for arg in (args.vararg, args.kwarg) if arg is not None]
            code.rest = tuple(rest)
            keyed = [
                arg.arg
                for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True)
                if default is not None
            ]
            code.defaults = (*code.params[len(code.params) - len(args.defaults) :], *keyed)
        if outer_hidden:
            # names of a comprehension around a lambda: what they stand for is known to the outer step alone
            self.hidden = {
                name: _without_results(value)
                for name, value in outer_hidden.items()
                if name not in code.params and name not in code.rest
            }
        for statement in body:
            self.statement(statement)
        bound = set(scope.bound) - scope.globals
        code.captures = bool(scope.nonlocals)
        code.local = frozenset(bound - scope.nonlocals).union(code.params, code.rest)
        code.globals = frozenset(scope.globals)
        local = code.local
        code.reads = tuple([name for name in dict.fromkeys(scope.local_reads) if name not in local])
        code.steps = tuple(scope.steps)
        code.nested = tuple(scope.nested)
        for inner in code.nested:
            if isinstance(inner, FunctionCode):
                inner.free |= local.intersection(inner.reads)
            else:
                for method in inner.methods.values():
                    method.free |= local.intersection(method.reads)
        code.is_generator = scope.yields or name == "<generator>"
        code.digest = hash(tuple(self.form[start:]))
        (
            self.scope,
            self.reads,
            self.calls,
            self.consumes,
            self.named,
            self.stores,
            self.deletes,
            self.soft,
        ) = outer
        self.parts = outer_parts
        self.ops, self.hidden, self.everything = outer_ops, outer_hidden, outer_everything
        self.scope.nested.append(code)
        if self.scope.kind == "function":
            self.scope.local_reads.extend(code.reads)
        return code

    def class_(self, node: ast.ClassDef) -> None:
        start = len(self.form)
        self.form.append("class")
        self.form.append(node.name)
        decorators = [self.visit(decorator) for decorator in node.decorator_list]
        hidden, self.hidden = self.hidden, {**self.hidden, **_type_parameters(node)}
        bases = [self.visit(base) for base in node.bases]
        for keyword in node.keywords:
            self.form.append(keyword.arg)
            bases.append(self.visit(keyword.value))
        outer_scope, outer_ops = self.scope, self.ops
        gathered = (self.reads, self.calls, self.consumes, self.named, self.parts)
        self.reads, self.calls, self.consumes, self.named, self.parts = [], [], [], [], []
        self.scope = scope = Scope("class")
        self.ops = []
        code = ClassCode(node.name)
        self.form.append("{")
        for statement in node.body:
            self.statement(statement)
        self.form.append("}")
        self.hidden = hidden
        code.ops = tuple(self.ops)
        for inner in scope.nested:
            if isinstance(inner, FunctionCode):
                code.methods[inner.name] = inner
        code.implicit = tuple(_implicit(node, code.methods))
        bound = set(scope.bound)
        code.reads = tuple([name for name in dict.fromkeys(scope.local_reads) if name not in bound])
        code.digest = hash(tuple(self.form[start:]))
        code.bases = len(bases)
        code.is_meta = any(
            _last_name(base) == "type" or _last_name(base).endswith("Meta") for base in node.bases
        )
        self.scope, self.ops = outer_scope, outer_ops
        self.reads, self.calls, self.consumes, self.named, self.parts = gathered
        self.scope.nested.append(code)
        if self.scope.kind == "function":
            self.scope.local_reads.extend(code.reads)
        described = (DEFINITION, code, tuple(bases), tuple(decorators))
        self.close(start, ((node.name, described, code.digest, ()),), line=node.lineno)

    def type_alias(self, node: Any) -> None:
        start = len(self.form)
        self.form.append("type")
        self.form.append(ast.dump(node.value))
        self.close(start, ((node.name.id, (PLAIN,), 0, ()),), line=node.lineno)

    def global_(self, node: ast.Global) -> None:
        self.form.extend(("global", *node.names))
        self.scope.globals.update(node.names)

    def nonlocal_(self, node: ast.Nonlocal) -> None:
        self.form.extend(("nonlocal", *node.names))
        self.scope.nonlocals.update(node.names)

    def return_(self, node: ast.Return) -> None:
        start = len(self.form)
        self.form.append("return")
        value = self.visit(node.value) if node.value is not None else (PLAIN,)
        self.close(start)
        # the indices of calls belong to the step: what is returned is kept by name
        step = self.scope.steps[-1] if self.scope.kind == "function" else None
        if step is not None:
            step.shows = value
        self.scope.returns.append((PLAIN,))


def _type_parameters(node: Any) -> dict[str, Description]:
    """``T`` of ``def f[T](x: T)``, which is no global name. Older Pythons have none."""
    return {parameter.name: (PLAIN,) for parameter in getattr(node, "type_params", ())}


def _implicit(node: ast.ClassDef, methods: dict[str, FunctionCode]) -> list[FunctionCode]:
    """The methods that run by mere use of an instance: operators, properties, representations."""
    found = []
    for statement in node.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            name = statement.name
            special = name.startswith("__") and name not in ("__init__", "__new__", "__init_subclass__")
            by_use = any(
                "property" in _last_name(decorator) or _last_name(decorator) in _BY_USE
                for decorator in statement.decorator_list
            )
            if (special or by_use) and name in methods:
                found.append(methods[name])
    return found


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _without_results(described: Description) -> Description:
    """A description that holds outside its step: results of calls are only known to be something."""
    code = described[0]
    if code == RESULT:
        return (FRESH, UNKNOWN)
    if code in (NAME, CONSTANT, PLAIN, FRESH, IMPORT, DEFINITION):
        return described
    return tuple(_part_without_results(part) for part in described)


def _part_without_results(part: Any) -> Any:
    if isinstance(part, tuple) and part:
        if isinstance(part[0], int):
            return _without_results(part)
        return tuple(_part_without_results(inner) for inner in part)
    return part
