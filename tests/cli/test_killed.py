"""What a command that was killed leaves behind is gone after the next one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from jupyter_hygiene.cli.files import write_atomically
from tests.cli.conftest import Run, write
from tests.notebooks import code, notebook, printed

# A process that ends without a word when the file is written and not yet in its place.
KILLED_WHILE_IT_WRITES = (
    "import os, sys; os.replace = lambda *a: os._exit(9)\n"
    "from jupyter_hygiene.cli import main; main(sys.argv[1:])"
)
SAME = notebook(code("print(1)", printed("1\n")))


def kill_while_a_cell_runs(folder: Path, *options: str) -> None:
    """Kill a verification of n.ipynb in the middle of a cell, and wait for its kernel to notice."""
    started = folder.parent / "data" / "started"
    source = f"open({str(started)!r}, 'w').close()\nimport threading; threading.Event().wait()"
    write(folder / "n.ipynb", notebook(code(source)))
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter_hygiene", "verify", "n.ipynb", *options], cwd=folder
    )
    while not started.exists():
        assert process.poll() is None
    kernels = psutil.Process(process.pid).children(recursive=True)
    assert kernels
    process.kill()
    process.wait()
    psutil.wait_procs(kernels)


def test_a_killed_replay_leaves_no_kernel_and_its_files_go_when_the_next_one_starts(
    run: Run, folder: Path
) -> None:
    kill_while_a_cell_runs(folder, "--scratch")
    runtime, temporary = folder.parent / "runtime", folder.parent / "tmp"
    assert list(runtime.iterdir())
    assert list(temporary.iterdir())
    write(folder / "n.ipynb", SAME)
    assert run("verify", "n.ipynb").status == 0
    assert list(runtime.iterdir()) == []
    assert [path for path in temporary.iterdir() if path.name.startswith("jupyter-hygiene-")] == []


def test_while_a_replay_runs_another_one_leaves_its_files_alone(run: Run, folder: Path) -> None:
    inner = f"{sys.executable} -m jupyter_hygiene verify --scratch inner/n.ipynb"
    write(folder / "inner" / "n.ipynb", SAME)
    source = (
        f"import os, subprocess; done = subprocess.run({inner!r}, shell=True, capture_output=True, text=True)\n"
        "print(done.returncode, os.path.exists(os.getcwd()))"
    )
    write(folder / "n.ipynb", notebook(code(source, printed("0 True\n"))))
    done = run("verify", "n.ipynb", "--scratch")
    assert done.status == 0, done.out


@pytest.mark.parametrize("command", [("verify", "--accept"), ("check", "--fix")])
@pytest.mark.parametrize("following", ["verify", "check"])
def test_a_half_written_notebook_is_gone_after_the_next_look_at_its_folder(
    run: Run, folder: Path, command: tuple[str, ...], following: str
) -> None:
    path = write(
        folder / "n.ipynb",
        notebook(code("import os\nprint(os.name)", printed("2\n")), code("import os\nz = 1", count=2)),
    )
    before = path.read_bytes()
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_IT_WRITES, *command, "n.ipynb"], cwd=folder)
    assert killed.returncode == 9
    assert len(list(folder.iterdir())) == 2
    assert path.read_bytes() == before
    theirs = folder / ".n.ipynb.tmp"
    theirs.touch()
    run(following, "n.ipynb")
    assert sorted(folder.iterdir()) == sorted([path, theirs])


def test_a_half_written_report_is_gone_after_the_next_one(run: Run, folder: Path) -> None:
    write(folder / "n.ipynb", SAME)
    arguments = ["check", "n.ipynb", "--output", "reports/r.txt"]
    (folder / "reports").mkdir()
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_IT_WRITES, *arguments], cwd=folder)
    assert killed.returncode == 9
    assert [path.name for path in (folder / "reports").iterdir()] != []
    run(*arguments)
    assert [path.name for path in (folder / "reports").iterdir()] == ["r.txt"]


@pytest.mark.parametrize("name", ["x" * 255, os.fsdecode(b"\xff\xfe.ipynb")], ids=["long", "not UTF-8"])
def test_a_file_of_any_name_can_be_written(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("old", "utf-8")
    write_atomically(path, "new")
    assert path.read_text("utf-8") == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_went_wrong_first_is_said_where_the_rest_cannot_be_removed_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OSError("no room")

    def not_allowed(*_: object) -> None:
        raise PermissionError("not allowed")

    monkeypatch.setattr(os, "fsync", no_room)
    monkeypatch.setattr(os, "unlink", not_allowed)
    with pytest.raises(OSError, match="no room"):
        write_atomically(tmp_path / "n.ipynb", "new")


def test_a_runtime_folder_that_cannot_be_made_is_no_obstacle(run: Run, folder: Path) -> None:
    write(folder / "n.ipynb", SAME)
    (folder.parent / "file").touch()
    done = run("verify", "n.ipynb", JUPYTER_RUNTIME_DIR=str(folder.parent / "file" / "runtime"))
    assert done.status == 0, done.out
    assert list(Path(tempfile.gettempdir()).glob("jupyter-hygiene-*")) == []
