"""Hygiene checks over HTTP."""

from __future__ import annotations

from typing import Any

from tests.notebooks import code, notebook
from tests.server.conftest import Client, check

PAGE = notebook(code("import os\nprint(os.name, rate)", count=2), code("import os\nz = 1", count=3))


def body(raw: dict[str, Any] = PAGE, **more: Any) -> dict[str, Any]:
    return {"path": "page.ipynb", "notebook": raw, "settings": {"ignore": ["environment"]}, **more}


async def test_findings_come_with_place_message_and_fixes(client: Client) -> None:
    status, reply = await client.ask("POST", "check", body=body())
    assert status == 200
    check(reply, "CheckReply")
    assert [(each["rule"], each["cell_id"], each["line"]) for each in reply["findings"]] == [
        ("deleted-definition", "c0", 2),
        ("imported-again", "c1", 1),
    ]
    assert reply["findings"][1]["fixes"][0]["safe"]
    assert reply["fix_all"] is None


async def test_the_history_tells_where_a_name_came_from(client: Client) -> None:
    history = [
        {"execution_count": 1, "source": "rate = 2", "cell_id": "gone", "status": "ok"},
        {"execution_count": 2, "source": "import os\nprint(os.name, rate)", "cell_id": "c0", "status": "ok"},
    ]
    _, reply = await client.ask("POST", "check", body=body(history=history))
    check(reply, "CheckReply")
    (edit,) = reply["findings"][0]["fixes"][0]["edits"]
    assert (edit["kind"], edit["source"], edit["above"], edit["cell_id"]) == (
        "insert_cell",
        "rate = 2",
        "c0",
        "gone",
    )


async def test_all_safe_fixes_come_as_one(client: Client) -> None:
    _, reply = await client.ask("POST", "check", body=body(fix_all=True))
    check(reply, "CheckReply")
    assert reply["fix_all"]["edits"] == [
        {"kind": "source", "cell_id": "c1", "before": "import os\nz = 1", "after": "z = 1"}
    ]


async def test_settings_of_the_request_choose_rules(client: Client) -> None:
    _, reply = await client.ask("POST", "check", body=body(settings={"select": ["imports"]}))
    assert [each["rule"] for each in reply["findings"]] == ["imported-again"]


async def test_wrong_requests_are_refused_in_words(client: Client) -> None:
    for wrong, status, sentence in [
        ({"path": "page.ipynb"}, 400, "a JSON object"),
        (body({"nbformat": 3, "worksheets": []}), 400, "format 3"),
        (body(settings=[1]), 400, "settings must be an object"),
        (body(settings={"select": ["nothing"]}), 400, "names no hygiene rule"),
        (body(history=3), 400, "history must be a list"),
        (body(kernel_name=3), 400, "kernel_name must be text"),
        ({**body(), "path": "../page.ipynb"}, 404, "There is no notebook"),
    ]:
        answered, reply = await client.ask("POST", "check", body=wrong)
        assert answered == status, reply
        assert sentence in reply["message"]


async def test_the_rules_are_told(client: Client) -> None:
    status, reply = await client.ask("GET", "rules")
    assert status == 200
    check(reply, "RuleList")
    assert "undefined-name" in {rule["id"] for rule in reply["rules"]}
