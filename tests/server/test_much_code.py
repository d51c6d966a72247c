"""A cell of megabytes is checked and predicted, or said to be too much, while the server answers everyone else."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from jupyter_hygiene.server import own_process
from tests.notebooks import code, notebook
from tests.server.conftest import Client

MUCH = "import os\nx = [" + "1, " * 400_000 + "]\n"


def requests(source: str) -> dict[str, dict[str, Any]]:
    cell = {"id": "a", "type": "code", "source": source, "execution_count": 1}
    run = {"source": source, "cell_id": "a", "status": "ok", "execution_count": 1}
    return {
        "check": {"path": "n.ipynb", "notebook": notebook(code(source)), "history": [run]},
        "analyze": {"cells": [cell], "history": [run]},
    }


@pytest.mark.parametrize("route", ["check", "analyze"])
async def test_much_code_is_answered_as_little_is_and_holds_nobody_up(
    client: Client, monkeypatch: pytest.MonkeyPatch, route: str
) -> None:
    waits: list[float] = []

    async def knock() -> None:
        while True:
            began = time.monotonic()
            await client.ask("GET", "rules")
            waits.append(time.monotonic() - began)

    other = asyncio.create_task(knock())
    status, reply = await client.ask("POST", route, body=requests(MUCH)[route])
    other.cancel()
    assert status == 200
    assert len(waits) > 3, "the server answered nobody meanwhile"
    monkeypatch.setattr(own_process, "_LONG_CELL", 1 << 40)
    monkeypatch.setattr(own_process, "_MUCH_CODE", 1 << 40)
    _, within = await client.ask("POST", route, body=requests(MUCH)[route])
    assert {**reply, "token": ""} == {**within, "token": ""}


async def test_what_is_refused_is_refused_in_the_same_words(client: Client) -> None:
    body = requests(MUCH)["analyze"]
    body["cells"][0]["execution_count"] = "one"
    status, failure = await client.ask("POST", "analyze", body=body)
    assert (status, failure["kind"]) == (400, "bad_request")
    assert "execution_count must be a whole number" in failure["message"]


async def test_what_takes_too_long_is_said_to_be_too_much(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_process, "_SECONDS", 0.01)
    status, failure = await client.ask("POST", "analyze", body=requests(MUCH)["analyze"])
    assert status == 400
    assert "Move data out of its cells" in failure["message"]
