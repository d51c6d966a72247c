"""``jupyter hygiene verify``, run as a process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import psutil
import pytest

from tests.cli.conftest import Run, verdicts, write
from tests.notebooks import code, notebook, printed, result, unhurried

SAME = notebook(code("print(1)", printed("1\n")), code("1 + 1", result("2", count=2), count=2))
DIFFERS = notebook(code("print(1)", printed("2\n")))
FAILS = notebook(code("1/0", result("1")), code("2", result("2")))


def test_a_notebook_that_reproduces_exits_with_0(run: Run, folder: Path) -> None:
    write(folder / "same.ipynb", SAME)
    done = run("verify", "same.ipynb")
    assert done.status == 0
    assert "same.ipynb" in done.out
    assert "Reproduced: 2 same" in done.out
    assert done.err == ""


def test_a_notebook_that_differs_exits_with_1_and_shows_both_values(run: Run, folder: Path) -> None:
    write(folder / "differs.ipynb", DIFFERS)
    done = run("verify", "differs.ipynb")
    assert done.status == 1
    assert "1 of 1 cell differs" in done.out


def test_a_notebook_that_cannot_be_read_exits_with_2_and_the_others_are_still_verified(
    run: Run, folder: Path
) -> None:
    (folder / "broken.ipynb").write_text("{ not json")
    write(folder / "differs.ipynb", DIFFERS)
    done = run("verify", "broken.ipynb", "differs.ipynb")
    assert done.status == 2
    assert "not valid JSON" in done.out
    assert "1 of 1 cell differs" in done.out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "no JSON object"),
        ("{}", "does not tell its nbformat"),
        ('{"nbformat": 9, "cells": []}', "format 9"),
        ('{"nbformat": 4, "cells": 3}', "no list of cells"),
        ('{"nbformat": 4, "cells": [{"source": "x"}]}', "cells[0] has no cell_type"),
        ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": 7}]}', "cells[0].source"),
        (
            '{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "outputs": [{}]}]}',
            "cells[0].outputs[0]",
        ),
        ("<<<<<<< HEAD\n{}", "merge conflict"),
        ("[" * 100_000, "not a notebook"),
    ],
)
def test_a_file_that_is_no_notebook_says_why(run: Run, folder: Path, content: str, message: str) -> None:
    (folder / "bad.ipynb").write_text(content)
    done = run("verify", "bad.ipynb")
    assert done.status == 2
    assert message in done.out
    assert "Traceback" not in done.out + done.err


def test_a_file_that_is_not_there_says_so(run: Run) -> None:
    done = run("verify", "nosuch.ipynb")
    assert done.status == 2
    assert "no such file" in done.out


def test_a_folder_without_notebooks_says_so(run: Run, folder: Path) -> None:
    (folder / "empty").mkdir()
    done = run("verify", "empty")
    assert done.status == 2
    assert "no notebooks" in done.err


def test_folders_are_walked_without_checkpoints(run: Run, folder: Path) -> None:
    write(folder / "a" / "one.ipynb", SAME)
    write(folder / "a" / ".ipynb_checkpoints" / "one-checkpoint.ipynb", DIFFERS)
    write(folder / "b" / "two.ipynb", SAME)
    done = run("verify", ".", "--format", "json", "--jobs", "2")
    assert done.status == 0
    assert [each["path"] for each in done.json["notebooks"]] == ["a/one.ipynb", "b/two.ipynb"]


def test_a_notebook_of_format_3_is_verified(run: Run, folder: Path) -> None:
    cell = {
        "cell_type": "code",
        "collapsed": False,
        "input": "print(1)",
        "language": "python",
        "metadata": {},
        "outputs": [{"output_type": "stream", "stream": "stdout", "text": "1\n"}],
        "prompt_number": 1,
    }
    old = {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": [cell], "metadata": {}}],
    }
    write(folder / "old.ipynb", old)
    done = run("verify", "old.ipynb", "--format", "json")
    assert verdicts(done) == ["same"]


def test_a_kernel_can_be_chosen_and_a_missing_one_is_named(run: Run, folder: Path) -> None:
    write(folder / "n.ipynb", notebook(code("print(1)", printed("1\n")), kernel="nosuch"))
    missing = run("verify", "n.ipynb")
    assert missing.status == 2
    assert "'nosuch' is not installed" in missing.out
    assert run("verify", "n.ipynb", "--kernel", "python3").status == 0


def test_json_holds_what_the_contract_says(run: Run, folder: Path) -> None:
    from tests.server.conftest import check

    write(folder / "fails.ipynb", FAILS)
    done = run("verify", "fails.ipynb", "--format", "json")
    check(done.json, "CompactReport")
    assert done.status == 1
    assert done.json["notebooks"][0]["verdict"] == "failed"
    assert verdicts(done) == ["failed", "not_reached"]


def test_every_other_format_is_well_formed(run: Run, folder: Path) -> None:
    write(folder / "fails.ipynb", FAILS)
    junit = ElementTree.fromstring(run("verify", "fails.ipynb", "--format", "junit").out)
    assert [case.tag for case in junit.iter("testcase")] == ["testcase", "testcase"]
    assert run("verify", "fails.ipynb", "--format", "github").out.startswith("::error file=fails.ipynb")
    html = run("verify", "fails.ipynb", "--format", "html", "--output", "report.html")
    assert html.out == ""
    assert "<script" not in (folder / "report.html").read_text("utf-8")


def test_options_reach_the_replay(run: Run, folder: Path) -> None:
    endless = code("import threading; threading.Event().wait()")
    cells = [unhurried(code("1/0")), endless, unhurried(code("open('made', 'w').close()"))]
    write(folder / "n.ipynb", notebook(*cells))
    done = run("verify", "n.ipynb", "--keep-going", "--cell-timeout", "1", "--scratch", "--format", "json")
    assert verdicts(done) == ["failed", "failed", "same"]
    assert not (folder / "made").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_signal_ends_the_replay_and_its_kernel(folder: Path, number: signal.Signals) -> None:
    write(
        folder / "n.ipynb",
        notebook(code("open('started', 'w').close()\nimport threading; threading.Event().wait()")),
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter_hygiene", "verify", "n.ipynb"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (folder / "started").exists():
        assert process.poll() is None
    kernels = psutil.Process(process.pid).children(recursive=True)
    assert kernels
    process.send_signal(number)
    _, err = process.communicate()
    assert process.returncode == 2
    assert "cancelled" in err
    assert not any(kernel.is_running() for kernel in kernels)


def test_nothing_heavy_is_imported_before_the_kernel_starts(folder: Path) -> None:
    program = (
        "import sys\nfrom jupyter_hygiene.kernels import local\n"
        "async def start(*a, **k):\n    print('\\n'.join(sys.modules)); raise SystemExit\n"
        "import jupyter_hygiene.cli.verify as verify\nverify.start_local_kernel = start\n"
        "from jupyter_hygiene.cli import main\nmain(['verify', 'n.ipynb'])"
    )
    write(folder / "n.ipynb", SAME)
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True)
    imported = set(done.stdout.split())
    assert "jupyter_client.manager" in imported
    heavy = {
        "nbformat",
        "nbclient",
        "jsonschema",
        "PIL",
        "numpy",
        "jupyter_server",
        "IPython",
        "jupyter_hygiene.formats",
    }
    assert not heavy & imported


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    write(folder / "n.ipynb", SAME)
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "jupyter_hygiene", "verify", "n.ipynb"],
        cwd=folder,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writer)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_diff_compares_two_files_without_a_kernel(run: Run, folder: Path) -> None:
    write(folder / "a.ipynb", SAME)
    changed = json.loads(json.dumps(SAME))
    changed["cells"][0]["outputs"][0]["text"] = ["7\n"]
    write(folder / "b.ipynb", changed)
    assert run("diff", "a.ipynb", "a.ipynb").status == 0
    done = run("diff", "a.ipynb", "b.ipynb", "--format", "json")
    assert done.status == 1
    assert verdicts(done) == ["changed", "same"]
    assert run("diff", "a.ipynb", "nosuch.ipynb").status == 2


def test_diff_pairs_cells_by_id_else_by_position(run: Run, folder: Path) -> None:
    write(
        folder / "a.ipynb",
        notebook(code("1", printed("1\n"), cell_id="one"), code("2", printed("2\n"), cell_id="two")),
    )
    write(
        folder / "b.ipynb",
        notebook(code("2", printed("2\n"), cell_id="two"), code("1", printed("1\n"), cell_id="one")),
    )
    assert run("diff", "a.ipynb", "b.ipynb").status == 0
    strip = [{key: value for key, value in cell.items() if key != "id"} for cell in SAME["cells"]]
    write(folder / "c.ipynb", {**SAME, "cells": strip, "nbformat_minor": 4})
    assert run("diff", "c.ipynb", "c.ipynb").status == 0


def test_diff_says_where_the_code_is_another_and_claims_no_edit_elsewhere(run: Run, folder: Path) -> None:
    saved = notebook(code("print(1)", printed("1\n"), count=1), code("print(2)", printed("2\n"), count=2))
    other = notebook(code("print(3)", printed("3\n"), count=1), code("print(2)", printed("4\n"), count=2))
    write(folder / "a.ipynb", saved)
    write(folder / "b.ipynb", other)
    (found,) = run("diff", "a.ipynb", "b.ipynb", "--format", "json").json["notebooks"]
    assert [cell["cause"] for cell in found["cells"]] == ["edited", "unknown"]
    assert found["cells"][0]["explanation"]["message"] == "The two notebooks hold different code here."


def test_one_odd_notebook_does_not_take_the_reports_of_the_others(run: Run, folder: Path) -> None:
    write(folder / "a.ipynb", notebook(code("x = '\ud83d'")), ensure_ascii=True)
    (folder.parent / "data" / "kernels" / "odd").mkdir(parents=True)
    (folder.parent / "data" / "kernels" / "odd" / "kernel.json").write_text("{ not json")
    write(folder / "b.ipynb", notebook(code("1"), kernel="odd"))
    write(folder / "c.ipynb", SAME)
    done = run("verify", "a.ipynb", "b.ipynb", "c.ipynb")
    assert done.status == 2
    assert "surrogate" in done.out
    assert "kernel.json" in done.out
    assert "Reproduced: 2 same" in done.out


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_report_can_go_into_a_pipe(folder: Path) -> None:
    write(folder / "n.ipynb", SAME)
    os.mkfifo(folder / "pipe")
    command = [sys.executable, "-m", "jupyter_hygiene", "verify", "n.ipynb", "--output", "pipe"]
    process = subprocess.Popen(command, cwd=folder)
    assert "Reproduced" in (folder / "pipe").read_text("utf-8")
    assert process.wait(60) == 0
    assert (folder / "pipe").is_fifo()


def test_without_standard_streams_the_status_still_says_it(folder: Path) -> None:
    write(folder / "n.ipynb", SAME)
    command = f"{sys.executable} -m jupyter_hygiene verify n.ipynb"
    assert (
        subprocess.run(f"{command} 2>&-", cwd=folder, shell=True, stdout=subprocess.DEVNULL).returncode == 0
    )
    if os.path.exists("/dev/full"):
        assert subprocess.run(f"{command} >/dev/full 2>/dev/null", cwd=folder, shell=True).returncode == 2


def test_what_was_predicted_stands_beside_the_verdict(run: Run, folder: Path) -> None:
    write(
        folder / "n.ipynb",
        notebook(
            code("k = 5", count=3),
            code("print(k)", printed("3\n"), count=2),
            code("print('x')", printed("y\n"), count=4),
        ),
    )
    told = run("verify", "n.ipynb").out
    assert "predicted stale: `k` was" in told
    assert "predicted fresh: its runs do not tell of this difference" in told
    assert "why:     out of order  cell 2" in told
    (found,) = run("verify", "--format", "json", "n.ipynb").json["notebooks"]
    assert found["predictions"] == {
        "basis": "file",
        "held": 1,
        "caught": 1,
        "cautious": 0,
        "explained": 0,
        "missed": 1,
    }
    assert [cell["prediction"]["status"] for cell in found["cells"]] == ["fresh", "stale", "fresh"]
