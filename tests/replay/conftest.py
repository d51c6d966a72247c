"""Verifying a notebook in a local kernel, with all that it tells on the way."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from jupyter_hygiene.core.analysis import Run
from jupyter_hygiene.core.notebook import Cell, CellId, Notebook
from jupyter_hygiene.core.replay import CellRun
from jupyter_hygiene.core.report import CellReport, Report
from jupyter_hygiene.core.session import KernelSession
from jupyter_hygiene.core.verification import VerifyOptions, verify
from jupyter_hygiene.kernels.local import start_local_kernel
from tests.notebooks import notebook


@dataclass
class Diary:
    """What an observer was told."""

    cells: list[CellReport] = field(default_factory=list)
    started: list[str] = field(default_factory=list)

    def running(self, cell_id: CellId) -> None:
        self.started.append(cell_id)

    def judged(self, cell: CellReport) -> None:
        self.cells.append(cell)


class Deaf:
    """A replay's listener that is told and does nothing."""

    def started(self, cell: Cell) -> None: ...

    def finished(self, run: CellRun) -> None: ...

    def revised(self, cell: Cell) -> None: ...


@dataclass
class Machine:
    """Where notebooks are verified in tests. ``session`` is the last one started."""

    folder: Path
    diary: Diary = field(default_factory=Diary)
    session: KernelSession | None = None

    async def start(self, cwd: Path, kernel: str | None = None) -> KernelSession:
        self.session = await start_local_kernel(
            kernel, cwd=cwd, notebook_path=self.folder / "n.ipynb", timeout=math.inf
        )
        return self.session

    async def verify_async(
        self, raw: dict[str, Any], options: VerifyOptions | None = None, history: Sequence[Run] | None = None
    ) -> Report:
        read = Notebook.from_json(raw)

        async def start(cwd: Path | None) -> KernelSession:
            return await self.start(cwd or self.folder, read.kernel_name)

        outcome = await verify(
            read, "n.ipynb", self.folder, start, self.diary, options or VerifyOptions(), history=history
        )
        others = asyncio.all_tasks() - {asyncio.current_task()}
        assert not others, f"tasks left behind: {others}"
        return outcome.report

    def verify(
        self,
        *cells: dict[str, Any],
        options: VerifyOptions | None = None,
        history: Sequence[Run] | None = None,
        **metadata: Any,
    ) -> Report:
        return asyncio.run(self.verify_async(notebook(*cells, **metadata), options, history))


@pytest.fixture
def machine(clean_machine: Path) -> Machine:
    return Machine(clean_machine)


Verify = Callable[..., Report]


def verdicts(report: Report) -> list[str]:
    return [cell.verdict for cell in report.cells]


def replayed(report: Report, index: int = 0) -> list[dict[str, Any]]:
    """The outputs that the replay gave for the ``index``-th code cell."""
    return [output.to_json() for output in report.cells[index].replayed_outputs]


def replayed_text(report: Report, index: int = 0) -> str:
    return "".join(output.text for output in report.cells[index].replayed_outputs)
