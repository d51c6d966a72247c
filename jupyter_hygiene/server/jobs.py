"""Verifications as jobs: queued, run a few at a time, cancelled, remembered, and cleaned up after."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..core.errors import AlreadyRunning, HygieneError, NotFound, Refused, TooMany
from ..core.report import Report
from ..core.verification import Outcome, verify
from ..kernels.channels import ChannelSession
from ..kernels.managed import ManagedKernel, start_managed_kernel
from .job import Job, JobRequest
from .kept_kernels import KeptKernels
from .store import ReportStore

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

    def verification(self, verification_id: str) -> dict[str, Any]:
        """A verification as it stands, from memory or from disk.

        Raises:
            NotFound: there is none of this id.
        """
        job = self._jobs.get(verification_id)
        return job.to_json() if job else self.store.record(verification_id)

    def last_of(self, key: str) -> dict[str, Any] | None:
        """The verification of a notebook that is under way, else its last that came to its end."""
        job = self.running_of(key)
        if job is None:
            # A copy, since this may be asked from a thread.
            done = [job for job in list(self._jobs.values()) if job.key == key and job.state == "done"]
            job = done[-1] if done else None
        return job.to_json() if job else self.store.last_of(key)

    def details(self, verification_id: str) -> list[dict[str, Any]]:
        """The code cells of a finished verification, with all outputs.

        Raises:
            NotFound: there is none of this id, or it has no report.
        """
        unsaved = self._unsaved(verification_id)
        if unsaved:
            return [cell.detail_json() for cell in unsaved.cells]
        return self.store.cells(verification_id)

    def pages(self, verification_id: str) -> list[dict[str, Any]]:
        """What stood on the page of each code cell, and what the replay gave so far: enough to match with.

        Raises:
            NotFound: there is none of this id, or it came to no report.
        """
        job = self._jobs.get(verification_id)
        if job is None or job.request is None:
            return self.details(verification_id)
        return [
            {
                "id": cell.id,
                "source": cell.source,
                "saved_outputs": [output.to_json() for output in cell.outputs],
                "replayed_outputs": [],
            }
            for cell in job.request.notebook.code_cells
        ]

    def detail(self, verification_id: str, cell_id: str) -> str:
        """One code cell of a finished verification, with all outputs, as JSON text.

        Raises:
            NotFound: there is no such verification, report or cell.
        """
        record = self.verification(verification_id)
        cells = (record["report"] or {}).get("cells", [])
        for number, cell in enumerate(cells):
            if cell["id"] == cell_id:
                unsaved = self._unsaved(verification_id)
                if unsaved:
                    return json.dumps(unsaved.cells[number].detail_json())
                return self.store.cell_text(verification_id, number)
        raise NotFound("There is no such cell in this report.")

    # Ending

    async def cancel(self, verification_id: str) -> None:
        """Cancel a verification and kill its kernel; nothing happens if it is over.

        Raises:
            NotFound: there is none of this id.
        """
        job = self._jobs.get(verification_id)
        if job is None:
            self.store.record(verification_id)
            return
        if job.task is not None and not job.is_over:
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
            self.store.record(verification_id)
            raise Refused("The replay's kernel is no longer kept. Verify again to continue in a fresh one.")
        return await self._kept.hand_over(job)

    def release_kernel(self, verification_id: str) -> None:
        """Shut the replay's kernel down now, if it is kept.

        Raises:
            NotFound: there is none of this id.
        """
        job = self._jobs.get(verification_id)
        if job is None:
            self.store.record(verification_id)
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
        try:
            cells = [cell.detail_json() for cell in report.cells]
            await asyncio.shield(asyncio.to_thread(self.store.save, job.key, saved, cells))
            for other in [
                other for other in self._jobs.values() if other.key == job.key and other is not job
            ]:
                del self._jobs[other.id]  # its report is no longer on disk
        except OSError as error:
            log.warning("the report of %s could not be kept on disk: %s", job.path, error)
            job.unsaved = report
            reason = f"This report could not be kept on disk ({error.strerror or error})."
            record = {**record, "notes": [*report.notes, reason]}
        except asyncio.CancelledError:
            self._kept.release(job, at_once=True)
            raise
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

    def _unsaved(self, verification_id: str) -> Report | None:
        job = self._jobs.get(verification_id)
        if job is not None and job.state != "done":
            raise NotFound("This verification has no report (yet).")
        return job.unsaved if job else None
