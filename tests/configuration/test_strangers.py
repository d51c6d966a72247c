"""Settings that a stranger put into a notebook or beside it hold nothing up, and read nothing that lies elsewhere."""

from __future__ import annotations

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from jupyter_hygiene.core import guarded_regex
from jupyter_hygiene.core.configuration import configure, layer_of
from jupyter_hygiene.core.errors import InvalidSettings
from jupyter_hygiene.core.hygiene.declared import declared_packages
from jupyter_hygiene.core.hygiene.examination import Subject, examine
from jupyter_hygiene.core.notebook import Notebook
from jupyter_hygiene.core.own_patterns import Pattern, left_by
from jupyter_hygiene.core.pairing import compare_notebooks
from tests.notebooks import code, notebook, printed

NESTED = "(?:(?:(?:a?){2000}){2000}){2000}"
SANITIZE = "regex: run-\\d+\nreplace: RUN\n"


def noted(*names: str, at: Path) -> Any:
    """The settings of a notebook whose metadata name sanitize files."""
    raw = notebook(code("1"))
    raw["metadata"]["jupyter-hygiene"] = {"sanitize-with": list(names)}
    return configure(Notebook.from_json(raw), at)


def with_patterns(saved: str, *patterns: dict[str, str]) -> Notebook:
    raw = notebook(code("1", printed(saved)))
    raw["metadata"]["jupyter-hygiene"] = {"patterns": list(patterns)}
    return Notebook.from_json(raw)


def test_a_pattern_that_takes_for_ever_on_nothing_is_refused_with_its_reason(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match="takes too long even on the empty text"):
        layer_of({"patterns": [{"name": "bomb", "regex": NESTED}]}, "here", None)
    (tmp_path / "s.cfg").write_text(f"regex: {NESTED}\nreplace: x\n")
    with pytest.raises(InvalidSettings, match=r"line 1: .* takes too long"):
        noted("s.cfg", at=tmp_path)


@pytest.mark.parametrize(
    "regex", ["(a+)+b", "(?:a|a)*b", NESTED + "b", "(x*)*y|(a|aa)+$", r"(?=(a+))*c|(a*a*)*b"]
)
def test_one_that_takes_for_ever_on_some_output_is_left_out_and_the_report_says_so(regex: str) -> None:
    saved = with_patterns(
        "a" * 40 + "! run-1\n",
        {"name": "bomb", "regex": regex},
        {"name": "run", "regex": r"run-\d+"},
    )
    replayed = Notebook.from_json(notebook(code("1", printed("a" * 40 + "! run-2\n"))))
    report = compare_notebooks(saved, replayed)
    assert report.cells[0].verdict == "cosmetic"
    assert report.cells[0].outputs[0].normalised == ("pattern:run",)
    assert any("“bomb” was left out" in note for note in report.notes)


def test_a_replacement_that_grows_without_end_is_left_out() -> None:
    assert left_by([Pattern("grow", "(a+)", r"\1" * 100)], "a" * 1_000_000).text == "a" * 1_000_000
    assert guarded_regex.was_costly("(a+)")


def test_what_others_ask_meanwhile_is_answered_rightly() -> None:
    def ask(number: int) -> str:
        bomb = [Pattern("bomb", f"(?:a|a)*b{{{number % 3 + 1}}}")] if number % 8 == 0 else []
        return left_by([*bomb, Pattern("n", r"n(\d+)", r"\1")], "a" * 40 + f" n{number}").text

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(64))) == ["a" * 40 + f" {number}" for number in range(64)]


def test_a_worker_that_was_ended_is_started_anew() -> None:
    for _ in range(2):
        assert left_by([Pattern("n", r"\d")], "1").text == "⟨n⟩"
        guarded_regex.end_worker()


def test_there_may_be_a_hundred_patterns_and_no_more() -> None:
    patterns = [{"name": f"p{number}", "regex": f"x{number}"} for number in range(101)]
    with pytest.raises(InvalidSettings, match="at most 100 patterns"):
        layer_of({"patterns": patterns}, "here", None)
    assert len(layer_of({"patterns": patterns[:100]}, "here", None).settings.patterns) == 100


