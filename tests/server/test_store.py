"""Reports on disk: damaged, shared with another server, begun by one that was killed, and too many."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from jupyter_hygiene.core.leftovers import mark
from jupyter_hygiene.server import store as stores
from jupyter_hygiene.server.store import ReportStore
from tests.notebooks import code, notebook, printed
from tests.server.conftest import Client, check

DAMAGE = {
    "empty": b"",
    "a list": b"[]",
    "nothing in it": b"{}",
    "null": b"null",
    "of another shape": b'{"id": 1, "state": [], "report": {"cells": "none"}}',
    "a report that is null": b'{"report": null}',
    "nested": b"[" * 10_000 + b"]" * 10_000,
    "nested objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "not UTF-8": b"\xff\xfe\x00",
}
_MACHINE, _PROCESS, _BEGAN = mark().split("-")
MARK_OF_ONE_THAT_IS_GONE = f"{_MACHINE}-{_PROCESS}-{int(_BEGAN) - 3600}"


@pytest.fixture
def another_servers_mark() -> Iterator[str]:
    """The mark of a process that lives."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    began = int(psutil.Process(process.pid).create_time())
    yield f"{mark().split('-')[0]}-{process.pid}-{began}"
    process.kill()
    process.wait()


def _forget_what_is_in_memory(client: Client) -> None:
    client.app.web_app.settings["jupyter_hygiene_jobs"]._jobs.clear()


