"""The way in: examines notebooks, one or many, with all that their surroundings tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from ..analysis import Run
from ..configuration import Configuration
from ..configuration.marks import marked_to_skip
from ..notebook import Notebook
from .checking import Check, check
from .code import Code
from .environment import container_note
from .fixes import Fix
from .linting import NOT_RUN, Linting, Lints
from .mending import Mended, changes, mend
from .page import PYTHON, Interpreter, Page, code_of
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
    waiting: _Batch[Item] | None = None
    try:
        while True:
            found = [(item, subject(item)) for item in islice(remaining, _BATCH)]
            batch = _Batch(found) if found else None
            if waiting is not None:
                done, waiting = waiting, None
                yield from done.checks()
            if batch is None:
                return
            waiting = batch
    finally:
        if waiting is not None:
            waiting.linting.close()


class _Batch(Generic[Item]):
    """Notebooks whose cells are read, and that ruff is at work on."""

    def __init__(self, found: Sequence[tuple[Item, Subject]]) -> None:
        self._found = found
        self._codes = [code_of(subject.notebook) for _, subject in found]
        self.linting = Linting(
            [_linted(subject, codes) for (_, subject), codes in zip(found, self._codes, strict=True)]
        )

    def checks(self) -> Iterator[tuple[Item, Check]]:
        with self.linting:
            lints = self.linting.result()
        for number, (item, subject) in enumerate(self._found):
            codes, self._codes[number] = self._codes[number], ()  # a notebook's trees are large
            page = _page(subject, codes, lints[number] if lints is not None else None)
            yield item, check(page, subject.configuration)


def _linted(subject: Subject, codes: Sequence[Code]) -> list[Code]:
    """The cells that ruff is to read: Python that a clean run comes to."""
    if subject.notebook.language not in PYTHON:
        return []
    return [code for code in codes if not marked_to_skip(code.source, code.cell.tags)]


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


def _page(subject: Subject, codes: tuple[Code, ...], lints: Lints | None) -> Page:
    container = container_note(subject.interpreter)
    if container and "kernel-not-isolated" not in selected(subject.configuration.settings):
        container = ""
    return Page(
        notebook=subject.notebook,
        path=subject.path,
        folder=subject.folder,
        history=subject.history,
        limits=limits(subject.configuration.settings),
        interpreter=subject.interpreter,
        read=codes,
        lints=lints or {},
        notes=tuple(note for note in ("" if lints is not None else NOT_RUN, container) if note),
    )
