"""What a kernel says that cannot be read costs what it says, and neither the wait for the rest nor a wrong verdict."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from jupyter_hygiene.core.notebook import Notebook
from jupyter_hygiene.core.replay import CellRun, Replay, ReplayLimits
from jupyter_hygiene.core.report import CellReport, KernelInfo
from jupyter_hygiene.core.session import Message
from jupyter_hygiene.core.verdicts import cell_report
from jupyter_hygiene.kernels.channels import ChannelSession
from jupyter_hygiene.kernels.receiving import message_of
from tests.notebooks import code, notebook, printed

from .conftest import Deaf, Diary, Machine, replayed_text, verdicts

WRONG: list[Any] = [None, [], [1, None], "text", 7, True, {"a": None}]


def raw(kind: Any, parent: Any, content: Any, **more: Any) -> dict[str, Any]:
    return {
        "header": {"msg_type": kind},
        "parent_header": {"msg_id": parent},
        "content": content,
        "metadata": {},
        "buffers": [],
        **more,
    }


class Kernel:
    """Answers each request with a print, a reply and idle, and with something of the test's in between."""

    def __init__(self, between: Callable[[str], Sequence[tuple[str, Any]]], *, replies: bool = True) -> None:
        self.info = KernelInfo("fake")
        self._between, self._replies = between, replies
        self._requests = 0
        self._asked_at = time.monotonic()
        self.was_interrupted = False

    def listen(
        self,
        sink: Callable[[Message], None],
        died: Callable[[str], None],
        *,
        most_text: int | None = None,
    ) -> None:
        self._sink = sink

    @property
    def quiet_since(self) -> float:
        return self._asked_at

    @property
    def lifeless_since(self) -> float:
        return time.monotonic()

    async def look_for_life(self) -> None: ...

    def execute(self, source: str, cell_id: str) -> str:
        self._requests += 1
        self._asked_at = time.monotonic()
        asked = f"request-{self._requests}"
        said = [("iopub", raw("stream", asked, {"name": "stdout", "text": "1\n"})), *self._between(asked)]
        if self._replies:
            said.append(("shell", raw("execute_reply", asked, {"status": "ok", "execution_count": 1})))
        said.append(("iopub", raw("status", asked, {"execution_state": "idle"})))
        loop = asyncio.get_running_loop()
        for channel, message in said:
            loop.call_soon(self._sink, message_of(channel, message))
        return asked

    def evaluate(self, expression: str) -> str:
        return ""

    def send_comm(self, comm_id: str, data: Mapping[str, Any]) -> None: ...

    async def interrupt(self) -> None:
        self.was_interrupted = True

    async def kill(self) -> None: ...

    async def close(self) -> None: ...

    async def detach(self) -> None: ...


def replay(kernel: Kernel, *cells: dict[str, Any], **options: Any) -> tuple[CellRun, ...]:
    async def run() -> tuple[CellRun, ...]:
        read = Notebook.from_json(notebook(*cells))
        replayed = Replay(kernel, read, Deaf(), ReplayLimits(idle_grace=0.05), **options)
        await replayed.run()
        return replayed.runs()

    return asyncio.run(run())


SAID = [
    ("iopub", "stream", {"name": "stderr", "text": "x"}, ("name", "text")),
    ("iopub", "display_data", {"data": {"text/plain": "x"}, "metadata": {}, "transient": {}}, ("data",)),
    (
        "iopub",
        "execute_result",
        {"data": {"text/plain": "x"}, "metadata": {}, "execution_count": 1},
        ("data",),
    ),
    ("iopub", "update_display_data", {"data": {}, "transient": {"display_id": "d"}}, ("data",)),
    ("iopub", "error", {"ename": "E", "evalue": "v", "traceback": []}, ("ename", "evalue")),
    ("iopub", "comm_open", {"comm_id": "c", "target_name": "jupyter.widget", "data": {"state": {}}}, ()),
    ("iopub", "clear_output", {"wait": True}, ()),
    ("iopub", "status", {"execution_state": "busy"}, ()),
    ("shell", "execute_reply", {"status": "ok", "execution_count": 1, "payload": []}, ()),
    ("shell", "kernel_info_reply", {"language_info": {"name": "python"}}, ()),
    ("stdin", "comm_msg", {"comm_id": "c", "data": {"method": "update", "state": {}}}, ()),
]


@pytest.mark.parametrize(("channel", "kind", "content", "counted"), SAID)
def test_no_field_of_a_wrong_type_ends_the_replay(
    channel: str, kind: str, content: dict[str, Any], counted: Sequence[str]
) -> None:
    for field in content:
        for wrong in WRONG:
            if isinstance(wrong, type(content[field])):
                continue
            odd = {**content, field: wrong}
            kernel = Kernel(lambda asked, odd=odd: [(channel, raw(kind, asked, odd))])  # type: ignore[misc]
            first, second = replay(kernel, code("1"), code("2"))
            assert (first.status, second.status) == ("ok", "ok"), (field, wrong)
            if field in counted:
                assert first.lost == 1, (field, wrong)


