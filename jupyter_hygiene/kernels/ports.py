"""Ports that a kernel lost to another program, and the second start that this is a reason for.

A kernel's ports are chosen before it binds them. Another program can get one of them in between; then the kernel ends
while it starts, through nobody's fault.
"""

from __future__ import annotations

import errno
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from ..core.errors import KernelStartFailed

log = logging.getLogger(__name__)

Started = TypeVar("Started")
_CHANNELS = ("shell", "iopub", "stdin", "control", "hb")
# How Linux and macOS, Windows, ZeroMQ and libuv put it.
_WORDS = ("address already in use", "only one usage of each socket address", "address in use", "eaddrinuse")


class PortLost(KernelStartFailed):
    """The kernel ended while it started, because another program has one of its ports."""


def lost_a_port(connection: Mapping[str, Any], last_words: str) -> bool:
    """Whether a kernel that ended while it started did so for want of a port.

    Args:
        connection: what was in its connection file; empty for a kernel on another machine.
        last_words: what it wrote before it ended, if that is known.
    """
    if any(words in last_words.lower() for words in _WORDS):
        return True
    if connection.get("transport", "tcp") != "tcp":
        return False
    ports = [connection.get(f"{channel}_port") for channel in _CHANNELS]
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
            f"The kernel '{name}' was started twice and ended both times, because another program had taken one of its "
            f"ports meanwhile. Try again.\n{words}".strip()
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
