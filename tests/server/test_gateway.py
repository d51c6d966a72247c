"""Replays go through the server's own kernel manager: behind a Gateway, kernels run on another server."""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.notebooks import code, notebook, printed
from tests.server.processes import QUICK_START, TOKEN, server, verified

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def both_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    folders = {
        name: tmp_path_factory.mktemp(name) for name in ("runtime", "data", "ipython", "work", "reports")
    }
    names = {"JUPYTER_RUNTIME_DIR": "runtime", "JUPYTER_DATA_DIR": "data", "IPYTHONDIR": "ipython"}
    env = {**os.environ, **{variable: str(folders[name]) for variable, name in names.items()}}
    jupyter = [sys.executable, "-c", QUICK_START]
    with server([*jupyter, "--ServerApp.disable_check_xsrf=True"], folders["work"], env, token="") as remote:
        gateway = [f"--gateway-url={remote}"]
        reports = f"--HygieneApp.report_dir={folders['reports']}"
        enabled = "--ServerApp.jpserver_extensions={'jupyter_hygiene': True}"
        with server([*jupyter, *gateway, reports, enabled], folders["work"], env) as local:
            yield local, remote


@pytest.fixture
def servers(both_servers: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """The addresses of a server and of the one that runs its kernels, which has none in the beginning."""
    yield both_servers
    for kernel in kernels_of(both_servers[1]):
        url = f"{both_servers[1]}api/kernels/{kernel['id']}"
        urllib.request.urlopen(urllib.request.Request(url, headers=TOKEN, method="DELETE"))


def kernels_of(url: str) -> list[Any]:
    with urllib.request.urlopen(urllib.request.Request(url + "api/kernels", headers=TOKEN)) as reply:
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
