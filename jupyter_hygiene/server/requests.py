"""Reading the body of ``POST verifications``: where the notebook lies, and how to replay it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.utils import ensure_async
from jupyter_server.gateway.managers import GatewayMappingKernelManager

from ..core.analysis_requests import runs_from_json
from ..core.configuration import Configuration, Layer, Settings, configure, request_layer
from ..core.errors import BadRequest, NotFound
from ..core.notebook import Notebook
from ..core.replay import ReplayLimits
from ..core.verification import VerifyOptions
from .job import JobRequest


@dataclass(frozen=True)
class ServerLimits:
    """What the server's configuration sets for all replays."""

    replay: ReplayLimits = field(default_factory=ReplayLimits)
    most_timeout: float | None = None
    scratch_limit: int = 1_000_000_000


async def job_request(
    path: str, notebook: Notebook, body: Mapping[str, Any], contents: Any, kernels: Any, limits: ServerLimits
) -> JobRequest:
    """What to verify, from a request's body.

    Raises:
        BadRequest: an option is not of the shape that the contract gives it.
        InvalidSettings: something is set, in the request or elsewhere, that cannot be.
        NotFound: the path is not one of the contents manager's.
    """
    kernel_name = body.get("kernel_name")
    if kernel_name is not None and not isinstance(kernel_name, str):
        raise BadRequest("kernel_name must be text or null.")
    folder = await _working_directory(path, contents, kernels)
    is_local = _is_local(kernels)
    seen_folder = folder if is_local else None
    root = served_folder(contents) if is_local else None

    def configured() -> Configuration:
        request = request_settings(body.get("options"), kernel_name, seen_folder, root)
        return configure(notebook, seen_folder, request, root)

    # Settings name files and patterns, which are looked at.
    configuration = await asyncio.to_thread(configured)
    return JobRequest(
        path=path,
        key=notebook_key(contents, path),
        notebook=notebook,
        kernel_name=configuration.settings.kernel or notebook.kernel_name,
        folder=folder,
        is_local=is_local,
        session_name=str(folder / os.path.basename(path)),
        options=_options(configuration.settings, limits),
        history=None if body.get("history") is None else runs_from_json(body),
        configuration=configuration,
    )


async def notebook_folder(path: str, contents: Any, kernels: Any) -> Path | None:
    """The folder that a notebook lies in, if it is on this machine."""
    return await _working_directory(path, contents, kernels) if _is_local(kernels) else None


async def _working_directory(path: str, contents: Any, kernels: Any) -> Path:
    return Path(kernels.cwd_for_path(await ensure_async(contents.get_kernel_path(path=path))))


def _is_local(kernels: Any) -> bool:
    return not isinstance(kernels, GatewayMappingKernelManager)


def served_folder(contents: Any) -> Path | None:
    """The folder that a contents manager serves, if it serves one of this machine's."""
    root = getattr(contents, "root_dir", "")
    return Path(root) if isinstance(root, str) and root else None


def notebook_key(contents: Any, path: str) -> str:
    """Tells a notebook from those of other servers of the same user."""
    return f"{getattr(contents, 'root_dir', '')}\n{path}"


async def checked_path(raw: Any, contents: Any) -> str:
    """A path of the contents manager, without a slash at either end.

    Raises:
        BadRequest: it is no text, or empty.
        NotFound: it leads out of what the contents manager serves, is hidden, or its folder does not exist.
    """
    if not isinstance(raw, str) or not raw.strip("/"):
        raise BadRequest("path must name a notebook.")
    path = raw.strip("/")
    parts = path.replace("\\", "/").split("/")
    nowhere = NotFound(f"There is no notebook at {path!r}.")
    if ".." in parts or "\0" in path:
        raise nowhere
    folder = path.rpartition("/")[0]
    try:
        if not await ensure_async(contents.dir_exists(folder)):
            raise nowhere
        if not getattr(contents, "allow_hidden", False) and await ensure_async(contents.is_hidden(path)):
            raise nowhere
    except (OSError, ValueError):
        raise nowhere from None
    return path


def request_settings(
    raw: Any, kernel_name: str | None, folder: Path | None, root: Path | None = None
) -> Layer:
    """The settings that a request makes, from its ``options``. Not for the event loop: it may read files.

    Raises:
        BadRequest: an option is not of the shape that the contract gives it.
        InvalidSettings: one of its ``settings`` is unknown or has no possible value.
    """
    options = {} if raw is None else raw
    if not isinstance(options, Mapping):
        raise BadRequest("options must be an object.")
    settings = options.get("settings", {})
    if not isinstance(settings, Mapping):
        raise BadRequest("options.settings must be an object.")
    given = dict(settings)
    repeat = options.get("repeat")
    if repeat is not None:
        if not isinstance(repeat, int) or isinstance(repeat, bool) or not 1 <= repeat <= 10:
            raise BadRequest("options.repeat must be a whole number from 1 to 10.")
        given["repeat"] = repeat
    for name in ("keep_going", "scratch"):
        if name in options:
            given[name.replace("_", "-")] = _flag(options, name)
    for name in ("timeout", "cell_timeout"):
        seconds = _seconds(options, name)
        if seconds is not None:
            given[name.replace("_", "-")] = seconds
    if kernel_name:
        given["kernel"] = kernel_name
    return request_layer(given, folder, root)


def _options(settings: Settings, limits: ServerLimits) -> VerifyOptions:
    default = limits.replay
    timeout = default.timeout if settings.timeout is None else settings.timeout or None
    cell_timeout = default.cell_timeout if settings.cell_timeout is None else settings.cell_timeout or None
    return VerifyOptions(
        repeat=settings.repeat or 1,
        keep_going=bool(settings.keep_going),
        scratch=bool(settings.scratch),
        scratch_limit=limits.scratch_limit,
        limits=ReplayLimits(
            timeout=_at_most(timeout, limits.most_timeout),
            cell_timeout=cell_timeout,
            interrupt_grace=default.interrupt_grace,
            idle_grace=default.idle_grace,
            silence=default.silence,
            outputs=default.outputs,
        ),
    )


def _flag(raw: Mapping[str, Any], name: str) -> bool:
    value = raw[name]
    if not isinstance(value, bool):
        raise BadRequest(f"options.{name} must be true or false.")
    return value


def _seconds(raw: Mapping[str, Any], name: str) -> float | None:
    value = raw.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1e9:
        raise BadRequest(f"options.{name} must be a number of seconds above 0, or null for no limit.")
    return float(value)


def _at_most(value: float | None, most: float | None) -> float | None:
    if value is None or most is None:
        return most if value is None else value
    return min(value, most)
