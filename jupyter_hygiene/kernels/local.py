"""Kernels started by this process, for the command line."""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import zmq
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

from ..core.errors import KernelNotFound, KernelStartFailed
from ..core.report import KernelInfo
from .channels import ChannelSession, private_history_arguments
from .ports import PortLost, lost_a_port, open_unless_a_port_is_lost, started_again_if_a_port_is_lost
from .runtime_files import new_connection_file, sweep_runtime_files

_LAST_WORDS = 2000  # characters of a failed kernel's standard error that are worth showing


async def start_local_kernel(
    kernel_name: str | None, *, cwd: Path, notebook_path: Path, timeout: float = 60.0
) -> ChannelSession:
    """Start a kernel in ``cwd`` and wait until it answers.

    Raises:
        KernelNotFound: there is no such kernel spec. The message names those there are.
        KernelStartFailed: it does not come up. The message has the end of what it wrote.
    """
    name = kernel_name or "python3"
    specs = KernelSpecManager()
    try:
        spec = specs.get_kernel_spec(name)
    except NoSuchKernel:
        raise kernel_not_found(name, sorted(specs.find_kernel_specs())) from None
    except Exception as error:  # a kernel.json that is no JSON, or holds something else
        raise KernelStartFailed(f"The kernel '{name}' has an unreadable kernel.json: {error}") from error
    return await started_again_if_a_port_is_lost(
        name, lambda: _start(name, spec, specs, cwd, notebook_path, timeout)
    )


async def _start(
    name: str, spec: KernelSpec, specs: KernelSpecManager, cwd: Path, notebook_path: Path, timeout: float
) -> ChannelSession:
    manager = AsyncKernelManager(
        kernel_name=name, kernel_spec_manager=specs, connection_file=str(new_connection_file())
    )
    with _quick_reconnect(manager):
        process = _LocalProcess(manager)
        # A launch cannot be called off half-way: let it come to its end, then end the kernel.
        launch = asyncio.ensure_future(process.start(cwd, notebook_path))
        try:
            await asyncio.shield(launch)
        except asyncio.CancelledError:
            await asyncio.wait([launch])
            await process.kill()
            raise
        except Exception as error:
            await process.kill()
            raise KernelStartFailed(f"The kernel '{name}' could not be started: {error}") from error
        info = KernelInfo(name, spec.display_name, spec.language.lower())
        session = ChannelSession(manager.client(), process, info)
        try:
            process_id = getattr(manager.provisioner, "pid", None)
            await open_unless_a_port_is_lost(session, timeout, manager.get_connection_info(), process_id)
        except KernelStartFailed as error:
            words = process.last_words()
            await asyncio.shield(session.close())
            if lost_a_port(manager.get_connection_info(), words):
                raise PortLost(error.message) from error
            raise
        except BaseException:
            await asyncio.shield(session.close())
            raise
    return session


def kernel_not_found(name: str, installed: list[str]) -> KernelNotFound:
    known = ", ".join(installed) or "none"
    return KernelNotFound(
        f"The kernel '{name}' is not installed here (installed: {known}). Install it, or choose another kernel."
    )


def process_of(kernel_manager: Any) -> int | None:
    """The process of a kernel that runs on this machine."""
    provisioner = getattr(kernel_manager, "provisioner", None)
    return provisioner.pid if isinstance(provisioner, LocalProvisioner) else None


@contextlib.contextmanager
def _quick_reconnect(manager: Any) -> Iterator[None]:
    """Connect again after 10 ms, not ZeroMQ's 100, while the kernel has not yet opened its ports."""
    manager.context.setsockopt(zmq.RECONNECT_IVL, 10)
    try:
        yield
    finally:
        manager.context.setsockopt(zmq.RECONNECT_IVL, 100)


class _LocalProcess:
    """See :class:`jupyter_hygiene.kernels.channels.KernelProcess`."""

    def __init__(self, manager: Any) -> None:
        self._manager = manager
        self._ended = False
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed in kill)

    async def start(self, cwd: Path, notebook_path: Path) -> None:
        spec = self._manager.kernel_spec
        await self._manager.start_kernel(
            cwd=str(cwd),
            env={**os.environ, "JPY_SESSION_NAME": str(notebook_path)},
            extra_arguments=private_history_arguments(spec.argv),
            stdout=self._stderr,  # ours is for the report
            stderr=self._stderr,
        )
        await asyncio.to_thread(sweep_runtime_files)  # while the kernel comes up

    async def is_alive(self) -> bool:
        return not self._ended and bool(await self._manager.is_alive())

    async def interrupt(self) -> None:
        await self._manager.interrupt_kernel()

    async def kill(self) -> None:
        if self._ended:
            return
        self._ended = True
        with contextlib.suppress(Exception):
            await self._manager.shutdown_kernel(now=True)
        self._manager.cleanup_connection_file()
        self._stderr.close()

    @property
    def process_id(self) -> int | None:
        return process_of(self._manager)

    def last_words(self) -> str:
        if self._stderr.closed:
            return ""
        size = self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, size - _LAST_WORDS))
        return self._stderr.read().decode("utf-8", "replace")
