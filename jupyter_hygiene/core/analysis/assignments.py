"""Statements that bind, change and delete: from targets to names and places."""

from __future__ import annotations

import ast
from typing import Any

from .idempotent import is_idempotent, place_of
from .instructions import ATTRIBUTE, CONSTANT, DISPLAY, ITEM, NAME, RESULT, Call, Description, Store
from .plain_values import can_be_plain
from .steps import StepCompiler
from .values import LIST


class AssignmentCompiler(StepCompiler):
    """Walks assignments of every kind."""

    def assign(self, node: ast.Assign) -> None:
        form = self.form
        start = len(form)
        form.append("=")
        targets = node.targets
        value = node.value
        if len(targets) == 1:
            target = targets[0]
            if target.__class__ is ast.Name:
                described = self.visit(value)
                digest = hash(tuple(form[start:]))
                form.append(target.id)
                step = self.close(
                    start,
                    ((target.id, described, digest, ()),),
                    line=node.lineno,
                    plain=value.__class__ is ast.Name,
                )
                if self.scope.kind == "module":
                    if can_be_plain(value):
                        step.plain_value = value
                    if is_idempotent(target, value):
                        step.again = (target.id, "")
                return
            if self.parallel(target, value):
                self.assign_parallel(target, value, start, node.lineno)
                return
        described = self.visit(value)
        binds: list[tuple[str, Description, int, tuple[str, ...]]] = []
        digest = hash(tuple(form[start:]))
        for target in targets:
            self.target(target, described, binds, digest)
        step = self.close(start, binds, line=node.lineno)
        if self.scope.kind == "module" and len(targets) == 1 and is_idempotent(targets[0], value):
            step.again = place_of(targets[0])

    def parallel(self, target: ast.expr, value: ast.expr) -> bool:
        return (
            isinstance(target, ast.Tuple)
            and isinstance(value, (ast.Tuple, ast.List))
            and len(target.elts) == len(value.elts)
            and not any(isinstance(part, ast.Starred) for part in (*target.elts, *value.elts))
        )

    def assign_parallel(self, target: Any, value: Any, start: int, line: int) -> None:
        """``a, b = b, 1``: each part by itself, all evaluated before the first is bound."""
        binds: list[tuple[str, Description, int, tuple[str, ...]]] = []
        for left, right in zip(target.elts, value.elts, strict=False):
            part, reads, calls = len(self.form), len(self.reads), len(self.calls)
            self.form.append("=")
            described = self.visit(right)
            digest = hash(tuple(self.form[part:])) if len(self.calls) == calls else 0
            if isinstance(left, ast.Name):
                self.form.append(left.id)
                binds.append((left.id, described, digest, tuple(self.reads[reads:]) if digest else ()))
            else:
                self.target(left, described, binds, 0)
        # a digest of a part counts only with its reads; the others are told by the step's
        binds = [bind if bind[2] else (bind[0], bind[1], 0, ()) for bind in binds]
        step = self.close(start, [], line=line)
        step.binds = (
            *step.binds,
            *((name, value, digest, ("", *reads)) for name, value, digest, reads in binds),
        )
        self.scope.bound.extend(bind[0] for bind in binds)

    def target(
        self,
        target: ast.expr,
        value: Description,
        binds: list[tuple[str, Description, int, tuple[str, ...]]],
        digest: int = 0,
    ) -> None:
        """What is assigned to."""
        if isinstance(target, ast.Name):
            self.form.append(target.id)
            binds.append((target.id, value, digest, ()))
        elif isinstance(target, (ast.Tuple, ast.List)):
            self.form.append(len(target.elts))
            for index, element in enumerate(target.elts):
                self.target(element, (ITEM, value, None), binds, hash((digest, index)))
        elif isinstance(target, ast.Starred):
            self.form.append("*")
            self.target(target.value, (DISPLAY, LIST, (value,)), binds, digest)
        elif isinstance(target, ast.Attribute):
            self.place(target.value, (".", target.attr), value, digest)
        elif isinstance(target, ast.Subscript):
            name = self.namespace_name(target)
            if name is not None:
                self.form.append(name)
                binds.append((name, value, digest, ()))
                return
            self.place(target.value, target.slice, value, digest)
        else:
            self.visit(target)

    def place(self, base: ast.expr, at: Any, value: Description, digest: int) -> None:
        """What is written inside of an object: ``base.a = …`` or ``base[…] = …``."""
        form = self.form
        reads = tuple(self.reads)
        parts = tuple(self.parts)
        begin = len(form)
        described = self.reached(base)
        root = base.value if isinstance(base, ast.Attribute) else base
        form.append("[=]")
        if isinstance(at, tuple):
            form.append(at)
            literal = True
        else:
            before, calls = len(self.reads), len(self.calls)
            self.visit(at)
            literal = len(self.reads) == before and len(self.calls) == calls
        if literal and isinstance(root, ast.Name) and described[0] in (NAME, ATTRIBUTE) and digest:
            slot = tuple(form[begin:])
            name = root.id
            if name in self.reads and name not in reads:
                self.reads.remove(name)
                self.soft.append(name)
            self.stores.append(Store(described, value, slot, name, digest, reads, parts))
        else:
            self.stores.append(Store(described, value))

    def augmented(self, node: ast.AugAssign) -> None:
        start = len(self.form)
        self.form.append("aug")
        operator = node.op.__class__.__name__
        self.form.append(operator)
        value = self.visit(node.value)
        target = node.target
        if isinstance(target, ast.Name):
            current = self.name(target)
            self.calls.append(Call(None, current, "@iadd", (value, (CONSTANT, operator)), ()))
            self.close(start, ((target.id, (RESULT, len(self.calls) - 1), 0, ()),), line=node.lineno)
            return
        place: Description
        if isinstance(target, ast.Attribute):
            base = self.visit(target.value)
            self.form.append(target.attr)
            place = (ATTRIBUTE, base, target.attr)
        else:
            name = self.namespace_name(target)
            if name is not None:
                self.form.append(name)
                self.reads.append(name)
                self.calls.append(Call(None, (NAME, name), "@iadd", (value, (CONSTANT, operator)), ()))
                self.close(start, ((name, (RESULT, len(self.calls) - 1), 0, ()),), line=node.lineno)
                return
            base = self.visit(target.value)
            place = (ITEM, base, self.visit(target.slice))
        self.stores.append(Store(base, value))
        self.stores.append(Store(place, None))
        self.close(start, line=node.lineno)

    def annotated(self, node: ast.AnnAssign) -> None:
        start = len(self.form)
        self.form.append("=")
        if node.value is None:
            if self.scope.kind != "function":
                self.visit(node.annotation)
            self.form.append(ast.unparse(node.target))
            self.close(start, line=node.lineno)
            return
        value = self.visit(node.value)
        digest = hash(tuple(self.form[start:]))
        binds: list[tuple[str, Description, int, tuple[str, ...]]] = []
        self.target(node.target, value, binds, digest)
        if self.scope.kind != "function":
            self.visit(node.annotation)
        self.close(start, binds, line=node.lineno)

    def delete(self, node: ast.Delete) -> None:
        start = len(self.form)
        self.form.append("del")
        for target in node.targets:
            self.delete_target(target)
        self.close(start, line=node.lineno)

    def delete_target(self, target: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self.form.append(target.id)
            self.reads.append(target.id)
            self.deletes.append(target.id)
        elif isinstance(target, (ast.Tuple, ast.List)):
            for element in target.elts:
                self.delete_target(element)
        elif isinstance(target, ast.Attribute):
            base = self.visit(target.value)
            self.form.append(target.attr)
            self.stores.append(Store(base, None))
        elif isinstance(target, ast.Subscript):
            name = self.namespace_name(target)
            if name is not None:
                self.form.append(name)
                self.reads.append(name)
                self.deletes.append(name)
                return
            base = self.visit(target.value)
            self.visit(target.slice)
            self.stores.append(Store(base, None))
