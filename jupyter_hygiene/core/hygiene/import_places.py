"""Imports that stand in the middle of things, and imports that nothing uses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from .code import Code
from .cutting import without
from .fixes import DeleteCell, Edit, Fix, SourceEdit
from .import_bindings import imports_of
from .model import Hit
from .page import Page

_FEWEST_LATE_CELLS = 3
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s|<h[1-6]\b|^[=-]{3,}\s*$", re.MULTILINE)


def scattered(page: Page) -> Iterator[Hit]:
    """New imports in several cells that do other work, below the first cell that does."""
    if sum("import" in code.source for code in page.code) < _FEWEST_LATE_CELLS:
        return
    late = []
    seen: set[str] = set()
    working = False  # whether a cell has gone by that does more than set things up
    starts = _starts_of_sections(page)
    for code in page.code:
        imports = [item for item in imports_of_cell(code) if not set(_targets(item)) <= seen]
        for item in imports:
            seen.update(_targets(item))
        if working and not imports:
            continue
        try:
            works = not all(_sets_up(statement) for statement in code.body)
        except RecursionError:  # code that deep does more than make ready
            works = True
        if imports and working and works and code.id not in starts:
            late.append((code, imports[0]))
        working = working or works
    if len(late) < _FEWEST_LATE_CELLS:
        return
    numbers = [str(code.cell.index + 1) for code, _ in late]
    listed = ", ".join(numbers[:8]) + (f" and {len(numbers) - 8} more" if len(numbers) > 8 else "")
    code, statement = late[0]
    yield Hit(
        f"{len(late)} cells below the first ones import something in the midst of their work: cells {listed}.",
        code.id,
        statement.lineno,
    )


def imports_of_cell(code: Code) -> list[ast.Import | ast.ImportFrom]:
    if not code.nodes(ast.Import) and not code.nodes(ast.ImportFrom):
        return []
    return [statement for statement in code.body if isinstance(statement, (ast.Import, ast.ImportFrom))]


def _targets(statement: ast.Import | ast.ImportFrom) -> Iterator[str]:
    where = f"{statement.module}." if isinstance(statement, ast.ImportFrom) else ""
    return (where + alias.name for alias in statement.names)


def _starts_of_sections(page: Page) -> frozenset[str]:
    """The code cells that come first under a heading: what a section needs may well be imported there."""
    found = set()
    under_heading = False
    for cell in page.notebook.cells:
        if cell.is_code:
            if under_heading and not cell.is_empty:
                found.add(cell.id)
                under_heading = False
        elif cell.cell_type == "markdown" and _HEADING.search(cell.source):
            under_heading = True
    return frozenset(found)


def _sets_up(statement: ast.stmt) -> bool:
    """Whether a statement only makes ready: an import, a magic, an option, a constant, a definition."""
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Pass)):
        return True
    if isinstance(statement, (ast.Try, ast.If, ast.With)):
        parts = [*statement.body, *getattr(statement, "orelse", [])]
        return all(_sets_up(part) for part in parts)
    if isinstance(statement, ast.Assign):
        return not any(isinstance(node, ast.Call) for node in ast.walk(statement.value))
    if isinstance(statement, ast.Expr):
        value = statement.value
        if isinstance(value, ast.Constant):
            return True
        if isinstance(value, ast.Call):
            called = ast.unparse(value.func)
            if called == "print":
                return "version" in ast.unparse(value)
            return bool(_SETTING_UP.search(called))
    return False


_SETTING_UP = re.compile(
    r"get_ipython|set_|\.use$|\.set$|seed|filterwarnings|simplefilter|basicConfig|\.update$|\.append$|\.insert$|chdir"
    r"|init_notebook_mode|config|register|enable|disable|login|mount|\.init|load_dotenv|\.style"
)

# Imported for what the import does.
_FOR_ITS_EFFECT = re.compile(
    r"^(?:mpl_toolkits\.mplot3d|sklearn\.experimental|pylab|seaborn$|mpld3|readline|antigravity|this$|__future__"
    r"|tqdm\.(?:pandas|auto)|pyodbc|psycopg2|pymysql|openpyxl|xlrd|tables$|lxml|fastparquet|pyarrow$|hvplot|cufflinks"
    r"|rioxarray|geoviews|cmasher|colorcet|scienceplots|proplot|autograd|swifter|pandas_bokeh|tensorflow_text"
    r"|dotenv|google\.colab|kaggle|rpy2\.ipython|sql\b|wandb\.|jovian|lux$|qgrid|nest_asyncio|helpers?$|setup$)"
)
_EXTRA = re.compile(r"^[^\S\n]*[%!].*$|[=(]\s*[%!].*$|^.*\?[^\S\n]*$", re.MULTILINE)
_STRING = re.compile(
    r"\"\"\".*?\"\"\"|'''.*?'''|(?<!\\)(?:\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')", re.DOTALL
)


def unused(page: Page) -> Iterator[Hit]:
    """Imports that ruff finds unused, less those that are used where it does not look."""
    lints = page.lints.get("F401", ())
    if not lints:
        return
    cells = {code.id: code for code in page.code}
    elsewhere = _words_elsewhere(page)
    statements = {
        (item.code.id, line): item
        for item in imports_of(page)
        for line in range(item.statement.lineno, (item.statement.end_lineno or item.statement.lineno) + 1)
    }
    for lint in lints:
        code, item = cells.get(lint.cell_id), statements.get((lint.cell_id, lint.line))
        if code is None or item is None:
            continue
        alias = _meant(item.statement, lint.line, lint.column)
        bound = alias.asname or alias.name.split(".")[0]
        target = item.bound.get(bound, bound)
        if (
            bound in elsewhere
            or bound == "_"
            or _FOR_ITS_EFFECT.match(target)
            or _FOR_ITS_EFFECT.match(alias.name)
        ):
            continue
        fixes: tuple[Fix, ...] = ()
        if len(item.statement.names) == 1:
            text = without(code, item.statement)
            if text is not None and (text.strip() or not code.cell.outputs):
                edit: Edit = (
                    SourceEdit(code.id, code.source, text)
                    if text.strip()
                    else DeleteCell(code.id, code.source)
                )
                fixes = (Fix("Delete the import", (edit,)),)
        yield Hit(f"`{bound}` is imported and never used.", code.id, lint.line, lint.column, fixes)


def _meant(statement: ast.Import | ast.ImportFrom, line: int, column: int) -> ast.alias:
    """The part of an import at a place."""
    for alias in statement.names:
        if alias.lineno == line and alias.col_offset <= column - 1 <= (alias.end_col_offset or 0):
            return alias
    return statement.names[0]


def _words_elsewhere(page: Page) -> frozenset[str]:
    """The words in magics, shell lines, strings, and cells that are not Python: a library may evaluate any of them."""
    found: set[str] = set()
    for code in page.code:
        if code.tree is None or code.source.lstrip().startswith("%%"):
            found.update(re.findall(r"\w+", code.source))
            continue
        for part in (*_EXTRA.findall(code.source), *_STRING.findall(code.source)):
            found.update(re.findall(r"\w+", part))
    return frozenset(found)
