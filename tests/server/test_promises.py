"""Promises to the server that one would only notice later: what it culls, restarts, keeps and takes over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from jupyter_hygiene.core.recorder import Budget, CellOutputs, Displays, OutputLimits
from jupyter_hygiene.core.session import Message
from tests.notebooks import code, printed
from tests.server.conftest import Client

WAITS = code("from pathlib import Path\nwhile not Path('go').exists(): pass", cell_id="waits")


async def test_cells_that_were_not_reached_are_not_among_those_to_take_over(client: Client) -> None:
    done = await client.verify(
        code("print(1)", printed("0\n")),
        code("1 / 0", printed("was fine\n")),
        code("print(3)", printed("3\n")),
    )
    _, reply = await client.ask("GET", "verifications", done["id"], "outputs")
    assert [cell["id"] for cell in reply["cells"]] == ["c0", "c1"], "the outputs of c2 stay as they are"


async def test_pages_that_poll_keep_no_server_from_being_culled_and_a_replay_does(client: Client) -> None:
    app = client.app
    api_activity = app.web_app.settings.get("api_last_activity")
    before = app.kernel_manager.last_kernel_activity
    started = await client.start(WAITS)
    await client.until(started, lambda reply: reply["state"] == "running")
    first = app.kernel_manager.last_kernel_activity
    assert first > before
    while app.kernel_manager.last_kernel_activity == first:
        await client.get(started)
        await asyncio.sleep(0.02)
    assert app.web_app.settings.get("api_last_activity") == api_activity
    await client.ask("DELETE", "verifications", started)


async def test_a_replays_kernel_that_dies_stays_dead(client: Client) -> None:
    done = await client.verify(code("import os; os._exit(1)"), code("1"))
    assert done["report"]["cells"][0]["error"]["name"] == "KernelDied"
    assert list(client.app.kernel_manager.list_kernel_ids()) == []


async def test_a_kernel_that_was_taken_over_is_restarted_and_watched_like_any_other(client: Client) -> None:
    done = await client.verify(code("x = 1"))
    _, handover = await client.ask("POST", "verifications", done["id"], "kernel")
    manager = client.app.kernel_manager
    kernel = manager.get_kernel(handover["kernel_id"])
    assert kernel.execution_state == "idle"
    session = kernel.client()
    session.start_channels()
    session.execute("import time\nwhile True: time.sleep(0.1)")
    await _until(lambda: kernel.execution_state == "busy")
    process = kernel.provisioner.pid
    await kernel.signal_kernel(9)
    await _until(lambda: kernel.provisioner.pid not in (None, process) and kernel.ready.done())
    session.stop_channels()
    await manager.shutdown_kernel(handover["kernel_id"], now=True)


async def _until(is_so: Callable[[], bool]) -> None:
    while True:
        if is_so():
            return
        await asyncio.sleep(0.02)


async def test_cancelling_twice_is_cancelling_once(client: Client) -> None:
    started = await client.start(WAITS)
    await client.until(started, lambda reply: reply["state"] == "running")
    jobs = client.app.web_app.settings["jupyter_hygiene_jobs"]
    both = [asyncio.ensure_future(jobs.cancel(started)) for _ in range(2)]
    await asyncio.gather(*both)
    assert (await client.get(started))["state"] == "cancelled"
    assert list(client.app.kernel_manager.list_kernel_ids()) == []


def test_room_that_cleared_output_took_is_there_again() -> None:
    budget = Budget(OutputLimits(cell=100, notebook=100))
    outputs = CellOutputs(Displays(), budget, lambda: None)
    for _ in range(3):
        outputs.handle(Message("iopub", "stream", "", {"name": "stdout", "text": "x" * 80}))
        outputs.handle(Message("iopub", "clear_output", "", {"wait": False}))
    assert not outputs.truncated
    assert budget.left == 100


@pytest.mark.parametrize("hygiene_config", [{"silence_timeout": 2.0, "interrupt_grace": 0.5}])
async def test_a_stuck_kernel_gives_its_place_back(client: Client, tmp_path: Path) -> None:
    stuck = await client.verify(code("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"))
    assert stuck["report"]["cells"][0]["error"]["name"] == "Silence"
    assert (await client.verify(code("print(1)", printed("1\n"))))["report"]["verdict"] == "reproduced"