def test_a_notebook_reads_sanitize_files_beside_it_and_below(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    for name in ("s.cfg", "below/s.cfg"):
        (tmp_path / name).write_text(SANITIZE)
        assert [p.regex for p in noted(name, at=tmp_path).settings.patterns] == ["run-\\d+"]


def test_of_all_else_it_is_told_the_same_whatever_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    (tmp_path / "secret.cfg").write_text(SANITIZE)
    (folder / "link.cfg").symlink_to(tmp_path / "secret.cfg")
    (folder / "folder.cfg").mkdir()
    (folder / "large.cfg").write_text(SANITIZE * 40_000)
    os.mkfifo(folder / "pipe.cfg")
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(folder)
        server.bind("socket.cfg")
        os.chdir("/")
    said = set()
    for name in (
        *(
            "missing.cfg",
            "../secret.cfg",
            str(tmp_path / "secret.cfg"),
            "~/secret.cfg",
            "/dev/zero",
            "/dev/stdin",
        ),
        *("link.cfg", "folder.cfg", "large.cfg", "pipe.cfg", "socket.cfg", "/etc/passwd", "../missing.cfg"),
        "x" * 5000,
    ):
        with pytest.raises(InvalidSettings) as raised:
            noted(name, at=folder)
        said.add(str(raised.value).replace(name, "NAME"))
    assert len(said) == 1, said


def test_what_a_server_serves_may_be_read_too(tmp_path: Path) -> None:
    (tmp_path / "s.cfg").write_text(SANITIZE)
    folder = tmp_path / "deep"
    folder.mkdir()
    raw = notebook(code("1"))
    raw["metadata"]["jupyter-hygiene"] = {"sanitize-with": "../s.cfg"}
    assert configure(Notebook.from_json(raw), folder, root=tmp_path).settings.patterns
    with pytest.raises(InvalidSettings):
        configure(Notebook.from_json(raw), folder)


@pytest.mark.parametrize("kind", ["pipe", "folder", "large"])
def test_the_user_s_own_command_line_says_what_is_wrong_with_a_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "s.cfg"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.write_text(SANITIZE * 40_000)
    with pytest.raises(InvalidSettings, match=r"no regular file|Is a directory|larger than"):
        layer_of({"sanitize-with": str(path)}, "the command line", None)


def settings_above(folder: Path, root: Path | None = None) -> float | None:
    return configure(Notebook.from_json(notebook(code("1"))), folder, root=root).settings.rel_tolerance


@pytest.fixture
def nested(tmp_path: Path) -> Path:
    """A folder two below one with settings."""
    (tmp_path / "pyproject.toml").write_text("[tool.jupyter-hygiene]\nrel-tolerance = 0.5\n")
    (tmp_path / "a" / "b").mkdir(parents=True)
    return tmp_path / "a" / "b"


def test_settings_are_found_above_a_notebook_and_the_report_names_them(nested: Path) -> None:
    assert settings_above(nested) == 0.5
    (nested.parents[1] / "pyproject.toml").write_text("[tool.jupyter-hygiene]\ntimeout = 5\n")
    notes = configure(Notebook.from_json(notebook(code("1"))), nested).notes
    assert notes == ("Settings of ../../pyproject.toml hold too.",)


def test_they_are_not_looked_for_beyond_a_repository_the_home_or_what_is_served(
    nested: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings_above(nested, root=nested.parent) is None
    assert settings_above(nested, root=nested.parents[1]) == 0.5
    monkeypatch.setenv("HOME", str(nested.parent))
    assert settings_above(nested) is None
    monkeypatch.setenv("HOME", "/nowhere")
    (nested / ".git").write_text("gitdir: elsewhere")
    assert settings_above(nested) is None


@pytest.mark.skipif(getattr(os, "getuid", lambda: 1)() != 0, reason="only root can give folders away")
def test_nor_in_a_folder_of_somebody_else(nested: Path) -> None:
    os.chown(nested.parents[1], 12345, -1)
    assert settings_above(nested) is None
    # A checkout that as a whole belongs to another than who works in it, as in a container, is one project.
    os.chown(nested, 12345, -1)
    os.chown(nested.parent, 12345, -1)
    assert settings_above(nested) == 0.5


def test_pipes_in_the_place_of_files_that_a_check_reads_hold_nothing_up(tmp_path: Path) -> None:
    for name in ("requirements.txt", "environment.yml", "local.py"):
        os.mkfifo(tmp_path / name)
    assert declared_packages(tmp_path) is None
    read = Notebook.from_json(notebook(code("from local import *\nprint(x)")))
    assert "star-import" in {finding.rule for finding in examine(Subject(read, "n.ipynb", tmp_path)).findings}


def test_a_pipe_in_the_place_of_the_project_file_is_passed_over(nested: Path) -> None:
    os.mkfifo(nested / "pyproject.toml")
    assert settings_above(nested) == 0.5


def test_a_pattern_that_is_slow_on_one_text_is_left_out_elsewhere_and_not_refused() -> None:
    slow = {"name": "slow", "regex": "(q+)+$"}
    assert "left out" in " ".join(_notes(with_patterns("q" * 40 + "!", slow)))
    assert "left out" in " ".join(_notes(with_patterns("qq", slow))), "the notebook is read all the same"


def _notes(saved: Notebook) -> list[str]:
    configuration = configure(saved, None)
    return list(compare_notebooks(saved, with_patterns("other"), path="", configuration=configuration).notes)


def test_keys_within_keys_without_end_are_refused_before_they_fill_the_memory(tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text("[tool.jupyter-hygiene]\n" + ".".join(["a"] * 100_000) + " = 1\n")
    with pytest.raises(InvalidSettings, match=r"pyproject.toml .*nested too deeply"):
        configure(Notebook.from_json(notebook(code("1"))), tmp_path)


def test_a_file_of_patterns_that_links_to_itself_is_none(tmp_path: Path) -> None:
    (tmp_path / "loop.cfg").symlink_to(tmp_path / "loop.cfg")
    with pytest.raises(InvalidSettings, match="cannot be read"):
        noted("loop.cfg", at=tmp_path)
