"""Kernels of a Jupyter server: started by its own kernel manager, so that a Gateway or a provisioner works.

The server watches its kernels and restarts those that die. A replay's kernel must stay dead, so that watch is
off until the kernel is handed to the user.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from jupyter_client.utils import ensure_async

from ..core.errors import KernelDied, KernelStartFailed
from ..core.report import KernelInfo
from .channels import ChannelSession, private_history_arguments
from .local import kernel_not_found, process_of
from .ports import PortLost, lost_a_port, open_unless_a_port_is_lost, started_again_if_a_port_is_lost
from .runtime_files import note_of, sweep_runtime_files

log = logging.getLogger(__name__)

# How long somebody else's restart of a kernel is waited for before the kernel is left to them, in seconds.
_RESTART_PATIENCE = 30.0


class ManagedKernel:
    """One kernel of the server's kernel manager. See :class:`jupyter_hygiene.kernels.channels.KernelProcess`."""

    def __init__(self, manager: Any, kernel_id: str) -> None:
        self._manager = manager
        self.kernel_id = kernel_id
        self._ours = True
        self._kernel = manager.get_kernel(kernel_id)
        self._pid = self._process_id()
        # Behind a Gateway, where there is no such file, the server there does.
        self._is_listened_to = bool(self._connection_file) and hasattr(manager, "start_watching_activity")
        self._note: Path | None = None

    def take_charge(self) -> None:
        """Keep the server from restarting the kernel or shutting it down for want of a visible client, and let the
        next one know what is to be removed if it is killed.

        The server also listens to all that its kernels say, to know when they are idle, and checks each message on the
        event loop, which takes a second where one is of 200 MB. We tell it instead.
        """
        if self._connection_file:
            self._note = note_of(Path(os.path.abspath(self._connection_file)))
        if hasattr(self._kernel, "stop_restarter"):
            self._kernel.stop_restarter()
        if self._is_listened_to:
            self._manager.stop_watching_activity(self.kernel_id)
            self._kernel.execution_state = "busy"
            self._tell_activity()
        if hasattr(self._manager, "notify_connect"):
            self._manager.notify_connect(self.kernel_id)

    @property
    def _connection_file(self) -> str:
        return str(getattr(self._kernel, "connection_file", ""))  # none behind a Gateway

    @property
    def connection(self) -> Mapping[str, Any]:
        """What is in its connection file; empty for a kernel behind a Gateway."""
        return dict(self._kernel.get_connection_info()) if self._connection_file else {}

    async def hand_over(self) -> None:
        """Make it an ordinary kernel of the server again.

        Raises:
            KernelDied: it is no longer there.
        """
        if not await self.is_alive():
            raise KernelDied("The replay's kernel is gone. Verify again.")
        self._ours = False
        self._remove_note()
        if hasattr(self._manager, "notify_disconnect"):
            self._manager.notify_disconnect(self.kernel_id)
        if hasattr(self._kernel, "start_restarter"):
            self._kernel.start_restarter()
        if self._is_listened_to:
            self._kernel.execution_state = "idle"
            self._manager.start_watching_activity(self.kernel_id)

    async def is_alive(self) -> bool:
        if self.kernel_id not in self._manager:
            return False
        self._tell_activity()
        # Somebody may restart it: then a new process stands in its place, which knows nothing of the replay.
        return self._process_id() == self._pid and bool(await ensure_async(self._kernel.is_alive()))

    def _tell_activity(self) -> None:
        """A replay under way is activity: without it a server that nobody looks at would be culled."""
        if self._ours and self._is_listened_to:
            self._manager.last_kernel_activity = self._kernel.last_activity = datetime.now(timezone.utc)

    def _process_id(self) -> Any:
        return getattr(getattr(self._kernel, "provisioner", None), "pid", None)

    @property
    def process_id(self) -> int | None:
        return process_of(self._kernel)

    async def interrupt(self) -> None:
        await ensure_async(self._manager.interrupt_kernel(self.kernel_id))

    async def kill(self) -> None:
        if not self._ours:
            return
        self._ours = False
        end = time.monotonic() + _RESTART_PATIENCE
        while self.kernel_id in self._manager:
            try:
                await ensure_async(self._manager.shutdown_kernel(self.kernel_id, now=True))
            except asyncio.InvalidStateError:
                # Somebody restarts it right now, and until that has ended it cannot be shut down.
                if time.monotonic() > end:
                    log.warning("the kernel %s is being restarted and cannot be shut down", self.kernel_id)
                    return
                await asyncio.sleep(0.05)
            except Exception as error:
                log.warning("the kernel %s cannot be shut down: %s", self.kernel_id, error)
                return
        self._remove_note()

    def _remove_note(self) -> None:
        if self._note is not None:
            with contextlib.suppress(OSError):
                self._note.unlink(missing_ok=True)
            self._note = None

    def last_words(self) -> str:
        return ""  # it wrote them to the server's terminal


