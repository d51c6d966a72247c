"""A real server with the extension, and short ways to ask it."""

from __future__ import annotations

import asyncio
import functools
import json
import math
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pytest_jupyter.jupyter_server import jp_server_cleanup as jp_server_cleanup
from tornado.httpclient import HTTPClientError, HTTPResponse

from jupyter_hygiene.server.job import FINAL_STATES
from tests.notebooks import notebook

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "jupyter_hygiene/schemas/api.schema.json").read_text("utf-8")
)


def check(value: Any, name: str) -> None:
    """Hold a reply against the contract."""
    _validator(name).validate(value)


@functools.cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]})


@pytest.fixture
def hygiene_config() -> dict[str, Any]:
    """Traits of the extension; tests override it."""
    return {}


@pytest.fixture
def jp_server_config(hygiene_config: dict[str, Any], tmp_path: Path) -> dict[str, Any]:
    return {
        "ServerApp": {"jpserver_extensions": {"jupyter_hygiene": True}},
        "HygieneApp": {"report_dir": str(tmp_path / "reports"), "start_timeout": math.inf, **hygiene_config},
    }


class Client:
    """Asks the server, checks each reply against the contract, and waits for verifications."""

    def __init__(self, fetch: Callable[..., Awaitable[HTTPResponse]], app: Any) -> None:
        self._fetch = fetch
        self.app = app

    async def ask(self, method: str, *parts: str, body: Any = None, **params: str) -> tuple[int, Any]:
        # How long a reply takes is no matter here: 0 is no limit.
        options: dict[str, Any] = {
            "method": method,
            "params": params,
            "connect_timeout": 0,
            "request_timeout": 0,
        }
        if method == "POST":
            options["body"] = body if isinstance(body, str) else json.dumps(body)
        try:
            response = await self._fetch("jupyter-hygiene", "api", *parts, **options)
        except HTTPClientError as error:
            failure = json.loads(error.response.body) if error.response else {}
            check(failure, "Failure")
            return error.code, failure
        text = response.body.decode()
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        return response.code, json.loads(text) if text and is_json else text

    async def start(self, *cells: dict[str, Any], path: str = "n.ipynb", **body: Any) -> str:
        status, reply = await self.ask(
            "POST", "verifications", body={"path": path, "notebook": notebook(*cells), **body}
        )
        assert status == 202, reply
        check(reply, "Verification")
        return str(reply["id"])

    async def get(self, verification_id: str) -> dict[str, Any]:
        status, reply = await self.ask("GET", "verifications", verification_id)
        assert status == 200, reply
        check(reply, "Verification")
        return dict(reply)

    async def until(self, verification_id: str, ready: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        while True:
            reply = await self.get(verification_id)
            if ready(reply):
                return reply
            assert reply["state"] not in FINAL_STATES, reply
            await asyncio.sleep(0.02)

    async def finished(self, verification_id: str) -> dict[str, Any]:
        return await self.until(verification_id, lambda reply: reply["state"] in FINAL_STATES)

    async def verify(self, *cells: dict[str, Any], **body: Any) -> dict[str, Any]:
        return await self.finished(await self.start(*cells, **body))


@pytest.fixture
def client(clean_machine: Path, jp_serverapp: Any, jp_fetch: Any, jp_asyncio_loop: Any) -> Iterator[Client]:
    yield Client(jp_fetch, jp_serverapp)
    extension = jp_serverapp.extension_manager.extension_apps["jupyter_hygiene"]
    for app in extension:
        jp_asyncio_loop.run_until_complete(app.stop_extension())
    assert list(jp_serverapp.kernel_manager.list_kernel_ids()) == [], "kernels left in the server"
