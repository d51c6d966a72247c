"""The way in: examines notebooks, one or many, with all that their surroundings tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..analysis import Run
from ..configuration import Configuration
from ..configuration.marks import marked_to_skip
from ..notebook import Cell, Notebook
from .checking import Check, check
from .fixes import Fix
from .linting import NOT_RUN, Linting, Lints
from .mending import Mended, changes, mend
from .page import PYTHON, Interpreter, Page
from .selection import limits


@dataclass(frozen=True)
class Subject:
    """A notebook to examine, and where it stands. See ``Page``."""

    notebook: Notebook
    path: str = ""
    folder: Path | None = None
    configuration: Configuration = field(default_factory=Configuration)
    history: tuple[Run, ...] | None = None
    interpreter: Interpreter | None = None


def examine(subject: Subject) -> Check:
    """Check one notebook by the rules that its settings select."""
    return next(iter(examine_all([subject])))


def examine_all(subjects: Sequence[Subject]) -> Iterator[Check]:
    """Check notebooks, each by its own settings; ruff reads them all at once in the meantime."""
    with Linting([_linted(subject) for subject in subjects]) as linting:
        lints = linting.result()
        for number, subject in enumerate(subjects):
            page = _page(subject, lints[number] if lints is not None else None)
            yield check(page, subject.configuration)


def _linted(subject: Subject) -> list[Cell]:
    """The cells that ruff is to read: Python that a clean run comes to."""
    if subject.notebook.language not in PYTHON:
        return []
    return [cell for cell in subject.notebook.code_cells if not marked_to_skip(cell.source, cell.tags)]


def mend_all(subject: Subject, raw: Mapping[str, Any]) -> Mended:
    """Carry out every safe fix in a notebook's JSON, of which the subject's notebook is the view."""
    return mend(raw, lambda notebook: examine(replace(subject, notebook=notebook)))


def fix_for_all(subject: Subject, raw: Mapping[str, Any]) -> Fix | None:
    """One fix that does what all safe ones would; ``None`` if there is none."""
    mended = mend_all(subject, raw)
    edits = changes(subject.notebook, Notebook.from_json(mended.raw))
    if not edits:
        return None
    count = len(mended.fixed)
    return Fix(f"Mend {count} finding{'s' if count > 1 else ''}", edits, safe=True)


def _page(subject: Subject, lints: Lints | None) -> Page:
    return Page(
        notebook=subject.notebook,
        path=subject.path,
        folder=subject.folder,
        history=subject.history,
        limits=limits(subject.configuration.settings),
        interpreter=subject.interpreter,
        lints=lints or {},
        notes=() if lints is not None else (NOT_RUN,),
    )
