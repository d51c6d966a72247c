"""Time-outs, kernels that die or do not start, cells that ask for input, output without end."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from jupyter_hygiene.core.errors import KernelNotFound, KernelStartFailed
from jupyter_hygiene.core.recorder import CellOutputs, OutputLimits
from jupyter_hygiene.core.replay import ReplayLimits
from jupyter_hygiene.core.verification import VerifyOptions
from tests.notebooks import code, printed, unhurried
from tests.replay.conftest import Machine, replayed_text, verdicts

FOREVER = "import time\nwhile True:\n    time.sleep(0.1)"
DEAF = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n" + FOREVER


def limits(**given: float) -> VerifyOptions:
    return VerifyOptions(limits=ReplayLimits(**given))  # type: ignore[arg-type]


def test_a_cell_that_runs_too_long_is_interrupted(machine: Machine) -> None:
    report = machine.verify(
        unhurried(code("print(1)", printed("1\n"))),
        code(FOREVER),
        code("2"),
        options=limits(cell_timeout=0.5),
    )
    assert verdicts(report) == ["same", "failed", "not_reached"]
    error = report.cells[1].error
    assert error is not None
    assert error.name == "Timeout"
    assert "0.5 s" in error.message


def test_after_a_time_out_keep_going_goes_on_in_the_same_kernel(machine: Machine) -> None:
    options = VerifyOptions(keep_going=True, limits=ReplayLimits(cell_timeout=0.7, interrupt_grace=1000))
    before, after = unhurried(code("x = 5")), unhurried(code("print(x)", printed("5\n")))
    report = machine.verify(before, code(FOREVER), after, options=options)
    assert verdicts(report) == ["same", "failed", "same"]


def test_a_cell_that_cannot_be_interrupted_is_killed_with_its_kernel(machine: Machine) -> None:
    options = limits(cell_timeout=0.5, interrupt_grace=0.5)
    report = machine.verify(code(DEAF), code("2"), options=options)
    assert verdicts(report) == ["failed", "not_reached"]
    assert report.cells[0].error is not None
    assert report.cells[0].error.name == "Timeout"


def test_the_whole_replay_has_a_time_limit_of_its_own(machine: Machine) -> None:
    report = machine.verify(code(FOREVER), code("2"), options=limits(timeout=1.0, cell_timeout=1000))
    assert verdicts(report) == ["failed", "not_reached"]
    assert "time limit of 1 s" in report.cells[0].summary


@pytest.mark.parametrize(
    "source", ["import os; os._exit(1)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
)
def test_a_kernel_that_dies_is_noticed_and_said(machine: Machine, source: str) -> None:
    report = machine.verify(code("print(1)", printed("1\n")), code(source), code("2"))
    assert verdicts(report) == ["same", "failed", "not_reached"]
    error = report.cells[1].error
    assert error is not None
    assert error.name == "KernelDied"
    assert "KernelDied" in report.cells[2].summary


def test_what_a_dying_kernel_printed_last_is_kept(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = machine.folder / "heard"
    add_stream = CellOutputs.add_stream

    def add_and_tell(self: CellOutputs, name: str, text: str) -> None:
        add_stream(self, name, text)
        if "\n" in text:
            heard.touch()

    monkeypatch.setattr(CellOutputs, "add_stream", add_and_tell)
    report = machine.verify(
        code(
            "import os, sys\nprint('last words')\nsys.stdout.flush()\n"
            "while not os.path.exists('heard'):\n    pass\nos._exit(1)"
        )
    )
    assert replayed_text(report) == "last words\n"


@pytest.mark.parametrize("source", ["input('name? ')", "import getpass; getpass.getpass()"])
def test_a_cell_that_asks_for_input_fails_at_once(machine: Machine, source: str) -> None:
    report = machine.verify(code(source), code("2"), options=limits(cell_timeout=1000))
    assert verdicts(report) == ["failed", "not_reached"]
    assert "asks for input" in report.cells[0].summary


def test_output_without_end_is_cut_and_the_cell_interrupted(machine: Machine) -> None:
    options = VerifyOptions(limits=ReplayLimits(outputs=OutputLimits(cell=10_000, runaway=200_000)))
    report = machine.verify(code("while True: print('x' * 1000)"), code("2"), options=options)
    assert verdicts(report) == ["failed", "not_reached"]
    assert report.cells[0].error is not None
    assert report.cells[0].error.name == "OutputLimit"
    assert len(replayed_text(report)) == 10_000


def test_output_over_the_limit_is_cut_and_said(machine: Machine) -> None:
    options = VerifyOptions(limits=ReplayLimits(outputs=OutputLimits(cell=1000)))
    report = machine.verify(
        code("print('x' * 5000)", printed("x" * 5000 + "\n")),
        code("print(1)", printed("1\n")),
        options=options,
    )
    assert verdicts(report) == ["not_comparable", "same"]
    assert len(replayed_text(report)) == 1000
    assert any("cut" in note for note in report.notes)


def test_cut_output_that_already_differs_is_changed(machine: Machine) -> None:
    options = VerifyOptions(limits=ReplayLimits(outputs=OutputLimits(cell=1000)))
    report = machine.verify(
        code("print('x' * 5000)", printed("hello\n")), code("print('x' * 5000)", count=2), options=options
    )
    assert verdicts(report) == ["changed", "changed"]


def test_all_cells_together_have_a_limit_too(machine: Machine) -> None:
    options = VerifyOptions(limits=ReplayLimits(outputs=OutputLimits(cell=1000, notebook=1500)))
    report = machine.verify(
        *[code("print('x' * 900)", printed("x" * 900 + "\n")) for _ in range(3)], options=options
    )
    assert verdicts(report) == ["same", "not_comparable", "not_comparable"]


def test_a_kernel_that_is_not_installed_is_named_with_those_that_are(machine: Machine) -> None:
    with pytest.raises(KernelNotFound, match=r"'nosuch' is not installed.*python3"):
        machine.verify(code("1"), kernel="nosuch")


def install_kernel(data: Path, name: str, *argv: str) -> None:
    folder = data / "kernels" / name
    folder.mkdir(parents=True)
    spec = {"argv": [sys.executable, *argv], "display_name": name, "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec))


def test_a_kernel_that_ends_while_it_starts_is_told_with_its_last_words(
    machine: Machine, tmp_path: Path
) -> None:
    install_kernel(tmp_path / "data", "broken", "-c", "import sys; sys.exit('no such interpreter here')")
    with pytest.raises(KernelStartFailed, match="no such interpreter here"):
        machine.verify(code("1"), kernel="broken")


def test_a_kernel_whose_program_does_not_exist_is_told(machine: Machine, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "kernels" / "absent"
    folder.mkdir(parents=True)
    spec = {"argv": ["/no/such/program", "{connection_file}"], "display_name": "absent", "language": "none"}
    (folder / "kernel.json").write_text(json.dumps(spec))
    with pytest.raises(KernelStartFailed, match="could not be started"):
        machine.verify(code("1"), kernel="absent")


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("raise OSError(98, 'Address already in use')", "the port"),
        ("import sqlite3; raise sqlite3.OperationalError('database is locked')", "a lock"),
        ("raise RuntimeError('CUDA out of memory. Tried to allocate 2 GiB')", "the GPU"),
    ],
)
def test_what_the_users_own_kernel_may_hold_is_said(machine: Machine, source: str, what: str) -> None:
    report = machine.verify(code(source))
    assert report.cells[0].error is not None
    assert what in str(report.cells[0].error.hint)
    assert "Your own kernel" in report.cells[0].summary


def test_a_missing_module_is_named_with_what_to_do(machine: Machine) -> None:
    report = machine.verify(code("import no_such_module.inner"))
    assert report.cells[0].cause == "environment"
    assert "no_such_module is not installed for this kernel" in report.cells[0].summary


def test_exit_hooks_of_a_replayed_notebook_run(machine: Machine) -> None:
    source = "import atexit\natexit.register(lambda: open('said-goodbye', 'w').close());"
    machine.verify(code(source))
    assert (machine.folder / "said-goodbye").exists()
