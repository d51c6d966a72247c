"""Ports that a kernel lost to another program, and the second start that this is a reason for.

A kernel's ports are chosen before it binds them. Another program can get one of them in between; then the kernel does
not come up, through nobody's fault.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, TypeVar

import psutil

from ..core.errors import KernelStartFailed
from .channels import ChannelSession

log = logging.getLogger(__name__)

Started = TypeVar("Started")
# A kernel does without its heartbeat.
_NEEDED = ("shell", "iopub", "stdin", "control")
# How often the ports of a kernel that has not answered yet are looked at, in seconds, and how many times in a row
# another program must be seen to have one.
_LOOK_AGAIN = 2.0
_LOOKS = 3
# What of a connection's states is somebody using a port.
_IN_USE = (psutil.CONN_LISTEN, psutil.CONN_ESTABLISHED, psutil.CONN_SYN_SENT)
# How Linux and macOS, Windows, ZeroMQ and libuv put it.
_WORDS = ("address already in use", "only one usage of each socket address", "address in use", "eaddrinuse")


class PortLost(KernelStartFailed):
    """The kernel did not come up, because another program has one of its ports."""


async def open_unless_a_port_is_lost(
    session: ChannelSession, timeout: float, connection: Mapping[str, Any], process_id: object
) -> None:
    """Open a session; do not wait for a kernel that will never answer.

    ipykernel hangs when it finds its iopub port taken: it neither ends nor answers.

    Args:
        timeout: seconds for the kernel to answer.
        connection: what is in its connection file; empty for a kernel on another machine.
        process_id: the kernel's, if that is known.

    Raises:
        KernelStartFailed: it did not come up.
    """
    opening = asyncio.ensure_future(session.open(timeout))
    seen = 0
    try:
        while not (await asyncio.wait([opening], timeout=_LOOK_AGAIN))[0]:
            if isinstance(process_id, int) and await asyncio.to_thread(_is_cut_off, connection, process_id):
                seen += 1
            else:
                seen = 0
            if seen == _LOOKS:
                raise PortLost("The kernel did not answer.")
    except BaseException:
        opening.cancel()
        await asyncio.gather(opening, return_exceptions=True)
        raise
    await opening


def _is_cut_off(connection: Mapping[str, Any], process_id: int) -> bool:
    """Whether another program has some of the ports that a kernel needs.

    One that has all of them has them for the kernel, which runs in a container, say.
    """
    needed = {connection.get(f"{channel}_port") for channel in _NEEDED}
    try:
        in_use = _ports_of(psutil.net_connections("tcp")) & needed
        kernel = psutil.Process(process_id)
        own = {
            port
            for process in (kernel, *kernel.children(recursive=True))
            for port in _ports_of(_connections_of(process))
        } & needed
    except (psutil.Error, OSError):  # not every system lets everybody look
        return False
    return bool(in_use - own) and in_use - own != needed


def _connections_of(process: psutil.Process) -> Iterable[Any]:
    if hasattr(process, "net_connections"):
        return process.net_connections("tcp")
    return process.connections("tcp")  # before psutil 6


def _ports_of(connections: Iterable[Any]) -> set[object]:
    return {each.laddr.port for each in connections if each.status in _IN_USE and each.laddr}


def lost_a_port(connection: Mapping[str, Any], last_words: str) -> bool:
    """Whether a kernel that did not come up, and is gone, wanted a port.

    Args:
        connection: what was in its connection file; empty for a kernel on another machine.
        last_words: what it wrote before it ended, if that is known.
    """
    if any(words in last_words.lower() for words in _WORDS):
        return True
    if connection.get("transport", "tcp") != "tcp":
        return False
    ports = [connection.get(f"{channel}_port") for channel in (*_NEEDED, "hb")]
    return any(_is_taken(str(connection.get("ip", "")), port) for port in ports if isinstance(port, int))


async def started_again_if_a_port_is_lost(name: str, start: Callable[[], Awaitable[Started]]) -> Started:
    """Start a kernel, and once more, with new ports, if it lost one. ``name``: of its kernel spec.

    Raises:
        KernelStartFailed: it does not come up.
    """
    try:
        return await start()
    except PortLost:
        log.warning("another program took a port of the kernel %s, which is started once more", name)
    try:
        return await start()
    except PortLost as error:
        _, _, words = error.message.partition("\n")
        raise KernelStartFailed(
            f"The kernel '{name}' was started twice and did not come up, because another program had taken one of its "
            f"ports each time. Try again.\n{words}".strip()
        ) from error


def _is_taken(ip: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET) as probe:
        # What lingers of connections of the dead kernel's own is in nobody's way. The option that says so elsewhere
        # lets Windows share the port even with a listener.
        if os.name == "nt":
            probe.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE", -5), 1)
        else:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("" if ip == "*" else ip, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
        except OverflowError:
            return False
    return False
