"""Progress on standard error, where that is a terminal."""

from __future__ import annotations

import sys

from ..core.notebook import CellId
from ..core.report import CellReport


class Progress:
    """One line that says which cells of how many are done. Silent where nobody watches."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._notebooks: dict[str, tuple[int, int]] = {}

    def update(self, path: str, done: int, total: int) -> None:
        self._notebooks[path] = (done, total)
        self._draw()

    def forget(self, path: str) -> None:
        self._notebooks.pop(path, None)
        self._draw()

    def _draw(self) -> None:
        if self._shown:
            from ..formats.painting import harmless, one_line  # not before a kernel starts

            text = "  ".join(f"{path} {done}/{total}" for path, (done, total) in self._notebooks.items())
            sys.stderr.write(f"\r\x1b[K{harmless(one_line(text[:160]))}")
            sys.stderr.flush()


class NotebookProgress:
    """The observer of one notebook's verification."""

    def __init__(self, progress: Progress, path: str, total: int) -> None:
        self._progress = progress
        self._path = path
        self._total = total
        self._done: set[CellId] = set()
        progress.update(path, 0, total)

    def running(self, cell_id: CellId) -> None:
        pass

    def judged(self, cell: CellReport) -> None:
        self._done.add(cell.id)
        self._progress.update(self._path, len(self._done), self._total)
