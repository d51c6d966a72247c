"""``verify --accept`` writes outputs and counts, and touches nothing else in the file."""

from __future__ import annotations

import difflib
import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run, write
from tests.notebooks import code, markdown, notebook, printed, result


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_only_the_output_that_changed_is_rewritten(run: Run, folder: Path) -> None:
    raw = notebook(
        markdown("# Grüße"), code("print(1)", printed("2\n")), code("'é'", result("'é'", 2), count=2)
    )
    raw["metadata"]["own"] = {"z": 1, "a": [1, 2, {"b": None}]}
    raw["cells"][1]["metadata"] = {"tags": ["x"], "unknown": {"keep": True}}
    raw["cells"][1]["outputs"] = [{"name": "stdout", "output_type": "stream", "text": ["2\n"]}]
    path = write(folder / "n.ipynb", raw)
    before = path.read_text("utf-8")
    assert run("verify", "n.ipynb", "--accept").status == 0
    assert changed_lines(before, path.read_text("utf-8")) == ['-       "2\\n"', '+       "1\\n"']
    assert run("verify", "n.ipynb").status == 0


@pytest.mark.parametrize("indent", [None, 1, 2, 4, "\t"])
def test_a_notebook_that_reproduces_stays_the_same_byte_for_byte(
    run: Run, folder: Path, indent: object
) -> None:
    raw = notebook(code("print('é')", printed("é\n")), code("1", result("1", 2), count=2))
    path = write(folder / "n.ipynb", raw, indent=indent, ensure_ascii=indent == 4)
    before = path.read_bytes()
    assert run("verify", "n.ipynb", "--accept").status == 0
    assert path.read_bytes() == before


def test_counts_become_those_of_the_clean_run(run: Run, folder: Path) -> None:
    path = write(
        folder / "n.ipynb",
        notebook(code("1", result("1", 17), count=17), code("print(2)", printed("2\n"), count=4)),
    )
    before = path.read_text("utf-8")
    assert run("verify", "n.ipynb", "--accept").status == 0
    cells = json.loads(path.read_text("utf-8"))["cells"]
    assert [cell["execution_count"] for cell in cells] == [1, 2]
    assert cells[0]["outputs"][0]["execution_count"] == 1
    assert len(changed_lines(before, path.read_text("utf-8"))) == 6


def test_windows_line_ends_and_permissions_survive(run: Run, folder: Path) -> None:
    path = write(folder / "n.ipynb", notebook(code("print(1)\nprint(3)", printed("2\n"))))
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    os.chmod(path, 0o640)
    assert run("verify", "n.ipynb", "--accept").status == 0
    after = path.read_bytes()
    assert after.count(b"\n") == after.count(b"\r\n")
    assert json.loads(after)["cells"][0]["outputs"][0]["text"] == ["1\n", "3\n"]
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(run: Run, folder: Path) -> None:
    real = write(folder / "real" / "n.ipynb", notebook(code("print(1)", printed("2\n"))))
    (folder / "link.ipynb").symlink_to(real)
    assert run("verify", "link.ipynb", "--accept").status == 0
    assert (folder / "link.ipynb").is_symlink()
    assert '"1\\n"' in real.read_text()


def test_a_replay_that_fails_is_not_accepted(run: Run, folder: Path) -> None:
    path = write(folder / "n.ipynb", notebook(code("print(1)", printed("2\n")), code("1/0")))
    before = path.read_bytes()
    assert run("verify", "n.ipynb", "--accept").status == 1
    assert path.read_bytes() == before
    assert list(folder.iterdir()) == [path]


def test_skipped_and_markdown_cells_are_left_alone(run: Run, folder: Path) -> None:
    cells = [
        code("boom", printed("old\n"), count=9, tags=["skip-execution"]),
        code("print(1)", printed("2\n")),
    ]
    path = write(folder / "n.ipynb", notebook(*cells))
    assert run("verify", "n.ipynb", "--accept").status == 0
    first = json.loads(path.read_text())["cells"][0]
    assert (first["execution_count"], first["outputs"][0]["text"]) == (9, "old\n")


def test_a_file_that_was_edited_meanwhile_is_not_overwritten(run: Run, folder: Path) -> None:
    edit = "p = 'n.ipynb'; s = open(p).read(); open(p, 'w').write(s.replace('# note', '# edited'));"
    path = write(
        folder / "n.ipynb", notebook(markdown("# note"), code(edit), code("print(1)", printed("2\n")))
    )
    done = run("verify", "n.ipynb", "--accept")
    assert done.status == 2
    assert "was changed while it was replayed" in done.out
    assert "# edited" in path.read_text()
    assert '"2\\n"' in path.read_text()


def test_a_byte_order_mark_stays(run: Run, folder: Path) -> None:
    path = write(folder / "n.ipynb", notebook(code("print(1)", printed("2\n"))))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert run("verify", "n.ipynb", "--accept").status == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbf{")
    assert b'"1\\n"' in path.read_bytes()


def test_a_cell_without_outputs_and_count_gets_them(run: Run, folder: Path) -> None:
    bare = {"cell_type": "code", "source": "print(1)", "metadata": {}}
    path = write(folder / "n.ipynb", notebook(bare))
    assert run("verify", "n.ipynb", "--accept").status == 0
    cell = json.loads(path.read_text())["cells"][0]
    assert (cell["execution_count"], cell["outputs"][0]["text"]) == (1, ["1\n"])


def test_cut_output_is_not_accepted(run: Run, folder: Path) -> None:
    path = write(folder / "n.ipynb", notebook(code("print('x' * 21_000_000)", printed("x\n"))))
    before = path.read_bytes()
    done = run("verify", "n.ipynb", "--accept")
    assert done.status == 2
    assert "cut at its limit" in done.out
    assert path.read_bytes() == before


def test_a_scratch_replay_is_accepted_with_the_folders_own_paths(run: Run, folder: Path) -> None:
    path = write(folder / "n.ipynb", notebook(code("import os; print(os.getcwd())", printed("elsewhere\n"))))
    assert run("verify", "n.ipynb", "--accept", "--scratch").status == 0
    assert json.loads(path.read_text())["cells"][0]["outputs"][0]["text"] == [f"{folder}\n"]
