"""A verification can be called off at every stage, and leaves nothing behind."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from jupyter_hygiene.core.errors import ScratchError
from jupyter_hygiene.core.notebook import CellId
from jupyter_hygiene.core.verification import VerifyOptions
from tests.notebooks import code, notebook, printed
from tests.replay.conftest import Diary, Machine, replayed_text, verdicts

LONG = notebook(code("1"), code("import threading; threading.Event().wait()"), code("2"))


@pytest.mark.parametrize("steps", [1, 2, 5, 20, 60, 200])
def test_cancelled_while_the_kernel_starts(machine: Machine, steps: int) -> None:
    """``steps`` turns of the event loop after the start: before, in and after the launch of the process."""

    async def run() -> None:
        task = asyncio.create_task(machine.verify_async(LONG))
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())


class CancelsAt(Diary):
    """Cancels the verification when a cell starts."""

    def __init__(self, cell_id: str) -> None:
        super().__init__()
        self.cell_id = cell_id
        self.task: asyncio.Task[object] | None = None

    def running(self, cell_id: CellId) -> None:
        if cell_id == self.cell_id and self.task is not None:
            self.task.cancel()


@pytest.mark.parametrize("cell_id", ["c0", "c1"])
@pytest.mark.parametrize("scratch", [False, True])
def test_cancelled_while_a_cell_runs(machine: Machine, cell_id: str, scratch: bool) -> None:
    async def run() -> None:
        diary = CancelsAt(cell_id)
        machine.diary = diary
        diary.task = asyncio.create_task(machine.verify_async(LONG, VerifyOptions(scratch=scratch)))
        with pytest.raises(asyncio.CancelledError):
            await diary.task

    asyncio.run(run())


def test_a_scratch_copy_takes_the_writes_and_reaches_its_neighbours(machine: Machine) -> None:
    (machine.folder.parent / "shared").mkdir()
    (machine.folder.parent / "shared" / "in.txt").write_text("neighbour")
    (machine.folder / "model.pt").write_text("precious")
    report = machine.verify(
        code("open('model.pt', 'w').write('overwritten');"),
        code("print(open('../shared/in.txt').read())", printed("neighbour\n")),
        code("import os; print(os.getcwd())", printed(f"{machine.folder}\n")),
        options=VerifyOptions(scratch=True),
    )
    assert verdicts(report)[:2] == ["same", "same"]
    assert (machine.folder / "model.pt").read_text() == "precious"
    assert [change.path for change in report.files] == ["model.pt"]
    assert replayed_text(report, 2) == f"{machine.folder}\n", "the copy's path stands for the folder's own"
    assert report.cells[2].verdict in ("same", "cosmetic")


def test_a_folder_over_the_limit_is_not_copied(machine: Machine) -> None:
    (machine.folder / "big.bin").write_bytes(bytes(20_000))
    with pytest.raises(ScratchError, match="limit"):
        machine.verify(code("1"), options=VerifyOptions(scratch=True, scratch_limit=10_000))
    assert list(Path(machine.folder).iterdir()) == [machine.folder / "big.bin"]


def test_cancelled_while_the_folder_is_copied(machine: Machine) -> None:
    for number in range(300):
        (machine.folder / f"{number}.bin").write_bytes(bytes(10_000))

    async def run() -> None:
        task = asyncio.create_task(machine.verify_async(LONG, VerifyOptions(scratch=True)))
        temporary = machine.folder.parent / "tmp"
        while not any(temporary.iterdir()):  # noqa: ASYNC110 (another thread makes the folder)
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
    assert machine.session is None
