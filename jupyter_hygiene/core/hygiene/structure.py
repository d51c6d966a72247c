"""Structure: cells that are too long, code that stands twice, cells that cannot be read."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec

from ..analysis.shell_syntax import AUTOMAGICS
from .code import Code
from .fixes import DeleteCell, Fix
from .model import Hit, Rule
from .page import Page
from .python2 import is_python2
from .repeated_code import defined_again, duplicates

_STATEMENTS = tuple(
    kind
    for kind in vars(ast).values()
    if isinstance(kind, type)
    and issubclass(kind, ast.stmt)
    and kind not in (ast.stmt, ast.Import, ast.ImportFrom, ast.Pass, ast.Global, ast.Nonlocal)
)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+\S|<h[1-6]\b|^\S.*\n\s{0,3}(?:=+|-{2,})\s*$", re.MULTILINE)
# What IPython takes for a magic though it has no percent sign.
_COMMAND = re.compile(r"\s*(?:" + "|".join(sorted(AUTOMAGICS)) + r")\b\s*(?![=.(\[,])")
_SHELL_SYNTAX = re.compile(r"^[^\S\n]*[%!?]|\?[^\S\n]*$|=\s*[%!]", re.MULTILINE)
# What later versions of Python read and earlier ones do not.
_NEWER = re.compile(
    r"\b[fFtT][rR]?[\"']|\b[rR][fFtT][\"']|^[^\S\n]*type\s+\w|\b(?:def|class)\s+\w+\[|\bexcept\b",
    re.MULTILINE,
)
_SYNTAX_ERRORS = frozenset({"SyntaxError", "IndentationError", "TabError"})


def _long_cells(page: Page) -> Iterator[Hit]:
    most = page.limits.cell_statements
    for code in page.code:
        if code.source.count("\n") + code.source.count(";") < most:
            continue
        count = sum(len(code.nodes(kind)) for kind in _STATEMENTS)
        if count <= most:
            continue
        count -= sum(_is_text(statement) for statement in code.nodes(ast.Expr))
        if count > most:
            yield Hit(
                f"This cell has {count} statements; more than {most} are hard to follow, and can only be run "
                "all together.",
                code.id,
            )


def _is_text(statement: ast.Expr) -> bool:
    return isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str)


def _headings(page: Page) -> Iterator[Hit]:
    cells = page.notebook.cells
    if not any(cell.is_code and not cell.is_empty for cell in cells):
        return
    if not any(cell.cell_type == "markdown" and _HEADING.search(cell.source) for cell in cells):
        yield Hit("No heading says what this notebook is about.")


def _empty_cells(page: Page) -> Iterator[Hit]:
    cells = page.notebook.cells
    last = max((cell.index for cell in cells if not cell.is_empty), default=-1)
    for cell in cells[: last + 1]:
        if cell.is_code and cell.is_empty and not cell.outputs and not cell.tags:
            fix = Fix("Delete the cell", (DeleteCell(cell.id, cell.source),), safe=True)
            yield Hit("This cell is empty.", cell.id, fixes=(fix,))


def _long_notebooks(page: Page) -> Iterator[Hit]:
    count, most = len(page.notebook.cells), page.limits.notebook_cells
    if count > most:
        yield Hit(f"The notebook has {count} cells; beyond {most}, nobody finds anything.")


def _unreadable(page: Page) -> Iterator[Hit]:
    """Cells that a kernel would refuse, with the line that it would name."""
    declared = _declared_python(page)
    if declared[0] != 3:
        return
    for code in page.code:
        error = code.error
        if (
            error is None
            or code.cell.tags & {"raises-exception", "skip-execution"}
            or is_python2(code.source)
        ):
            continue
        if declared > sys.version_info[:2] and _NEWER.search(code.source):
            continue
        if _SHELL_SYNTAX.search(code.source) and find_spec("IPython") is None:
            continue  # without IPython nobody knows what its syntax means
        line = error.lineno if error.lineno and error.lineno <= len(code.lines) else None
        if line is not None and _COMMAND.match(code.lines[line - 1]):
            continue
        what = (error.msg or "invalid syntax").rstrip(".")
        shown = any(output.ename in _SYNTAX_ERRORS for output in code.cell.outputs)
        yield Hit(
            f"Python cannot read this cell: {what[0].lower() + what[1:]}.",
            code.id,
            line,
            _column(code, error, line),
            # Who shows the error may well mean to.
            severity="warning" if shown else None,
        )


def _column(code: Code, error: SyntaxError, line: int | None) -> int | None:
    if line is None or not error.offset or error.offset > len(code.lines[line - 1]) + 1:
        return None
    return error.offset


def _declared_python(page: Page) -> tuple[int, int]:
    """The version of Python that the notebook was run with, as it says; else the one that runs this."""
    info = page.notebook.metadata.get("language_info")
    version = info.get("version") if isinstance(info, dict) else None
    match = re.match(r"(\d+)\.(\d+)", version) if isinstance(version, str) else None
    return (int(match[1]), int(match[2])) if match else sys.version_info[:2]


_FIFTY = "\n".join(f"step_{number} = {number}" for number in range(1, 52))

RULES: tuple[Rule, ...] = (
    Rule(
        id="long-cell",
        family="Structure",
        severity="warning",
        summary="A cell has more statements than the limit.",
        why="A long cell cannot be rerun or tested in parts, and hides which of its results later cells depend on. "
        "Imports, docstrings and the lines of long literals do not count.",
        before=_FIFTY,
        after=_FIFTY.replace("\nstep_26 ", "\n# %%\nstep_26 "),
        check=_long_cells,
    ),
    Rule(
        id="function-defined-again",
        family="Structure",
        severity="info",
        summary="A function or class is defined in several cells.",
        why="Which of them is called depends on the order in which the cells were run, and a change to one of them is "
        "forgotten in the other.",
        before="""\
