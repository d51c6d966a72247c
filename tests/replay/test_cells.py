"""Which cells a replay runs, and what it says of those that raise or are not run."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from jupyter_hygiene.core.notebook import Notebook
from jupyter_hygiene.core.replay import CellRun, Replay
from jupyter_hygiene.core.report import CellReport
from jupyter_hygiene.core.verification import VerifyOptions
from jupyter_hygiene.kernels.channels import ChannelSession
from tests.notebooks import code, markdown, notebook, printed, raised, result
from tests.replay.conftest import Deaf, Diary, Machine, replayed_text, verdicts


def test_a_notebook_that_gives_what_it_shows_is_reproduced(machine: Machine) -> None:
    report = machine.verify(
        code("x = 2", count=1), markdown("# Title"), code("print(x)\nx + 1", printed("2\n"), result("3"))
    )
    assert verdicts(report) == ["same", "same"]
    assert report.verdict == "reproduced"
    assert report.headline == "Reproduced: 2 same"
    assert [cell.index for cell in report.cells] == [0, 2]
    assert [cell.execution_count for cell in report.cells] == [1, 2]


def test_a_wrong_number_on_the_page_is_found(machine: Machine) -> None:
    report = machine.verify(code("x = 2"), code("print(x)", printed("3\n")))
    assert verdicts(report) == ["same", "changed"]
    assert report.verdict == "differs"
    assert report.headline == "1 of 2 cells differs"


def test_a_cell_that_raises_stops_the_replay(machine: Machine) -> None:
    report = machine.verify(code("1/0", result("1")), code("print('later')", printed("later\n")))
    assert verdicts(report) == ["failed", "not_reached"]
    assert report.verdict == "failed"
    assert report.cells[0].error is not None
    assert report.cells[0].error.name == "ZeroDivisionError"
    assert "division by zero" in report.cells[0].summary
    assert "ZeroDivisionError" in report.cells[1].summary
    assert report.cells[1].cause == "upstream"


def test_no_cell_after_one_that_raises_is_dropped_by_the_kernel(machine: Machine) -> None:
    pairs = [cell for _ in range(60) for cell in (code("1/0"), code("print('later')", printed("later\n")))]
    report = machine.verify(*pairs, options=VerifyOptions(keep_going=True))
    assert verdicts(report) == ["failed", "same"] * 60


def test_keep_going_runs_what_comes_after_a_cell_that_raises(machine: Machine) -> None:
    options = VerifyOptions(keep_going=True)
    report = machine.verify(code("1/0"), code("print('later')", printed("later\n")), options=options)
    assert verdicts(report) == ["failed", "same"]


def test_a_cell_tagged_raises_exception_may_raise(machine: Machine) -> None:
    report = machine.verify(
        code("1/0", raised("ZeroDivisionError", "division by zero"), tags=["raises-exception"]),
        code("print('later')", printed("later\n")),
    )
    assert verdicts(report) == ["cosmetic", "same"], "the page's traceback is shorter than the kernel's"


def test_a_tagged_cell_that_raises_something_else_is_changed(machine: Machine) -> None:
    report = machine.verify(
        code("1/0", raised("KeyError", "'k'"), tags=["raises-exception"]), code("print('x')", printed("x\n"))
    )
    assert verdicts(report) == ["changed", "same"]


def test_an_error_that_stands_on_the_page_is_reproduced_but_still_ends_the_run(machine: Machine) -> None:
    report = machine.verify(
        code("1/0", raised("ZeroDivisionError", "division by zero")), code("2", result("2"))
    )
    assert verdicts(report) == ["cosmetic", "not_reached"]
    assert "raises-exception" in report.cells[1].summary


def test_cells_tagged_to_be_skipped_are_not_run(machine: Machine) -> None:
    report = machine.verify(
        code("raise SystemError", tags=["skip-execution"]),
        code("raise SystemError", tags=["nbval-skip"]),
        code("print(1)", printed("1\n")),
    )
    assert verdicts(report) == ["skipped", "skipped", "same"]


def test_a_notebook_without_code_has_nothing_to_compare(machine: Machine) -> None:
    report = machine.verify(markdown("# only text"), {"cell_type": "raw", "source": "x", "metadata": {}})
    assert report.cells == ()
    assert report.verdict == "unverified"


def test_cells_never_run_are_run_but_unsaved(machine: Machine) -> None:
    report = machine.verify(code("print(1)", ran=False), code("", ran=False))
    assert verdicts(report) == ["unsaved", "unsaved"]
    assert report.verdict == "unverified"
    assert replayed_text(report) == "1\n"


def test_a_count_without_output_differs_where_the_replay_prints(machine: Machine) -> None:
    assert verdicts(machine.verify(code("print(1)", count=3))) == ["changed"]


def test_an_output_under_an_empty_source_is_changed_by_an_edit(machine: Machine) -> None:
    report = machine.verify(code("  \n", printed("42\n")))
    assert verdicts(report) == ["changed"]
    assert report.cells[0].cause == "edited"


def test_cells_without_ids_and_with_the_same_id_are_told_apart(machine: Machine) -> None:
    cells = [code("print(1)", printed("1\n"), cell_id="a"), code("print(2)", printed("2\n"), cell_id="a")]
    raw = {
        "cells": [*cells, {"cell_type": "code", "source": "print(3)", "outputs": [printed("4\n")]}],
        "nbformat": 4,
    }
    report = asyncio.run(machine.verify_async(raw))
    assert verdicts(report) == ["same", "same", "changed"]
    assert len({cell.id for cell in report.cells}) == 3
    assert report.cells[0].id == "a"


def test_a_thousand_cells_are_each_judged_in_order(machine: Machine) -> None:
    cells = [code(f"print({number})", printed(f"{number}\n")) for number in range(1000)]
    report = machine.verify(*cells)
    assert report.headline == "Reproduced: 1000 same"
    assert machine.diary.started == [f"c{number}" for number in range(1000)]


def test_no_reply_is_missed_while_other_messages_come_in(machine: Machine) -> None:
    """A socket that is sent on may swallow the news of a message that has come: nothing may wait for it for ever."""

    async def run() -> None:
        session = await machine.start(machine.folder)
        assert isinstance(session, ChannelSession)
        raw = Notebook.from_json(notebook(code("1"), code("2")))
        for number in range(150):
            for _ in range(3):
                session._client.kernel_info()
            await asyncio.sleep(number % 40 * 0.0003)
            await Replay(session, raw, Deaf()).run()
        await session.close()

    asyncio.run(run())


def test_a_request_that_the_kernel_overlooks_is_brought_to_its_notice(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As ipykernel 7.0 to 7.3 do: the request lies in its queue until another connection has news."""

    async def run() -> CellRun:
        session = await machine.start(machine.folder)
        assert isinstance(session, ChannelSession)
        client = session._client
        send, connect = client.shell_channel.send, client.connect_shell
        held_back: list[dict[str, Any]] = []

        def connect_anew() -> Any:
            while held_back:
                send(held_back.pop())
            return connect()

        monkeypatch.setattr(client.shell_channel, "send", held_back.append)
        monkeypatch.setattr(client, "connect_shell", connect_anew)
        replay = Replay(session, Notebook.from_json(notebook(code("print(6 * 7)"))), Deaf())
        await replay.run()
        monkeypatch.undo()
        await session.close()
        return replay.runs()[0]

    finished = asyncio.run(run())
    assert (finished.status, finished.execution_count) == ("ok", 1)


