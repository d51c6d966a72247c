"""From expressions to descriptions: what they read and call, and which objects their values may share.

One walk over the tree does it all, the digest of its form included: each handler appends to ``form`` what tells its
node from others, so that layout, comments and quotes leave no trace.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from typing import Any

from .instructions import (
    ATTRIBUTE,
    CONSTANT,
    DEFINITION,
    DISPLAY,
    EITHER,
    FRESH,
    GENERATOR,
    ITEM,
    JOINED,
    NAME,
    OPERATION,
    PLAIN,
    RESULT,
    Call,
    Description,
    FunctionCode,
)
from .library.modules import STATE_NAMES
from .subscripts import SubscriptCompiler
from .values import DICT, LIST, TUPLE, UNKNOWN

_PLAIN: Description = (PLAIN,)
_IDENTIFIER = re.compile(r"(?<![\w.@])[A-Za-z_]\w*(?!\w*\()")
_MENTIONED = re.compile(r"@([A-Za-z_]\w*)")


class ExpressionCompiler(SubscriptCompiler):
    """Walks expressions; what they do gathers in ``reads``, ``calls``, ``named`` and ``consumes`` of the open step."""

    def name(self, node: ast.Name) -> Description:
        name = node.id
        self.form.append(name)
        if self.hidden:
            hidden = self.hidden.get(name)
            if hidden is not None:
                return hidden
        if not self.named or all(name != bound for bound, _ in self.named):
            self.reads.append(name)
        return (NAME, name)

    def constant(self, node: ast.Constant) -> Description:
        value = node.value
        self.form.append(value.__class__)
        self.form.append(value if value.__class__ is str or value.__class__ is int else repr(value))
        return (CONSTANT, value)

    def attribute(self, node: ast.Attribute) -> Description:
        base = self.visit(node.value)
        self.form.append(".")
        self.form.append(node.attr)
        described = (ATTRIBUTE, base, node.attr)
        if node.attr in STATE_NAMES and not self.reaching:
            self.calls.append(Call(None, None, "@look", (described,), ()))
        return described

    def reached(self, node: ast.expr) -> Description:
        """What is called or written into: that by itself looks at nothing in it."""
        outer, self.reaching = self.reaching, isinstance(node, ast.Attribute)
        described = self.visit(node)
        self.reaching = outer
        return described

    def call(self, node: ast.Call) -> Description:
        function = node.func
        described: Description | None = None
        receiver: Description | None = None
        name = ""
        if function.__class__ is ast.Attribute:
            receiver = self.reached(function.value)
            name = function.attr
            self.form.append(".")
            self.form.append(name)
        else:
            described = self.visit(function)
        self.form.append("(")
        args = tuple([self.argument(arg) for arg in node.args]) if node.args else ()
        keywords: tuple[tuple[str | None, Description], ...] = ()
        if node.keywords:
            found = []
            for keyword in node.keywords:
                self.form.append(keyword.arg)
                self.form.append("=")
                found.append((keyword.arg, self.argument(keyword.value)))
            keywords = tuple(found)
        self.form.append(")")
        if name in ("query", "eval") and node.args:
            self.mentioned_in(node.args[0])
            if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
                self.names_in(function.value.id, node.args[0])
        self.calls.append(Call(described, receiver, name, args, keywords))
        return (RESULT, len(self.calls) - 1)

    def mentioned_in(self, text: ast.expr) -> None:
        """``df.query("a > @limit")`` reads ``limit``; a text that is not known may read any name."""
        if isinstance(text, ast.Constant):
            if isinstance(text.value, str):
                self.reads.extend(_MENTIONED.findall(text.value))
            return
        if isinstance(text, ast.JoinedStr):
            for part in text.values:
                self.mentioned_in(part) if isinstance(part, ast.Constant) else None
            return
        self.calls.append(Call(None, None, "@read_everything", (), ()))

    def names_in(self, module: str, text: ast.expr) -> None:
        """``pd.eval("a + b")`` reads ``a`` and ``b``."""
        if (
            module in ("pd", "pandas", "ne", "numexpr")
            and isinstance(text, ast.Constant)
            and isinstance(text.value, str)
        ):
            self.reads.extend(dict.fromkeys(_IDENTIFIER.findall(text.value)))

    def argument(self, node: ast.expr) -> Description:
        if node.__class__ is ast.GeneratorExp:  # taken as used up by the call
            return self.comprehension(node)
        return self.visit(node)

    def lambda_(self, node: ast.Lambda) -> Description:
        self.form.append("lambda")
        start = len(self.form)
        defaults = self.parameters(node.args)
        code = self.function_code("<lambda>", node.args, [ast.Return(value=node.body)], start)
        return (DEFINITION, code, tuple(defaults), ())

    def parameters(self, args: ast.arguments) -> list[Description]:
        """The defaults of a function's parameters, which are evaluated where it is defined."""
        for arg in (*args.posonlyargs, *args.args, args.vararg, *args.kwonlyargs, args.kwarg):
            self.form.append(arg.arg if arg is not None else None)
        self.form.append((len(args.posonlyargs), len(args.args), len(args.kwonlyargs)))
        found = [self.visit(default) for default in args.defaults]
        for default in args.kw_defaults:
            self.form.append("default")
            if default is not None:
                found.append(self.visit(default))
        return found

    def function_code(
        self, name: str, args: ast.arguments | None, body: Sequence[ast.stmt], start: int
    ) -> FunctionCode:
        raise NotImplementedError

    def comprehension(self, node: Any) -> Description:
        self.form.append(node.__class__.__name__)
        outer = self.hidden
        self.hidden = dict(outer)
        first = len(self.reads)
        for generator in node.generators:
            self.form.append("for")
            iterated = self.visit(generator.iter)
            if generator is node.generators[0]:
                first = len(self.reads)
            self.consumes.append(iterated)
            self.hide(generator.target, (ITEM, iterated, None))
            for condition in generator.ifs:
                self.form.append("if")
                self.visit(condition)
        self.form.append("give")
        if node.__class__ is ast.DictComp:
            self.visit(node.key)
            if node.value is not None:
                elements: tuple[Description, ...] = (self.visit(node.value),)
            else:
                elements = ()
            kind = DICT
        else:
            elements = (self.visit(node.elt),)
            kind = LIST
        self.hidden = outer
        if self.scope.kind == "class":
            self.outer.extend(self.reads[first:])
        return (DISPLAY, kind, elements)

    def hide(self, target: ast.expr, description: Description) -> None:
        """Let the names of a comprehension's target stand for what it goes through."""
        if isinstance(target, ast.Name):
            self.form.append(target.id)
            self.hidden[target.id] = description
        elif isinstance(target, (ast.Tuple, ast.List)):
            self.form.append(len(target.elts))
            for element in target.elts:
                self.hide(element, (ITEM, description, None))
        elif isinstance(target, ast.Starred):
            self.form.append("*")
            self.hide(target.value, description)
        else:
            self.visit(target)

    def generator(self, node: ast.GeneratorExp) -> Description:
        """A generator that is kept: its first iterable is evaluated now, the rest when it is used up."""
        self.form.append("generator")
        start = len(self.form)
        first = self.visit(node.generators[0].iter)
        inner = ast.ListComp(elt=node.elt, generators=node.generators)
        code = self.function_code("<generator>", None, [ast.Return(value=inner)], start)
        return (GENERATOR, code, first)

    def if_else(self, node: ast.IfExp) -> Description:
        self.form.append("ifelse")
        self.visit(node.test)
        return (EITHER, (self.visit(node.body), self.visit(node.orelse)))

    def bool_op(self, node: ast.BoolOp) -> Description:
        self.form.append(node.op.__class__)
        self.form.append(len(node.values))
        return (EITHER, tuple([self.visit(value) for value in node.values]))

    def compare(self, node: ast.Compare) -> Description:
        self.form.append("compare")
        left = self.visit(node.left)
        right = left
        scalar = False
        for operator, other in zip(node.ops, node.comparators, strict=False):
            self.form.append(operator.__class__)
            right = self.visit(other)
            scalar = scalar or isinstance(operator, (ast.Is, ast.IsNot, ast.In, ast.NotIn))
        return _PLAIN if scalar else (OPERATION, left, right, "")

    def bin_op(self, node: ast.BinOp) -> Description:
        left = self.visit(node.left)
        operator = node.op.__class__.__name__
        self.form.append(operator)
        right = self.visit(node.right)
        self.form.append("|")
        return (OPERATION, left, right, operator)

    def unary_op(self, node: ast.UnaryOp) -> Description:
        self.form.append(node.op.__class__)
        value = self.visit(node.operand)
        if node.op.__class__ is ast.Not:
            return _PLAIN
        if value[0] == CONSTANT and node.op.__class__ is ast.USub and isinstance(value[1], (int, float)):
            return (CONSTANT, -value[1])
        return (OPERATION, value, value, "")

    def joined(self, node: Any) -> Description:
        self.form.append("fstring")
        return (JOINED, tuple([self.visit(value) for value in node.values]))

    def formatted(self, node: Any) -> Description:
        self.form.append("{")
        shown = self.visit(node.value)
        self.form.append(node.conversion)
        if node.format_spec is not None:
            self.visit(node.format_spec)
        self.form.append("}")
        if shown[0] not in (CONSTANT, PLAIN):
            self.calls.append(Call(None, None, "@format", (shown,), ()))
        return shown if node.conversion == -1 and node.format_spec is None else _PLAIN

    def named_expr(self, node: ast.NamedExpr) -> Description:
        value = self.visit(node.value)
        self.form.append(":=")
        self.form.append(node.target.id)
        self.named.append((node.target.id, value))
        return value

    def starred(self, node: ast.Starred) -> Description:
        self.form.append("*")
        return (ITEM, self.visit(node.value), None)

    def display(self, node: Any) -> Description:
        self.form.append(node.__class__)
        self.form.append(len(node.elts))
        kind = TUPLE if node.__class__ is ast.Tuple else LIST
        return (DISPLAY, kind, tuple([self.visit(element) for element in node.elts]))

    def dict_(self, node: ast.Dict) -> Description:
        self.form.append("dict")
        self.form.append(len(node.values))
        found = []
        for key, value in zip(node.keys, node.values, strict=False):
            if key is None:
                self.form.append("**")
                found.append((ITEM, self.visit(value), None))
            else:
                self.visit(key)
                found.append(self.visit(value))
        return (DISPLAY, DICT, tuple(found))

    def await_(self, node: ast.Await) -> Description:
        self.form.append("await")
        return self.visit(node.value)

    def yield_(self, node: Any) -> Description:
        self.form.append(node.__class__.__name__)
        self.scope.yields = True
        if node.value is not None:
            self.scope.returns.append(self.visit(node.value))
        return (FRESH, UNKNOWN)


