"""The kernels of finished replays, kept a while for their users to continue in."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from ..core.errors import Refused
from ..core.report import Report
from ..kernels.channels import ChannelSession
from ..kernels.managed import ManagedKernel
from .job import Job


@dataclass(frozen=True)
class _Kept:
    """A replay's kernel. ``runs``: which cell each of its runs was, oldest first."""

    session: ChannelSession
    kernel: ManagedKernel
    runs: list[dict[str, Any]]
    timer: asyncio.TimerHandle


class KeptKernels:
    """At most ``most`` kernels at a time, each for ``seconds``; the oldest goes first."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._kept: dict[Job, _Kept] = {}  # oldest first
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def wanted(self) -> bool:
        """Whether kernels are kept at all."""
        return self._most > 0 and self._seconds > 0

    def keep(self, job: Job, session: ChannelSession, kernel: ManagedKernel, report: Report) -> None:
        """Keep the kernel of a job's replay."""
        runs = [
            {"cell_id": cell.id, "execution_count": cell.execution_count}
            for cell in report.cells
            if cell.execution_count is not None
        ]
        # Should it die or be shut down meanwhile, it is no longer offered; what it says is nobody's business.
        session.listen(lambda message: None, lambda reason: self.release(job))
        timer = asyncio.get_running_loop().call_later(self._seconds, self.release, job)
        self._kept[job] = _Kept(session, kernel, runs, timer)
        job.kernel_expires = datetime.now(timezone.utc) + timedelta(seconds=self._seconds)
        while len(self._kept) > self._most:
            self.release(next(iter(self._kept)))

    async def hand_over(self, job: Job) -> dict[str, Any]:
        """Give a job's kernel to the user; returns the contract's ``KernelHandover``.

        Raises:
            Refused: its kernel is not kept, or no longer.
            KernelDied: it has died meanwhile.
        """
        kept = self._taken_from(job)
        if kept is None:
            raise Refused("The replay's kernel is no longer kept. Verify again to continue in a fresh one.")
        try:
            await kept.kernel.hand_over()
        except BaseException:
            await asyncio.shield(kept.session.close())
            raise
        await kept.session.detach()
        job.touch()
        return {"kernel_id": kept.kernel.kernel_id, "kernel_name": kept.session.info.name, "runs": kept.runs}

    def release(self, job: Job, *, at_once: bool = False) -> None:
        """Shut a job's kernel down, if it is kept. ``at_once``: without waiting for its exit hooks."""
        kept = self._taken_from(job)
        if kept is not None:
            task = asyncio.create_task(self._close(kept, at_once))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)
            job.touch()

    async def stop(self) -> None:
        """Shut all of them down at once, and wait until they are gone."""
        for job in list(self._kept):
            self.release(job, at_once=True)
        await asyncio.gather(*self._closing, return_exceptions=True)

    def _taken_from(self, job: Job) -> _Kept | None:
        job.kernel_expires = None
        kept = self._kept.pop(job, None)
        if kept is not None:
            kept.timer.cancel()
        return kept

    @staticmethod
    async def _close(kept: _Kept, at_once: bool) -> None:
        with contextlib.suppress(Exception):
            if at_once:
                await kept.session.kill()
            await kept.session.close()
