"""Every route answers in JSON, and never with an error of the server's, whatever notebooks are called and hold."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.damaged import ACTING, DAMAGED, damaged_notebook
from tests.notebooks import code, notebook, printed
from tests.server.conftest import Client, check

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="file systems that take any bytes for a name")

NAMES = {
    "not UTF-8": os.fsdecode(b"caf\xe9"),
    "quotes": "'q\"<b>;filename=x",
    "lines": "line\nbreak\r\nX-Header: y",
    "workflow": "100% ::error::x,y=z",
}
ODD_FOLDER = os.fsdecode(b"f\xff\n'")
# The id of a cell that is called by what is not a text.
BAD_ID = notebook(code("print(1)", printed(DAMAGED), cell_id=DAMAGED), code("print(2)", printed("2\n")))


def sound(status: int, reply: Any) -> Any:
    assert status < 500, reply
    json.dumps(reply)
    return reply


@pytest.fixture(autouse=True)
def sayable_log() -> Iterator[None]:
    """What is logged is text: pytest's workers cannot hand over anything else."""
    made = logging.getLogRecordFactory()

    def make(*args: Any, **options: Any) -> logging.LogRecord:
        record = made(*args, **options)
        record.msg = record.getMessage().encode("utf-8", "backslashreplace").decode("utf-8")
        record.args = ()
        return record

    logging.setLogRecordFactory(make)
    yield
    logging.setLogRecordFactory(made)


@pytest.fixture
def root(jp_root_dir: Path) -> Path:
    (jp_root_dir / ODD_FOLDER).mkdir()
    return jp_root_dir


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("folder", ["", f"{ODD_FOLDER}/"], ids=["here", "odd folder"])
async def test_a_notebook_of_any_name_is_verified_and_found_again(
    client: Client, root: Path, name: str, folder: str
) -> None:
    path = f"{folder}{name}.ipynb"
    done = await client.verify(code("print(1)", printed("2\n")), path=path)
    assert done["state"] == "done", done["error"]
    assert done["path"] == path
    asked: Any = path.encode("utf-8", "surrogateescape")
    status, last = await client.ask("GET", "verifications", path=asked)
    assert status in (200, 400, 404), "in an address all is UTF-8"
    if status == 200:
        assert [each["id"] for each in last["verifications"]] == [done["id"]]


async def test_a_name_that_no_file_can_have_is_refused(client: Client, root: Path) -> None:
    for path in ("half\ud83d.ipynb", f"{ODD_FOLDER}/half\ud83d.ipynb"):
        for route in ("verifications", "check"):
            status, failure = await client.ask("POST", route, body={"path": path, "notebook": notebook()})
            assert status == 404
            assert failure["message"]


@pytest.mark.parametrize("folder", ["", f"{ODD_FOLDER}/", os.fsdecode(b"none\xff/"), "none\ud83d/"])
async def test_checks_and_comparisons_of_any_name_are_answered(
    client: Client, root: Path, folder: str
) -> None:
    for name in NAMES.values():
        path = f"{folder}{name}.ipynb"
        raw = notebook(code("import os\nx", count=2))
        check_status, found = await client.ask(
            "POST", "check", body={"path": path, "notebook": raw, "fix_all": True}
        )
        sound(check_status, found)
        assert check_status in (200, 404)
        status, compared = await client.ask(
            "POST", "compare", body={"path": path, "saved": raw, "replayed": BAD_ID}
        )
        assert sound(status, compared)["path"] == path


async def test_damaged_texts_are_answered_by_every_route(client: Client, root: Path) -> None:
    raw = damaged_notebook("a")
    status, started = await client.ask("POST", "verifications", body={"path": "n.ipynb", "notebook": raw})
    done = await client.finished(sound(status, started)["id"])
    assert done["state"] == "done", done["error"]
    assert done["report"]["verdict"] == "failed"
    for cell in done["report"]["cells"]:
        status, detail = await client.ask("GET", "verifications", done["id"], "cells", cell["id"])
        assert sound(status, detail)["id"] == cell["id"]
    assert sound(*await client.ask("GET", "verifications", done["id"], "outputs"))["cells"]
    status, matched = await client.ask("POST", "verifications", done["id"], "match", body={"notebook": raw})
    assert {cell["status"] for cell in sound(status, matched)["cells"]} == {"current"}
    status, found = await client.ask(
        "POST", "check", body={"path": "n.ipynb", "notebook": raw, "fix_all": True}
    )
    assert sound(status, found)["findings"]
    status, compared = await client.ask(
        "POST", "compare", body={"path": DAMAGED, "saved": raw, "replayed": damaged_notebook("b")}
    )
    assert sound(status, compared)["verdict"] == "failed", "errors are among the outputs"


