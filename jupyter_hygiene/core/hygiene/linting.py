"""Ruff as a library of checks: a notebook's cells become one Python text, its diagnostics come back to the cells.

Ruff reads notebooks itself, but not what their magics run, bind and mention; so it is given the cells as
``analysis/python_lines.py`` reads them. The user's own configuration of ruff has no say here.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..notebook import CellId
from .code import Code

CODES = ("F401", "F403", "F405", "F811", "F821")
# What every kernel has; ruff knows Python's own names by itself.
_BUILTINS = (
    "display",
    "get_ipython",
    "exit",
    "quit",
    "In",
    "Out",
    "_",
    "__",
    "___",
    "_i",
    "_ii",
    "_iii",
    "_ih",
    "_oh",
    "_dh",
)
_NAME = re.compile(r"`([^`]+)`")
_SECONDS = 60
NOT_RUN = (
    "ruff could not be run here, so imports that are not used and names of star imports were not looked for."
)


@dataclass(frozen=True)
class Lint:
    """One diagnostic of ruff. ``line`` and ``column`` from 1; ``name`` is the name it speaks of, if it does."""

    code: str
    message: str
    cell_id: CellId
    line: int
    column: int
    name: str = ""


Lints = Mapping[str, tuple[Lint, ...]]


class Linting:
    """Ruff, at work on notebooks. Use as a context; other things can be done until ``result`` is asked for."""

    def __init__(self, notebooks: Sequence[Iterable[Code]]) -> None:
        """Start.

        Args:
            notebooks: of each the cells that are Python and are run, in document order.
        """
        self._tables = [_Table() for _ in notebooks]
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="hygiene-", ignore_cleanup_errors=True)
        for number, (cells, table) in enumerate(zip(notebooks, self._tables, strict=True)):
            text = table.text(cells)
            Path(self._folder.name, f"{number}.py").write_bytes(text.encode("utf-8", "replace"))
        program = _program()
        if program is not None and notebooks:
            self._process = _started(program, self._folder.name)

    def __enter__(self) -> Linting:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it, whether it is done or not."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.communicate()
        self._folder.cleanup()

    def result(self) -> list[Lints] | None:
        """Of each notebook what ruff says, by its codes; ``None`` if it could not be run."""
        if self._process is None:
            return None
        try:
            output, _ = self._process.communicate(timeout=_SECONDS)
            found = json.loads(output)
        except (subprocess.TimeoutExpired, ValueError, OSError):
            return None
        told: list[dict[str, list[Lint]]] = [{} for _ in self._tables]
        for raw in found if isinstance(found, list) else ():
            number = int(os.path.basename(raw["filename"]).removesuffix(".py"))
            lint = self._tables[number].lint(raw)
            if lint is not None:
                told[number].setdefault(lint.code, []).append(lint)
        return [{code: tuple(lints) for code, lints in each.items()} for each in told]


class _Table:
    """Which line of a notebook's Python is which of a cell."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ids: list[CellId] = []

    def text(self, cells: Iterable[Code]) -> str:
        parts: list[str] = []
        line = 1
        for cell in cells:
            reading = cell.reading
            if reading.tree is None:
                continue
            text = reading.text.rstrip("\n") + "\n"
            parts.append(text)
            self._starts.append(line)
            self._ids.append(cell.id)
            line += text.count("\n")
        return "".join(parts)

    def lint(self, raw: Mapping[str, Any]) -> Lint | None:
        code, place = raw.get("code"), raw.get("location")
        if code not in CODES or not isinstance(place, Mapping) or not self._starts:
            return None
        index = bisect_right(self._starts, place["row"]) - 1
        message = str(raw.get("message", ""))
        name = _NAME.search(message)
        return Lint(
            code=code,
            message=message,
            cell_id=self._ids[index],
            line=place["row"] - self._starts[index] + 1,
            column=place["column"],
            name=name[1] if name else "",
        )


def _started(program: str, folder: str) -> subprocess.Popen[bytes] | None:
    names = ", ".join(f'"{name}"' for name in _BUILTINS)
    command = [program, "check", "--isolated", "--no-cache", "--no-fix", "--exit-zero", "--quiet"]
    command += ["--select", ",".join(CODES), "--target-version", "py313", "--output-format", "json"]
    command += ["--config", f"builtins = [{names}]", folder]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RUFF_")}
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=folder,
        )
    except OSError:
        return None


@lru_cache(maxsize=1)
def _program() -> str | None:
    """Where ruff is: beside this Python, as its package says."""
    try:
        find = importlib.import_module("ruff.__main__").find_ruff_bin
        return os.fsdecode(find())
    except (ImportError, AttributeError, OSError):
        return None
