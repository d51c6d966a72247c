"""Verifications as jobs: queued, run a few at a time, cancelled, remembered, and cleaned up after."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.background import in_the_background
from ..core.errors import AlreadyRunning, HygieneError, NotFound, Refused, TooMany
from ..core.report import Report
from ..core.verification import Outcome, verify
from ..kernels.channels import ChannelSession
from ..kernels.managed import ManagedKernel, start_managed_kernel
from .job import Job, JobRequest
from .json_pieces import json_pieces
from .kept_kernels import KeptKernels
from .store import ReportStore, not_found

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class JobLimits:
    """``concurrent``: verifications at a time; ``queued``: those that may wait. ``remembered``: ended ones kept in
    memory. ``kept_kernels``: replay kernels kept for their users, ``keep_seconds`` long. ``start_timeout``: seconds
    for a kernel to answer."""

    concurrent: int = 2
    queued: int = 50
    remembered: int = 100
    kept_kernels: int = 2
    keep_seconds: float = 300.0
    start_timeout: float = 60.0


class JobManager:
    """All verifications of one server."""

    def __init__(
        self,
        kernel_manager: Any,
        kernel_specs: Any,
        store: ReportStore,
        limits: JobLimits,
        changed: Callable[[Job], None] = lambda job: None,
    ) -> None:
        self._kernel_manager = kernel_manager
        self._kernel_specs = kernel_specs
        self.store = store
        self._limits = limits
        self._changed = changed
        self._jobs: dict[str, Job] = {}  # oldest first
        self._turn = asyncio.Semaphore(limits.concurrent)
        self._kept = KeptKernels(limits.kept_kernels, limits.keep_seconds)
        self._stopping = False
        self._disk_trouble = ""  # why the last report could not be kept on disk

    # Asking

    def submit(self, request: JobRequest) -> Job:
        """Queue a verification.

        Raises:
            AlreadyRunning: one of this notebook is queued or under way.
            TooMany: the queue is full.
            Refused: the server is stopping.
        """
        if self._stopping:
            raise Refused("The server is stopping.")
        under_way = self.running_of(request.key)
        if under_way is not None:
            raise AlreadyRunning("A verification of this notebook is under way.", under_way.id)
        if sum(job.state == "queued" for job in self._jobs.values()) >= self._limits.queued:
            raise TooMany("Too many verifications are waiting on this server. Try again later.")
        for job in self._jobs.values():
            if job.key == request.key:
                self._kept.release(job)
        job = Job(request, self._changed)
        self._jobs[job.id] = job
        job.task = asyncio.create_task(self._run(job, request), name=f"verification {job.id}")
        self._forget_old()
        return job

    def running_of(self, key: str) -> Job | None:
        return next((job for job in list(self._jobs.values()) if job.key == key and not job.is_over), None)

    def job(self, verification_id: str) -> Job | None:
        return self._jobs.get(verification_id)

    async def verification(self, verification_id: str) -> dict[str, Any]:
        """A verification as it stands, from memory or from disk.

        Raises:
            NotFound: there is none of this id.
        """
        job = self._jobs.get(verification_id)
        return job.to_json() if job else await asyncio.to_thread(self._record, verification_id)

    async def last_of(self, key: str) -> dict[str, Any] | None:
        """The verification of a notebook that is under way, else its last that came to its end."""
        under_way = self.running_of(key)
        if under_way is not None:
            return under_way.to_json()
        done = [job for job in self._jobs.values() if job.key == key and job.state == "done"]
        if done:
            # Another server may have verified the same notebook since.
            newest = None if done[-1].unsaved else await asyncio.to_thread(self.store.newest_of, key)
            if newest is None or newest in self._jobs:
                return done[-1].to_json()
        return await asyncio.to_thread(self.store.last_of, key)

    def details(self, verification_id: str) -> Iterator[dict[str, Any]]:
        """The code cells of a finished verification, with all outputs, one after another. Not for the event loop.

        Raises:
            NotFound: there is none of this id, or it has no report.
        """
        unsaved = self._unsaved(verification_id)
        if unsaved:
            return (cell.detail_json() for cell in unsaved.cells)
        try:
            return self.store.cells(verification_id)
        except NotFound:
            raise self._lost(verification_id) from None

    def pages(self, verification_id: str) -> list[dict[str, Any]]:
        """What stood on the page of each code cell, and what the replay gave so far: enough to match with.

        Raises:
            NotFound: there is none of this id, or it came to no report.
        """
        job = self._jobs.get(verification_id)
        request = job.request if job is not None else None
        if request is None:
            return list(self.details(verification_id))
        return [
            {
                "id": cell.id,
                "source": cell.source,
                "saved_outputs": [output.to_json() for output in cell.outputs],
                "replayed_outputs": [],
            }
            for cell in request.notebook.code_cells
        ]

    async def detail(self, verification_id: str, cell_id: str) -> str:
        """One code cell of a finished verification, with all outputs, as JSON text.

        Raises:
            NotFound: there is no such verification, report or cell.
        """
        record = await self.verification(verification_id)
        unsaved = self._unsaved(verification_id)

        def find() -> str:
            cells = (record["report"] or {}).get("cells", [])
            for number, cell in enumerate(cells):
                if cell["id"] == cell_id:
                    if unsaved:
                        return "".join(json_pieces(unsaved.cells[number].detail_json()))
                    return self._cell_text(verification_id, number)
            raise NotFound("There is no such cell in this report.")

        return await asyncio.to_thread(find)

    # Ending

    async def cancel(self, verification_id: str) -> None:
        """Cancel a verification and kill its kernel; nothing happens if it is over.

        Raises:
            NotFound: there is none of this id.
        """
        job = self._jobs.get(verification_id)
        if job is None:
            await self._must_be_kept(verification_id)
        elif job.task is not None and not job.is_over:
            job.cancel()
            await asyncio.wait([job.task])

    async def hand_over(self, verification_id: str) -> dict[str, Any]:
        """Give the replay's kernel to the user.

        Raises:
            NotFound: there is none of this id.
            Refused: its kernel is not kept, or no longer.
            KernelDied: it has died meanwhile.
        """
        job = self._jobs.get(verification_id)
        if job is None:
            await self._must_be_kept(verification_id)
            raise Refused("The replay's kernel is no longer kept. Verify again to continue in a fresh one.")
        return await self._kept.hand_over(job)

    async def release_kernel(self, verification_id: str) -> None:
        """Shut the replay's kernel down now, if it is kept.

        Raises:
            NotFound: there is none of this id.
        """
        job = self._jobs.get(verification_id)
        if job is None:
            await self._must_be_kept(verification_id)
        else:
            self._kept.release(job)

    async def stop(self) -> None:
        """Cancel everything and end every kernel. Nothing can be asked afterwards."""
        self._stopping = True
        for job in self._jobs.values():
            job.cancel()
        tasks = [job.task for job in self._jobs.values() if job.task is not None]
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._kept.stop()

    # Running

    async def _run(self, job: Job, request: JobRequest) -> None:
        try:
            async with self._turn:
                job.enter("starting")
                await asyncio.to_thread(self.store.sweep)
                kernels: list[ManagedKernel] = []
                outcome = await self._verify(job, request, kernels)
                await self._finish(job, outcome, kernels)
        except asyncio.CancelledError:
            if not job.is_over:
                job.enter("cancelled")
        except HygieneError as error:
            job.fail(error.kind, error.message)
        except Exception as error:
            log.exception("verification of %s failed", job.path)
            reason = str(error) or type(error).__name__
            job.fail("internal", f"The verification itself failed: {reason}. The server's log has more.")
        finally:
            job.request = None
            job.current = None

    async def _verify(self, job: Job, request: JobRequest, kernels: list[ManagedKernel]) -> Outcome:
        async def start(cwd: Path | None) -> ChannelSession:
            session, kernel = await start_managed_kernel(
                self._kernel_manager,
                self._kernel_specs,
                request.kernel_name,
                cwd=cwd or request.folder,
                session_name=request.session_name,
                timeout=self._limits.start_timeout,
            )
            kernels.append(kernel)
            return session

        folder = request.folder if request.is_local and request.folder.is_dir() else None
        return await verify(
            request.notebook,
            request.path,
            folder,
            start,
            job,
            request.options,
            keep_session=self._kept.wanted,
            history=request.history,
            configuration=request.configuration,
        )

    async def _finish(self, job: Job, outcome: Outcome, kernels: list[ManagedKernel]) -> None:
        """Put the report on disk, then say that it is there."""
        report = outcome.report
        if isinstance(outcome.session, ChannelSession):
            self._kept.keep(job, outcome.session, kernels[-1], report)
        record = report.to_json()
        progress = {"done": len(job.marks), "total": job.total, "cell_id": None}
        saved = {**job.to_json(), "state": "done", "report": record, "kernel": None, "progress": progress}
        saving = asyncio.ensure_future(asyncio.to_thread(self._save, job.key, saved, report))
        try:
            await asyncio.shield(saving)
            self._disk_trouble = ""
            for other in [
                other for other in self._jobs.values() if other.key == job.key and other is not job
            ]:
                del self._jobs[other.id]  # its report is no longer on disk
        except asyncio.CancelledError:
            self._kept.release(job, at_once=True)
            # A thread cannot be called off, and a report that is there is not thrown away.
            await asyncio.wait([saving])
            if saving.exception() is None:
                self._end(job, record)
            raise
        except Exception as error:
            log.warning("the report of %s could not be kept on disk: %s", job.path, error)
            job.unsaved = report
            self._disk_trouble = getattr(error, "strerror", None) or str(error) or type(error).__name__
            reason = f"This report could not be kept on disk ({self._disk_trouble})."
            record = {**record, "notes": [*report.notes, reason]}
        self._end(job, record)

    @staticmethod
    def _end(job: Job, record: dict[str, Any]) -> None:
        job.record = record
        job.current = None
        job.enter("done")

    # Memory

    def _forget_old(self) -> None:
        over = [job for job in self._jobs.values() if job.is_over and job.kernel_expires is None]
        for job in over[: max(0, len(over) - self._limits.remembered)]:
            del self._jobs[job.id]
        unsaved = [job for job in self._jobs.values() if job.unsaved is not None]
        for job in unsaved[: max(0, len(unsaved) - self._limits.concurrent)]:
            del self._jobs[job.id]

    def _save(self, key: str, record: dict[str, Any], report: Report) -> None:
        with in_the_background():
            self.store.save(key, record, [cell.detail_json() for cell in report.cells])

    def _record(self, verification_id: str) -> dict[str, Any]:
        try:
            return self.store.record(verification_id)
        except NotFound:
            raise self._lost(verification_id) from None

    def _cell_text(self, verification_id: str, number: int) -> str:
        try:
            return self.store.cell_text(verification_id, number)
        except NotFound:
            raise self._lost(verification_id) from None

    async def _must_be_kept(self, verification_id: str) -> None:
        if not await asyncio.to_thread(self.store.holds, verification_id):
            raise self._lost(verification_id)

    def _lost(self, verification_id: str) -> NotFound:
        """What to say of a report that is not there (any more), as far as this server knows why."""
        if verification_id in self._jobs:
            return NotFound(
                "The outputs of this report are no longer on disk: newer reports took their room, or it was removed "
                "or damaged. Verify again."
            )
        if self._disk_trouble:
            return NotFound(
                f"Reports cannot be kept on disk ({self._disk_trouble}), so only the last ones are there. "
                "Make room or mend the folder, and verify again."
            )
        return not_found(verification_id)

    def _unsaved(self, verification_id: str) -> Report | None:
        job = self._jobs.get(verification_id)
        if job is not None and job.state != "done":
            raise NotFound("This verification has no report (yet).")
        return job.unsaved if job else None
