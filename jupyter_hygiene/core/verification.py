"""A verification: a replay (or several) in the notebook's folder or a copy of it, and the report."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .configuration import Configuration, configure
from .errors import ScratchError
from .folder import ScratchCopy, scratch_copy
from .judged_replay import JudgedReplay, Observer, StartSession
from .listing import listed
from .notebook import CellId, Notebook
from .replay import Replay, ReplayLimits
from .session import KernelSession

if TYPE_CHECKING:
    from .analysis.model import Run
    from .report import CellReport, Report


@dataclass(frozen=True)
class VerifyOptions:
    """How to verify. Times in seconds, sizes in bytes."""

    repeat: int = 1
    keep_going: bool = False
    scratch: bool = False
    scratch_limit: int = 1_000_000_000
    limits: ReplayLimits = field(default_factory=ReplayLimits)

    def to_json(self) -> dict[str, Any]:
        return {
            "repeat": self.repeat,
            "timeout": self.limits.timeout,
            "cell_timeout": self.limits.cell_timeout,
            "keep_going": self.keep_going,
            "scratch": self.scratch,
        }


@dataclass(frozen=True)
class Outcome:
    """A report, and the session of its replay if it was to be kept open."""

    report: Report
    session: KernelSession | None


async def verify(
    notebook: Notebook,
    path: str,
    folder: Path | None,
    start: StartSession,
    observer: Observer,
    options: VerifyOptions,
    *,
    keep_session: bool = False,
    history: Sequence[Run] | None = None,
    configuration: Configuration | None = None,
) -> Outcome:
    """Verify a notebook.

    Args:
        notebook: what is on the page.
        path: how the notebook is called in the report.
        folder: its folder, if that is on this machine; the replay's working directory.
        start: starts a kernel with a given working directory.
        keep_session: leave the replay's session open in the outcome. Not with ``scratch`` or ``repeat``.
        history: the runs of the notebook's kernel, oldest first, to predict from what the replay measures;
            ``None`` to predict from the execution counts on the page.
        configuration: what is set for the notebook, its options apart; if not given, what is found in its folder
            and its metadata.

    Raises:
        InvalidSettings: what is found there is impossible.
        KernelError: no kernel could be started. What happens to a started one is in the report.
        ScratchError: the folder is not on this machine, too large, or cannot be copied.
        asyncio.CancelledError: the kernel has been killed and the copy removed.
    """
    started = time.monotonic()
    chosen = await asyncio.to_thread(configure, notebook, folder) if configuration is None else configuration
    copy = await _copy(folder, options.scratch_limit) if options.scratch else None

    def judged_replay(told: Observer) -> JudgedReplay:
        return JudgedReplay(
            notebook,
            start,
            told,
            options.limits,
            keep_going=options.keep_going,
            folder=copy.folder if copy else folder,
            path_aliases=copy.aliases if copy else (),
            configuration=chosen,
        )

    try:
        first = judged_replay(observer)
        session = await first.run(keep=keep_session and copy is None and options.repeat == 1)
        cells = first.reports
        for _ in range(1, options.repeat):
            again = judged_replay(_Silent())
            await again.run(keep=False)
            cells = await asyncio.to_thread(_with_disagreements, cells, again.reports, notebook, chosen)
        if options.repeat > 1:
            for cell in cells:
                observer.judged(cell)
    finally:
        if copy is not None:
            await asyncio.shield(asyncio.to_thread(copy.remove))
    from . import verdicts
    from .assessment import Circumstances, assess
    from .report import Report

    circumstances = Circumstances(
        language=notebook.language or first.kernel.language,
        history=history,
        repeated=options.repeat > 1,
        folder=folder,
        path=path,
        versions=first.versions,
    )
    try:
        assessment = await asyncio.to_thread(assess, cells, chosen.tagged(notebook), circumstances)
    except BaseException:
        if session is not None:
            await asyncio.shield(session.kill())
        raise
    report = Report(
        path=path,
        verdict=verdicts.notebook_verdict(cells),
        headline=verdicts.headline(cells),
        seconds=time.monotonic() - started,
        created=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        kernel=first.kernel,
        cells=assessment.cells,
        counts=verdicts.counts(cells),
        options=options.to_json(),
        files=first.files or (),
        notes=(
            *chosen.notes,
            *chosen.afterthoughts(),
            *assessment.notes,
            *_notes(first, options, folder, copy),
        ),
        truncated=any(run.truncated for run in first.replay.runs()),
        predictions=assessment.predictions,
        root_causes=assessment.root_causes,
    )
    return Outcome(report, session)


async def _copy(folder: Path | None, limit: int) -> ScratchCopy:
    if folder is None:
        raise ScratchError(
            "The folder of the notebook is not on this machine, so it cannot be copied. Replay in place."
        )
    copying = asyncio.ensure_future(asyncio.to_thread(scratch_copy, folder, limit))
    try:
        return await asyncio.shield(copying)
    except asyncio.CancelledError:
        # A thread cannot be cancelled: let it come to its end, and leave nothing behind.
        await asyncio.wait([copying])
        if copying.exception() is None:
            await asyncio.shield(asyncio.to_thread(copying.result().remove))
        raise


def _notes(
    first: JudgedReplay, options: VerifyOptions, folder: Path | None, copy: ScratchCopy | None
) -> list[str]:
    notes = []
    if options.scratch:
        notes.append("Replayed in a scratch copy of the folder; files it wrote there are gone.")
    if copy is not None and copy.skipped:
        notes.append(f"Not copied into the scratch copy, since they are no files: {listed(copy.skipped)}.")
    if options.repeat > 1:
        notes.append(f"Replayed {options.repeat} times; the outputs shown are the first replay's.")
    if first.files is None and folder is not None:
        notes.append("The folder holds too many files to tell which ones the replay touched.")
    if first.replay.widgets.dropped:
        notes.append("The state of some widgets was dropped, since all outputs together reached their limit.")
    return notes + _truncation_notes(first.replay) + _loss_notes(first.replay)


class _Silent:
    """An observer of a repeated replay, whose verdicts are not the user's."""

    def running(self, cell_id: CellId) -> None:
        pass

    def judged(self, cell: CellReport) -> None:
        pass


def _with_disagreements(
    first: list[CellReport], again: list[CellReport], notebook: Notebook, configuration: Configuration
) -> list[CellReport]:
    from .repeats import with_disagreement  # the rules of comparison are slow to read in

    merged = []
    for one, other in zip(first, again, strict=True):
        cell = notebook.cells[one.index]
        both = with_disagreement(one, other, configuration.comparison(cell))
        if configuration.treatment(cell).ignored and other.verdict != "failed":
            # What is not compared with the page need not be the same each time either.
            both = replace(one, disputed=both.disputed)
        merged.append(both)
    return merged


def _loss_notes(replay: Replay) -> list[str]:
    lost = [
        f"cell {run.cell.index + 1} ({run.lost} message{'s' if run.lost > 1 else ''})"
        for run in replay.runs()
        if run.lost
    ]
    if not lost:
        return []
    return [f"Not all that the kernel said could be read, in {listed(lost)} (counted from the top)."]


def _truncation_notes(replay: Replay) -> list[str]:
    cut = [run.cell.index + 1 for run in replay.runs() if run.truncated]
    if not cut:
        return []
    which = ", ".join(str(number) for number in cut[:10])
    return [f"Output was cut at its limit in cell {which} (counted from the top)."]
