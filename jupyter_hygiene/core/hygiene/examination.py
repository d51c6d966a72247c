"""The way in: examines notebooks, one or many, with all that their surroundings tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from ..analysis import Run
from ..configuration import Configuration
from ..configuration.marks import marked_to_skip
from ..notebook import Cell, Notebook
from .checking import Check, check
from .environment import container_note
from .fixes import Fix
from .linting import NOT_RUN, Linting, Lints
from .mending import Mended, changes, mend
from .page import PYTHON, Interpreter, Page
from .selection import limits, selected

Item = TypeVar("Item")
# Notebooks that ruff reads at a time.
_BATCH = 64


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
    return next(examine_all([subject], lambda each: each))[1]


def examine_all(items: Iterable[Item], subject: Callable[[Item], Subject]) -> Iterator[tuple[Item, Check]]:
    """Check notebooks, each by its own settings, as they are read. While ruff is at work on some, others are checked.

    Args:
        items: what holds the notebooks; given back beside what was found.
        subject: the notebook that an item holds.
    """
    remaining = iter(items)
    waiting: tuple[list[Item], Linting] | None = None
    try:
        while True:
            batch = list(islice(remaining, _BATCH))
            linting = Linting([_linted(subject(item)) for item in batch]) if batch else None
            if waiting is not None:
                done, waiting = waiting, None
                yield from _checks(*done, subject)
            if linting is None:
                return
            waiting = (batch, linting)
    finally:
        if waiting is not None:
            waiting[1].close()


def _checks(
    batch: Sequence[Item], linting: Linting, subject: Callable[[Item], Subject]
) -> Iterator[tuple[Item, Check]]:
    with linting:
        lints = linting.result()
    for number, item in enumerate(batch):
        each = subject(item)
        yield item, check(_page(each, lints[number] if lints is not None else None), each.configuration)


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
    is_judged = "kernel-not-isolated" in selected(subject.configuration.settings)
    container = container_note(subject.interpreter) if is_judged else ""
    return Page(
        notebook=subject.notebook,
        path=subject.path,
        folder=subject.folder,
        history=subject.history,
        limits=limits(subject.configuration.settings),
        interpreter=subject.interpreter,
        lints=lints or {},
        notes=tuple(note for note in ("" if lints is not None else NOT_RUN, container) if note),
    )
