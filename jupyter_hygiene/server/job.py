"""One verification as a job: what was asked for, and how it stands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from uuid import uuid4

from ..core.analysis.model import Run
from ..core.configuration import Configuration
from ..core.notebook import CellId, Notebook
from ..core.report import CellReport, Report
from ..core.verification import VerifyOptions

FINAL_STATES = frozenset({"done", "cancelled", "error"})


@dataclass(frozen=True)
class JobRequest:
    """What to verify.

    ``history``: the runs of the notebook's kernel, if the page knows them. ``configuration``: what is set for it.
    ``key`` tells the notebook from all others. ``folder`` is the kernel's working directory; ``is_local`` says
    whether the kernel will see it as this server does.
    """

    path: str
    key: str
    notebook: Notebook
    kernel_name: str | None
    folder: Path
    is_local: bool
    session_name: str
    options: VerifyOptions
    history: tuple[Run, ...] | None = None
    configuration: Configuration | None = None


class Job:
    """One verification and how it stands. Also the observer of its replay."""

    def __init__(self, request: JobRequest, changed: Callable[[Job], None]) -> None:
        self.id = uuid4().hex
        self.path = request.path
        self.key = request.key
        self.request: JobRequest | None = request  # dropped in the end: it holds the whole notebook
        self.state = "queued"
        self.revision = 0
        self.created = datetime.now(timezone.utc).isoformat(timespec="seconds")
        self.total = len(request.notebook.code_cells)
        self.current: str | None = None
        self.marks: dict[int, dict[str, Any]] = {}
        self.error: dict[str, Any] | None = None
        self.record: dict[str, Any] | None = None  # the report, once done
        self.unsaved: Report | None = None  # the whole report, where it could not be put on disk
        self.task: asyncio.Task[None] | None = None
        self.kernel_expires: datetime | None = None  # while its replay's kernel is kept
        self._changed = changed
        self._cancelled = False

    @property
    def is_over(self) -> bool:
        return self.state in FINAL_STATES

    def enter(self, state: str) -> None:
        self.state = state
        self.touch()

    def running(self, cell_id: CellId) -> None:
        self.current = cell_id
        if self.state != "running":
            self.state = "running"
        self.touch()

    def judged(self, cell: CellReport) -> None:
        self.marks[cell.index] = cell.mark_json()
        self.touch()

    def fail(self, kind: str, message: str) -> None:
        self.error = {"kind": kind, "message": message, "verification_id": self.id}
        self.enter("error")

    def cancel(self) -> None:
        """Call it off. Said once only: a second time would break into the cleaning up of the first."""
        if self.task is not None and not self.task.done() and not self._cancelled:
            self._cancelled = True
            self.task.cancel()

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "path": self.path,
            "state": self.state,
            "revision": self.revision,
            "created": self.created,
            "progress": {"done": len(self.marks), "total": self.total, "cell_id": self.current},
            "cells": [self.marks[index] for index in sorted(self.marks)],
            "report": self.record,
            "error": self.error,
            "kernel": {"expires": self.kernel_expires.isoformat(timespec="seconds")}
            if self.kernel_expires
            else None,
        }

    def touch(self) -> None:
        """Say that something changed."""
        self.revision += 1
        self._changed(self)