ExpressionCompiler.handlers = {
    ast.Name: ExpressionCompiler.name,
    ast.Constant: ExpressionCompiler.constant,
    ast.Attribute: ExpressionCompiler.attribute,
    ast.Subscript: ExpressionCompiler.subscript,
    ast.Slice: ExpressionCompiler.slice,
    ast.Call: ExpressionCompiler.call,
    ast.Lambda: ExpressionCompiler.lambda_,
    ast.ListComp: ExpressionCompiler.comprehension,
    ast.SetComp: ExpressionCompiler.comprehension,
    ast.DictComp: ExpressionCompiler.comprehension,
    ast.GeneratorExp: ExpressionCompiler.generator,
    ast.IfExp: ExpressionCompiler.if_else,
    ast.BoolOp: ExpressionCompiler.bool_op,
    ast.Compare: ExpressionCompiler.compare,
    ast.BinOp: ExpressionCompiler.bin_op,
    ast.UnaryOp: ExpressionCompiler.unary_op,
    ast.JoinedStr: ExpressionCompiler.joined,
    ast.FormattedValue: ExpressionCompiler.formatted,
    ast.NamedExpr: ExpressionCompiler.named_expr,
    ast.Starred: ExpressionCompiler.starred,
    ast.List: ExpressionCompiler.display,
    ast.Tuple: ExpressionCompiler.display,
    ast.Set: ExpressionCompiler.display,
    ast.Dict: ExpressionCompiler.dict_,
    ast.Await: ExpressionCompiler.await_,
    ast.Yield: ExpressionCompiler.yield_,
    ast.YieldFrom: ExpressionCompiler.yield_,
}
