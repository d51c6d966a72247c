"""Versions that a notebook or a lock file records, beside those of the replay."""

from __future__ import annotations

from pathlib import Path

import pytest

from jupyter_hygiene.core.causes.versions import (
    Recorded,
    mismatches,
    python_mismatch,
    recorded_versions,
    versions_expression,
    versions_from_reply,
)
from jupyter_hygiene.core.notebook import Notebook
from tests.notebooks import code, notebook, printed

EMPTY = Notebook.from_json(notebook())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requirements.txt", "# pinned\npandas==1.5.3  # why\nnumpy>=1\n"),
        ("environment.yml", "dependencies:\n  - python=3.8\n  - pandas=1.5.3\n"),
        ("uv.lock", 'version = 1\n[[package]]\nname = "pandas"\nversion = "1.5.3"\n'),
        ("poetry.lock", '[[package]]\nname = "pandas"\nversion = "1.5.3"\ncategory = "main"\n'),
        ("pylock.toml", '[[packages]]\nname = "pandas"\nversion = "1.5.3"\n'),
        ("Pipfile.lock", '{"default": {"pandas": {"version": "==1.5.3"}}}'),
    ],
)
def test_a_lock_file_above_the_notebook_tells_versions(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    folder = tmp_path / "notebooks"
    folder.mkdir()
    recorded = recorded_versions(EMPTY, folder)
    assert recorded.packages["pandas"] == ("1.5.3", name)
    (found,) = mismatches(recorded, {"pandas": "3.1.1", "numpy": "2.0.0"}, ["pandas", "numpy"])
    assert found.message == f"{name} records pandas 1.5.3; the replay's kernel has 3.1.1."


def test_a_lock_file_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "uv.lock").write_text("][")
    (tmp_path / "Pipfile.lock").write_text("[]")
    (tmp_path / "requirements.txt").write_bytes(b"\xff\xfe")
    assert recorded_versions(EMPTY, tmp_path).packages == {}


def test_versions_beyond_the_project_are_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("pandas==1.0\n")
    project = tmp_path / "project"
    (project / ".git").mkdir(parents=True)
    assert recorded_versions(EMPTY, project).packages == {}


def test_what_a_cell_printed_of_versions_is_a_record() -> None:
    page = Notebook.from_json(
        notebook(code("%watermark -p pandas,sklearn", printed("pandas : 1.5.3\nscikit-learn: 1.2.0\n")))
    )
    assert recorded_versions(page, None).packages["pandas"] == ("1.5.3", "The page")
    (found,) = mismatches(recorded_versions(page, None), {"sklearn": "1.9.1"}, ["sklearn"])
    assert found.package == "scikit-learn"


@pytest.mark.parametrize(
    ("recorded", "present", "differs"),
    [
        ("1.5.3", "1.5.3", False),
        ("1.5", "1.5.3", False),
        ("2.1.0", "2.1.0+cpu", False),
        ("1.5.3", "1.5.4", True),
    ],
)
def test_a_version_is_another_where_its_numbers_are(recorded: str, present: str, differs: bool) -> None:
    known = Recorded({"torch": (recorded, "uv.lock")})
    assert bool(mismatches(known, {"torch": present}, ["torch"])) is differs


def test_another_python_is_one_of_another_minor_version() -> None:
    assert python_mismatch(Recorded(python="3.8.2"), {"python": "3.11.7"}) is not None
    assert python_mismatch(Recorded(python="3.11.2"), {"python": "3.11.7"}) is None
    assert python_mismatch(Recorded(), {"python": "3.11.7"}) is None


def test_versions_are_asked_of_what_has_been_imported_and_nothing_is_imported_for_it() -> None:
    import sys

    import psutil

    expression = versions_expression(["import psutil, nowhere_to_be_found\nfrom nowhere.x import y", "%ls"])
    found = versions_from_reply(repr(eval(expression)))
    assert found["psutil"] == psutil.__version__
    assert found["python"].startswith("3.")
    assert "nowhere_to_be_found" not in found
    assert "nowhere_to_be_found" not in sys.modules


@pytest.mark.parametrize("text", ["", "None", "'[1]'", "nonsense"])
def test_an_answer_that_is_none_tells_no_version(text: str) -> None:
    assert versions_from_reply(text) == {}
