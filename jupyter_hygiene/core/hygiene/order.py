"""State: the order in which cells ran, as far as the counts and the kernel's history tell."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ..analysis import Analyzer, DocumentCell, Reason, Run
from ..configuration.marks import marked_to_skip
from ..notebook import CellId
from .code import Code
from .model import Hit, Rule
from .page import Page

_NOT_FRESH = frozenset({"stale", "edited", "interrupted"})
# A cell that is there to be switched on by hand, or to be filled in.
_NOT_MEANT_TO_RUN = re.compile(r"\s*%%(?:script\s+(?:false|echo)|skip)\b")
_MOST_NAMED = 5
# Reasons for staleness that lie in the order of the runs; others only pass one of these on.
_OF_ORDER = frozenset({"redefined", "below"})
_SETTING_UP = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _out_of_order(page: Page) -> Iterator[Hit]:
    ran = [code for code in page.code if code.cell.execution_count]
    counts = [code.cell.execution_count or 0 for code in ran]
    if all(above < below for above, below in pairwise(counts)):
        return
    runs = page.history
    if not runs:  # nothing has run in this kernel: the counts are another session's
        if len(set(counts)) < len(counts):
            return  # of several sessions: what ran before what is not known
        if not _may_matter(ran, page):
            return
        runs = _likely_runs(ran)
    cells = [
        DocumentCell(cell.id, cell.cell_type, cell.source, cell.execution_count, tuple(cell.tags))
        for cell in page.notebook.cells
    ]
    known = {run.cell_id for run in runs}
    codes = {code.id: code for code in page.code}
    concerned: list[int] = []
    example = ""
    for cell, status, reasons in Analyzer().reasons(cells, runs):
        code = codes.get(CellId(cell.id))
        if code is None or status not in _NOT_FRESH or cell.id not in known:
            continue
        reason = next((each for each in reasons if _is_plain_to_see(each, code, codes, page)), None)
        if reason is not None:
            concerned.append(code.cell.index + 1)
            example = example or f" Cell {concerned[0]}: {reason.message.rstrip('.')}."
    if concerned:
        yield Hit(
            f"Cells ran in another order than they stand, and it matters.{example} A clean run may give "
            f"{_cells(concerned)} otherwise, and what depends on {'it' if len(concerned) == 1 else 'them'}."
        )


def _is_plain_to_see(reason: Reason, code: Code, codes: Mapping[CellId, Code], page: Page) -> bool:
    """Whether it is about a variable that one cell takes from another, which sets or changes it in so many words."""
    name, source = reason.name, codes.get(CellId(reason.cell_id or ""))
    if reason.kind not in _OF_ORDER or name is None or name in page.imported or source is None:
        return False
    return (
        name in code.words and all(name != bound for bound, _ in code.bindings) and name in _changed(source)
    )


def _changed(code: Code) -> frozenset[str]:
    """The names that a cell binds, stores into, or of which it calls a method for its effect."""
    stored = [node for node in code.nodes(ast.Subscript) if not isinstance(node.ctx, ast.Load)]
    set_on = [node for node in code.nodes(ast.Attribute) if not isinstance(node.ctx, ast.Load)]
    called = [node.value.func for node in code.nodes(ast.Expr) if isinstance(node.value, ast.Call)]
    roots = {_root(node) for node in (*stored, *set_on, *called) if not isinstance(node, ast.Name)}
    return frozenset(roots | {name for name, _ in code.bindings})


def _root(node: ast.expr) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _may_matter(ran: Sequence[Code], page: Page) -> bool:
    """Whether any cell takes a variable from another, and the two ran the other way round than they stand: whatever
    else is stale, nothing could be said of it."""
    changed = [_changed(code) - page.imported.keys() for code in ran]
    for place, reader in enumerate(ran):
        count = reader.cell.execution_count or 0
        taken = reader.words - {name for name, _ in reader.bindings}
        for other, code in enumerate(ran):
            later = (code.cell.execution_count or 0) > count
            if other != place and later == (other < place) and not taken.isdisjoint(changed[other]):
                return True
    return False


def _likely_runs(ran: Sequence[Code]) -> tuple[Run, ...]:
    """The runs that the counts tell of. Cells that only set things up had most likely run before, too: one that needs
    what they set up, and ran earlier, could not have run otherwise."""
    first = [Run(code.source, None, None, "ok") for code in ran if _only_sets_up(code)]
    in_order = sorted(ran, key=lambda code: code.cell.execution_count or 0)
    return (*first, *(Run(code.source, code.cell.execution_count, code.id, "unknown") for code in in_order))


def _only_sets_up(code: Code) -> bool:
    """Whether a cell holds imports and settings alone, or functions and classes: running it again changes nothing."""
    return bool(code.body) and all(
        isinstance(statement, _SETTING_UP)
        or (isinstance(statement, ast.Expr) and isinstance(statement.value, (ast.Call, ast.Constant)))
        or (isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Attribute))
        for statement in code.body
    )


def _cells(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"cell {numbers[0]}"
    named = ", ".join(str(number) for number in numbers[:_MOST_NAMED])
    return f"{len(numbers)} cells ({named}{', …' if len(numbers) > _MOST_NAMED else ''})"


def _never_run(page: Page) -> Iterator[Hit]:
    """Cells without a count among cells with one, where most of the notebook has run."""
    ran = [code for code in page.code if code.cell.execution_count]
    if len(ran) * 2 < len(page.code):
        return
    first, last = (ran[0].cell.index, ran[-1].cell.index) if ran else (0, 0)
    for code in page.code:
        if code.cell.execution_count is None and first < code.cell.index < last and _is_meant_to_run(code):
            yield Hit("This cell has not been run, though cells above and below it have.", code.id)


def _is_meant_to_run(code: Code) -> bool:
    if code.cell.outputs or marked_to_skip(code.source, code.cell.tags):
        return False
    if _NOT_MEANT_TO_RUN.match(code.source):
        return False
    return code.tree is None or bool(code.body)  # not only comments


RULES = (
    Rule(
        id="execution-order",
        in_words=True,
        family="State",
        severity="warning",
        summary="Cells ran in another order than they stand, and some results depend on it.",
        why="A reader takes the page for the result of running it from top to bottom. Here it is not, and a clean run "
        "would show something else. Order alone is no fault: nothing is said where no result depends on it.",
        before="In [1]: price = 3\nIn [3]: print(price)\nIn [2]: price = 4",
        after="In [1]: price = 3\nIn [2]: print(price)\nIn [3]: price = 4",
        check=_out_of_order,
    ),
    Rule(
        id="never-run",
        in_words=True,
        family="State",
        severity="info",
        summary="A cell in the middle of the notebook has not been run.",
        why="What stands below did not need it, or took its place. A clean run will run it, for the first time.",
        before="In [1]: prices = [3.0, 4.5]\nIn [ ]: prices.append(5.0)\nIn [2]: sum(prices)",
        after="In [1]: prices = [3.0, 4.5]\nIn [2]: prices.append(5.0)\nIn [3]: sum(prices)",
        check=_never_run,
    ),
)
