"""Files that tell of replays' kernels in Jupyter's runtime folder, and the removal of those that killed processes left.

A kernel that is started here has a connection file whose name bears a mark. A server names those of its kernels
itself; a note, whose name bears the mark, tells which one belongs to a replay.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from jupyter_core.paths import jupyter_runtime_dir

from ..core.folder import sweep_scratch_copies
from ..core.leftovers import is_left_over, mark, sweep
from ..core.plain_files import content_of

# Not ``kernel-…``, which `jupyter console --existing` takes for a kernel of the user's.
_PREFIX = "jupyter-hygiene-"
_OURS = re.compile(rf"{_PREFIX}[0-9a-f]{{8}}-\d+-\d+-[0-9a-f]{{32}}\.(?:json|note)")
_A_SERVERS = re.compile(r"kernel-.+\.json")


def new_connection_file() -> Path:
    """Where the connection file of the next kernel goes: among the temporary files, where there is no runtime folder
    and none can be made."""
    runtime = Path(jupyter_runtime_dir())
    with contextlib.suppress(OSError):
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    return (runtime if os.access(runtime, os.W_OK) else Path(tempfile.gettempdir())) / _new_name("json")


def note_of(connection_file: Path) -> Path | None:
    """Write down that a server's connection file belongs to a replay. The note is to be removed when it no longer does.

    ``None`` where nothing can be written.
    """
    note = Path(jupyter_runtime_dir()) / _new_name("note")
    try:
        descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:
            file.write(os.fsencode(connection_file))
    except OSError:
        return None
    return note


def sweep_runtime_files() -> None:
    """Remove the files of kernels whose processes were killed, and the copies of folders that they ran in."""
    sweep_scratch_copies()
    runtime, temporary = jupyter_runtime_dir(), tempfile.gettempdir()
    for path in _ours_in(runtime):
        if path.suffix == ".note" and is_left_over(path):
            _remove_noted(path)
    for folder in (runtime, temporary):
        sweep(_ours_in(folder))


def _new_name(ending: str) -> str:
    return f"{_PREFIX}{mark()}-{uuid.uuid4().hex}.{ending}"


def _ours_in(folder: str) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            yield from [Path(entry.path) for entry in entries if _OURS.fullmatch(entry.name)]
    except OSError:
        return


def _remove_noted(note: Path) -> None:
    try:
        connection_file = Path(os.fsdecode(content_of(note)))
        if _A_SERVERS.fullmatch(connection_file.name):
            connection_file.unlink(missing_ok=True)
    except (OSError, ValueError):
        pass  # gone meanwhile, or not ours to remove
