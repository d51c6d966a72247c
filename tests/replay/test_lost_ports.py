"""A kernel that lost a port to another program is started once more, and no more."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from jupyter_hygiene.core.errors import KernelStartFailed
from jupyter_hygiene.kernels.ports import lost_a_port
from tests.notebooks import code, printed
from tests.port_thieves import (
    POSIX,
    install_kernel_that_ends_saying,
    kernel_that_loses_a_port,
    starts_of,
)
from tests.replay.conftest import Machine, verdicts

WHERE_PROGRAMS_TAKE_PLACES = pytest.mark.skipif(not POSIX, reason="exec of POSIX")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@WHERE_PROGRAMS_TAKE_PLACES
@pytest.mark.parametrize(("channel", "starts"), [("shell", 2), ("iopub", 2), ("hb", 1)])
def test_a_kernel_that_loses_a_port_that_it_needs_is_started_again_with_others(
    machine: Machine, data: Path, channel: str, starts: int
) -> None:
    with kernel_that_loses_a_port(data, "unlucky", "once", channel):
        report = machine.verify(code("print(1)", printed("1\n")), kernel="unlucky")
    assert verdicts(report) == ["same"]
    assert starts_of(data, "unlucky") == starts


@WHERE_PROGRAMS_TAKE_PLACES
def test_a_kernel_that_loses_a_port_twice_is_not_started_a_third_time(machine: Machine, data: Path) -> None:
    with (
        kernel_that_loses_a_port(data, "unlucky", "always"),
        pytest.raises(KernelStartFailed, match=r"another program had taken one of its ports.*Try again"),
    ):
        machine.verify(code("1"), kernel="unlucky")
    assert starts_of(data, "unlucky") == 2


@pytest.mark.parametrize(
    ("words", "starts"),
    [
        ("zmq.error.ZMQError: Address already in use (addr='tcp://127.0.0.1:5')", 2),
        ("OSError: [WinError 10048] Only one usage of each socket address is normally permitted", 2),
        ("ModuleNotFoundError: No module named 'ipykernel'", 1),
        ("", 1),
    ],
)
def test_a_port_that_is_free_again_is_told_by_the_kernel_s_last_words_and_nothing_else_is(
    machine: Machine, data: Path, words: str, starts: int
) -> None:
    install_kernel_that_ends_saying(data, "ends", words)
    with pytest.raises(KernelStartFailed) as failure:
        machine.verify(code("1"), kernel="ends")
    assert words in failure.value.message
    assert starts_of(data, "ends") == starts


def test_only_a_port_that_is_taken_counts_as_lost() -> None:
    with socket.socket() as taken, socket.socket() as free:
        for each in (taken, free):
            each.bind(("127.0.0.1", 0))
        taken.listen()
        taken_port, free_port = taken.getsockname()[1], free.getsockname()[1]
        free.close()
        connection = {"ip": "127.0.0.1", "transport": "tcp", "shell_port": free_port}
        assert not lost_a_port(connection, "")
        assert lost_a_port({**connection, "iopub_port": taken_port}, "")
        assert not lost_a_port({**connection, "iopub_port": taken_port, "transport": "ipc"}, "")
        assert not lost_a_port({}, "")
