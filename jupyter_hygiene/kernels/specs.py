"""Which Python a kernel runs in, as its specification and the files around it tell. Nothing is started."""

from __future__ import annotations

import json
import os
import sys
from functools import lru_cache
from pathlib import Path

from ..core.hygiene.interpreters import describe_interpreter
from ..core.hygiene.page import Interpreter

_PLAIN_PYTHON = frozenset({"python", "python3", f"python{sys.version_info[0]}.{sys.version_info[1]}"})


@lru_cache(maxsize=64)
def interpreter_of(kernel_name: str | None) -> Interpreter | None:
    """The interpreter of a kernel of this machine; ``None`` if the kernel is not there or runs no Python of its own."""
    arguments = _arguments(kernel_name or "python3")
    if not arguments:
        return None
    program = os.path.expanduser(arguments[0])
    if program in _PLAIN_PYTHON:
        program = sys.executable  # as jupyter_client has it
    if "python" not in os.path.basename(program).lower() or not os.path.isabs(program):
        return None
    return describe_interpreter(Path(program)) if os.path.exists(program) else None


def _arguments(kernel_name: str) -> list[str]:
    """How the kernel is started: ``argv`` of its specification."""
    from jupyter_core.paths import jupyter_path

    for folder in [*jupyter_path("kernels"), os.path.join(sys.prefix, "share", "jupyter", "kernels")]:
        try:
            raw = json.loads(Path(folder, kernel_name, "kernel.json").read_text("utf-8"))
        except (OSError, ValueError):
            continue
        argv = raw.get("argv") if isinstance(raw, dict) else None
        if isinstance(argv, list) and argv and all(isinstance(part, str) for part in argv):
            return argv
    if kernel_name in ("python3", "python"):
        return [sys.executable]  # the native kernel needs no specification
    return []
