"""Running the command line as a user does: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]


def program() -> list[str]:
    """The command line, as the start of a command; its coverage is measured where that of this process is."""
    measured = [
        *("coverage", "run", "--parallel-mode", f"--rcfile={ROOT / 'pyproject.toml'}"),
        *(f"--data-file={ROOT / '.coverage'}", "-m"),
    ]
    is_measured = Coverage.current() is not None
    return [sys.executable, "-m", *(measured if is_measured else []), "jupyter_hygiene"]


@pytest.fixture
def folder(clean_machine: Path) -> Path:
    return clean_machine


@pytest.fixture
def run(folder: Path) -> Run:
    def run(*arguments: str, **environment: str) -> Result:
        done = subprocess.run(
            [*program(), *arguments],
            cwd=folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run


def write(path: Path, raw: dict[str, Any], **options: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps(raw, **{"indent": 1, "ensure_ascii": False, **options}) + "\n", encoding="utf-8"
    )
    return path


def verdicts(result: Result, number: int = 0) -> list[str]:
    return [cell["verdict"] for cell in result.json["notebooks"][number]["cells"]]
