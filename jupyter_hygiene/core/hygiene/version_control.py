"""Version control: what should not be in a repository, and what makes its diffs unreadable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..notebook import Output
from .fixes import ClearCount, ClearOutputs, DropMetadata, Edit, Fix
from .model import Hit, Rule
from .page import Page
from .secrets import secrets

_TIMED = ("ExecuteTime", "execution", "executionInfo", "executionCancelledAt")
_COLAB_LEFTOVERS = frozenset({"base_uri", "height", "width", "referenced_widgets", "resources"})
_COPY = re.compile(
    r"-Copy\d*\.ipynb$|^Untitled\d*\.ipynb$| ?\(\d+\)\.ipynb$|^Copy[ _]of[ _].*\.ipynb$", re.IGNORECASE
)


def _large_outputs(page: Page) -> Iterator[Hit]:
    most = page.limits.output_bytes
    for cell in page.notebook.cells:
        if not cell.outputs:
            continue
        sizes: dict[str, int] = {}
        for output in cell.outputs:
            for kind, size in _sizes(output):
                sizes[kind] = sizes.get(kind, 0) + size
        total = sum(sizes.values())
        if total > most:
            kind = max(sizes, key=lambda name: sizes[name])
            yield Hit(
                f"The outputs of this cell take {_megabytes(total)}, most of it {kind}; "
                f"the limit is {_megabytes(most)}.",
                cell.id,
                fixes=(Fix("Clear the outputs of the cell", (ClearOutputs(cell.id),)),),
                in_output=True,
            )


def _sizes(output: Output) -> Iterator[tuple[str, int]]:
    if output.text:
        yield "text", len(output.text)
    if output.traceback:
        yield "error messages", sum(len(line) for line in output.traceback)
    for mime, value in output.data.items():
        yield mime, len(value) if isinstance(value, str) else _size(value)


def _size(value: Any) -> int:
    """About as many characters as a JSON value takes."""
    total = 0
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            total += len(item) + 3
        elif isinstance(item, Mapping):
            total += sum(len(str(key)) + 4 for key in item)
            waiting.extend(item.values())
        elif isinstance(item, list):
            if item and isinstance(item[0], (int, float)):
                total += len(item) * (len(str(item[0])) + 2)
            else:
                waiting.extend(item)
        else:
            total += 6
    return total


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1000:.1f} kB"


def _churn(page: Page) -> Iterator[Hit]:
    edits: list[Edit] = []
    found: dict[str, int] = {}
    for cell in page.notebook.cells:
        for key in _transient(cell.metadata):
            edits.append(DropMetadata(cell.id, key))
            found[key] = found.get(key, 0) + 1
    for key in _transient_of_all(page.notebook.metadata):
        edits.append(DropMetadata(None, key))
        found[key] = found.get(key, 0) + 1
    if not edits:
        return
    listed = ", ".join(f"`{key}`" for key in sorted(found, key=lambda key: -found[key])[:3])
    who = " and who ran it" if "executionInfo" in found else ""
    yield Hit(
        f"The metadata record when or where the notebook ran{who} ({listed}; {len(edits)} "
        f"entr{'ies' if len(edits) > 1 else 'y'}), so the file changes where nothing else does.",
        fixes=(Fix("Drop this metadata", tuple(edits), safe=True),),
    )


def _transient(metadata: Mapping[str, Any]) -> Iterator[str]:
    """The keys of a cell's metadata that tell of a run and not of the cell."""
    for key, value in metadata.items():
        if (
            (key in _TIMED and isinstance(value, (dict, str)))
            or (key == "papermill" and isinstance(value, dict))
            or (key == "trusted")
            or (key == "outputId" and isinstance(value, str))
            or (key == "colab" and isinstance(value, dict) and value and set(value) <= _COLAB_LEFTOVERS)
            or (key == "pycharm" and isinstance(value, dict) and set(value) == {"is_executing"})
        ):
            yield key


