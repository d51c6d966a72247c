"""Verifications over HTTP, with real kernels of a real server."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.notebooks import code, notebook, printed, result
from tests.server.conftest import Client, check

ENDLESS = code("import threading; threading.Event().wait()")


async def test_a_verification_is_accepted_followed_and_reported(client: Client) -> None:
    status, reply = await client.ask(
        "POST",
        "verifications",
        body={
            "path": "n.ipynb",
            "notebook": notebook(code("print(1)", printed("1\n")), code("2", result("3"))),
        },
    )
    assert status == 202
    assert reply["progress"] == {"done": 0, "total": 2, "cell_id": None}
    done = await client.finished(reply["id"])
    check(done["report"], "Report")
    assert done["state"] == "done"
    assert [cell["verdict"] for cell in done["report"]["cells"]] == ["same", "changed"]
    assert [cell["verdict"] for cell in done["cells"]] == ["same", "changed"]
    assert done["report"]["headline"] == "1 of 2 cells differs"
    assert done["report"]["kernel"]["language"] == "python"


async def test_the_page_s_history_decides_what_was_predicted(client: Client) -> None:
    page = notebook(code("k = 3", count=1), code("print(k)", printed("4\n"), count=2))
    runs = [("k = 3", "c0"), ("k = 4", None), ("print(k)", "c1")]
    history = [
        {"execution_count": count, "source": source, "cell_id": cell_id, "status": "ok"}
        for count, (source, cell_id) in enumerate(runs, 1)
    ]
    body = {"path": "n.ipynb", "notebook": page}
    for known, basis, outcome in ((history, "kernel", "caught"), (None, "file", "missed")):
        status, reply = await client.ask("POST", "verifications", body={**body, "history": known})
        assert status == 202
        report = (await client.finished(reply["id"]))["report"]
        check(report, "Report")
        assert report["predictions"]["basis"] == basis
        assert report["cells"][1]["prediction"]["outcome"] == outcome


async def test_a_history_of_another_shape_is_refused(client: Client) -> None:
    status, failure = await client.ask(
        "POST", "verifications", body={"path": "n.ipynb", "notebook": notebook(), "history": [{"source": 1}]}
    )
    assert status == 400
    assert "history[0].source" in failure["message"]


async def test_the_reply_to_a_new_verification_says_where_to_look(client: Client, jp_fetch: Any) -> None:
    response = await jp_fetch(
        "jupyter-hygiene",
        "api",
        "verifications",
        method="POST",
        body=json.dumps({"path": "n.ipynb", "notebook": notebook()}),
    )
    reply = json.loads(response.body)
    assert response.headers["Location"].endswith(f"/jupyter-hygiene/api/verifications/{reply['id']}")
    await client.finished(reply["id"])


async def test_cells_get_their_marks_while_the_replay_goes_on(client: Client) -> None:
    started = await client.start(code("print(1)", printed("1\n")), ENDLESS)
    midway = await client.until(started, lambda reply: reply["progress"]["done"] == 1)
    assert midway["state"] == "running"
    assert [mark["verdict"] for mark in midway["cells"]] == ["same"]
    assert midway["progress"]["cell_id"] == "c1"
    await client.ask("DELETE", "verifications", started)


async def test_the_details_of_a_cell_hold_both_outputs_and_the_difference(client: Client) -> None:
    done = await client.verify(code("print('abc 1')", printed("abc 2\n")))
    status, detail = await client.ask("GET", "verifications", done["id"], "cells", "c0")
    assert status == 200
    check(detail, "CellDetail")
    assert detail["saved_outputs"][0]["text"] == "abc 2\n"
    assert detail["replayed_outputs"][0]["text"] == "abc 1\n"
    changed = [
        span["text"] for span in detail["outputs"][0]["difference"]["replayed"] if span["mark"] == "changed"
    ]
    assert changed == ["1"]


async def test_replayed_outputs_can_be_taken_over(client: Client) -> None:
    done = await client.verify(
        code("print(1)", printed("2\n")), code("raise SystemExit", tags=["skip-execution"])
    )
    status, reply = await client.ask("GET", "verifications", done["id"], "outputs")
    assert status == 200
    check(reply, "ReplayedCells")
    assert reply == {"cells": [{"id": "c0", "execution_count": 1, "outputs": [printed("1\n")]}]}


async def test_cells_are_matched_with_what_was_verified(client: Client) -> None:
    cells = [
        code("print(1)", printed("1\n")),
        code("print(2)", printed("5\n")),
        code("print(3)", printed("3\n")),
    ]
    done = await client.verify(*cells)
    now = [
        code("print(1)", printed("1\n")),
        code("print(2)", printed("2\n")),
        code("print(4)", printed("3\n")),
    ]
    status, reply = await client.ask(
        "POST", "verifications", done["id"], "match", body={"notebook": notebook(*now)}
    )
    assert status == 200
    check(reply, "MatchReply")
    assert {cell["id"]: (cell["status"], cell["verdict"]) for cell in reply["cells"]} == {
        "c0": ("current", "same"),
        "c1": ("taken", "same"),
        "c2": ("outdated", "same"),
    }
    assert reply["verdict"] == "reproduced"
    assert reply["headline"] == "Reproduced: 2 same"


async def test_outputs_that_are_known_need_not_be_sent_again(client: Client) -> None:
    done = await client.verify(
        code("print(1)", printed("1\n")),
        code("print(2)", printed("5\n")),
        code("print(3)", printed("3\n")),
    )
    now = notebook(code("print(1)"), code("print(2)"), code("print(3)", printed("4\n")))
    status, reply = await client.ask(
        "POST",
        "verifications",
        done["id"],
        "match",
        body={"notebook": now, "known": {"c0": "current", "c1": "taken", "c2": "nonsense"}},
    )
    assert status == 200
    check(reply, "MatchReply")
    assert [(cell["status"], cell["verdict"]) for cell in reply["cells"]] == [
        ("current", "same"),
        ("taken", "same"),
        ("judged", "changed"),
    ]
    assert reply["headline"] == "1 of 3 cells differs"


async def test_cells_are_matched_while_the_replay_goes_on(client: Client) -> None:
    started = await client.start(code("print(1)", printed("1\n")), ENDLESS)
    await client.until(started, lambda reply: reply["progress"]["done"] == 1)
    now = notebook(code("print(1)", printed("1\n")), code("edited"))
    status, reply = await client.ask("POST", "verifications", started, "match", body={"notebook": now})
    assert status == 200
    assert [cell["status"] for cell in reply["cells"]] == ["current", "outdated"]
    await client.ask("DELETE", "verifications", started)


@pytest.mark.parametrize(("format", "start"), [("html", "<!doctype html>"), ("json", "{")])
async def test_a_report_is_exported_as_a_file(client: Client, jp_fetch: Any, format: str, start: str) -> None:
    done = await client.verify(code("print('<script>1</script>')", printed("x\n")))
    response = await jp_fetch(
        "jupyter-hygiene", "api", "verifications", done["id"], "export", params={"format": format}
    )
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.headers["Content-Type"].startswith(("text/html", "application/json")[format == "json"])
    text = response.body.decode()
    assert text.lower().startswith(start)
    if format == "html":
        assert "<script" not in text


async def test_a_second_verification_of_a_notebook_is_refused_and_points_at_the_first(client: Client) -> None:
    first = await client.start(ENDLESS)
    status, failure = await client.ask(
        "POST", "verifications", body={"path": "/n.ipynb", "notebook": notebook(ENDLESS)}
    )
    assert status == 409
    assert failure["kind"] == "already_running"
    assert failure["verification_id"] == first
    await client.ask("DELETE", "verifications", first)


async def test_only_so_many_run_at_a_time_and_the_rest_queue(client: Client) -> None:
    running = [await client.start(ENDLESS, path=f"n{number}.ipynb") for number in range(2)]
    for each in running:
        await client.until(each, lambda reply: reply["state"] == "running")
    third = await client.start(code("print(1)", printed("1\n")), path="third.ipynb")
    assert (await client.get(third))["state"] == "queued"
    await client.ask("DELETE", "verifications", running[0])
    assert (await client.finished(third))["report"]["verdict"] == "reproduced"
    await client.ask("DELETE", "verifications", running[1])


@pytest.mark.parametrize("state", ["queued", "starting", "running"])
async def test_a_verification_can_be_cancelled_in_any_state(client: Client, state: str) -> None:
    blockers = []
    if state == "queued":
        blockers = [await client.start(ENDLESS, path=f"b{number}.ipynb") for number in range(2)]
    started = await client.start(ENDLESS)
    if state != "queued":
        await client.until(started, lambda reply: reply["state"] == state)
    status, _ = await client.ask("DELETE", "verifications", started)
    assert status == 204
    assert (await client.get(started))["state"] == "cancelled"
    for blocker in blockers:
        await client.ask("DELETE", "verifications", blocker)
    assert client.app.kernel_manager.list_kernel_ids() == []


async def test_a_kernel_that_dies_is_not_restarted_and_is_reported(client: Client) -> None:
    done = await client.verify(code("import os; os._exit(1)"), code("1"))
    assert [cell["verdict"] for cell in done["report"]["cells"]] == ["failed", "not_reached"]
    assert done["kernel"] is None
    assert client.app.kernel_manager.list_kernel_ids() == []


async def test_a_kernel_that_is_not_installed_is_an_error_with_advice(client: Client) -> None:
    done = await client.verify(code("1"), kernel_name="nosuch")
    assert done["state"] == "error"
    assert done["error"]["kind"] == "kernel_not_found"
    assert "python3" in done["error"]["message"]


async def test_the_last_report_is_found_by_path_and_survives_a_new_server(
    client: Client, tmp_path: Path
) -> None:
    done = await client.verify(code("print(1)", printed("1\n")))
    status, reply = await client.ask("GET", "verifications", path="n.ipynb")
    assert status == 200
    check(reply, "VerificationList")
    assert [each["id"] for each in reply["verifications"]] == [done["id"]]
    jobs = client.app.web_app.settings["jupyter_hygiene_jobs"]
    jobs.release_kernel(done["id"])
    jobs._jobs.clear()  # what a restart forgets
    assert (await client.ask("GET", "verifications", path="n.ipynb"))[1]["verifications"][0][
        "report"
    ] == done["report"]
    assert (await client.ask("GET", "verifications", done["id"], "cells", "c0"))[0] == 200
    assert (await client.ask("POST", "verifications", done["id"], "kernel"))[0] == 409


async def test_reports_are_for_their_owner_alone(client: Client, tmp_path: Path) -> None:
    await client.verify(code("print(1)", printed("1\n")))
    files = list((tmp_path / "reports").rglob("*"))
    assert files
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


async def test_only_the_last_report_of_a_notebook_is_kept(client: Client, tmp_path: Path) -> None:
    for _ in range(2):
        await client.verify(code("print(1)", printed("1\n")))
    assert len(os.listdir(tmp_path / "reports")) == 1


async def test_a_report_that_cannot_be_put_on_disk_is_still_shown(client: Client, tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("a file stands where the folder should be")
    done = await client.verify(code("print(1)", printed("2\n")))
    assert done["state"] == "done"
    assert any("could not be kept" in note for note in done["report"]["notes"])
    assert (await client.ask("GET", "verifications", done["id"], "cells", "c0"))[0] == 200


async def test_the_replays_kernel_can_be_continued_in(client: Client) -> None:
    done = await client.verify(code("x = 41", count=1), code("x += 1"))
    assert done["kernel"] is not None
    status, handover = await client.ask("POST", "verifications", done["id"], "kernel")
    assert status == 200
    check(handover, "KernelHandover")
    assert handover["runs"] == [
        {"cell_id": "c0", "execution_count": 1},
        {"cell_id": "c1", "execution_count": 2},
    ]
    kernels = client.app.kernel_manager
    assert handover["kernel_id"] in kernels
    kernel = kernels.get_kernel(handover["kernel_id"])
    session = kernel.client()
    session.start_channels()
    session.execute("x", silent=False)
    while True:
        message = await session.get_iopub_msg()
        if message["msg_type"] == "execute_result":
            break
    session.stop_channels()
    assert message["content"]["data"]["text/plain"] == "42"
    assert message["content"]["execution_count"] == 3
    assert (await client.ask("POST", "verifications", done["id"], "kernel"))[0] == 409, (
        "it is given away once"
    )
    await kernels.shutdown_kernel(handover["kernel_id"], now=True)


async def test_a_replays_kernel_that_nobody_wants_is_shut_down(client: Client) -> None:
    done = await client.verify(code("1"))
    assert (await client.ask("DELETE", "verifications", done["id"], "kernel"))[0] == 204
    assert (await client.get(done["id"]))["kernel"] is None


async def test_a_new_verification_gives_up_the_kernel_of_the_last(client: Client) -> None:
    await client.verify(code("1"))
    await client.verify(code("1"))
    assert len(client.app.kernel_manager.list_kernel_ids()) <= 2
    jobs = client.app.web_app.settings["jupyter_hygiene_jobs"]
    assert sum(job.kernel_expires is not None for job in jobs._jobs.values()) == 1


async def test_after_a_scratch_replay_there_is_no_kernel_to_continue_in(client: Client) -> None:
    done = await client.verify(code("1"), options={"scratch": True})
    assert done["kernel"] is None
    assert done["report"]["options"]["scratch"] is True


async def test_stopping_the_server_ends_what_runs_and_what_is_kept(client: Client) -> None:
    await client.verify(code("1"), path="kept.ipynb")
    started = await client.start(ENDLESS)
    await client.until(started, lambda reply: reply["state"] == "running")
    for app in client.app.extension_manager.extension_apps["jupyter_hygiene"]:
        await app.stop_extension()
    assert client.app.kernel_manager.list_kernel_ids() == []
    status, failure = await client.ask(
        "POST", "verifications", body={"path": "n.ipynb", "notebook": notebook()}
    )
    assert (status, failure["kind"]) == (409, "refused")


async def test_a_client_that_goes_away_does_not_end_the_verification(client: Client) -> None:
    started = await client.start(code("print(1)", printed("1\n")))
    # nobody asks meanwhile; the report is there for whoever comes back
    done = await client.finished(started)
    assert done["report"]["verdict"] == "reproduced"


async def test_progress_goes_over_the_event_stream_without_content(client: Client) -> None:
    events: list[dict[str, Any]] = []

    async def listen(logger: Any, schema_id: str, data: dict[str, Any]) -> None:
        events.append(dict(data))

    schema_id = "https://events.jupyter.org/jupyter_hygiene/verification_progress/v1"
    client.app.event_logger.add_listener(schema_id=schema_id, listener=listen)
    done = await client.verify(code("print('secret')", printed("secret\n")))
    await client.app.event_logger.gather_listeners()
    for event in events:
        check(event, "ProgressEvent")
    assert [event["state"] for event in events][-1] == "done"
    assert {event["verification_id"] for event in events} == {done["id"]}
    assert "secret" not in json.dumps(events)


async def test_two_notebooks_are_compared_without_a_kernel(client: Client) -> None:
    body = {"saved": notebook(code("1", printed("1\n"))), "replayed": notebook(code("1", printed("2\n")))}
    status, reply = await client.ask("POST", "compare", body=body)
    assert status == 200
    check(reply, "Report")
    assert reply["verdict"] == "differs"


async def test_a_second_cancel_does_not_break_into_the_first(client: Client) -> None:
    jobs = client.app.web_app.settings["jupyter_hygiene_jobs"]
    for number in range(300):
        (Path(client.app.root_dir) / f"{number}.bin").write_bytes(bytes(10_000))
    started = await client.start(ENDLESS, options={"scratch": True})
    await client.until(started, lambda reply: reply["state"] == "starting")
    await asyncio.gather(jobs.cancel(started), jobs.cancel(started))
    assert (await client.get(started))["state"] == "cancelled"


async def test_a_kernel_restarted_by_somebody_else_ends_its_replay(client: Client) -> None:
    started = await client.start(code("1"), ENDLESS)
    await client.until(started, lambda reply: reply["progress"]["done"] == 1)
    kernels = client.app.kernel_manager
    await kernels.restart_kernel(kernels.list_kernel_ids()[0])
    done = await client.finished(started)
    assert done["report"]["cells"][1]["error"]["name"] == "KernelDied"


async def test_a_kernel_that_is_ended_while_somebody_restarts_it_is_not_left_behind(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = await client.start(code("1"), ENDLESS)
    await client.until(started, lambda reply: reply["progress"]["done"] == 1)
    kernels = client.app.kernel_manager
    kernel_id = kernels.list_kernel_ids()[0]
    kernel = kernels.get_kernel(kernel_id)
    shut_down, clean_up = kernels.shutdown_kernel, kernel._async_cleanup_resources
    attempted = asyncio.Event()

    async def told(*arguments: Any, **options: Any) -> None:
        attempted.set()
        await shut_down(*arguments, **options)

    async def half_way(restart: bool = False) -> None:
        await clean_up(restart=restart)
        await attempted.wait()

    monkeypatch.setattr(kernels, "shutdown_kernel", told)
    monkeypatch.setattr(kernel, "_async_cleanup_resources", half_way)
    await kernels.restart_kernel(kernel_id)
    await client.finished(started)
    assert kernels.list_kernel_ids() == []


async def test_a_kept_kernel_that_is_shut_down_is_no_longer_offered(client: Client) -> None:
    done = await client.verify(code("1"))
    kernels = client.app.kernel_manager
    await kernels.shutdown_kernel(kernels.list_kernel_ids()[0], now=True)
    while (await client.get(done["id"]))["kernel"] is not None:  # noqa: ASYNC110 (asks over HTTP)
        await asyncio.sleep(0.02)


class TestSmallQueue:
    @pytest.fixture
    def hygiene_config(self) -> dict[str, Any]:
        return {"concurrent_verifications": 1, "queued_verifications": 1}

    async def test_a_full_queue_says_so(self, client: Client) -> None:
        started = [await client.start(ENDLESS, path="a.ipynb")]
        await client.until(started[0], lambda reply: reply["state"] != "queued")
        started.append(await client.start(ENDLESS, path="b.ipynb"))
        body = {"path": "c.ipynb", "notebook": notebook(ENDLESS)}
        status, failure = await client.ask("POST", "verifications", body=body)
        assert (status, failure["kind"]) == (429, "too_many")
        for each in reversed(started):
            await client.ask("DELETE", "verifications", each)


async def test_of_two_verifications_of_a_notebook_only_the_last_is_remembered(client: Client) -> None:
    first = await client.verify(code("1"))
    await client.verify(code("1"))
    assert (await client.ask("GET", "verifications", first["id"]))[0] == 404