async def test_cells_with_damaged_ids_are_replayed(client: Client) -> None:
    status, started = await client.ask("POST", "verifications", body={"path": "n.ipynb", "notebook": BAD_ID})
    done = await client.finished(sound(status, started)["id"])
    assert [cell["verdict"] for cell in done["report"]["cells"]] == ["changed", "same"]


async def test_predictions_of_damaged_texts_are_answered(client: Client) -> None:
    cells = [
        {"id": f"{DAMAGED}{place}", "type": "code", "source": source, "execution_count": place}
        for place, source in enumerate(["x = '\ud83d'", "print(x)", DAMAGED, "\udc00 = 1"])
    ]
    for more in ({}, {"language": DAMAGED}, {"base": DAMAGED}, {"basis": DAMAGED}):
        sound(*await client.ask("POST", "analyze", body={"cells": cells, **more}))


@pytest.mark.parametrize(
    "body",
    [
        {"path": DAMAGED, "notebook": notebook()},
        {"path": f"{DAMAGED}/n.ipynb", "notebook": notebook()},
        {"path": "n.ipynb", "notebook": notebook(), "kernel_name": DAMAGED},
        {"path": "n.ipynb", "notebook": notebook(code("1")), "kernel_name": "half\ud83d"},
        {"path": "n.ipynb", "notebook": notebook(), "options": {"settings": {DAMAGED: DAMAGED}}},
        {"path": "n.ipynb", "notebook": notebook(), "options": {"settings": {"sanitize-with": DAMAGED}}},
        {"path": "n.ipynb", "notebook": notebook(code("x = '\ud83d'"))},
        {"path": "n.ipynb", "notebook": notebook(code(ACTING, tags=[DAMAGED])), "history": [{DAMAGED: 1}]},
    ],
    ids=["name", "folder", "kernel", "half kernel", "setting", "file", "source", "history"],
)
async def test_what_cannot_be_done_is_said(client: Client, body: dict[str, Any]) -> None:
    for route in ("verifications", "check"):
        status, reply = await client.ask("POST", route, body=body)
        sound(status, reply)
        if status == 202:
            done = await client.finished(reply["id"])
            check(done, "Verification")
            assert not done["error"] or done["error"]["kind"] != "internal", done["error"]
    status, reply = await client.ask("GET", "verifications", "abc", "cells", "%ff%0A")
    assert status == 404
    status, reply = await client.ask("GET", "verifications", path="\0")
    assert status in (400, 404)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("kind", ["html", "json"])
async def test_a_report_of_any_name_is_exported(
    client: Client, root: Path, name: str, kind: str, jp_fetch: Any
) -> None:
    done = await client.verify(code("print(1)", printed("2\n")), path=f"{ODD_FOLDER}/{name}.ipynb")
    assert done["state"] == "done", done["error"]
    response = await jp_fetch(
        *("jupyter-hygiene", "api", "verifications", done["id"], "export"), params={"format": kind}
    )
    assert response.headers["Content-Disposition"].isascii()
    assert "X-Header" not in response.headers
    text = response.body.decode("utf-8")
    if kind == "html":
        assert response.headers["Content-Type"].startswith("text/html")
        assert text.startswith("<!DOCTYPE html>")
    else:
        assert len(json.loads(text)["notebooks"]) == 1


@pytest.mark.parametrize("route", ["nothing", "verifications/not-hex", "verifications/xyz/cells/a"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_what_is_not_there_is_said_in_json(client: Client, method: str, route: str) -> None:
    status, failure = await client.ask(method, route)
    assert (status, failure["kind"]) == (404, "not_found")


async def test_a_notebook_that_is_missing_is_called_by_the_name_of_its_field(client: Client) -> None:
    _, failure = await client.ask("POST", "compare", body={"saved": notebook(code("1")), "replayed": None})
    assert failure["message"] == "replayed must be a notebook: a JSON object."
