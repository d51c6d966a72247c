"""A KernelSession over the channels of a jupyter_client client (ZeroMQ or Gateway alike).

One task per channel hands messages over as they come; one more watches whether the kernel is alive.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from queue import Empty
from typing import Any, Protocol

from ..core.errors import KernelStartFailed
from ..core.report import KernelInfo
from ..core.session import Message
from .receiving import Receiver
from .work import computing_time

log = logging.getLogger(__name__)

# How often an unanswered kernel_info_request is repeated while a kernel comes up, in seconds. Also how long a kernel
# may show no sign of a request until it is made to look again.
_KNOCK_INTERVAL = 1.0
# How long a kernel may take to end when asked on shell, before it is asked on control too, in seconds.
_SHELL_PATIENCE = 1.0
# A ZeroMQ socket tells of new messages once, and sending on it can swallow that. So no wait is without end: after
# this many seconds the socket is asked anew.
_LISTEN_AGAIN = 0.2
# What a server says of a kernel that is no longer the one we started.
_GONE = frozenset({"restarting", "autorestarting", "dead"})
# How long messages are handled before whatever else waits has its turn, in seconds.
_MOST_AT_A_STRETCH = 0.01
# How long a kernel that answers on shell may take until its iopub channel is heard, in seconds.
_IOPUB_PATIENCE = 0.25


class KernelProcess(Protocol):
    """The kernel itself, apart from its channels."""

    async def is_alive(self) -> bool: ...

    async def interrupt(self) -> None: ...

    async def kill(self) -> None:
        """End it at once and forget it. Safe to call again."""
        ...

    def last_words(self) -> str:
        """What it last wrote to its standard error, if that is known."""
        ...

    @property
    def process_id(self) -> int | None:
        """Its process on this machine; ``None`` if it runs elsewhere, or nobody knows where."""
        ...


class ChannelSession:
    """See :class:`jupyter_hygiene.core.session.KernelSession`."""

    def __init__(
        self,
        client: Any,
        process: KernelProcess,
        info: KernelInfo,
        *,
        alive_interval: float = 0.25,
        shutdown_grace: float = 5.0,
    ) -> None:
        self._client = client
        self._process = process
        self._info = info
        self._alive_interval = alive_interval
        self._shutdown_grace = shutdown_grace
        self._tasks: list[asyncio.Task[None]] = []
        self._receivers: list[Receiver] = []
        self._most_text: int | None = None
        self._heard_at = self._worked_at = time.monotonic()
        self._computing_time: float | None = None
        self._sink: Callable[[Message], None] = lambda message: None
        self._died: Callable[[str], None] = lambda reason: None
        self._listening = False
        self._closing = False
        self._closed = False
        self._ready = asyncio.Event()
        self._heard = asyncio.Event()
        self._gone = asyncio.Event()
        self._quiet = asyncio.Event()  # the last kernel_info_request was answered
        self._last_asked = ""
        self._death = ""
        # The request that the kernel shows no sign of having begun, and when it was last reminded of it.
        self._unnoticed = ""
        self._asked_at = 0.0
        self._knocker: Any = None

    @property
    def info(self) -> KernelInfo:
        return self._info

    async def open(self, timeout: float) -> None:
        """Connect, and wait until the kernel answers and its output is heard.

        Raises:
            KernelStartFailed: it ended, or did not answer within ``timeout`` seconds.
        """
        try:
            started = self._client.start_channels()
            if inspect.isawaitable(started):  # a Gateway's
                await started
        except Exception as error:
            reason = str(error).split("\n", 1)[0]
            raise KernelStartFailed(
                f"The kernel was started, but cannot be connected to: {reason}"
            ) from error
        for channel in ("iopub", "shell", "stdin", "control"):
            receiver = Receiver(getattr(self._client, f"{channel}_channel"), channel)
            self._receivers.append(receiver)
            self._tasks.append(asyncio.create_task(self._pump(channel, receiver)))
        self._tasks.append(asyncio.create_task(self._watch()))
        end = time.monotonic() + timeout
        while not self._ready.is_set():
            self._ask_for_info()
            await self._first(
                self._ready, self._gone, timeout=min(_KNOCK_INTERVAL, max(0.01, end - time.monotonic()))
            )
            if self._gone.is_set():
                raise KernelStartFailed(
                    self._with_last_words(f"The kernel ended while it started: {self._death}.")
                )
            if not self._ready.is_set() and time.monotonic() >= end:
                raise KernelStartFailed(
                    self._with_last_words(
                        f"The kernel did not answer within {timeout:g} s. Try again, or allow more time."
                    )
                )
        # A subscription takes effect a moment after the connection; until then output would be lost.
        for _ in range(20):
            if self._heard.is_set() or self._gone.is_set():
                break
            self._ask_for_info()
            await self._first(self._heard, self._gone, timeout=_IOPUB_PATIENCE)
        # ipykernel 7.0 to 7.3 can overlook a request that arrives while they send a reply: leave none outstanding.
        await self._first(self._quiet, self._gone, timeout=_KNOCK_INTERVAL)

    def _ask_for_info(self) -> None:
        self._last_asked = self._client.kernel_info()
        self._quiet.clear()

    def listen(
        self,
        sink: Callable[[Message], None],
        died: Callable[[str], None],
        *,
        most_text: int | None = None,
    ) -> None:
        self._sink, self._died, self._listening = sink, died, True
        self._most_text = most_text
        if self._gone.is_set():
            died(self._death)

    def execute(self, source: str, cell_id: str) -> str:
        return self._request({"code": source, "silent": False, "store_history": True}, {"cellId": cell_id})

    def evaluate(self, expression: str) -> str:
        asked = {"value": expression}
        return self._request(
            {"code": "", "silent": True, "store_history": False, "user_expressions": asked}, {}
        )

    def _request(self, content: Mapping[str, Any], metadata: Mapping[str, Any]) -> str:
        whole = {
            "user_expressions": {},
            "allow_stdin": False,
            # There is no queue to drop, and a kernel that drops one can take the next cell for part of it.
            "stop_on_error": False,
            **content,
        }
        message = self._client.session.msg("execute_request", whole, metadata=dict(metadata))
        self._unnoticed, self._asked_at = str(message["header"]["msg_id"]), time.monotonic()
        self._client.shell_channel.send(message)
        return self._unnoticed

    def send_comm(self, comm_id: str, data: Mapping[str, Any]) -> None:
        message = self._client.session.msg("comm_msg", {"comm_id": comm_id, "data": dict(data)})
        self._client.shell_channel.send(message)

    @property
    def quiet_since(self) -> float:
        is_reading = any(receiver.is_reading for receiver in self._receivers)
        return time.monotonic() if is_reading else self._heard_at

    @property
    def lifeless_since(self) -> float:
        if self._computing_time is None:  # whether it computes is not known
            return time.monotonic()
        return max(self.quiet_since, self._worked_at)

    async def look_for_life(self) -> None:
        self._client.control_channel.send(self._client.session.msg("kernel_info_request", {}))
        process_id = self._process.process_id
        spent = None if process_id is None else await asyncio.to_thread(computing_time, process_id)
        if spent != self._computing_time and self._computing_time is not None:
            self._worked_at = time.monotonic()
        self._computing_time = spent

    async def interrupt(self) -> None:
        with contextlib.suppress(Exception):
            await self._process.interrupt()

    async def kill(self) -> None:
        self._closing = True
        await self._process.kill()

    async def detach(self) -> None:
        """Let go of the channels and leave the kernel running."""
        self._closing = True
        if self._closed:
            return
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._stop_knocking()
        with contextlib.suppress(Exception):  # channels that were never open
            stopped = self._client.stop_channels()
            if inspect.isawaitable(stopped):
                await stopped

    async def close(self) -> None:
        self._closing = True
        try:
            if not self._closed and await self._process.is_alive():
                await self._ask_to_shut_down()
        finally:
            # Whatever happens to this task, no kernel is left behind.
            await asyncio.shield(self._end())

    async def _end(self) -> None:
        await self._process.kill()
        await self.detach()

    async def _ask_to_shut_down(self) -> None:
        """Ask on shell first, then on control.

        The protocol prefers control. But kernels built on ipykernel 7 hang for seconds in about one exit of ten
        when asked there (their control thread flushes streams whose thread is gone); when asked on shell, where
        they listen too, they do not. The kernel is idle, so shell is heard at once.
        """
        message = self._client.session.msg("shutdown_request", {"restart": False})
        started = time.monotonic()
        pause = 0.005
        self._client.shell_channel.send(message)
        asked_on_control = False
        while time.monotonic() < started + self._shutdown_grace and await self._process.is_alive():
            if not asked_on_control and time.monotonic() > started + _SHELL_PATIENCE:
                asked_on_control = True
                self._client.control_channel.send(
                    self._client.session.msg("shutdown_request", {"restart": False})
                )
            await asyncio.sleep(pause)
            pause = min(0.05, pause * 1.3)

    async def _pump(self, channel: str, receiver: Receiver) -> None:
        paused = time.monotonic()
        while True:
            try:
                message = await receiver.next_message(_LISTEN_AGAIN, self._most_text)
            except asyncio.CancelledError:
                raise
            except (Empty, asyncio.TimeoutError):
                continue
            except Exception as error:
                # One unreadable message (a wrong signature, say) is no reason to stop listening.
                if not receiver.is_open() or self._closing:
                    return
                log.warning("unreadable message on %s: %s", channel, error)
                self._give(Message(channel, "", "", {}, is_readable=False))
                await asyncio.sleep(0.01)
                continue
            self._hand_over(message)
            # A channel that has more at once does not let others have their turn.
            if time.monotonic() - paused > _MOST_AT_A_STRETCH:
                await asyncio.sleep(0)
                paused = time.monotonic()

    def _hand_over(self, message: Message) -> None:
        self._heard_at = time.monotonic()
        channel, kind, parent_id = message.channel, message.msg_type, message.parent_id
        if parent_id == self._unnoticed:
            self._unnoticed = ""
        if channel == "iopub":
            self._heard.set()
            if kind == "status" and message.content.get("execution_state") in _GONE:
                # Behind a Gateway, the server there may have put a new kernel in the dead one's place.
                self._declare_dead("it was restarted or removed by the server that runs it")
                return
        elif kind == "kernel_info_reply":
            if not self._ready.is_set():
                self._learn(message.content)
                self._ready.set()
            if parent_id == self._last_asked:
                self._quiet.set()
        self._give(message)

    def _give(self, message: Message) -> None:
        if self._listening:
            try:
                self._sink(message)
            except Exception:
                # Whatever is wrong with one message, the next ones are heard.
                log.exception("a message could not be handled")

    def _learn(self, content: Mapping[str, Any]) -> None:
        about = content.get("language_info")
        language = about.get("name") if isinstance(about, Mapping) else None
        if language and isinstance(language, str):
            self._info = KernelInfo(self._info.name, self._info.display_name, language.lower())

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._alive_interval)
            try:
                alive = await self._process.is_alive()
            except Exception as error:
                log.warning("cannot tell whether the kernel is alive: %s", error)
                continue
            if not alive:
                # What it said before its end is still in the channels.
                await asyncio.sleep(0.05)
                self._declare_dead(self._with_last_words("its process ended"))
                return
            if self._unnoticed and time.monotonic() > self._asked_at + _KNOCK_INTERVAL:
                self._asked_at = time.monotonic()
                self._knock()

    def _knock(self) -> None:
        """Make the kernel look for a request that it overlooked.

        Its socket was told of the request and forgot; only news from another connection makes it look again.
        """
        if not hasattr(self._client, "connect_shell"):  # a Gateway's: its server has the connections
            self._client.kernel_info()
            return
        self._stop_knocking()
        self._knocker = self._client.connect_shell()
        self._client.session.send(self._knocker, "kernel_info_request")

    def _stop_knocking(self) -> None:
        if self._knocker is not None:
            self._knocker.close(linger=0)
            self._knocker = None

    def _declare_dead(self, reason: str) -> None:
        if not self._gone.is_set():
            self._death = reason
            self._gone.set()
            if not self._closing:
                self._died(reason)

    def _with_last_words(self, message: str) -> str:
        words = self._process.last_words().strip()
        return f"{message}\n{words}" if words else message

    @staticmethod
    async def _first(*events: asyncio.Event, timeout: float) -> None:
        tasks = [asyncio.create_task(event.wait()) for event in events]
        try:
            await asyncio.wait(tasks, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def is_ipykernel(argv: Sequence[str]) -> bool:
    """Whether a kernel spec's command starts ipykernel (or a kernel built on its application)."""
    return any("ipykernel" in part for part in argv)


def private_history_arguments(argv: Sequence[str]) -> list[str]:
    """Arguments that keep a replay out of the user's IPython history, for kernels that understand them.

    The kernel's own history of the session (``In``, ``history_request``) works as ever, in memory.
    """
    return ["--HistoryManager.hist_file=:memory:"] if is_ipykernel(argv) else []
