"""Settings on the command line, and trying patterns there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run, verdicts, write
from tests.notebooks import code, notebook, printed, shown

NOISY = notebook(
    code("print('run zebra-b: 0.41')", printed("run zebra-a: 0.41\n")),
    code("x = 1"),
    code("print(0.42)", printed("0.41\n")),
)
PROJECT = """\
[tool.jupyter-hygiene]
rel-tolerance = 0.1
keep-going = true
patterns = [{name = "run", regex = 'zebra-\\w+'}]
"""


def test_a_project_sets_what_counts_and_the_report_says_so(run: Run, folder: Path) -> None:
    (folder / "pyproject.toml").write_text(PROJECT)
    write(folder / "sub" / "noisy.ipynb", NOISY)
    done = run("verify", "sub/noisy.ipynb", "--format", "json")
    assert (done.status, verdicts(done)) == (0, ["cosmetic", "same", "cosmetic"])
    (report,) = done.json["notebooks"]
    assert report["cells"][0]["outputs"][0]["normalised"] == ["pattern:run"]
    shown = run("diff", "sub/noisy.ipynb", "sub/noisy.ipynb")
    assert "Compared with settings of ../pyproject.toml: rel-tolerance 0.1; 1 own pattern." in shown.out


def test_the_command_line_comes_before_the_project(run: Run, folder: Path) -> None:
    (folder / "pyproject.toml").write_text(PROJECT)
    write(folder / "noisy.ipynb", NOISY)
    (folder / "s.cfg").write_text("regex: run zebra\nreplace: RUN\n")
    done = run(
        *("diff", "noisy.ipynb", "noisy.ipynb", "--set", "rel-tolerance=1e-9", "--off", "timing"),
        *("--sanitize-with", "s.cfg", "--compare", "marked"),
    )
    assert done.status == 0
    assert "Compared with settings of pyproject.toml: 1 own pattern." in done.out
    assert (
        "Compared with settings of the command line: rel-tolerance 1e-09; off timing; compare marked; "
        "sanitize-with s.cfg."
    ) in done.out


def test_settings_that_cannot_be_leave_the_other_notebooks_their_verdicts(run: Run, folder: Path) -> None:
    write(folder / "fine" / "n.ipynb", notebook(code("print(1)", printed("1\n"))))
    write(folder / "wrong" / "n.ipynb", NOISY)
    (folder / "wrong" / "pyproject.toml").write_text("[tool.jupyter-hygiene]\nrel-tolerence = 0.1\n")
    done = run("verify", ".")
    assert done.status == 2
    assert "pyproject.toml: there is no setting 'rel-tolerence'. Did you mean 'rel-tolerance'?" in done.out
    assert "Reproduced: 1 same" in done.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--set", "rel-tolerance"], "--set takes KEY=VALUE, not 'rel-tolerance'"),
        (["--set", "tolerance=1"], "there is no setting 'tolerance'. Did you mean"),
        (["--set", "compare=none"], "compare must be 'all' or 'marked', not 'none'"),
        (["--off", "timings"], "off names no normaliser: 'timings'. Did you mean 'timing'?"),
        (["--sanitize-with", "no.cfg"], "sanitize-with names no.cfg, which cannot be read"),
    ],
)
def test_a_wrong_option_says_what_would_be_right(
    run: Run, folder: Path, arguments: list[str], says: str
) -> None:
    write(folder / "n.ipynb", NOISY)
    done = run("diff", "n.ipynb", "n.ipynb", *arguments)
    assert done.status == 2
    assert f"the command line: {says}" in done.out


def test_patterns_that_are_set_are_tried_cell_by_cell(run: Run, folder: Path) -> None:
    (folder / "pyproject.toml").write_text(
        PROJECT.replace(
            "\\w+'}", "\\w+'}, {name = 'html', regex = 'id=\"\\w+\"', replace = '', only = 'text/html'}"
        )
    )
    table = shown({"text/html": '<p id="a1">\nzebra-c</p>', "text/plain": 'id="b2"'})
    write(folder / "n.ipynb", notebook(*NOISY["cells"], code("t", table)))
    done = run("patterns", "n.ipynb")
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "n.ipynb, cell 1, stdout\n"
        "  run: “zebra-a”\n"
        "  left: run ⟨run⟩: 0.41\n"
        "\n"
        "n.ipynb, cell 4, text/html\n"
        "  run: “zebra-c”\n"
        '  html: “id="a1"”\n'
        "  left: <p >\n"
        "  left: ⟨run⟩</p>\n"
        "\n"
        "run: 2 matches   (zebra-\\w+)\n"
        'html: 1 match   (id="\\w+")\n'
    )


def test_a_pattern_that_matches_nowhere_is_worth_exit_status_1(run: Run, folder: Path) -> None:
    write(folder / "n.ipynb", NOISY)
    done = run("patterns", "--regex", r"(\w+) lion-\w+", "--replace", r"\1", "n.ipynb")
    assert done.status == 1
    assert "matches nowhere" in done.out
    (folder / "s.cfg").write_text("[a]\nregex: 0\\.\\d\nreplace: N\n")
    done = run("patterns", "--sanitize-with", "s.cfg", "n.ipynb")
    assert (done.status, "a: 2 matches" in done.out) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--regex", "("], "regex '(' is no regular expression"),
        (["--regex", "a*"], "regex 'a*' matches the empty text, and so everywhere"),
        (["--regex", "a", "--replace", r"\1"], r"replace '\\1' does not fit the regex 'a'"),
        (["--replace", "x"], "--replace needs a --regex"),
        ([], "there are no patterns to try"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_worth_exit_status_2(
    run: Run, folder: Path, arguments: list[str], says: str
) -> None:
    write(folder / "n.ipynb", NOISY)
    done = run("patterns", *arguments, "n.ipynb")
    assert done.status == 2
    assert says in done.err


@pytest.mark.parametrize("text", [json.dumps(NOISY), "any text: zebra-a and zebra-b\n"])
def test_a_pattern_is_tried_on_standard_input(folder: Path, text: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "jupyter_hygiene", "patterns", "--regex", r"zebra-\w", "-"],
        input=text.encode(),
        capture_output=True,
        cwd=folder,
    )
    assert done.returncode == 0
    assert "“zebra-a”" in done.stdout.decode()


def test_what_a_project_sets_is_tried_on_standard_input_too(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(PROJECT)
    done = subprocess.run(
        [sys.executable, "-m", "jupyter_hygiene", "patterns", "-"],
        input=b"run zebra-a\n",
        capture_output=True,
        cwd=folder,
    )
    assert (done.returncode, "“zebra-a”" in done.stdout.decode()) == (0, True)
