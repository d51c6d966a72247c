"""Subscripts: slices, masks, parts of tables that are read by literal keys, names of a namespace."""

from __future__ import annotations

import ast

from .gathering import Gatherer
from .instructions import ITEM, MASK, NAME, PLAIN, SLICE, Description

_MASKS = (ast.Compare, ast.BoolOp, ast.List, ast.ListComp)
NAMESPACES = frozenset({"globals", "locals", "vars"})


def literal_keys(node: ast.expr) -> tuple[str, ...]:
    """The texts of a literal, or of a list of literals; none if it is anything else."""
    if isinstance(node, ast.Constant):
        return (node.value,) if isinstance(node.value, str) else ()
    if isinstance(node, ast.List):
        found = [element.value for element in node.elts if isinstance(element, ast.Constant)]
        texts = tuple(value for value in found if isinstance(value, str))
        return texts if len(texts) == len(node.elts) else ()
    return ()


class SubscriptCompiler(Gatherer):
    """Walks subscripts."""

    def subscript(self, node: ast.Subscript) -> Description:
        part = self.part(node) if self.scope.kind == "module" else None
        if part is not None:
            return part
        name = self.namespace_name(node)
        if name is not None:
            self.form.append("[namespace]")
            self.form.append(name)
            self.reads.append(name)
            return (NAME, name)
        index = node.slice
        base = self.visit(node.value)
        self.form.append("[")
        at = self.visit(index)
        self.form.append("]")
        if isinstance(index, ast.Slice):
            return (SLICE, base)
        if isinstance(index, ast.Tuple) and any(isinstance(part, ast.Slice) for part in index.elts):
            return (SLICE, base)
        if isinstance(index, _MASKS) or (isinstance(index, ast.UnaryOp) and isinstance(index.op, ast.Invert)):
            return (MASK, base)
        if isinstance(index, ast.BinOp) and isinstance(index.op, (ast.BitAnd, ast.BitOr)):
            return (MASK, base)
        return (ITEM, base, at)

    def part(self, node: ast.Subscript) -> Description | None:
        """``df["a"]``, ``df[["a", "b"]]``: only these parts of ``df`` count."""
        base, index = node.value, node.slice
        if isinstance(base, ast.Call):
            return self.grouped_part(base, index)
        if not isinstance(base, ast.Name) or base.id in self.hidden:
            return None
        keys = literal_keys(index)
        if not keys or any(base.id == bound for bound, _ in self.named):
            return None
        self.form.append(base.id)
        self.form.append("[part]" if isinstance(index, ast.Constant) else "[parts]")
        self.form.extend(keys)
        self.parts.append((base.id, keys))
        return (MASK if isinstance(index, ast.List) else ITEM, (NAME, base.id), (PLAIN,))

    def grouped_part(self, call: ast.Call, index: ast.expr) -> Description | None:
        """``df.groupby("a")["b"]``: the same."""
        if not isinstance(call.func, ast.Attribute) or len(call.args) != 1:
            return None
        base = call.func.value
        if call.func.attr != "groupby" or not isinstance(base, ast.Name) or base.id in self.hidden:
            return None
        keys, more = literal_keys(call.args[0]), literal_keys(index)
        options = [keyword for keyword in call.keywords if not isinstance(keyword.value, ast.Constant)]
        if not keys or not more or options or any(base.id == bound for bound, _ in self.named):
            return None
        self.form.extend((base.id, "groupby", keys, more, isinstance(index, ast.List)))
        for keyword in call.keywords:
            self.form.append(keyword.arg)
            self.visit(keyword.value)
        self.parts.append((base.id, tuple(dict.fromkeys(keys + more))))
        return (SLICE, (NAME, base.id))

    def namespace_name(self, node: ast.Subscript) -> str | None:
        """The name meant by ``globals()['name']``."""
        call, index = node.value, node.slice
        if (
            call.__class__ is ast.Call
            and isinstance(call, ast.Call)
            and isinstance(call.func, ast.Name)
            and call.func.id in NAMESPACES
            and not call.args
            and isinstance(index, ast.Constant)
            and isinstance(index.value, str)
            and (call.func.id == "globals" or self.scope.kind == "module")
        ):
            return index.value
        return None

    def slice(self, node: ast.Slice) -> Description:
        for part in (node.lower, node.upper, node.step):
            self.form.append(":")
            if part is not None:
                self.visit(part)
        return (PLAIN,)