def test_a_cell_is_judged_while_those_below_it_run(machine: Machine) -> None:
    """Marks come as soon as they can: not all in the end."""

    class TellsKernel(Diary):
        def judged(self, cell: CellReport) -> None:
            super().judged(cell)
            (machine.folder / f"judged-{cell.index}").touch()

    machine.diary = TellsKernel()
    waiting = "import os\nwhile not os.path.exists('judged-0'):\n    pass\nprint(2)"
    machine.verify(code("print(1)", printed("1\n")), code(waiting, printed("2\n")))
    assert [(cell.index, cell.verdict) for cell in machine.diary.cells] == [(0, "same"), (1, "same")]


def test_the_files_that_a_replay_touched_are_listed(machine: Machine) -> None:
    (machine.folder / "old.txt").write_text("1")
    (machine.folder / "gone.txt").write_text("1")
    report = machine.verify(
        code(
            "import os\nopen('new.txt', 'w').write('x')\nopen('old.txt', 'w').write('22')\nos.remove('gone.txt');"
        )
    )
    assert [(change.path, change.change) for change in report.files] == [
        ("gone.txt", "deleted"),
        ("new.txt", "created"),
        ("old.txt", "changed"),
    ]


def test_repeating_tells_randomness_from_change(machine: Machine) -> None:
    report = machine.verify(
        code("import random\nprint(random.random())", printed("0.5\n")),
        code("print(1)", printed("2\n")),
        options=VerifyOptions(repeat=2),
    )
    assert verdicts(report) == ["nondeterministic", "changed"]
    assert report.cells[0].cause == "nondeterminism"
    assert report.headline == "2 of 2 cells differ (1 from one replay to the next)"


def test_a_name_that_a_failed_cell_was_to_bind_is_no_hidden_state(machine: Machine) -> None:
    cells = [code("limit = 1/0"), code("limit + 1"), code("nowhere + 1")]
    report = machine.verify(*cells, options=VerifyOptions(keep_going=True))
    assert [cell.cause for cell in report.cells] == ["unknown", "upstream", "hidden_state"]


def test_repeating_excuses_only_what_the_replays_disagree_on(machine: Machine) -> None:
    source = "import random\nprint(random.random())\nprint('total', 42)"
    report = machine.verify(
        code(source, printed("0.5\ntotal 42\n")),
        code("print(random.random(), 'total', 42)", printed("0.5 total 41\n")),
        options=VerifyOptions(repeat=2),
    )
    assert verdicts(report) == ["nondeterministic", "changed"]


def test_repeating_finds_randomness_that_met_the_page_by_luck(machine: Machine) -> None:
    source = "import os\nprint('lucky' if not os.path.exists('seen') else 'other')\nopen('seen', 'w').close()"
    report = machine.verify(code(source, printed("lucky\n")), options=VerifyOptions(repeat=2))
    assert verdicts(report) == ["nondeterministic"]


def test_an_exception_of_the_users_named_like_ours_is_the_users(machine: Machine) -> None:
    source = "class Timeout(Exception): pass\nraise Timeout('x')"
    report = machine.verify(
        code(source, raised("Timeout", "x"), tags=["raises-exception"]), code("1", result("1"))
    )
    assert verdicts(report) == ["cosmetic", "same"]


def test_a_stop_that_stands_on_the_page_is_named_in_the_headline(machine: Machine) -> None:
    report = machine.verify(
        code("1/0", raised("ZeroDivisionError", "division by zero")), code("2", result("2"))
    )
    assert report.headline == "1 of 2 cells not reached (cell 1 raises ZeroDivisionError, as the page shows)"
