"""What a server that was killed leaves of its replays is gone after the next server's next one."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import psutil

from tests.notebooks import code, notebook, printed
from tests.server.conftest import Client
from tests.server.processes import QUICK_START, VERIFICATIONS, ask, server


async def test_connection_files_of_a_killed_server_s_replays_go_and_those_of_its_other_kernels_stay(
    client: Client, clean_machine: Path, tmp_path: Path
) -> None:
    runtime, started = tmp_path / "runtime", tmp_path / "started"
    command = [
        *(sys.executable, "-c", QUICK_START, "--ServerApp.disable_check_xsrf=True"),
        "--ServerApp.jpserver_extensions={'jupyter_hygiene': True}",
        f"--HygieneApp.report_dir={tmp_path / 'other-reports'}",
    ]
    with server(command, clean_machine) as url:
        users = ask(url + "api/kernels", {"name": "python3"})
        assert users is not None
        source = f"open({str(started)!r}, 'w').close()\nimport threading; threading.Event().wait()"
        assert ask(url + VERIFICATIONS, {"path": "n.ipynb", "notebook": notebook(code(source))})
        while not started.exists():
            pass
        process = psutil.Process(
            next(
                about["pid"]
                for path in runtime.glob("jpserver-*.json")
                if (about := json.loads(path.read_text("utf-8")))["port"]
                == int(url.rsplit(":", 1)[1].strip("/"))
            )
        )
        kernels = process.children(recursive=True)
        process.kill()
        psutil.wait_procs([process, *kernels])
    kept = runtime / f"kernel-{users['id']}.json"
    assert len(list(runtime.glob("kernel-*.json"))) == 2
    done = await client.verify(code("print(1)", printed("1\n")))
    assert done["report"]["verdict"] == "reproduced"
    await client.ask("DELETE", "verifications", done["id"], "kernel")
    while len(list(client.app.kernel_manager.list_kernel_ids())) > 0:
        await client.get(done["id"])
    assert list(runtime.glob("kernel-*.json")) == [kept]
    os.unlink(kept)


async def test_a_kernel_that_was_handed_over_is_no_longer_a_replay_s(client: Client, tmp_path: Path) -> None:
    done = await client.verify(code("print(1)", printed("1\n")))
    notes = (tmp_path / "runtime").glob("*.note")
    assert len(list(notes)) == 1
    status, handed_over = await client.ask("POST", "verifications", done["id"], "kernel", body={})
    assert status == 200
    assert list((tmp_path / "runtime").glob("*.note")) == []
    await client.app.kernel_manager.shutdown_kernel(handed_over["kernel_id"], now=True)
