"""Replays go through the server's own kernel manager: behind a Gateway, kernels run on another server."""

from __future__ import annotations

import json
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.notebooks import code, notebook, printed
from tests.server.processes import TOKEN, server, verified


@pytest.fixture
def servers(clean_machine: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The addresses of a server and of the one that runs its kernels."""
    jupyter = [sys.executable, "-m", "jupyter_server"]
    with server([*jupyter, "--ServerApp.disable_check_xsrf=True"], clean_machine, token="") as remote:
        gateway = [f"--gateway-url={remote}"]
        reports = f"--HygieneApp.report_dir={tmp_path / 'reports'}"
        enabled = "--ServerApp.jpserver_extensions={'jupyter_hygiene': True}"
        with server([*jupyter, *gateway, reports, enabled], clean_machine) as local:
            yield local, remote


def kernels_of(url: str) -> list[Any]:
    with urllib.request.urlopen(
        urllib.request.Request(url + "api/kernels", headers=TOKEN), timeout=30
    ) as reply:
        return list(json.load(reply))


def test_a_notebook_is_verified_in_a_remote_kernel(servers: tuple[str, str]) -> None:
    local, remote = servers
    done = verified(local, notebook(code("print(1)", printed("1\n")), code("print(2)", printed("3\n"))))
    assert [cell["verdict"] for cell in done["report"]["cells"]] == ["same", "changed"]
    assert len(kernels_of(remote)) == 1, "kept for its user to continue in"


def test_a_remote_kernel_that_dies_and_is_restarted_there_is_noticed(servers: tuple[str, str]) -> None:
    local, remote = servers
    done = verified(local, notebook(code("import os; os._exit(1)"), code("1")))
    assert [cell["verdict"] for cell in done["report"]["cells"]] == ["failed", "not_reached"]
    assert kernels_of(remote) == []


def test_a_scratch_copy_is_refused_where_the_kernel_would_not_see_it(servers: tuple[str, str]) -> None:
    done = verified(servers[0], notebook(code("1")), options={"scratch": True})
    assert done["state"] == "error"
    assert done["error"]["kind"] == "scratch_failed"
    assert kernels_of(servers[1]) == []
