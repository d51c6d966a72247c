"""State: names that a clean run finds undefined, and what can be said and done about each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..analysis import Run
from ..analysis.source import compile_text
from ..notebook import ERROR, Cell, CellId
from .fixes import Fix, InsertCell, SourceEdit
from .model import Hit, Rule
from .page import Page
from .undefined import NameSearch, Undefined

# Names under which nearly everybody imports the same thing.
_CUSTOMARY = {
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
    "sns": "import seaborn as sns",
    "px": "import plotly.express as px",
    "go": "import plotly.graph_objects as go",
    "tf": "import tensorflow as tf",
    "torch": "import torch",
    "nn": "from torch import nn",
    "sp": "import scipy as sp",
    "stats": "from scipy import stats",
    "sm": "import statsmodels.api as sm",
    "smf": "import statsmodels.formula.api as smf",
    "os": "import os",
    "sys": "import sys",
    "re": "import re",
    "json": "import json",
    "math": "import math",
    "random": "import random",
    "time": "import time",
    "datetime": "import datetime",
    "Path": "from pathlib import Path",
    "defaultdict": "from collections import defaultdict",
    "Counter": "from collections import Counter",
    "train_test_split": "from sklearn.model_selection import train_test_split",
}


def _names(page: Page) -> Iterator[tuple[str, Hit]]:
    """Every undefined name, with the id of the rule that reports it."""
    for found in page.once("undefined names", lambda: NameSearch(page).found()):
        rule, message, fixes = _said(found, page)
        expected = "raises-exception" in found.code.cell.tags or _shows_the_error(found.code.cell, found.name)
        yield (
            rule,
            Hit(
                message,
                found.code.id,
                found.line,
                found.column,
                fixes,
                severity="info" if expected else None,
            ),
        )


def _said(found: Undefined, page: Page) -> tuple[str, str, tuple[Fix, ...]]:
    name = found.name
    below = found.bound_below
    where = f"in cell {below.cell.index + 1}" if below is not None else ""
    if found.called:
        return (
            "called-too-early",
            f"`{found.called}` is called here, but needs `{name}`, which is defined only further down, {where}.",
            (),
        )
    if origin := _origin(found, page):
        return ("deleted-definition", *origin)
    if below is not None:
        return (
            "used-before-definition",
            f"`{name}` is used here, but defined only further down, {where}.",
            _import_fix(found),
        )
    if found.at_once and _ran_well(found.code.cell):
        return (
            "deleted-definition",
            f"`{name}` is defined nowhere in this notebook, though the cell ran: what defined it has been "
            f"deleted or edited.",
            _import_fix(found),
        )
    return ("undefined-name", f"`{name}` is defined nowhere in this notebook.", _import_fix(found))


def _origin(found: Undefined, page: Page) -> tuple[str, tuple[Fix, ...]] | None:
    """The run that defined the name, where the cell of that run is gone, or is another since."""
    if not page.history:
        return None
    run = next((run for run in reversed(page.history) if _defines(run, found.name)), None)
    if run is None:
        return None
    count = f" ([{run.execution_count}])" if run.execution_count else ""
    name = found.name
    cell = next((cell for cell in page.notebook.cells if cell.id == run.cell_id), None)
    if cell is None:
        if run.cell_id is None:
            return (
                f"`{name}` is defined nowhere in this notebook: it comes from code that ran outside it{count}.",
                (_restored(run, found),),
            )
        return (
            f"`{name}` comes from a cell{count} that has been deleted; a clean run does not have it.",
            (_restored(run, found),),
        )
    if cell.source.strip() == run.source.strip():
        return None  # it stands further down
    return (
        f"`{name}` comes from cell {cell.index + 1} as it was when it ran{count}; it has been edited since.",
        (),
    )


def _defines(run: Run, name: str) -> bool:
    return run.status != "error" and name in run.source and name in compile_text(run.source).targets


def _restored(run: Run, found: Undefined) -> Fix:
    edit = InsertCell(
        run.source, found.code.id, CellId(run.cell_id) if run.cell_id else None, run.execution_count
    )
    return Fix(f"Bring back the code that defined `{found.name}`, above this cell", (edit,))


def _import_fix(found: Undefined) -> tuple[Fix, ...]:
    line = _CUSTOMARY.get(found.name)
    source = found.code.source
    if line is None or source.lstrip().startswith("%%"):
        return ()
    return (Fix(f"Add `{line}` to this cell", (SourceEdit(found.code.id, source, f"{line}\n{source}"),)),)


def _ran_well(cell: Cell) -> bool:
    return cell.execution_count is not None and not any(
        output.output_type == ERROR for output in cell.outputs
    )


def _shows_the_error(cell: Cell, name: str) -> bool:
    """Whether the page itself shows that the name is undefined, which then is likely the point."""
    return any(
        output.output_type == ERROR and output.ename == "NameError" and f"'{name}'" in output.evalue
        for output in cell.outputs
    )


def _only(rule: str) -> Callable[[Page], Iterator[Hit]]:
    def check(page: Page) -> Iterator[Hit]:
        for found, hit in _names(page):
            if found == rule:
                yield hit

    return check


RULES = (
    Rule(
        id="undefined-name",
        family="State",
        severity="error",
        summary="A name is used that no cell defines.",
        why="A clean run stops there with a NameError. Where it works today, the name is left over in the kernel from "
        "code that is no longer in the notebook.",
        before="prices = [3.0, 4.5]\n# %%\ntotal = sum(prices) * tax_rate",
        after="prices = [3.0, 4.5]\ntax_rate = 1.2\n# %%\ntotal = sum(prices) * tax_rate",
        check=_only("undefined-name"),
        fix="Adds the customary import, where the name is one such as `np` or `plt`.",
    ),
    Rule(
        id="used-before-definition",
        family="State",
        severity="error",
        summary="A name is used above the first cell that defines it.",
        why="It works only in a kernel in which the lower cell has run before. Run from top to bottom, the notebook "
        "stops with a NameError.",
        before="total = sum(prices)\n# %%\nprices = [3.0, 4.5]",
        after="prices = [3.0, 4.5]\n# %%\ntotal = sum(prices)",
        check=_only("used-before-definition"),
        fix="Adds the customary import, where the name is one such as `np` or `plt`.",
    ),
    Rule(
        id="deleted-definition",
        in_words=True,
        family="State",
        severity="error",
        summary="A name comes from a cell that has been deleted or edited since.",
        why="The kernel still holds the name, so everything seems to work; after a restart it is gone. The "
        "outputs rest on code that nobody can read any more.",
        before="One cell was `rate = 1.2` and has been deleted after it ran; `total = 3.0 * rate` still runs.",
        after="The cell `rate = 1.2` stands above the one that needs it.",
        check=_only("deleted-definition"),
        fix="Brings the deleted code back from the kernel's history, in a cell above.",
    ),
    Rule(
        id="called-too-early",
        family="State",
        severity="error",
        summary="A function is called above the cell that defines something it needs.",
        why="Python looks names in a function up when it is called. In a clean run the helper is not there "
        "yet, and the call fails.",
        before="def mean(values):\n    return total(values) / len(values)\n# %%\nmean([1, 2, 3])\n# %%\ndef "
        "total(values):\n    return sum(values)",
        after="def total(values):\n    return sum(values)\n# %%\ndef mean(values):\n    return "
        "total(values) / len(values)\n# %%\nmean([1, 2, 3])",
        check=_only("called-too-early"),
    ),
)
