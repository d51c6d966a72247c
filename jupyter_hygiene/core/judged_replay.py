"""One replay, judged: each cell is compared as soon as it is done.

Comparing happens in a worker thread while the kernel runs the next cell, so that neither waits for the other
and a server's event loop is never held up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from . import folder as folders
from .background import in_the_background
from .configuration import Configuration
from .growth import may_still_become
from .notebook import Cell, CellId, Notebook
from .replay import CellRun, Replay, ReplayLimits
from .session import KernelSession
from .widgets import WIDGET_VIEW

if TYPE_CHECKING:
    from .compare import CompareContext
    from .report import CellReport, FileChange, OutputComparison

# Late output is waited for only where it could explain a difference: until the kernel has been silent this long,
# and no longer than the second figure. In seconds.
_LATE_OUTPUT_QUIET = 1.0
_LATE_OUTPUT_AT_MOST = 3.0
# A cell that goes on changing after its end is judged again at most this often, in seconds.
_REJUDGE_INTERVAL = 0.5
# How long the kernel may take to tell its versions, in seconds.
_ANSWER_AT_MOST = 3.0


class Observer(Protocol):
    """Told how a verification goes, in the event loop's thread."""

    def running(self, cell_id: CellId) -> None: ...

    def judged(self, cell: CellReport) -> None:
        """A cell has its verdict; told again if late output changes it."""
        ...


# Starts a kernel with this working directory; None for wherever the kernel starts by itself.
StartSession = Callable[[Path | None], Awaitable[KernelSession]]


class JudgedReplay:
    """One replay, each of whose cells is judged as soon as it is done."""

    def __init__(
        self,
        notebook: Notebook,
        start: StartSession,
        observer: Observer,
        limits: ReplayLimits,
        *,
        keep_going: bool,
        folder: Path | None,
        path_aliases: tuple[tuple[str, str], ...] = (),
        configuration: Configuration | None = None,
    ) -> None:
        self._configuration = configuration or Configuration()
        self._notebook = notebook
        self._start = start
        self._observer = observer
        self._limits = limits
        self._keep_going = keep_going
        self._folder = folder
        self._path_aliases = path_aliases
        self._judged: dict[int, CellReport] = {}
        self._seen: dict[int, CellRun] = {}  # the runs that were judged, by cell index
        self._before: folders.Snapshot | None = None
        self._after: folders.Snapshot | None = None
        self.replay: Replay
        self.versions: dict[str, str] = {}  # of imported modules and of Python, where something differs

    @property
    def reports(self) -> list[CellReport]:
        return [self._judged[cell.index] for cell in self._notebook.code_cells]

    @property
    def files(self) -> tuple[FileChange, ...] | None:
        """What the replay touched in its folder; ``None`` if that cannot be told."""
        if self._before is None or self._after is None:
            return None
        return folders.changes(self._before, self._after)

    async def run(self, *, keep: bool) -> KernelSession | None:
        """Replay and judge every cell. Returns the session if it is to be kept and its kernel lives."""
        looking = asyncio.create_task(self._look())
        # The rules of comparison are read in while the kernel starts.
        warming = asyncio.create_task(asyncio.to_thread(_read_in_rules))
        session: KernelSession | None = None
        kept = False
        try:
            session = await self._start(self._folder)
            self.kernel = session.info
            self._before = await looking
            await warming
            await self._replay(session)
            if keep and not self.replay.kernel_died:
                self._after = await self._look()
                kept = True
        except BaseException:
            if session is not None:
                await asyncio.shield(session.kill())
            raise
        finally:
            # Threads cannot be cancelled; none is left running behind a verification.
            await asyncio.wait([looking, warming])
            if session is not None and not kept:
                await asyncio.shield(session.close())
        if kept:
            return session
        self._after = await self._look()  # after the kernel's exit hooks, which may write too
        return None

    async def _look(self) -> folders.Snapshot | None:
        return await asyncio.to_thread(folders.snapshot, self._folder) if self._folder else None

    async def _replay(self, session: KernelSession) -> None:
        queue: asyncio.Queue[int | None] = asyncio.Queue()
        listener = _Listener(queue, self._observer)
        self.replay = Replay(
            session,
            self._notebook,
            listener,
            self._limits,
            keep_going=self._keep_going,
            treatment=self._configuration.treatment,
        )
        judging = asyncio.create_task(self._judge_all(queue))
        try:
            await self.replay.run()
            queue.put_nowait(None)
            await judging
            if any(_may_lack_late_output(self._judged[run.cell.index], run) for run in self._ran()):
                await self.replay.settle(_LATE_OUTPUT_QUIET, _LATE_OUTPUT_AT_MOST)
            listener.close()
            await self._judge_rest()
            await self._ask_versions()
        finally:
            listener.close()
            judging.cancel()
            await asyncio.gather(judging, return_exceptions=True)

    async def _ask_versions(self) -> None:
        """What software the kernel has, while it is there: a cell that differs may differ by that."""
        from .causes import PROBLEMS
        from .causes.versions import versions_expression, versions_from_reply

        is_python = self.kernel.language.lower() in ("python", "ipython")
        if is_python and any(report.verdict in PROBLEMS for report in self._judged.values()):
            sources = [cell.source for cell in self._notebook.code_cells]
            expression = await asyncio.to_thread(versions_expression, sources)  # it reads all the code
            self.versions = versions_from_reply(await self.replay.evaluate(expression, _ANSWER_AT_MOST))

    def _ran(self) -> list[CellRun]:
        return [run for run in self.replay.runs() if run.status in ("ok", "error")]

    async def _judge_all(self, queue: asyncio.Queue[int | None]) -> None:
        while (index := await queue.get()) is not None:
            await self._judge(self.replay.run_of(self._notebook.cells[index]))

    async def _judge_rest(self) -> None:
        """Judge what was not reached, and anew what changed since it was judged."""
        blocked_by = ""
        for run in self.replay.runs():
            report = self._judged.get(run.cell.index)
            if run.status == "not_reached":
                await self._judge(run, blocked_by)
            elif report is None or self._seen.get(run.cell.index) != run:
                await self._judge(run)
            if run.error is not None and not run.may_raise and not blocked_by:
                blocked_by = f"an earlier cell ends with {run.error.name}"
                if not run.error.cut_short:
                    blocked_by += "; tag it raises-exception if it should, or choose to keep going"

    async def _judge(self, run: CellRun, blocked_by: str = "") -> None:
        # Taken here, not in the thread: the models change as messages come in.
        widgets = self.replay.widgets.saved_state() if _shows_widgets(run) else {}
        report = await asyncio.to_thread(_judge, run, blocked_by, lambda: self._context(run.cell, widgets))
        self._seen[run.cell.index] = run
        self._judged[run.cell.index] = report
        self._observer.judged(report)

    def _context(self, cell: Cell, widgets: Mapping[str, Any]) -> CompareContext:
        from .compare import CompareContext

        return CompareContext(
            source=cell.source,
            language=self.kernel.language,
            saved_widgets=self._notebook.widget_state,
            replayed_widgets=widgets,
            path_aliases=self._path_aliases,
            settings=self._configuration.comparison(cell),
        )