def _transient_of_all(metadata: Mapping[str, Any]) -> Iterator[str]:
    for key, value in metadata.items():
        if (
            (key == "papermill" and isinstance(value, dict))
            or key in ("signature", "trusted")
            or (key == "vscode" and isinstance(value, dict) and set(value) == {"interpreter"})
        ):
            yield key


def _counts(page: Page) -> Iterator[Hit]:
    cells = [cell for cell in page.notebook.code_cells if cell.execution_count is not None]
    if cells:
        yield Hit(
            f"{len(cells)} cell{'s have' if len(cells) > 1 else ' has'} an execution count, which every run changes.",
            fixes=(Fix("Clear the counts", tuple(ClearCount(cell.id) for cell in cells), safe=True),),
        )


def _copies(page: Page) -> Iterator[Hit]:
    parts = page.path.replace("\\", "/").split("/")
    if ".ipynb_checkpoints" in parts:
        yield Hit(
            "This is a checkpoint that Jupyter keeps for itself; add `.ipynb_checkpoints` to `.gitignore`."
        )
    elif _COPY.search(parts[-1]):
        name = parts[-1]
        what = "has no name yet" if name.lower().startswith("untitled") else "is named like a copy"
        yield Hit(f"`{name}` {what}: say what it is for, or delete it.")


RULES: tuple[Rule, ...] = (
    Rule(
        id="secret",
        family="Version control",
        severity="error",
        summary="A key, a token or a password stands in the source of a cell or in its outputs.",
        why="Notebooks are shared and committed, and a secret stays in a repository's history when the cell is "
        "changed. It has to be withdrawn.",
        before="""\
from urllib.request import Request
request = Request("https://example.org", headers={"X-Api-Key": "none"})
api_key = "q8Zr4tLw7Np2Vx9Kd3Hs6Bf1"
request.add_header("X-Api-Key", api_key)""",
        after="""\
import os
from urllib.request import Request
request = Request("https://example.org", headers={"X-Api-Key": "none"})
api_key = os.environ.get("API_KEY", "")
request.add_header("X-Api-Key", api_key)""",
        check=secrets,
        fix="Clears the outputs of the cell, where the secret stands there.",
        python=False,
    ),
    Rule(
        id="large-output",
        in_words=True,
        family="Version control",
        severity="warning",
        summary="The outputs of a cell are larger than the limit.",
        why="They slow down opening, saving and reviewing, and every run adds a copy of them to the repository.",
        before="A cell that prints a table of 100,000 rows, or shows a figure with a million points as SVG.",
        after="The cell shows the first rows, or the figure as PNG.",
        check=_large_outputs,
        fix="Clears the outputs of the cell.",
        python=False,
    ),
    Rule(
        id="metadata-churn",
        in_words=True,
        family="Version control",
        severity="info",
        summary="The metadata record times and places of runs.",
        why="They change with every run, so diffs are full of what nobody wants to review; some tell who ran it.",
        before='Cell metadata like `"ExecuteTime": {"start_time": "2024-01-01T12:00:00", …}`, `"execution"`, '
        '`"executionInfo"` or `"papermill"`.',
        after="Cell metadata without them.",
        check=_churn,
        fix="Drops what records runs; tags and everything else stay.",
        python=False,
    ),
    Rule(
        id="execution-counts",
        in_words=True,
        family="Version control",
        severity="info",
        summary="Cells have execution counts.",
        why="They change with every run, also where nothing else does.",
        before='Cells with `"execution_count": 7`.',
        after='Cells with `"execution_count": null`.',
        check=_counts,
        fix="Clears the counts, of the cells and of their outputs.",
        on=False,
        python=False,
    ),
    Rule(
        id="copy-name",
        in_words=True,
        family="Version control",
        severity="info",
        summary="The file is a copy, a checkpoint, or has no name.",
        why="Nobody knows which of the copies is the right one; that is what version control is for.",
        before="`analysis-Copy1.ipynb`, `Untitled3.ipynb`, `.ipynb_checkpoints/analysis-checkpoint.ipynb`",
        after="`analysis.ipynb`",
        check=_copies,
        python=False,
    ),
)
