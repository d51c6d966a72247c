"""What widgets hold has the limits that outputs on the page have, and a kernel is told of it before it matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from jupyter_hygiene.core import widgets
from jupyter_hygiene.core.recorder import OutputLimits
from jupyter_hygiene.core.replay import ReplayLimits
from jupyter_hygiene.core.verification import VerifyOptions
from jupyter_hygiene.kernels.channels import ChannelSession
from tests.notebooks import code, printed
from tests.replay.conftest import Machine, replayed_text, verdicts

pytest.importorskip("ipywidgets")

MAKE = code("import ipywidgets\nfrom IPython.display import clear_output\nout = ipywidgets.Output()")
COUNT = "print(sum(len(output.get('text', '')) for output in out.outputs))"


def within(**limits: int) -> VerifyOptions:
    return VerifyOptions(limits=ReplayLimits(outputs=OutputLimits(**limits)))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How much the kernel was told of each time."""
    sizes: list[int] = []
    send_comm = ChannelSession.send_comm

    def send_and_note(self: ChannelSession, comm_id: str, data: Mapping[str, Any]) -> None:
        sizes.append(sum(len(output["text"]) for output in data["state"]["outputs"]))
        send_comm(self, comm_id, data)

    monkeypatch.setattr(ChannelSession, "send_comm", send_and_note)
    return sizes


def test_what_is_printed_in_a_widget_is_cut_at_the_cell_s_limit_and_said(machine: Machine) -> None:
    report = machine.verify(
        MAKE,
        code("with out:\n    print('x' * 700)\nprint('y' * 700)"),
        code(COUNT),
        options=within(cell=1000),
    )
    assert replayed_text(report, 2) == "701\n"
    assert len(replayed_text(report, 1)) == 299
    assert "Output was cut at its limit in cell 2 (counted from the top)." in report.notes


def test_a_bundle_over_the_limit_is_dropped_and_said(machine: Machine) -> None:
    report = machine.verify(
        MAKE,
        code("from IPython.display import HTML, display\nwith out:\n    display(HTML('x' * 2000))"),
        code("print(len(out.outputs))", printed("0\n")),
        options=within(cell=1000),
    )
    assert replayed_text(report, 2) == "0\n"
    assert report.truncated


def test_a_cell_that_prints_without_end_in_a_widget_is_interrupted(machine: Machine) -> None:
    report = machine.verify(
        MAKE,
        code("with out:\n    while True:\n        print('x' * 1000)"),
        code("2"),
        options=within(cell=10_000, runaway=200_000),
    )
    assert verdicts(report) == ["same", "failed", "not_reached"]
    assert report.cells[1].error is not None
    assert report.cells[1].error.name == "OutputLimit"


def test_what_a_widget_cleared_no_longer_counts(machine: Machine) -> None:
    report = machine.verify(
        MAKE,
        code("for _ in range(20):\n    with out:\n        clear_output()\n        print('x' * 900)"),
        code(COUNT, printed("901\n")),
        options=within(cell=1000, notebook=20_000),
    )
    assert verdicts(report) == ["same", "same", "same"]
    assert not report.truncated


def test_the_next_cell_sees_all_that_a_widget_captured(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, told: list[int]
) -> None:
    monkeypatch.setattr(widgets, "_PAUSE", 1e6)  # never while the cell runs
    report = machine.verify(
        MAKE,
        code("with out:\n    for _ in range(300):\n        print('x' * 9, flush=True)"),
        code(COUNT, printed("3000\n")),
    )
    assert verdicts(report) == ["same", "same", "same"]
    assert told == [3000]


def test_a_kernel_is_not_told_of_a_long_text_again_with_each_line(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, told: list[int]
) -> None:
    monkeypatch.setattr(widgets, "_PAUSE", 0)  # as often as can be
    monkeypatch.setattr(widgets, "_OFTEN", 1000)
    report = machine.verify(
        MAKE,
        code("with out:\n    for _ in range(1000):\n        print('x' * 99, flush=True)"),
        code(COUNT, printed("100000\n")),
    )
    assert verdicts(report) == ["same", "same", "same"]
    assert sum(size for size in told if size > 1000) < 4 * 100_000


def test_the_state_of_widgets_counts_on_the_notebook_s_limit(machine: Machine) -> None:
    report = machine.verify(
        MAKE,
        code("html = ipywidgets.HTML('x')"),
        code("html.value = 'y' * 100_000"),
        code("print(1)", printed("1\n")),
        options=within(notebook=30_000),
    )
    assert verdicts(report)[-1] == "same"
    assert any("state of some widgets was dropped" in note for note in report.notes)
    assert "Output was cut at its limit in cell 3 (counted from the top)." in report.notes


def test_state_that_takes_the_place_of_other_state_does_not_add_up(machine: Machine) -> None:
    report = machine.verify(
        MAKE,
        code(
            "html = ipywidgets.HTML('x')\nfor number in range(50):\n    html.value = str(number % 10) * 10_000"
        ),
        options=within(notebook=30_000),
    )
    assert not report.truncated


def test_a_cell_that_makes_widgets_without_end_is_interrupted(machine: Machine) -> None:
    report = machine.verify(
        MAKE,
        code("while True:\n    ipywidgets.HTML('x' * 1000)"),
        options=within(notebook=30_000, runaway=200_000),
    )
    assert verdicts(report) == ["same", "failed"]
    assert report.cells[1].error is not None
    assert report.cells[1].error.name == "OutputLimit"