def area(width, height):
    return width * height
print(area(2, 3))
# %%
def area(radius):
    return 3.14159 * radius ** 2
print(area(2))""",
        after="""\
def area_of_rectangle(width, height):
    return width * height
print(area_of_rectangle(2, 3))
# %%
def area_of_circle(radius):
    return 3.14159 * radius ** 2
print(area_of_circle(2))""",
        check=defined_again,
    ),
    Rule(
        id="duplicate-code",
        family="Structure",
        severity="info",
        summary="The same statements stand in several cells.",
        why="What is mended in one of the copies stays broken in the others.",
        before="""\
data = [3, 1, 2]
# %%
ordered = sorted(data)
middle = ordered[len(ordered) // 2]
low, high = ordered[0], ordered[-1]
spread = high - low
centred = [value - middle for value in data]
scaled = [value / spread for value in centred]
print(scaled)
# %%
data = [30, 10, 20]
# %%
ordered = sorted(data)
middle = ordered[len(ordered) // 2]
low, high = ordered[0], ordered[-1]
spread = high - low
centred = [value - middle for value in data]
scaled = [value / spread for value in centred]
print(scaled)""",
        after="""\
def standardised(data):
    ordered = sorted(data)
    middle = ordered[len(ordered) // 2]
    spread = ordered[-1] - ordered[0]
    return [(value - middle) / spread for value in data]
# %%
print(standardised([3, 1, 2]))
# %%
print(standardised([30, 10, 20]))""",
        check=duplicates,
    ),
    Rule(
        id="missing-heading",
        in_words=True,
        family="Structure",
        severity="info",
        summary="The notebook has no heading.",
        why="A reader wants to know what it is about before reading its code; headings make the outline as well.",
        before="print(1)",
        after="The same, below a text cell `# What this notebook shows`.",
        check=_headings,
        on=False,
        python=False,
    ),
    Rule(
        id="empty-cell",
        family="Structure",
        severity="info",
        summary="An empty cell stands between others.",
        why="It looks as if something were missing.",
        before="""\
x = 1
# %%

# %%
print(x)""",
        after="""\
x = 1
# %%
print(x)""",
        check=_empty_cells,
        fix="Deletes the cell.",
        on=False,
        python=False,
    ),
    Rule(
        id="long-notebook",
        in_words=True,
        family="Structure",
        severity="info",
        summary="The notebook has more cells than the limit.",
        why="Nobody finds anything in it, and a change at its top means running hours again. Split it, and keep "
        "what the parts share in a module.",
        before="A notebook of 101 cells.",
        after="Two notebooks, and a module with what both need.",
        check=_long_notebooks,
        on=False,
        python=False,
    ),
    Rule(
        id="unparsable-cell",
        family="Structure",
        severity="error",
        summary="A cell cannot be read as Python.",
        why="Running all cells stops here, and nothing can be said about what the cell does.",
        before="""\
total = (1 + 2
print(total)""",
        after="""\
total = (1 + 2)
print(total)""",
        check=_unreadable,
    ),
)