@pytest.mark.parametrize("part", ["header", "parent_header", "content", "metadata", "buffers"])
@pytest.mark.parametrize(
    "wrong", [[1], "text", 7, True, [None], {"msg_type": []}, {"msg_id": 3, "msg_type": 4}]
)
def test_nor_any_part_of_a_message(part: str, wrong: Any) -> None:
    for channel, kind, content, _ in SAID:
        kernel = Kernel(lambda asked: [(channel, {**raw(kind, asked, content), part: wrong})])  # noqa: B023
        first, second = replay(kernel, code("1"), code("2"))
        assert (first.status, second.status) == ("ok", "ok")


@pytest.mark.parametrize("message", [None, [], "text", 3, {}, {"header": None}])
def test_what_is_no_message_at_all_is_counted_where_it_came(message: Any) -> None:
    first, second = replay(
        Kernel(lambda asked: [("iopub", message)] if asked == "request-2" else []), code("1"), code("2")
    )
    assert (first.lost, second.lost) == (0, 1)


def test_a_cell_whose_output_was_lost_is_not_called_changed() -> None:
    kernel = Kernel(lambda asked: [("iopub", raw("stream", asked, {"name": "stdout", "text": None}))])
    (run,) = replay(kernel, code("1", printed("1\n2\n")))
    report = cell_report(run, _compared(run))
    assert report.verdict == "not_comparable"
    assert report.summary == (
        "A message of the kernel could not be read while it ran, so that its output is not all there."
    )
    (run,) = replay(kernel, code("1", printed("1\n")))
    assert cell_report(run, _compared(run)).verdict == "same"
    (run,) = replay(kernel, code("1", count=1))
    silent = dataclasses.replace(run, outputs=())
    assert cell_report(silent, _compared(silent)).verdict == "not_comparable", "none of its output is there"


def _compared(run: CellRun) -> Any:
    from jupyter_hygiene.core.compare import compare_outputs

    return compare_outputs(run.cell.outputs, run.outputs)


def test_a_reply_that_never_comes_ends_the_cell_with_a_plain_sentence() -> None:
    kernel = Kernel(lambda asked: [], replies=False)
    first, second = replay(kernel, code("1"), code("2"))
    assert first.error is not None
    assert first.error.name == "NoReply"
    assert not kernel.was_interrupted
    assert second.status == "not_reached"
    assert cell_report(first, ()).summary.startswith(
        "The kernel said that the cell had ended, but its reply never"
    )
    first, second = replay(Kernel(lambda asked: [], replies=False), code("1"), code("2"), keep_going=True)
    assert second.error is not None


def test_with_a_real_kernel_the_report_says_what_was_lost_and_the_rest_is_judged(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over = ChannelSession._hand_over

    def damaged(self: ChannelSession, message: Message) -> None:
        text = message.content.get("text")
        is_hit = message.msg_type == "stream" and text == "2\n"
        hand_over(self, message_of("iopub", raw("stream", message.parent_id, [1])) if is_hit else message)

    monkeypatch.setattr(ChannelSession, "_hand_over", damaged)
    report = machine.verify(*(code(f"print({n})", printed(f"{n}\n")) for n in (1, 2, 3)))
    assert verdicts(report) == ["same", "not_comparable", "same"]
    assert replayed_text(report, 2) == "3\n"
    assert (
        "Not all that the kernel said could be read, in cell 2 (1 message) (counted from the top)."
        in report.notes
    )


def test_what_is_lost_of_a_cell_after_its_verdict_still_counts(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_over = ChannelSession._hand_over
    judged = machine.folder / "judged"

    class Marks(Diary):
        def judged(self, cell: CellReport) -> None:
            super().judged(cell)
            judged.touch()

    first: list[str] = []

    def damaged(self: ChannelSession, message: Message) -> None:
        text = message.content.get("text")
        if text == "1\n":
            first.append(message.parent_id)
        if text == "2\n":
            hand_over(self, message_of("iopub", raw("stream", first[0], [1])))
        hand_over(self, message)

    monkeypatch.setattr(ChannelSession, "_hand_over", damaged)
    machine.diary = Marks()
    waiting = "import os\nwhile not os.path.exists('judged'):\n    pass\nprint(2)"
    report = machine.verify(code("print(1)", printed("9\n")), code(waiting, printed("2\n")))
    assert verdicts(report) == ["not_comparable", "same"]


def test_what_cannot_be_compared_or_explained_costs_its_cell_and_not_the_report(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jupyter_hygiene.core.causes.diagnosis import _Diagnosis
    from jupyter_hygiene.core.compare import outputs

    compare, explain = outputs._compare_streams, _Diagnosis._explain

    def failing_comparison(name: str, page: Any, *more: Any) -> Any:
        assert "2\n" not in page.streams.values()
        return compare(name, page, *more)

    def failing_explanation(self: Any, report: Any) -> Any:
        if report.index == 2:
            raise KeyError("no such thing")
        return explain(self, report)

    monkeypatch.setattr(outputs, "_compare_streams", failing_comparison)
    monkeypatch.setattr(_Diagnosis, "_explain", failing_explanation)
    report = machine.verify(
        *(code(f"print({n})", printed(f"{m}\n")) for n, m in ((1, 1), (2, 2), (3, 4), (4, 5)))
    )
    assert verdicts(report) == ["same", "not_comparable", "changed", "changed"]
    assert "failed at comparing the outputs (AssertionError)" in report.cells[1].summary
    assert report.cells[2].explanation is None
    assert report.cells[3].explanation is not None
    assert any("failed at telling why cell 3" in note for note in report.notes)
