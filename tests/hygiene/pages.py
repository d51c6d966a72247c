"""Short ways to ask a rule what it finds in a few cells, and to carry out what it offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jupyter_hygiene.core.hygiene.fixes import Fix
from jupyter_hygiene.core.hygiene.linting import Linting
from jupyter_hygiene.core.hygiene.model import Hit
from jupyter_hygiene.core.hygiene.page import Limits, Page, code_of
from jupyter_hygiene.core.hygiene.registry import RULES
from jupyter_hygiene.core.notebook import Notebook
from tests.notebooks import code, markdown, notebook

Source = str | dict[str, Any]


def page_of(
    *sources: Source,
    outputs: Mapping[int, Sequence[dict[str, Any]]] | None = None,
    path: str = "analysis.ipynb",
    folder: Path | None = None,
    limits: Limits | None = None,
    lint: bool = False,
    **metadata: Any,
) -> Page:
    """A page of code cells; one that starts with ``# `` and holds a single line is a text cell's heading.

    Args:
        sources: of the cells, or whole cells.
        outputs: of cells, by their positions.
        lint: let ruff read it as well.
    """
    cells = [
        source if isinstance(source, dict) else code(source, *(outputs or {}).get(index, ()), ran=False)
        for index, source in enumerate(sources)
    ]
    read = Notebook.from_json(notebook(*cells, **metadata))
    lints: Mapping[str, Any] = {}
    if lint:
        with Linting([code_of(read)]) as linting:
            found = linting.result()
        assert found is not None
        lints = found[0]
    return Page(read, path, folder, limits=limits or Limits(), lints=lints)


def findings(rule: str, *sources: Source, **around: Any) -> list[Hit]:
    """What a rule finds."""
    return list(RULES[rule].check(page_of(*sources, **around)))


def places(rule: str, *sources: Source, **around: Any) -> list[tuple[int, int | None]]:
    """Where a rule finds something: cells by their positions, and lines."""
    return [(int(str(hit.cell_id)[1:]), hit.line) for hit in findings(rule, *sources, **around)]


def mended(rule: str, *sources: Source, **around: Any) -> list[str]:
    """The sources of the cells once the first fix of the first finding is carried out."""
    page = page_of(*sources, **around)
    hit = next(iter(RULES[rule].check(page)))
    return applied(page, hit.fixes[0])


def applied(page: Page, fix: Fix) -> list[str]:
    """The sources of the cells once a fix is carried out."""
    left = {cell.id: cell.source for cell in page.notebook.cells}
    for edit in fix.edits:
        raw = edit.to_json()
        if raw["kind"] in ("source", "delete_cell"):
            assert left[raw["cell_id"]] == raw["before"]
            if raw["kind"] == "source":
                left[raw["cell_id"]] = raw["after"]
            else:
                del left[raw["cell_id"]]
    return list(left.values())


def example(text: str) -> list[Source]:
    """The cells of a rule's example."""
    return [part.strip("\n") for part in f"\n{text}\n".split("\n# %%\n")]


__all__ = ["Source", "applied", "code", "example", "findings", "markdown", "mended", "page_of", "places"]
