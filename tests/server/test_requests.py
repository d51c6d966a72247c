"""Requests that cannot be met get a clear reply, and nobody gets in who may not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jupyter_server.auth.authorizer import Authorizer
from tornado.httpclient import HTTPClientError

from tests.notebooks import notebook
from tests.server.conftest import Client

ROUTES = [
    ("GET", ["verifications"]),
    ("POST", ["verifications"]),
    ("GET", ["verifications", "abc"]),
    ("DELETE", ["verifications", "abc"]),
    ("GET", ["verifications", "abc", "cells", "c0"]),
    ("GET", ["verifications", "abc", "outputs"]),
    ("POST", ["verifications", "abc", "match"]),
    ("POST", ["verifications", "abc", "kernel"]),
    ("DELETE", ["verifications", "abc", "kernel"]),
    ("GET", ["verifications", "abc", "export"]),
    ("POST", ["compare"]),
    ("POST", ["analyze"]),
    ("POST", ["check"]),
    ("GET", ["rules"]),
]


def test_every_route_is_walked() -> None:
    from jupyter_hygiene.server.handlers import handlers

    verbs = [
        (method.upper(), pattern)
        for pattern, handler in handlers()
        for method in ("get", "post", "put", "patch", "delete", "head")
        if method in vars(handler) and not pattern.endswith("/.*")
    ]
    assert len(verbs) == len(ROUTES)


async def refused(fetch: Any, method: str, parts: list[str], **options: Any) -> int:
    if method == "POST":
        options["body"] = json.dumps({})
    with pytest.raises(HTTPClientError) as caught:
        await fetch("jupyter-hygiene", "api", *parts, method=method, **options)
    return caught.value.code


@pytest.mark.parametrize(("method", "parts"), ROUTES)
@pytest.mark.parametrize("header", [{"Authorization": ""}, {"Authorization": "token wrong"}])
async def test_without_the_right_token_no_route_answers(
    client: Client, jp_fetch: Any, method: str, parts: list[str], header: dict[str, str]
) -> None:
    assert await refused(jp_fetch, method, parts, headers=header) == 403


class RefusesAll(Authorizer):
    asked: list[tuple[str, str]] = []  # noqa: RUF012

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        self.asked.append((action, resource))
        return False


@pytest.mark.parametrize(("method", "parts"), ROUTES)
async def test_an_authoriser_that_refuses_is_obeyed(
    client: Client, jp_fetch: Any, method: str, parts: list[str]
) -> None:
    RefusesAll.asked.clear()
    client.app.web_app.settings["authorizer"] = RefusesAll(
        parent=client.app, identity_provider=client.app.identity_provider
    )
    assert await refused(jp_fetch, method, parts) == 403
    runs_code = method != "GET" and parts[-1] not in ("match", "compare", "analyze", "check")
    assert RefusesAll.asked == [("execute", "kernels") if runs_code else ("read", "contents")]


async def test_a_browser_without_the_xsrf_token_is_refused(
    client: Client, http_server_client: Any, jp_base_url: str
) -> None:
    with pytest.raises(HTTPClientError) as caught:
        await http_server_client.fetch(
            jp_base_url + "jupyter-hygiene/api/verifications",
            method="POST",
            body="{}",
            headers={"Cookie": "x=1"},
        )
    assert caught.value.code == 403


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("", "bad_request"),
        ("not json", "bad_request"),
        ("[]", "bad_request"),
        ('{"path": "n.ipynb", "notebook": NaN}', "bad_request"),
        ("[" * 100_000, "bad_request"),
        ({"path": "n.ipynb", "notebook": notebook(), "options": {"timeout": 10**400}}, "bad_request"),
        ({"notebook": notebook()}, "bad_request"),
        ({"path": "", "notebook": notebook()}, "bad_request"),
        ({"path": "n.ipynb"}, "invalid_notebook"),
        ({"path": "n.ipynb", "notebook": {"cells": [7]}}, "invalid_notebook"),
        ({"path": "n.ipynb", "notebook": {"worksheets": [], "nbformat": 3}}, "invalid_notebook"),
        ({"path": "n.ipynb", "notebook": notebook(), "kernel_name": 3}, "bad_request"),
        ({"path": "n.ipynb", "notebook": notebook(), "options": {"repeat": 0}}, "bad_request"),
        ({"path": "n.ipynb", "notebook": notebook(), "options": {"timeout": -1}}, "bad_request"),
        ({"path": "n.ipynb", "notebook": notebook(), "options": {"scratch": "yes"}}, "bad_request"),
    ],
)
async def test_a_request_of_the_wrong_shape_says_what_is_wrong(client: Client, body: Any, kind: str) -> None:
    status, failure = await client.ask("POST", "verifications", body=body)
    assert (status, failure["kind"]) == (400, kind)
    assert failure["message"]


@pytest.mark.parametrize(
    "path",
    [
        "../n.ipynb",
        "a/../../n.ipynb",
        "..\\n.ipynb",
        "nosuch/n.ipynb",
        "/../etc/n.ipynb",
        ".hidden/n.ipynb",
        "a\0b",
    ],
)
async def test_no_path_leads_out_of_the_contents_manager(
    client: Client, jp_root_dir: Path, path: str
) -> None:
    (jp_root_dir / ".hidden").mkdir()
    status, failure = await client.ask("POST", "verifications", body={"path": path, "notebook": notebook()})
    assert (status, failure["kind"]) == (404, "not_found")


@pytest.mark.parametrize("parts", [["abc"], ["abc", "cells", "c0"], ["abc", "outputs"], ["abc", "export"]])
async def test_an_unknown_verification_is_not_found(client: Client, parts: list[str]) -> None:
    status, failure = await client.ask("GET", "verifications", *parts)
    assert (status, failure["kind"]) == (404, "not_found")
    assert "verify again" in failure["message"]


async def test_an_unknown_cell_is_not_found(client: Client) -> None:
    done = await client.verify()
    assert (await client.ask("GET", "verifications", done["id"], "cells", "nosuch"))[0] == 404


async def test_a_report_asked_for_too_early_is_not_found(client: Client) -> None:
    from tests.notebooks import code

    started = await client.start(code("import threading; threading.Event().wait()"))
    for part in ("outputs", "export"):
        assert (await client.ask("GET", "verifications", started, part))[0] == 404
    await client.ask("DELETE", "verifications", started)
