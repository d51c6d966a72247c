"""The way in: examines notebooks, one or many, with all that their surroundings tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..analysis import Run
from ..configuration import Configuration
from ..notebook import Notebook
from .checking import Check, check
from .fixes import Fix
from .mending import Mended, changes, mend
from .page import Interpreter, Page
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
    return check(_page(subject, subject.notebook), subject.configuration)


def mend_all(subject: Subject, raw: Mapping[str, Any]) -> Mended:
    """Carry out every safe fix in a notebook's JSON, of which the subject's notebook is the view."""
    return mend(raw, lambda notebook: check(_page(subject, notebook), subject.configuration))


def fix_for_all(subject: Subject, raw: Mapping[str, Any]) -> Fix | None:
    """One fix that does what all safe ones would; ``None`` if there is none."""
    mended = mend_all(subject, raw)
    edits = changes(subject.notebook, Notebook.from_json(mended.raw))
    if not edits:
        return None
    count = len(mended.fixed)
    return Fix(f"Mend {count} finding{'s' if count > 1 else ''}", edits, safe=True)


def _page(subject: Subject, notebook: Notebook) -> Page:
    return Page(
        notebook=notebook,
        path=subject.path,
        folder=subject.folder,
        history=subject.history,
        limits=limits(subject.configuration.settings),
        interpreter=subject.interpreter,
    )
