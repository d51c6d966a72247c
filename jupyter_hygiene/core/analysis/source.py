"""From a cell's text to its code: made Python of by IPython where it is not, parsed, compiled."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass, field
from typing import Any

from .instructions import CONSTANT, OP_STEP, Op
from .magics import CellCompiler
from .memos import Memo
from .shell_syntax import automagic, transformed

_NEEDS_SHELL = re.compile(
    r"^[^\S\n]*(?:[%!?]|>>>|In \[|\.\.\.|[,;/](?=\w))|\?[^\S\n]*$|=\s*[%!]", re.MULTILINE
)
_HISTORY = re.compile(r"\b(?:_+|_\d+|_i+\d*|_[io]h|In|Out)\b")


@dataclass
class Code:
    """A compiled cell. An ``error`` says why it cannot be read; then it does nothing."""

    ops: list[Op] = field(default_factory=list)
    digest: int = 0
    error: str = ""
    uses_history: bool = False
    empty: bool = False
    may_leave: bool = False  # it raises, or not, as its inputs say
    definitions: tuple[Any, ...] = ()
    targets: tuple[str, ...] = ()  # the names that it binds, wherever it goes
    ends: tuple[
        tuple[int, int], ...
    ] = ()  # of each statement, its first line and how many ops there are up to its end
    memos: list[Memo] = field(default_factory=list)

    def statement_at(self, line: int) -> tuple[int, int] | None:
        """Of the statement that a line belongs to, how many ops stand above it, and how many up to its end."""
        done = 0
        for at, (first, end) in enumerate(self.ends):
            if at + 1 == len(self.ends) or line < self.ends[at + 1][0]:
                return (done, end) if 0 < first <= line else None
            done = end
        return None


def compile_text(source: str) -> Code:
    """Compile a cell's text. Never raises."""
    try:
        return _compile(source)
    except (RecursionError, MemoryError):
        return Code(digest=hash(("unreadable", source)), error="it is nested too deeply to be analysed")
    except SyntaxError as error:
        where = f" in line {error.lineno}" if error.lineno else ""
        what = (error.msg or "invalid syntax").rstrip(".")
        return Code(digest=hash(("unreadable", source)), error=f"{what}{where}")
    except Exception as error:
        return Code(digest=hash(("unreadable", source)), error=str(error) or type(error).__name__)


def _parse(source: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def _compile(source: str) -> Code:
    if not source.strip():
        return Code(digest=hash("nothing"), empty=True)
    text = source
    if _NEEDS_SHELL.search(source):
        text = transformed(source)
    try:
        tree = _parse(text)
    except SyntaxError as error:
        tree = _second_try(source, error)
    compiler = CellCompiler()
    body = tree.body
    ends = []
    for statement in body:
        compiler.statement(statement)
        ends.append((statement.lineno, len(compiler.ops)))
    quiet = bool(body) and _ends_quietly(text, body[-1])
    shows = bool(body) and isinstance(body[-1], ast.Expr) and not quiet
    if shows and compiler.ops and compiler.ops[-1][0] == OP_STEP and not compiler.last_is_constant:
        compiler.ops[-1][1].shows = compiler.last_value
    elif shows and compiler.last_is_constant and compiler.last_constant is not None:
        step = compiler.close(len(compiler.form), line=1)
        step.shows = (CONSTANT, compiler.last_constant)
    return Code(
        ops=compiler.ops,
        digest=hash((tuple(compiler.form), quiet)),
        uses_history=("_" in source and bool(_HISTORY.search(source))) or "Out" in source or "In[" in source,
        empty=not body,
        may_leave=compiler.may_leave,
        definitions=tuple(compiler.scope.nested),
        targets=tuple(dict.fromkeys([name for name in compiler.scope.bound if name[0] != "@"])),
        ends=tuple(ends),
    )


def _ends_quietly(text: str, last: ast.stmt) -> bool:
    """Whether a semicolon after the last expression keeps its value from being shown."""
    if not isinstance(last, ast.Expr) or last.end_lineno is None or last.end_col_offset is None:
        return False
    if ";" not in text:
        return False
    lines = text.split("\n")
    if last.end_lineno > len(lines):
        return False
    rest = lines[last.end_lineno - 1].encode("utf-8", "replace")[last.end_col_offset :]
    return rest.strip().startswith(b";")


def _second_try(source: str, error: SyntaxError) -> ast.Module:
    """What Python does not read may be the shell's: magics without a percent sign among them."""
    for text in (transformed(source), automagic(source)):
        if text is not None and text != source:
            try:
                return _parse(text)
            except SyntaxError:
                continue
    raise error
