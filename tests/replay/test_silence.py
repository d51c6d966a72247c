"""A kernel that neither computes nor answers is given up; one that computes, or waits and answers, is not."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from jupyter_hygiene.core.replay import ReplayLimits
from jupyter_hygiene.core.verification import VerifyOptions
from jupyter_hygiene.kernels.channels import ChannelSession
from jupyter_hygiene.kernels.work import computing_time
from tests.notebooks import code, printed
from tests.replay.conftest import Machine, verdicts

# Matching holds the interpreter's lock: nothing else of the kernel runs meanwhile, no answer either, nor is sent what
# was said just before. So it waits until that was heard.
HOLDS_THE_LOCK = """
import os, re, time
while not os.path.exists('go'):
    time.sleep(0.01)
re.match('(a+)+b', 'a' * 60)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process can be stopped here")
def test_a_kernel_whose_process_is_stopped_is_given_up(machine: Machine) -> None:
    options = VerifyOptions(limits=ReplayLimits(silence=2.0, interrupt_grace=0.5))
    stops = "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"
    report = machine.verify(code("print(1)", printed("1\n")), code(stops), code("2"), options=options)
    assert verdicts(report) == ["same", "failed", "not_reached"]
    error = report.cells[1].error
    assert error is not None
    assert error.name == "Silence"
    assert "2 s" in error.message


def test_a_cell_that_only_waits_answers_beside_it(machine: Machine) -> None:
    async def run(session: ChannelSession) -> None:
        quiet = await _nothing_more_is_said(session, "import time\ntime.sleep(1_000_000)")
        while session.quiet_since == quiet:
            await session.look_for_life()
            await asyncio.sleep(0.05)

    _in_a_session(machine, run)


def test_computing_without_an_answer_is_life(machine: Machine) -> None:
    async def run(session: ChannelSession) -> None:
        quiet = await _nothing_more_is_said(session, HOLDS_THE_LOCK)
        (machine.folder / "go").touch()
        while session._worked_at < quiet:
            await session.look_for_life()
            await asyncio.sleep(0.05)
        assert session.lifeless_since > quiet

    _in_a_session(machine, run)


def _in_a_session(machine: Machine, run: Callable[[ChannelSession], Awaitable[None]]) -> None:
    async def start_and_run() -> None:
        session = await machine.start(machine.folder)
        assert isinstance(session, ChannelSession)
        try:
            await run(session)
        finally:
            await session.kill()
            await session.close()

    asyncio.run(start_and_run())


async def _nothing_more_is_said(session: ChannelSession, source: str) -> float:
    """Begin a cell, and wait until it has said what it says at its beginning. Returns since when it is quiet."""
    said = asyncio.Event()
    session.listen(
        lambda message: said.set() if message.msg_type == "execute_input" else None, lambda reason: None
    )
    session.execute(source, "c")
    await said.wait()
    return session.quiet_since


def test_what_a_kernel_has_started_computes_for_it() -> None:
    before = computing_time(os.getpid())
    assert before is not None
    sum(range(3_000_000))
    after = computing_time(os.getpid())
    assert after is not None
    assert after > before


def test_of_a_process_that_is_gone_nothing_can_be_told(tmp_path: Path) -> None:
    assert computing_time(2**22 + 1) is None
