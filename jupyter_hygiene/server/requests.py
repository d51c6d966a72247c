"""Reading the body of ``POST verifications``: where the notebook lies, and how to replay it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.utils import ensure_async
from jupyter_server.gateway.managers import GatewayMappingKernelManager

from ..core.analysis_requests import runs_from_json
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
        NotFound: the path is not one of the contents manager's.
    """
    kernel_name = body.get("kernel_name")
    if kernel_name is not None and not isinstance(kernel_name, str):
        raise BadRequest("kernel_name must be text or null.")
    folder_path = await ensure_async(contents.get_kernel_path(path=path))
    folder = Path(kernels.cwd_for_path(folder_path))
    return JobRequest(
        path=path,
        key=notebook_key(contents, path),
        notebook=notebook,
        kernel_name=kernel_name or notebook.kernel_name,
        folder=folder,
        is_local=not isinstance(kernels, GatewayMappingKernelManager),
        session_name=str(folder / os.path.basename(path)),
        options=_options(body.get("options"), limits),
        history=None if body.get("history") is None else runs_from_json(body),
    )


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


def _options(raw: Any, limits: ServerLimits) -> VerifyOptions:
    if raw is None:
        raw = {}
    if not isinstance(raw, Mapping):
        raise BadRequest("options must be an object.")
    repeat = raw.get("repeat", 1)
    if not isinstance(repeat, int) or isinstance(repeat, bool) or not 1 <= repeat <= 10:
        raise BadRequest("options.repeat must be a whole number from 1 to 10.")
    default = limits.replay
    return VerifyOptions(
        repeat=repeat,
        keep_going=_flag(raw, "keep_going"),
        scratch=_flag(raw, "scratch"),
        scratch_limit=limits.scratch_limit,
        limits=ReplayLimits(
            timeout=_at_most(_seconds(raw, "timeout", default.timeout), limits.most_timeout),
            cell_timeout=_seconds(raw, "cell_timeout", default.cell_timeout),
            interrupt_grace=default.interrupt_grace,
            idle_grace=default.idle_grace,
            outputs=default.outputs,
        ),
    )


def _flag(raw: Mapping[str, Any], name: str) -> bool:
    value = raw.get(name, False)
    if not isinstance(value, bool):
        raise BadRequest(f"options.{name} must be true or false.")
    return value


def _seconds(raw: Mapping[str, Any], name: str, default: float | None) -> float | None:
    value = raw.get(name)
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1e9:
        raise BadRequest(f"options.{name} must be a number of seconds above 0, or null for no limit.")
    return float(value)


def _at_most(value: float | None, most: float | None) -> float | None:
    if value is None or most is None:
        return most if value is None else value
    return min(value, most)
