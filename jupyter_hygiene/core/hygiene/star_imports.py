"""``from module import *``, and spelling it out."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from itertools import chain

from .code import Code
from .cutting import replaced
from .fixes import Fix, SourceEdit
from .import_bindings import Import, imports_of
from .model import Hit
from .module_names import names_of
from .page import Page

# Libraries whose authors ask for it.
_MEANT_FOR_IT = frozenset({"fastai", "fastbook", "manim", "manimlib"})
_WORD = re.compile(r"[^\W\d]\w*")
# With these, which names are used is not to be seen.
_BY_TEXT = re.compile(
    r"\b(?:eval|exec|globals|locals|vars|dir|sympify|parse_expr)\s*\(|%run\b.{0,200}\s-\w{0,20}i|%(?:who|whos)\b"
)
_WIDTH = 88


def star_imports(page: Page) -> Iterator[Hit]:
    for item in imports_of(page):
        statement = item.statement
        if isinstance(statement, ast.Import) or statement.names[0].name != "*":
            continue
        module = "." * statement.level + (statement.module or "")
        meant = module.split(".")[0] in _MEANT_FOR_IT
        yield Hit(
            f"Nobody can tell which names `from {module} import *` brings in, and which it replaces.",
            item.code.id,
            statement.lineno,
            statement.col_offset + 1,
            tuple(_spelled_out(page, item, module)),
            "info" if meant else None,
        )


def _spelled_out(page: Page, item: Import, module: str) -> Iterator[Fix]:
    if module.startswith(".") or any(_BY_TEXT.search(code.source) for code in page.code):
        return
    given = names_of(module, page.folder)
    if given is None:
        return
    used = sorted(given & set(chain.from_iterable(_words(code) for code in page.code)), key=str.lower)
    top = module.split(".")[0]
    if not used and any(re.search(rf"(?<!from )\b{re.escape(top)}\b", code.source) for code in page.code):
        return  # the module's own name means something here
    line = f"from {module} import {', '.join(used)}" if used else f"import {module}"
    if len(line) > _WIDTH:
        listed = textwrap.wrap(", ".join(used), _WIDTH - 4)
        line = f"from {module} import (\n" + "".join(f"    {part}\n" for part in listed) + ")"
    text = replaced(item.code.source, item.statement, line)
    if text is not None:
        edit = SourceEdit(item.code.id, item.code.source, text)
        yield Fix("Import the names that are used", (edit,))


def _words(code: Code) -> Iterator[str]:
    """The names that a cell's code may use. Naming one too many does no harm: the star has bound it too."""
    if code.tree is None or "%" in code.source or "!" in code.source:
        yield from _WORD.findall(code.source)
        return
    for name in code.nodes(ast.Name):
        yield name.id
    for decorated in code.nodes(ast.Global):
        yield from decorated.names
