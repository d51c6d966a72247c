"""``jupyter hygiene check``, run as a process."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Run, write
from tests.notebooks import code, markdown, notebook, printed

CLEAN = notebook(markdown("# Title"), code("x = 1", count=1), code("print(x)", printed("1\n"), count=2))
BAD = notebook(code("import os\nprint(os.name, y)", ran=False), code("import os\nz = 1", ran=False))


def findings(done: Any) -> list[tuple[str, int | None, int | None]]:
    return [
        (each["rule"], each["index"], each["line"])
        for book in done.json["notebooks"]
        for each in book["findings"]
    ]


def test_a_clean_notebook_exits_with_0(run: Run, folder: Path) -> None:
    write(folder / "clean.ipynb", CLEAN)
    done = run("check", "clean.ipynb", "--ignore", "kernel-not-isolated")
    assert (done.status, done.err) == (0, "")
    assert "1 notebook checked: nothing found." in done.out


def test_findings_exit_with_1_and_show_place_line_and_rule(run: Run, folder: Path) -> None:
    write(folder / "bad.ipynb", BAD)
    done = run("check", "bad.ipynb")
    assert done.status == 1
    assert "cell 1, line 2: `y` is defined nowhere in this notebook. [undefined-name]" in done.out
    assert "print(os.name, y)" in done.out
    assert "--fix mends 1" in done.out


def test_a_notebook_that_cannot_be_read_exits_with_2_and_the_others_are_still_checked(
    run: Run, folder: Path
) -> None:
    (folder / "broken.ipynb").write_text("{ not json")
    (folder / "future.ipynb").write_text('{"nbformat": 9, "cells": []}')
    write(folder / "bad.ipynb", BAD)
    done = run("check", ".")
    assert done.status == 2
    for sentence in ("not valid JSON", "notebook format 9", "`y` is defined nowhere"):
        assert sentence in done.out
    assert "2 notebooks could not be checked" in done.out


def test_rules_are_chosen_by_name_and_by_family(run: Run, folder: Path) -> None:
    write(folder / "bad.ipynb", BAD)
    assert findings(run("check", ".", "--format", "json", "--select", "imports")) == [
        ("imported-again", 1, 1)
    ]
    assert findings(
        run("check", ".", "--format", "json", "--select", "state,imports", "--ignore", "imports")
    ) == [("undefined-name", 0, 2)]
    more = run(
        "check", ".", "--format", "json", "--extend-select", "missing-heading", "--ignore", "environment"
    )
    assert ("missing-heading", None, None) in findings(more)


def test_an_unknown_rule_is_refused_in_words(run: Run, folder: Path) -> None:
    write(folder / "bad.ipynb", BAD)
    done = run("check", ".", "--select", "undefined-nam")
    assert done.status == 2
    assert "Did you mean 'undefined-name'?" in done.err


@pytest.mark.parametrize(("level", "status"), [("info", 1), ("warning", 0), ("error", 0)])
def test_what_is_grave_enough_to_fail_is_chosen(run: Run, folder: Path, level: str, status: int) -> None:
    write(folder / "a.ipynb", notebook(code("import os", ran=False), code("import os\nos", ran=False)))
    assert run("check", ".", "--select", "imported-again", "--fail-on", level).status == status


def test_fix_mends_what_is_safe_and_keeps_how_the_file_is_written(run: Run, folder: Path) -> None:
    raw = notebook(
        code("import os\nprint('ä', os.name)", count=1), code("import os\nz = 1", printed("ß"), count=2)
    )
    raw["cells"][1]["metadata"] = {"tags": ["t"], "mine": 1}
    for cell in raw["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
    text = json.dumps(raw, indent=1, ensure_ascii=False) + "\n"
    path = folder / "bad.ipynb"
    path.write_text(text, "utf-8")
    os.chmod(path, 0o640)
    done = run("check", "bad.ipynb", "--fix", "--ignore", "environment")
    assert done.status == 0
    assert "mended: imported-again" in done.out
    assert path.read_text("utf-8") == text.replace('    "import os\\n",\n    "z = 1"', '    "z = 1"')
    assert path.stat().st_mode & 0o777 == 0o640
    assert run("check", "bad.ipynb", "--fix", "--ignore", "environment").status == 0


def test_diff_shows_what_fix_would_change_and_changes_nothing(run: Run, folder: Path) -> None:
    path = folder / "bad.ipynb"
    write(path, BAD)
    before = path.read_bytes()
    done = run("check", "bad.ipynb", "--diff", "--select", "imported-again")
    assert done.status == 1
    assert path.read_bytes() == before
    assert any(line.startswith("-") and "import os" in line for line in done.out.splitlines())
    assert "would be mended: imported-again" in done.out


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write anywhere")
def test_a_file_that_cannot_be_written_is_left_and_said(run: Run, folder: Path) -> None:
    path = folder / "bad.ipynb"
    write(path, BAD)
    os.chmod(path, 0o440)
    done = run("check", "bad.ipynb", "--fix")
    assert done.status == 2
    assert "not writable" in done.out


def test_a_project_and_a_notebook_choose_for_themselves(run: Run, folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.jupyter-hygiene]\nselect = ["state"]\n')
    write(folder / "bad.ipynb", BAD)
    assert findings(run("check", ".", "--format", "json")) == [("undefined-name", 0, 2)]
    write(folder / "bad.ipynb", {**BAD, "metadata": {"jupyter-hygiene": {"ignore": ["undefined-name"]}}})
    assert run("check", ".").status == 0


def test_wrong_settings_of_one_notebook_do_not_stop_the_others(run: Run, folder: Path) -> None:
    write(folder / "a.ipynb", {**CLEAN, "metadata": {"jupyter-hygiene": {"ignore": ["no-such-rule"]}}})
    write(folder / "b.ipynb", BAD)
    done = run("check", ".")
    assert done.status == 2
    assert "names no hygiene rule: 'no-such-rule'" in done.out
    assert "`y` is defined nowhere" in done.out


def test_json_has_the_findings_of_the_wire_with_their_place(run: Run, folder: Path) -> None:
    write(folder / "bad.ipynb", BAD)
    (book,) = run("check", ".", "--format", "json", "--select", "undefined-name").json["notebooks"]
    assert book == {
        "path": "bad.ipynb",
        "findings": [
            {
                "index": 0,
                "rule": "undefined-name",
                "severity": "error",
                "cell_id": "c0",
                "line": 2,
                "column": 16,
                "message": "`y` is defined nowhere in this notebook.",
                "in_output": False,
                "fixes": [],
            }
        ],
        "silenced": 0,
        "fixed": [],
        "notes": [],
    }


def test_junit_has_a_failure_for_each_finding_and_a_pass_for_a_clean_notebook(run: Run, folder: Path) -> None:
    write(folder / "bad.ipynb", BAD)
    write(folder / "clean.ipynb", CLEAN)
    (folder / "broken.ipynb").write_text("{")
    done = run("check", ".", "--format", "junit", "--ignore", "environment")
    root = ElementTree.fromstring(done.out)
    assert (root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")) == (
        "4",
        "1",
        "1",
        "1",
    )
    assert [case.get("name") for case in root.iter("testcase")][:2] == [
        "undefined-name: cell 1, line 2",
        "imported-again: cell 2, line 1",
    ]


def test_github_gets_an_annotation_for_each_finding(run: Run, folder: Path) -> None:
    write(folder / "bad.ipynb", BAD)
    lines = run("check", ".", "--format", "github", "--ignore", "environment").out.splitlines()
    assert lines[0].startswith(
        "::error file=bad.ipynb,line=1,title=bad.ipynb%2C cell 1%2C line 2%3A undefined-name::"
    )
    assert lines[1].startswith("::notice ")


def test_sarif_names_rules_levels_and_cells(run: Run, folder: Path) -> None:
    write(folder / "a b.ipynb", BAD)
    log = run("check", ".", "--format", "sarif", "--ignore", "environment").json
    assert log["version"] == "2.1.0"
    (made,) = log["runs"]
    rules = [rule["id"] for rule in made["tool"]["driver"]["rules"]]
    assert rules == ["imported-again", "undefined-name"]
    result = made["results"][0]
    assert (result["ruleId"], result["level"]) == ("undefined-name", "error")
    assert rules[result["ruleIndex"]] == "undefined-name"
    place = result["locations"][0]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "a%20b.ipynb"
    assert place["logicalLocations"][0]["name"] == "cell 1, line 2"


def test_the_users_configuration_of_ruff_has_no_say(run: Run, folder: Path) -> None:
    (folder / "ruff.toml").write_text('exclude = ["*"]\n[lint]\nignore = ["F821"]\n')
    write(folder / "bad.ipynb", BAD)
    done = run("check", ".", "--format", "json", "--select", "undefined-name", RUFF_CONFIG="ruff.toml")
    assert findings(done) == [("undefined-name", 0, 2)]


def test_notebooks_in_other_languages_are_checked_by_what_needs_no_python(run: Run, folder: Path) -> None:
    raw = notebook(code("x <- y\n" + "z <- 1\n" * 99, count=1), language_info={"name": "R"})
    raw["cells"].append(code("key <- 'ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'", cell_id="k", count=2))
    write(folder / "r.ipynb", raw)
    assert [rule for rule, _, _ in findings(run("check", ".", "--format", "json"))] == ["secret"]


def test_many_notebooks_are_shared_by_processes_and_reported_in_order(run: Run, folder: Path) -> None:
    for number in range(210):
        write(folder / f"{number:03}.ipynb", notebook(code(f"print(y{number})", ran=False)))
    (folder / "100.ipynb").write_text("{")
    together = run("check", ".", "--format", "json", "--ignore", "environment", "--jobs", "2")
    alone = run("check", ".", "--format", "json", "--ignore", "environment", "--jobs", "1")
    assert together == alone
    paths = [book["path"] for book in together.json["notebooks"]]
    assert (len(paths), paths) == (209, sorted(paths))


def test_rules_are_listed_and_explained(run: Run, folder: Path) -> None:
    assert "✗ undefined-name" in run("rules").out
    assert "clean run stops there with a NameError" in run("rules", "undefined-name").out
    assert run("rules", "undefined-nam").status == 2