@pytest.mark.parametrize("file", ["record.json", "cell-0.json", "checksums.json"])
async def test_a_damaged_report_is_no_report_and_nothing_worse(
    client: Client, tmp_path: Path, file: str
) -> None:
    done = await client.verify(code("print(1)", printed("1\n")), options={"scratch": True})
    _forget_what_is_in_memory(client)
    (entry,) = (tmp_path / "reports").iterdir()
    whole = (entry / file).read_bytes()
    page = notebook(code("print(1)", printed("1\n")))
    for damage in [*DAMAGE.values(), whole[: len(whole) // 2], whole.replace(b"1", b"2")]:
        (entry / file).write_bytes(damage)
        for method, parts, body in [
            ("GET", [], None),
            ("GET", ["cells", "c0"], None),
            ("GET", ["outputs"], None),
            ("GET", ["export"], None),
            ("POST", ["match"], {"notebook": page}),
            ("POST", ["kernel"], {}),
            ("DELETE", ["kernel"], None),
        ]:
            status, reply = await client.ask(method, "verifications", done["id"], *parts, body=body)
            assert status < 500, (method, parts, damage[:40])
            if status >= 400:
                check(reply, "Failure")
        assert (await client.ask("GET", "verifications", done["id"], "cells", "c0"))[0] == 404
        assert (await client.ask("GET", "verifications", done["id"], "outputs"))[0] == 404
        status, reply = await client.ask("GET", "verifications", path="n.ipynb")
        assert status == 200
        assert bool(reply["verifications"]) == (file == "cell-0.json")
    (entry / file).write_bytes(whole)
    assert (await client.ask("GET", "verifications", done["id"], "outputs"))[0] == 200


def _save(store: ReportStore, verification_id: str, key: str = "n", size: int = 10) -> None:
    cell = {"id": "a", "replayed_outputs": ["x" * size]}
    store.save(key, {"id": verification_id, "report": {"cells": [{"id": "a"}]}}, [cell])


def test_another_living_servers_report_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, another_servers_mark: str
) -> None:
    store = ReportStore(tmp_path, most_reports=10, most_bytes=1_000_000)
    with monkeypatch.context() as patch:
        patch.setattr(stores, "mark", lambda: another_servers_mark)
        _save(store, "aa")
    _save(store, "bb")
    assert store.record("aa")["id"] == "aa"
    assert json.loads(store.cell_text("aa", 0))["id"] == "a"
    assert store.newest_of("n") == "bb"
    _save(store, "cc")
    assert store.holds("aa")
    assert not store.holds("bb"), "one's own is replaced"


def test_the_report_of_a_server_that_is_gone_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ReportStore(tmp_path, most_reports=10, most_bytes=1_000_000)
    with monkeypatch.context() as patch:
        patch.setattr(stores, "mark", lambda: MARK_OF_ONE_THAT_IS_GONE)
        _save(store, "aa")
    assert store.newest_of("n") == "aa"
    _save(store, "bb")
    assert not store.holds("aa")


async def test_what_a_killed_server_had_begun_to_write_is_swept_when_the_next_verification_starts(
    client: Client, tmp_path: Path, another_servers_mark: str
) -> None:
    left = tmp_path / "reports" / f".new-{MARK_OF_ONE_THAT_IS_GONE}-abc"
    being_written = tmp_path / "reports" / f".new-{another_servers_mark}-abc"
    left.mkdir(parents=True)
    (left / "record.json").write_text("{", encoding="utf-8")
    being_written.mkdir()
    await client.verify(code("print(1)", printed("1\n")))
    assert not left.exists()
    assert being_written.exists()


def test_what_is_being_written_counts_against_the_limit(tmp_path: Path, another_servers_mark: str) -> None:
    store = ReportStore(tmp_path, most_reports=10, most_bytes=100_000)
    _save(store, "aa", key="one")
    _save(store, "bb", key="two")
    assert store.holds("aa")
    begun = tmp_path / f".new-{another_servers_mark}-abc"
    begun.mkdir()
    (begun / "cell-0.json").write_bytes(b"x" * 100_000)
    _save(store, "cc", key="three")
    assert store.holds("cc"), "the one just made stays"
    assert not store.holds("aa")
    assert not store.holds("bb")


async def test_a_report_of_a_server_whose_disk_fails_stays_in_memory_and_the_answer_for_older_ones_says_why(
    client: Client, tmp_path: Path
) -> None:
    (tmp_path / "reports").write_text("a file stands where the folder should be", encoding="utf-8")
    ids = [
        (await client.verify(code("print(1)", printed("2\n")), path=f"{name}.ipynb"))["id"] for name in "abcd"
    ]
    status, failure = await client.ask("GET", "verifications", ids[0])
    assert status == 404
    assert "cannot be kept on disk" in failure["message"]
    assert (await client.ask("GET", "verifications", ids[-1], "outputs"))[0] == 200
    assert (await client.ask("GET", "verifications", ids[-1], "export"))[0] == 200


async def test_a_report_that_gave_way_to_newer_ones_is_said_to_have_done_so(
    client: Client, tmp_path: Path
) -> None:
    done = await client.verify(code("print(1)", printed("1\n")))
    shutil.rmtree(tmp_path / "reports")
    status, failure = await client.ask("GET", "verifications", done["id"], "outputs")
    assert status == 404
    assert "no longer on disk" in failure["message"]
    assert (await client.ask("GET", "verifications", done["id"]))[0] == 200, "the verdicts are still known"


async def test_the_newer_verification_of_another_server_is_the_last_one(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, another_servers_mark: str
) -> None:
    done = await client.verify(code("print(1)", printed("1\n")))
    jobs: Any = client.app.web_app.settings["jupyter_hygiene_jobs"]
    with monkeypatch.context() as patch:
        patch.setattr(stores, "mark", lambda: another_servers_mark)
        patch.setattr(stores, "is_ours", lambda name: another_servers_mark in name)
        jobs.store.save(jobs._jobs[done["id"]].key, {**done, "id": "ff"}, [{"id": "c0"}])
    for entry in (tmp_path / "reports").glob("*.ff.*"):
        os.utime(entry, (2**31, 2**31))
    _, reply = await client.ask("GET", "verifications", path="n.ipynb")
    assert [found["id"] for found in reply["verifications"]] == ["ff"]
    assert (await client.ask("GET", "verifications", done["id"], "outputs"))[0] == 200
