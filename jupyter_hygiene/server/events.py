"""Progress hints on the server's own event stream: ids and counts, a few times a second at most."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from .job import Job

PROGRESS_EVENT = "https://events.jupyter.org/jupyter_hygiene/verification_progress/v1"
_SCHEMA = Path(__file__).parents[1] / "schemas" / "verification_progress.yaml"
_INTERVAL = 0.2  # seconds between two hints about one verification


class ProgressEvents:
    """Tells the event stream about jobs. A change of state is told at once, cells decided are gathered."""

    def __init__(self, event_logger: Any) -> None:
        self._logger = event_logger
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._told: dict[str, str] = {}
        event_logger.register_event_schema(_SCHEMA)

    def changed(self, job: Job) -> None:
        if self._told.get(job.id) != job.state:
            self._tell(job)
        elif job.id not in self._waiting:
            self._waiting[job.id] = asyncio.get_running_loop().call_later(_INTERVAL, self._tell, job)

    def close(self) -> None:
        for handle in self._waiting.values():
            handle.cancel()
        self._waiting.clear()

    def _tell(self, job: Job) -> None:
        handle = self._waiting.pop(job.id, None)
        if handle is not None:
            handle.cancel()
        if job.is_over:
            self._told.pop(job.id, None)
        else:
            self._told[job.id] = job.state
        self._logger.emit(
            schema_id=PROGRESS_EVENT,
            data={
                "verification_id": job.id,
                "state": job.state,
                "revision": job.revision,
                "done": len(job.marks),
                "total": job.total,
            },
        )
