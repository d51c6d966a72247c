"""A server's kernel that lost a port to another program is started once more, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.notebooks import code, printed
from tests.port_thieves import (
    POSIX,
    Thief,
    install_kernel_that_ends_saying,
    kernel_that_loses_a_port,
    starts_of,
)
from tests.server.conftest import Client


@pytest.mark.skipif(not POSIX, reason="exec of POSIX")
@pytest.mark.parametrize("when", ["once", "always"])
@pytest.mark.parametrize("channel", ["shell", "iopub"])
async def test_a_kernel_that_loses_a_port_is_started_twice_at_most(
    client: Client, tmp_path: Path, when: Thief, channel: str
) -> None:
    with kernel_that_loses_a_port(tmp_path / "data", "unlucky", when, channel):
        done = await client.verify(code("print(1)", printed("1\n")), kernel_name="unlucky")
    assert starts_of(tmp_path / "data", "unlucky") == 2
    if when == "once":
        assert done["report"]["verdict"] == "reproduced"
    else:
        assert done["error"]["kind"] == "kernel_start_failed"
        assert "another program had taken one of its ports" in done["error"]["message"]
        assert "Try again" in done["error"]["message"]


async def test_a_kernel_that_ends_for_another_reason_is_started_once(client: Client, tmp_path: Path) -> None:
    install_kernel_that_ends_saying(tmp_path / "data", "unlucky", "no such module")
    done = await client.verify(code("1"), kernel_name="unlucky")
    assert done["error"]["kind"] == "kernel_start_failed"
    assert starts_of(tmp_path / "data", "unlucky") == 1
