"""What settings and marks do to a verification, with real kernels."""

from __future__ import annotations

from typing import Any

import pytest

from jupyter_hygiene.core.configuration import configure
from jupyter_hygiene.core.errors import InvalidSettings
from jupyter_hygiene.core.notebook import Notebook
from jupyter_hygiene.core.pairing import compare_notebooks
from jupyter_hygiene.core.report import CellReport, TextDifference
from jupyter_hygiene.core.verification import VerifyOptions
from tests.notebooks import code, notebook, printed, raised, with_settings
from tests.replay.conftest import Machine, verdicts


def test_marks_and_settings_decide_what_is_run_and_what_is_compared(machine: Machine) -> None:
    (machine.folder / "pyproject.toml").write_text(
        "[tool.jupyter-hygiene]\nskip-tags = ['slow']\npatterns = [{name = 'run', regex = 'run-\\w+'}]\n"
    )
    report = machine.verify(
        code("# NBVAL_IGNORE_OUTPUT\nimport random; x = random.random(); print('x', x)", printed("x 0.5\n")),
        code("# NBVAL_IGNORE_OUTPUT\nprint('equal')", printed("equal\n")),
        code("raise SystemExit", printed("never\n"), tags=["slow"]),
        code("# NBVAL_SKIP\nraise SystemExit"),
        code("# NBVAL_RAISES_EXCEPTION\n1/0", raised("ZeroDivisionError", "division by zero")),
        code("print('run-b', x == x)", printed("run-a True\n")),
        code("print('lion-b')", printed("lion-a\n")),
        with_settings(
            code("print('lion-b')", printed("lion-a\n")), patterns=[{"name": "l", "regex": "lion-."}]
        ),
        with_settings(code("print(0.42)", printed("0.41\n")), **{"rel-tolerance": 0.1}),
        with_settings(
            code("print(0.42)", printed("0.41\n")), **{"rel-tolerance": 0.1, "off": "float-tolerance"}
        ),
    )
    assert verdicts(report) == [
        *("cosmetic", "same", "skipped", "skipped"),
        *("cosmetic", "cosmetic", "changed", "cosmetic", "cosmetic", "changed"),
    ]
    noisy = report.cells[0]
    assert noisy.summary == "The output differs, and is not compared: it is marked # NBVAL_IGNORE_OUTPUT."
    assert noisy.outputs[0].normalised == ("ignored-output",)
    assert isinstance(noisy.outputs[0].difference, TextDifference)
    assert {span.mark for span in noisy.outputs[0].difference.saved} == {"same", "excused"}
    assert report.cells[2].summary == "Not replayed: it is tagged slow."
    assert report.notes[:2] == (
        "Compared with settings of pyproject.toml: skip-tags slow; 1 own pattern.",
        "Cells 8, 9, 10 (counted from the top) have settings of their own.",
    )


def test_a_cell_whose_output_is_ignored_still_fails_if_it_raises_and_is_never_called_random(
    machine: Machine,
) -> None:
    report = machine.verify(
        code("import random; print(random.random())", printed("0.5\n"), tags=["nbval-ignore-output"]),
        code("1/0", printed("0.5\n"), tags=["nbval-ignore-output"]),
        code("2"),
        options=VerifyOptions(repeat=2),
    )
    assert verdicts(report) == ["cosmetic", "failed", "not_reached"]
    assert report.cells[1].outputs[0].verdict == "changed"


def test_a_cell_that_is_set_to_be_skipped_is_none_that_others_are_predicted_from(machine: Machine) -> None:
    report = machine.verify(
        code("x = 1", count=1),
        with_settings(code("x = 2", count=3), skip=True),
        code("print(x)", printed("1\n"), count=2),
    )
    assert verdicts(report) == ["same", "skipped", "same"]
    prediction = report.cells[2].prediction
    assert prediction is not None
    assert (prediction.status, prediction.outcome) == ("fresh", "held")


def test_a_cell_may_have_a_time_limit_of_its_own(machine: Machine) -> None:
    endless = with_settings(code("while True: pass"), **{"cell-timeout": 0.3})
    report = machine.verify(code("1"), endless)
    assert verdicts(report)[1] == "failed"
    assert "time limit of 0.3 s" in report.cells[1].summary


def test_settings_that_cannot_be_are_told_before_a_kernel_starts(machine: Machine) -> None:
    with pytest.raises(InvalidSettings, match="cell 1"):
        machine.verify(with_settings(code("1"), tolerance=3))
    assert machine.session is None


def compared(*cells: dict[str, Any], **metadata: Any) -> list[CellReport]:
    """Cells of which each has its replayed output as the second one."""
    saved = notebook(*({**cell, "outputs": cell["outputs"][:1]} for cell in cells), **metadata)
    replayed = notebook(*({**cell, "outputs": cell["outputs"][1:]} for cell in cells), **metadata)
    read = Notebook.from_json(saved)
    report = compare_notebooks(read, Notebook.from_json(replayed), configuration=configure(read, None))
    return list(report.cells)


def test_in_the_lax_mode_only_marked_cells_are_compared() -> None:
    cells = (
        code("print(x)", printed("1\n"), printed("2\n")),
        code("# NBVAL_CHECK_OUTPUT\nprint(x)", printed("1\n"), printed("2\n")),
        code("", printed("1\n"), printed("1\n")),
    )
    found = compared(*cells, **{"jupyter-hygiene": {"compare": "marked"}})
    assert [cell.verdict for cell in found] == ["cosmetic", "changed", "same"]
    assert "only marked cells are compared" in found[0].summary
    assert [cell.verdict for cell in compared(*cells)] == ["changed", "changed", "changed"]


def test_outputs_that_come_or_go_are_ignored_too() -> None:
    found = compared(
        {**code("# NBVAL_IGNORE_OUTPUT\nf()", count=1), "outputs": [printed("warning\n", "stderr")]},
        code("f()", printed("1\n"), tags=["nbval-ignore-output"]),
    )
    assert [cell.verdict for cell in found] == ["cosmetic", "cosmetic"]
