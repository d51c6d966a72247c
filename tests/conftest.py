"""Fixtures: a machine of our own for each test, and a count of what it left behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, settings

from jupyter_hygiene.core import guarded_regex

# The same examples in each run, and no clock: what random ones find is kept as a test by name.
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that start processes, which `make check` leaves out: all that ask for a machine of their own.

    They wait more than they compute, so they are put between those that compute: each worker always has some of both.
    """
    waiting, others = [], []
    for item in items:
        if "clean_machine" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.processes)
            waiting.append(item)
        else:
            others.append(item)
    if waiting and others:
        each = len(others) / len(waiting)
        items[:] = [
            item
            for number, waiter in enumerate(waiting)
            for item in (waiter, *others[round(number * each) : round((number + 1) * each)])
        ]


@pytest.fixture(autouse=True)
def jp_server_cleanup() -> None:
    """Nothing to end but where there is a server in this process: tests/server has it of the plugin."""


@pytest.fixture
def clean_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Runtime, data, IPython and temporary folders of this test alone. Yields a folder for notebooks.

    Fails a test that leaves a process or a file behind.
    """
    folders = {name: tmp_path / name for name in ("runtime", "data", "ipython", "tmp", "work")}
    for folder in folders.values():
        folder.mkdir()
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folders["runtime"]))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(folders["data"]))
    monkeypatch.setenv("IPYTHONDIR", str(folders["ipython"]))
    monkeypatch.setenv("TMPDIR", str(folders["tmp"]))
    monkeypatch.setattr(tempfile, "tempdir", None)
    before = set(children())
    yield folders["work"]
    # It would end by itself before long.
    guarded_regex.end_worker()
    left = [process for process in children() if process not in before]
    for process in left:
        process.kill()
    assert not left, f"processes left behind: {left}"
    assert leftovers(folders["runtime"]) == []
    assert leftovers(folders["tmp"]) == []


def children() -> list[psutil.Process]:
    return [
        process
        for process in psutil.Process().children(recursive=True)
        if process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    ]


def leftovers(folder: Path) -> list[str]:
    # A server's own files, and ipykernel's folders of compiled cells, are theirs to remove.
    not_ours = ("jpserver-", "jupyter_cookie_secret", "ipykernel_")
    return sorted(name for name in os.listdir(folder) if not name.startswith(not_ours))
