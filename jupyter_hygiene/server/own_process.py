"""Requests about so much code that reading it would hold up the server: answered by a process of their own.

Python's parser lets no other thread run until it has read a cell, which for some megabytes takes seconds. The process
is given the request as it came, and what it prints is the reply.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ..core.errors import BadRequest, HygieneError, error_of_kind

_LONG_CELL = 50_000  # characters
_MUCH_CODE = 300_000
_SECONDS = 90.0
_MOST_BYTES = 4 << 30  # of memory
_one_at_a_time = ThreadPoolExecutor(1, "large-requests")


def is_much(*lists: Any) -> bool:
    """Whether the cells or runs of a request hold so much code."""
    found = [_length(part.get("source")) for parts in lists for part in _objects(parts)]
    return bool(found) and (max(found) > _LONG_CELL or sum(found) > _MUCH_CODE)


def _objects(parts: Any) -> list[Mapping[str, Any]]:
    return [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []


def _length(source: Any) -> int:
    if isinstance(source, str):
        return len(source)
    return sum(len(line) for line in source if isinstance(line, str)) if isinstance(source, list) else 0


async def answered(what: str, content: bytes, *arguments: str | None) -> str:
    """The reply to a request, as JSON text.

    Args:
        what: ``analyze`` or ``check``.
        content: the request's body.
        arguments: what the server knows besides.

    Raises:
        HygieneError: what the request is refused for.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_one_at_a_time, _ask, what, content, arguments)


def _ask(what: str, content: bytes, arguments: Iterable[str | None]) -> str:
    command = [sys.executable, "-m", __name__, what, json.dumps(list(arguments))]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    try:
        done = subprocess.run(
            command, input=content, stdout=pipe, stderr=nothing, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise BadRequest(
            f"This notebook holds so much code that reading it takes over {_SECONDS:g} seconds. Move data out of its "
            "cells, into files."
        ) from None
    if done.returncode != 0:
        raise BadRequest(
            "This notebook holds so much code that it cannot be read. Move data out of its cells, into files."
        )
    kind, _, text = done.stdout.decode().partition("\n")
    if kind:
        raise error_of_kind(kind, text)
    return text


def _reply(what: str, arguments: list[str | None], content: bytes) -> Any:
    from ..core.json_reading import parse_json

    body = parse_json(content)
    if what == "analyze":
        from ..core.analysis_requests import AnalysisDesk

        return AnalysisDesk().answer(body)
    from ..core.notebook import Notebook
    from .checks import findings_of

    path, folder, root, kernel_name = arguments
    places = (Path(folder) if folder else None, Path(root) if root else None)
    return findings_of(body, path or "", Notebook.from_json(body["notebook"]), places, kernel_name)


def main() -> None:
    """Answer one request: a line with the kind of an error, empty if there is none, and then the reply."""
    what, arguments = sys.argv[1], json.loads(sys.argv[2])
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    try:
        kind, text = "", json.dumps(_reply(what, arguments, sys.stdin.buffer.read()))
    except HygieneError as error:
        kind, text = error.kind, error.message
    sys.stdout.buffer.write(f"{kind}\n{text}".encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
