"""The clean run: all code cells, top to bottom, in the fresh kernel of a KernelSession.

One loop serves server and command line. It listens to everything the kernel says for as long as the session
is open, so output that comes after a cell's reply still reaches its cell, and tells a listener what happened.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from .configuration.marks import Treatment, treatment_of
from .notebook import Cell, Notebook, Output
from .recorder import Budget, CellOutputs, Displays, OutputLimits
from .replay_errors import (
    asks_for_input,
    cell_timed_out,
    error_of_reply,
    fell_silent,
    reply_is_missing,
    whole_replay_timed_out,
    wrote_without_end,
)
from .report import ReplayError
from .session import KernelSession, Message
from .widgets import WidgetModels

log = logging.getLogger(__name__)

# How often a kernel that says nothing is looked after before it is given up.
_LOOKS_IN_SILENCE = 4

RunStatus = Literal["ok", "error", "skipped", "empty", "not_reached"]


@dataclass(frozen=True)
class ReplayLimits:
    """Bounds of a replay. Times in seconds; ``None`` is no limit.

    ``timeout``: the whole replay. ``cell_timeout``: one cell. ``interrupt_grace``: how long an interrupted cell
    may take to stop before its kernel is killed. ``idle_grace``: how long to wait for the end of a cell's output
    once the kernel has replied and gone silent. ``silence``: how long a kernel may neither compute nor answer while a
    cell runs; where it cannot be told whether it computes, it may for ever.
    """

    timeout: float | None = None
    cell_timeout: float | None = None
    interrupt_grace: float = 5.0
    idle_grace: float = 5.0
    silence: float | None = 1800.0
    outputs: OutputLimits = field(default_factory=OutputLimits)


@dataclass(frozen=True)
class CellRun:
    """What the replay did with one code cell. ``seconds`` is wall time, request to reply."""

    cell: Cell
    status: RunStatus
    seconds: float = 0.0
    execution_count: int | None = None
    outputs: tuple[Output, ...] = ()
    error: ReplayError | None = None
    truncated: bool = False
    may_be_updated: bool = False  # an output has a display id
    lost: int = 0  # messages of the kernel, while it ran, that could not be read
    treatment: Treatment = field(default_factory=Treatment)

    @property
    def may_raise(self) -> bool:
        return self.treatment.may_raise


def by_marks_alone(cell: Cell) -> Treatment:
    """How a cell is treated where nothing is set besides its own marks."""
    return treatment_of(cell.source, cell.tags)


class ReplayListener(Protocol):
    """Told of a replay's progress, in the event loop's thread; must return at once."""

    def started(self, cell: Cell) -> None: ...

    def finished(self, run: CellRun) -> None: ...

    def revised(self, cell: Cell) -> None:
        """A finished cell's outputs changed: late output, or a display updated from elsewhere."""
        ...


class _Running:
    """One cell between its request and the end of its output."""

    def __init__(self, cell: Cell, outputs: CellOutputs) -> None:
        self.cell = cell
        self.outputs = outputs
        self.started = time.monotonic()
        self.seconds = 0.0
        self.reply: Mapping[str, Any] | None = None
        self.idle = False
        self.trouble: ReplayError | None = None
        self.lost = 0
        self.finished = False
        # Set when the loop should look: a reply, trouble, the kernel's death.
        self.attention = asyncio.Event()


