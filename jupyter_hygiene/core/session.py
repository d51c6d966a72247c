"""What a replay needs of a kernel: a started session that sends requests and hands over every message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .report import KernelInfo


@dataclass(frozen=True)
class Message:
    """One message from a kernel. ``parent_id`` is the id of the request it answers; empty if none.

    One that could not be read has ``is_readable`` false; what could be made out of it is there all the same.
    ``left_out``: about how many characters of its content are not there, since more would not be kept of it.
    """

    channel: str  # iopub, shell, stdin or control
    msg_type: str
    parent_id: str
    content: Mapping[str, Any]
    metadata: Mapping[str, Any] = field(default_factory=dict)
    buffers: Sequence[Any] = ()
    is_readable: bool = True
    left_out: int = 0


class KernelSession(Protocol):
    """A started kernel that has answered once, and our connection to it.

    Messages are handed to the sink as they arrive, so that none is ever waited for in vain or left to pile up:
    output that comes after a cell's reply finds its way like any other.
    """

    @property
    def info(self) -> KernelInfo: ...

    def listen(
        self,
        sink: Callable[[Message], None],
        died: Callable[[str], None],
        *,
        most_text: int | None = None,
    ) -> None:
        """Hand every message to ``sink`` from now on, and call ``died`` once, with a reason, if the kernel goes.

        ``most_text``: how many characters of a message with output the sink keeps; more need not be read.
        """
        ...

    @property
    def quiet_since(self) -> float:
        """Since when nothing has come from the kernel, by ``time.monotonic()``."""
        ...

    @property
    def lifeless_since(self) -> float:
        """Since when the kernel has neither said anything nor computed, as far as ``look_for_life`` found out."""
        ...

    async def look_for_life(self) -> None:
        """Ask the kernel for an answer, beside what it runs, and look whether it computes."""
        ...

    def execute(self, source: str, cell_id: str) -> str:
        """Ask the kernel to run a cell; no input is offered to it. Returns the request's id."""
        ...

    def evaluate(self, expression: str) -> str:
        """Ask the kernel for the value of an expression, without a trace in its history. Returns the request's id.

        The value is in the reply's ``user_expressions``, under ``value``.
        """
        ...

    def send_comm(self, comm_id: str, data: Mapping[str, Any]) -> None:
        """Send a ``comm_msg`` to the kernel."""
        ...

    async def interrupt(self) -> None:
        """Interrupt what runs."""
        ...

    async def kill(self) -> None:
        """End the kernel at once. Safe to call again."""
        ...

    async def close(self) -> None:
        """Ask the kernel to shut down (its exit hooks run), kill it if it does not, and release everything."""
        ...
