"""Predictions over HTTP."""

from __future__ import annotations

from typing import Any

from tests.server.conftest import Client, check

REQUEST: dict[str, Any] = {
    "language": "python",
    "cells": [
        {"id": "a", "type": "code", "source": "total = 2", "execution_count": 1},
        {"id": "m", "type": "markdown", "source": "# Title"},
        {"id": "b", "type": "code", "source": "print(total)", "execution_count": 2, "tags": []},
    ],
    "history": [
        {"execution_count": 1, "source": "total = 1", "cell_id": "a", "status": "ok"},
        {"execution_count": 2, "source": "print(total)", "cell_id": "b", "status": "ok"},
    ],
}


async def test_a_cell_that_reads_from_an_edited_one_is_stale_and_says_why(client: Client) -> None:
    status, reply = await client.ask("POST", "analyze", body=REQUEST)
    assert status == 200
    check(reply, "Analysis")
    assert [(cell["id"], cell["status"]) for cell in reply["cells"]] == [("a", "edited"), ("b", "stale")]
    assert "total" in reply["cells"][1]["reasons"][0]["message"]
    assert reply["rerun"] == ["a", "b"]
    assert reply["edges"] == [{"from": "a", "to": "b", "name": "total"}]


async def test_only_what_changed_is_sent_the_second_time(client: Client) -> None:
    _, first = await client.ask("POST", "analyze", body=REQUEST)
    back = {"id": "a", "type": "code", "source": "total = 1", "execution_count": 1}
    _, second = await client.ask(
        "POST", "analyze", body={"base": first["token"], "cells": [back], "history": []}
    )
    assert [cell["status"] for cell in second["cells"]] == ["fresh", "fresh"]


async def test_a_base_that_the_server_does_not_know_asks_for_all(client: Client) -> None:
    status, reply = await client.ask("POST", "analyze", body={"base": "gone", "cells": [], "history": []})
    assert (status, reply) == (200, {"unknown_base": True})


async def test_what_is_wrong_with_a_request_is_told(client: Client) -> None:
    status, failure = await client.ask("POST", "analyze", body={"cells": 3, "history": []})
    assert (status, failure["kind"]) == (400, "bad_request")
    assert "cells must be a list" in failure["message"]