class Replay:
    """A clean run under way. ``run`` it once; ``runs`` tells how each code cell stands at any time."""

    def __init__(
        self,
        session: KernelSession,
        notebook: Notebook,
        listener: ReplayListener,
        limits: ReplayLimits | None = None,
        *,
        keep_going: bool = False,
        treatment: Callable[[Cell], Treatment] = by_marks_alone,
    ) -> None:
        self._treatment = treatment
        self._session = session
        self._notebook = notebook
        self._listener = listener
        self._limits = limits or ReplayLimits()
        self._keep_going = keep_going
        self._displays = Displays()
        self._budget = Budget(self._limits.outputs)
        self._requests: dict[str, _Running] = {}
        self._current: _Running | None = None  # the cell that was asked for last
        self._done: dict[int, CellRun] = {}  # by cell index
        self._revised: dict[int, _Running] = {}
        self._death: str | None = None
        self._asked: dict[str, asyncio.Future[str]] = {}
        self._silent = asyncio.Event()
        self.widgets = WidgetModels(session.send_comm, self._budget)

    @property
    def kernel_died(self) -> bool:
        return self._death is not None

    def runs(self) -> tuple[CellRun, ...]:
        """How each code cell stands, in document order, late output included."""
        return tuple(self.run_of(cell) for cell in self._notebook.code_cells)

    def run_of(self, cell: Cell) -> CellRun:
        """How one code cell stands, late output included."""
        revised = self._revised.pop(cell.index, None)
        if revised is not None:
            self._done[cell.index] = self._as_run(revised)
        return self._done.get(cell.index) or self._without_run(cell, "not_reached")

    async def run(self) -> None:
        """Run all code cells. Ends early, without an exception, where a cell fails (unless ``keep_going``),
        the kernel dies or time runs out; what was not reached then has that status."""
        self._session.listen(self._receive, self._died, most_text=self._limits.outputs.cell)
        deadline = None if self._limits.timeout is None else time.monotonic() + self._limits.timeout
        for cell in self._notebook.code_cells:
            if self._treatment(cell).skipped:
                self._record(self._without_run(cell, "skipped"))
            elif cell.is_empty:
                self._record(self._without_run(cell, "empty"))
            elif self._death is not None or not await self._run_cell(cell, deadline):
                break
        await self._all_output()

    async def settle(self, quiet: float, at_most: float) -> None:
        """Wait for late output until the kernel has been silent for ``quiet`` seconds, ``at_most`` so long."""
        end = time.monotonic() + at_most
        while self._death is None:
            now = time.monotonic()
            wait = min(self._session.quiet_since + quiet, end) - now
            if wait <= 0:
                return
            await asyncio.sleep(wait)

    async def evaluate(self, expression: str, at_most: float) -> str:
        """The repr of an expression's value in the replay's kernel; empty if it does not say within some seconds."""
        if self._death is not None:
            return ""
        request = self._session.evaluate(expression)
        answer = self._asked[request] = asyncio.get_running_loop().create_future()
        try:
            return await asyncio.wait_for(answer, at_most)
        except asyncio.TimeoutError:
            return ""
        finally:
            del self._asked[request]

    # Running one cell

    async def _run_cell(self, cell: Cell, deadline: float | None) -> bool:
        """Run a cell up to its reply. Returns whether to go on."""
        self._listener.started(cell)
        if self.widgets.capture_outputs:  # which the next cell may look at
            await self._all_output()
            self.widgets.tell_kernel()
        running = _Running(cell, CellOutputs(self._displays, self._budget, lambda: self._changed(running)))
        self._current = running
        self._requests[self._session.execute(cell.source, cell.id)] = running
        treatment = self._treatment(cell)
        limit, trouble = self._time_limit(deadline, treatment.time_limit)
        if not await self._attention(running, limit):
            running.trouble = trouble
        if running.trouble is not None and running.reply is None and not running.idle:
            await self._stop_cell(running)
        running.seconds = time.monotonic() - running.started
        if running.reply is None:
            running.trouble = running.trouble or self._death_error()
            self._finish(running)
            return self._keep_going and running.idle
        if running.idle:
            self._finish(running)
        if running.trouble is not None and deadline is not None and time.monotonic() >= deadline:
            return False
        raised = running.reply.get("status") != "ok" and not treatment.may_raise
        return self._keep_going or not (raised or running.trouble is not None)

    def _time_limit(self, deadline: float | None, own: float | None) -> tuple[float | None, ReplayError]:
        cell_limit = self._limits.cell_timeout if own is None else own or None
        left = None if deadline is None else max(0.0, deadline - time.monotonic())
        if left is not None and (cell_limit is None or left < cell_limit):
            return left, whole_replay_timed_out(self._limits.timeout or 0.0)
        return cell_limit, cell_timed_out(cell_limit or 0.0)

    async def _attention(self, running: _Running, limit: float | None) -> bool:
        """Wait until a cell has a reply or trouble, or the kernel has died. False if time ran out first."""
        end = math.inf if limit is None else time.monotonic() + limit
        silence = self._limits.silence or None
        look_every = math.inf if silence is None else silence / _LOOKS_IN_SILENCE
        while running.reply is None and running.trouble is None and self._death is None:
            left = end - time.monotonic()
            if left <= 0:
                return False
            running.attention.clear()
            wait = min(left, look_every)
            try:
                await asyncio.wait_for(running.attention.wait(), None if wait == math.inf else wait)
            except asyncio.TimeoutError:
                if silence is not None and wait == look_every:
                    await self._session.look_for_life()
                    if time.monotonic() - self._session.lifeless_since > silence:
                        self._trouble(running, fell_silent(silence))
        return True

    async def _stop_cell(self, running: _Running) -> None:
        """Interrupt a cell; kill its kernel if it does not stop."""
        await self._session.interrupt()
        end = time.monotonic() + self._limits.interrupt_grace
        while running.reply is None and self._death is None:
            running.attention.clear()
            try:
                await asyncio.wait_for(running.attention.wait(), end - time.monotonic())
            except asyncio.TimeoutError:
                await self._session.kill()
                self._died("it did not stop when it was interrupted, and was killed")

    async def _all_output(self) -> None:
        """Wait for the end of the output of all cells; give up on it when the kernel has gone silent."""
        while self._death is None and any(not running.finished for running in self._requests.values()):
            self._silent.clear()
            quiet = self._session.quiet_since + self._limits.idle_grace - time.monotonic()
            if quiet <= 0:
                break
            try:
                await asyncio.wait_for(self._silent.wait(), quiet)
            except asyncio.TimeoutError:
                continue
        for running in self._requests.values():
            self._finish(running)

    # What the kernel says

    def _receive(self, message: Message) -> None:
        # One that does not say what it answers is most likely of what runs.
        running = self._requests.get(message.parent_id) or (None if message.is_readable else self._current)
        if not message.is_readable:
            self._lose(running)
        try:
            self._handle(message, running)
        except Exception:
            log.warning("a message of the kind %r could not be read", message.msg_type, exc_info=True)
            if message.is_readable:  # or else it was counted above
                self._lose(running or self._current)

    def _lose(self, running: _Running | None) -> None:
        """Note that a message of a cell could not be read, late ones too."""
        if running is not None:
            running.lost += 1
            self._changed(running)

    def _handle(self, message: Message, running: _Running | None) -> None:
        if message.msg_type.startswith("comm_"):
            self.widgets.handle(message, running.outputs if running else None)
        if running is None:
            answer = self._asked.get(message.parent_id)
            if answer is not None and message.msg_type == "execute_reply" and not answer.done():
                answer.set_result(_value(message.content))
            # Displays may be updated by code that has no cell (a thread that lost its parent).
            if message.msg_type == "update_display_data":
                CellOutputs(self._displays, self._budget, lambda: None).handle(message)
            return
        if message.channel == "iopub":
            self._receive_output(message, running)
        elif message.msg_type == "execute_reply":
            running.reply = message.content
            self._show_pages(running)
            running.attention.set()
            if running.idle:
                running.seconds = time.monotonic() - running.started
                self._finish(running)
        elif message.msg_type == "input_request":
            self._trouble(running, asks_for_input())

    def _receive_output(self, message: Message, running: _Running) -> None:
        kind = message.msg_type
        if kind == "status":
            if message.content.get("execution_state") == "idle":
                running.idle = True
                if running.reply is not None:
                    self._finish(running)
                elif running.trouble is None:
                    # It may come a moment later; if it was lost, nothing else will end the cell.
                    asyncio.get_running_loop().call_later(
                        self._limits.idle_grace, self._trouble, running, reply_is_missing()
                    )
                self._silent.set()
            return
        if kind == "clear_output" and self.widgets.clear_captured(message.parent_id):
            return
        if not self.widgets.capture(message, running.outputs):
            running.outputs.handle(message)
        if running.outputs.runaway:
            self._trouble(running, wrote_without_end(self._limits.outputs.cell))

    def _trouble(self, running: _Running, trouble: ReplayError) -> None:
        if running.trouble is None and running.reply is None:
            running.trouble = trouble
            running.attention.set()

    def _show_pages(self, running: _Running) -> None:
        payloads = (running.reply or {}).get("payload")
        for payload in payloads if isinstance(payloads, list) else ():
            if isinstance(payload, Mapping) and payload.get("source") == "page":
                data = payload.get("data")
                if isinstance(data, Mapping):
                    running.outputs.add_page(data)
                    break

    def _died(self, reason: str) -> None:
        if self._death is None:
            self._death = reason
            self._silent.set()
            for running in self._requests.values():
                running.attention.set()

    def _death_error(self) -> ReplayError:
        return ReplayError(
            "KernelDied",
            f"the kernel died while this cell ran: {self._death}",
            "Running out of memory is the usual cause.",
            cut_short=True,
        )

    # Results

    def _without_run(self, cell: Cell, status: RunStatus) -> CellRun:
        return CellRun(cell, status, treatment=self._treatment(cell))

    def _changed(self, running: _Running) -> None:
        if running.finished:
            self._revised[running.cell.index] = running
            self._listener.revised(running.cell)

    def _finish(self, running: _Running) -> None:
        if not running.finished:
            running.finished = True
            self._record(self._as_run(running))

    def _record(self, run: CellRun) -> None:
        self._done[run.cell.index] = run
        self._listener.finished(run)

    def _as_run(self, running: _Running) -> CellRun:
        reply = running.reply or {}
        error = running.trouble or error_of_reply(reply)
        count = reply.get("execution_count")
        return CellRun(
            cell=running.cell,
            status="error" if error else "ok",
            seconds=running.seconds,
            execution_count=count if isinstance(count, int) else None,
            outputs=running.outputs.freeze(),
            error=error,
            truncated=running.outputs.truncated,
            lost=running.lost,
            may_be_updated=running.outputs.may_be_updated,
            treatment=self._treatment(running.cell),
        )


def _value(reply: Mapping[str, Any]) -> str:
    """The repr that a reply gives for the expression ``value``; empty if it gives none."""
    found: Any = reply
    for key in ("user_expressions", "value", "data", "text/plain"):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""
