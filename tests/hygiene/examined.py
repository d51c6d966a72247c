"""Short ways to check notebooks in tests, the whole way through: ruff, analysis, rules, silence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jupyter_hygiene.core.analysis import Run
from jupyter_hygiene.core.configuration import configure, layer_of
from jupyter_hygiene.core.hygiene import Check, Finding
from jupyter_hygiene.core.hygiene.examination import Subject, examine
from jupyter_hygiene.core.hygiene.page import Interpreter
from jupyter_hygiene.core.notebook import Notebook
from tests.notebooks import code, notebook


def subject(
    *cells: str | dict[str, Any],
    path: str = "analysis.ipynb",
    folder: Path | None = None,
    history: Sequence[Run] | None = None,
    interpreter: Interpreter | None = None,
    settings: dict[str, Any] | None = None,
    **metadata: Any,
) -> Subject:
    """A notebook to check. Cells given as texts are code that has not run."""
    made = [code(cell, ran=False) if isinstance(cell, str) else cell for cell in cells]
    view = Notebook.from_json(notebook(*made, **metadata))
    configuration = configure(view, folder, layer_of(settings or {}, "the test", folder))
    return Subject(
        view, path, folder, configuration, tuple(history) if history is not None else None, interpreter
    )


def checked(*cells: str | dict[str, Any], **given: Any) -> Check:
    return examine(subject(*cells, **given))


def found(rules: str, *cells: str | dict[str, Any], **given: Any) -> list[Finding]:
    """What the named rules or families (separated by commas) find."""
    settings = {**given.pop("settings", {}), "select": rules.split(",")}
    check = checked(*cells, settings=settings, **given)
    assert check.notes == ()
    return list(check.findings)


def places(findings: Sequence[Finding]) -> list[tuple[int | None, int | None]]:
    """The cell (counted from 0) and line of each finding."""
    return [(finding.index, finding.line) for finding in findings]
