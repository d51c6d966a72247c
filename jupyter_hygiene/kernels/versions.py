"""Which versions of the packages that an analysis goes by a kernel's Python has: asked of that Python, once."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from threading import Lock

from ..core.analysis.versions import PACKAGES
from .specs import interpreter_of

_SECONDS = 20.0
_QUESTION = """
import json, sys
from importlib import metadata
found = {}
for name in sys.argv[1:]:
    try:
        found[name] = metadata.version(name)
    except metadata.PackageNotFoundError:
        pass
print(json.dumps([found, sys.path]))
"""

# By interpreter: the folders that it imports from with when they last changed, and the answer.
_known: dict[str, tuple[Mapping[str, float], Mapping[str, str]]] = {}
_lock = Lock()


def package_versions(kernel_name: str | None) -> Mapping[str, str]:
    """The versions, by package; empty where the kernel runs no Python of this machine, or that does not answer.

    Asked again only when a folder that it imports from has changed. Not for an event loop.
    """
    interpreter = interpreter_of(kernel_name)
    if interpreter is None:
        return {}
    with _lock:
        known = _known.get(interpreter.path)
        if known is None or known[0] != _stamps(known[0]):
            known = _known[interpreter.path] = _ask(interpreter.path)
        return known[1]


def _ask(program: str) -> tuple[Mapping[str, float], Mapping[str, str]]:
    command = [program, "-c", _QUESTION, *PACKAGES]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True, cwd=os.path.sep)
        found, folders = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return {}, {}
    return _stamps({str(folder): 0.0 for folder in folders if folder}), found


def _stamps(folders: Mapping[str, float]) -> dict[str, float]:
    return {folder: _changed(folder) for folder in folders}


def _changed(folder: str) -> float:
    try:
        return os.stat(folder).st_mtime
    except OSError:
        return 0.0