async def start_managed_kernel(
    manager: Any, specs: Any, kernel_name: str | None, *, cwd: Path, session_name: str, timeout: float
) -> tuple[ChannelSession, ManagedKernel]:
    """Start a kernel of the server in ``cwd`` and wait until it answers.

    Args:
        session_name: the notebook, as kernels learn it through ``JPY_SESSION_NAME``.
        timeout: seconds for the kernel to answer.

    Raises:
        KernelNotFound: there is no such kernel spec. The message names those there are.
        KernelStartFailed: it does not come up.
    """
    name = kernel_name or manager.default_kernel_name
    spec = await _spec(specs, name)
    return await started_again_if_a_port_is_lost(
        name, lambda: _start(manager, spec, name, cwd, session_name, timeout)
    )


async def _start(
    manager: Any, spec: Any, name: str, cwd: Path, session_name: str, timeout: float
) -> tuple[ChannelSession, ManagedKernel]:
    argv = list(getattr(spec, "argv", []))
    starting = asyncio.ensure_future(
        ensure_async(
            manager.start_kernel(
                kernel_name=name,
                cwd=str(cwd),
                env={**os.environ, "JPY_SESSION_NAME": session_name},
                extra_arguments=private_history_arguments(argv),
            )
        )
    )
    try:
        kernel_id = await asyncio.shield(starting)
    except asyncio.CancelledError:
        # A start cannot be called off half-way: let it come up, then end it.
        with contextlib.suppress(Exception):
            await ManagedKernel(manager, await starting).kill()
        raise
    except Exception as error:
        raise KernelStartFailed(f"The kernel '{name}' could not be started: {error}") from error
    kernel = ManagedKernel(manager, kernel_id)
    kernel.take_charge()
    try:
        await asyncio.to_thread(sweep_runtime_files)  # while the kernel comes up
        client = manager.get_kernel(kernel_id).client()
    except BaseException:
        await asyncio.shield(kernel.kill())
        raise
    info = KernelInfo(name, getattr(spec, "display_name", name), str(getattr(spec, "language", "")).lower())
    session = ChannelSession(client, kernel, info)
    connection = kernel.connection
    try:
        await open_unless_a_port_is_lost(session, timeout, connection, kernel.process_id)
    except KernelStartFailed as error:
        await asyncio.shield(session.close())
        if lost_a_port(connection, kernel.last_words()):
            raise PortLost(error.message) from error
        raise
    except BaseException:
        await asyncio.shield(session.close())
        raise
    return session, kernel


async def _spec(specs: Any, name: str) -> Any:
    try:
        return await ensure_async(specs.get_kernel_spec(name))
    except KeyError:  # NoSuchKernel is one
        installed = (
            await ensure_async(specs.find_kernel_specs()) if hasattr(specs, "find_kernel_specs") else {}
        )
        raise kernel_not_found(name, sorted(installed)) from None
    except Exception as error:
        raise KernelStartFailed(f"The kernel '{name}' has no readable kernel.json: {error}") from error
