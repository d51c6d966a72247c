"""One message with megabytes of output: as much of it is kept as of any output, and nothing that follows is lost."""

from __future__ import annotations

import pytest

from jupyter_hygiene.core.recorder import OutputLimits
from jupyter_hygiene.core.replay import ReplayLimits
from jupyter_hygiene.core.verification import VerifyOptions
from tests.notebooks import code, printed
from tests.replay.conftest import Machine, replayed, replayed_text, verdicts

LIMIT = 1_000_000
SMALL_LIMIT = VerifyOptions(limits=ReplayLimits(outputs=OutputLimits(cell=LIMIT, runaway=100_000_000)))
AFTER = code("print('after')", printed("after\n"))


@pytest.mark.parametrize("unit", ["x", "é", "\N{GRINNING FACE}", "\\", '"', "\x1b[0m", "ab\n"])
def test_of_one_print_that_is_too_large_the_beginning_is_kept(machine: Machine, unit: str) -> None:
    report = machine.verify(code(f"print({unit!r} * 8_000_000)"), AFTER, options=SMALL_LIMIT)
    kept = replayed_text(report)
    assert len(kept) <= LIMIT
    assert len(kept) > LIMIT / 8, "what an escape takes counts"
    assert (unit * LIMIT).startswith(kept)
    assert report.truncated
    assert verdicts(report)[1] == "same"


def test_a_display_that_is_too_large_is_left_out_and_said(machine: Machine) -> None:
    source = "from IPython.display import HTML\nHTML('<p>' * 10_000_000)"
    report = machine.verify(code(source), AFTER, options=SMALL_LIMIT)
    assert replayed(report) == []
    assert report.truncated
    assert any("cut at its limit" in note for note in report.notes)
    assert verdicts(report)[1] == "same"


def test_a_large_print_within_the_limit_is_kept_whole(machine: Machine) -> None:
    report = machine.verify(code("print('0123456789' * 300_000)", printed("0123456789" * 300_000 + "\n")))
    assert verdicts(report) == ["same"]
    assert not report.truncated


def test_a_print_that_is_far_too_large_ends_its_cell(machine: Machine) -> None:
    options = VerifyOptions(limits=ReplayLimits(outputs=OutputLimits(cell=LIMIT, runaway=5_000_000)))
    source = "import time\nprint('x' * 20_000_000, flush=True)\nwhile True: time.sleep(0.1)"
    report = machine.verify(code(source), options=options)
    error = report.cells[0].error
    assert error is not None
    assert error.name == "OutputLimit"


def test_what_a_widget_captures_of_one_large_print_has_an_end_too(machine: Machine) -> None:
    captures = (
        "import ipywidgets as widgets\nout = widgets.Output()\nwith out:\n    print('x' * 8_000_000)\nout"
    )
    report = machine.verify(code(captures), code("len(out.outputs[0]['text'])"), options=SMALL_LIMIT)
    assert int(replayed(report, 1)[0]["data"]["text/plain"]) <= LIMIT
    assert report.truncated
