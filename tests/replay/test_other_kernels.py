"""Kernels of other languages are replayed by the same rules; nothing of Python leaks into them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from jupyter_hygiene.core.replay import ReplayLimits
from jupyter_hygiene.core.verification import VerifyOptions
from tests.notebooks import code, printed, unhurried
from tests.replay.conftest import Machine, verdicts


@pytest.fixture
def bash(machine: Machine, tmp_path: Path) -> Machine:
    pytest.importorskip("bash_kernel")
    folder = tmp_path / "data" / "kernels" / "bash"
    folder.mkdir(parents=True)
    spec = {
        "argv": [sys.executable, "-m", "bash_kernel", "-f", "{connection_file}"],
        "display_name": "Bash",
        "language": "bash",
        "env": {"PS1": "$"},
    }
    (folder / "kernel.json").write_text(json.dumps(spec))
    return machine


def test_a_notebook_of_another_language_is_verified(bash: Machine) -> None:
    report = bash.verify(
        code("x=5; echo $x", printed("5\n")),
        code("echo $((x + 1))", printed("7\n")),
        code("pwd"),
        kernel="bash",
    )
    assert verdicts(report) == ["same", "changed", "changed"]
    assert report.kernel.language == "bash"


def test_its_errors_and_time_outs_end_it_like_any_other(bash: Machine) -> None:
    options = VerifyOptions(limits=ReplayLimits(cell_timeout=1.0, interrupt_grace=5.0))
    report = bash.verify(
        unhurried(code("echo hi", printed("hi\n"))),
        code("while true; do sleep 1; done"),
        code("echo x"),
        options=options,
        kernel="bash",
    )
    assert verdicts(report) == ["same", "failed", "not_reached"]
    assert report.cells[1].error is not None
    assert report.cells[1].error.name == "Timeout"