class _Listener:
    """Puts cells into the queue of those to judge."""

    def __init__(self, queue: asyncio.Queue[int | None], observer: Observer) -> None:
        self._queue = queue
        self._observer = observer
        self._again: dict[int, asyncio.TimerHandle] = {}

    def started(self, cell: Cell) -> None:
        self._observer.running(cell.id)

    def finished(self, run: CellRun) -> None:
        self._queue.put_nowait(run.cell.index)

    def revised(self, cell: Cell) -> None:
        if cell.index not in self._again:
            loop = asyncio.get_running_loop()
            self._again[cell.index] = loop.call_later(_REJUDGE_INTERVAL, self._judge_again, cell.index)

    def _judge_again(self, index: int) -> None:
        del self._again[index]
        self._queue.put_nowait(index)

    def close(self) -> None:
        for handle in self._again.values():
            handle.cancel()


def _read_in_rules() -> None:
    from . import assessment, verdicts  # noqa: F401


def _judge(run: CellRun, blocked_by: str, make_context: Callable[[], CompareContext]) -> CellReport:
    with in_the_background():
        return _report(run, blocked_by, make_context())


def _report(run: CellRun, blocked_by: str, context: CompareContext) -> CellReport:
    from . import verdicts
    from .compare import compare_outputs

    comparisons: tuple[OutputComparison, ...] = ()
    if run.status in ("ok", "error", "empty") and not verdicts.shows_nothing_to_compare(run.cell):
        comparisons = compare_outputs(run.cell.outputs, run.outputs, context)
    run = _as_in_the_original(run, context.path_aliases)
    return verdicts.cell_report(run, comparisons, blocked_by=blocked_by)


def _as_in_the_original(run: CellRun, aliases: tuple[tuple[str, str], ...]) -> CellRun:
    """A run in a scratch copy with the folder's own paths: the copy is gone when a report is read."""
    if not aliases:
        return run
    from .compare.aliases import text_with_aliases, with_aliases

    error = run.error and replace(run.error, message=text_with_aliases(run.error.message, aliases))
    return replace(run, outputs=tuple(with_aliases(run.outputs, aliases)), error=error)


def _shows_widgets(run: CellRun) -> bool:
    return any(WIDGET_VIEW in output.data for output in run.outputs)


def _may_lack_late_output(cell: CellReport, run: CellRun) -> bool:
    """Whether output that is still to come (of a thread, say) could make a changed cell what it was."""
    return cell.verdict == "changed" and (
        run.may_be_updated or may_still_become(cell.saved_outputs, cell.replayed_outputs)
    )
