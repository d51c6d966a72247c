"""What the rules look at: a notebook, its code, where it lies, and the limits in force."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from ..analysis import Run
from ..causes.names import names_imported_by
from ..notebook import Notebook
from .code import Code
from .linting import Lint

Found = TypeVar("Found")
# What notebooks call the language; many do not name it at all.
PYTHON = frozenset({"python", "ipython", ""})


@dataclass(frozen=True)
class Limits:
    """What is too much. Sizes in bytes."""

    cell_statements: int = 50
    notebook_cells: int = 100
    output_bytes: int = 1_000_000


@dataclass(frozen=True)
class Interpreter:
    """The Python that a notebook's kernel runs in, as far as its files tell.

    Args:
        kind: ``isolated`` (an environment of its own), ``system``, ``conda-base``, or ``unknown``.
        user_site: the folder of the user's own packages that it sees, if there is one and it holds something.
        container: it runs in a container, which isolates it in its own way.
    """

    kind: str = "unknown"
    path: str = ""
    user_site: str = ""
    container: bool = False


def code_of(notebook: Notebook) -> tuple[Code, ...]:
    """The code cells that hold something, in document order."""
    return tuple(Code(cell) for cell in notebook.code_cells if not cell.is_empty)


@dataclass(frozen=True)
class Page:
    """A notebook, and what is known around it.

    Args:
        path: of the notebook, as the user calls it.
        folder: the notebook's, if it is on this machine.
        history: the runs of its kernel, oldest first; ``None`` where none is known.
        lints: what ruff says of its code, by ruff's codes.
        interpreter: none where the kernel is not known.
        notes: what a reader should know of the check itself.
        read: the code cells, where they have been read already.
    """

    notebook: Notebook
    path: str = ""
    folder: Path | None = None
    history: tuple[Run, ...] | None = None
    limits: Limits = field(default_factory=Limits)
    interpreter: Interpreter | None = None
    lints: Mapping[str, tuple[Lint, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    read: tuple[Code, ...] | None = None

    @cached_property
    def code(self) -> tuple[Code, ...]:
        """The code cells that hold something, in document order."""
        return code_of(self.notebook) if self.read is None else self.read

    @cached_property
    def imported(self) -> Mapping[str, str]:
        """What imported names stand for, in full: ``np`` for ``numpy``."""
        return names_imported_by(
            node for code in self.code for kind in (ast.Import, ast.ImportFrom) for node in code.nodes(kind)
        )

    @cached_property
    def _kept(self) -> dict[str, Any]:
        return {}

    def once(self, what: str, find: Callable[[], Found]) -> Found:
        """What several rules need, found when the first one asks."""
        if what not in self._kept:
            self._kept[what] = find()
        found: Found = self._kept[what]
        return found

    @cached_property
    def is_python(self) -> bool:
        return self.notebook.language in PYTHON
