"""Every command works on files of every name, and on damaged texts, or says why not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree

import pytest

from jupyter_hygiene.cli import CHECK_FORMATS, FORMATS
from tests.cli.conftest import Result, Run, program, write
from tests.cli.test_terminals import ACTS
from tests.damaged import ACTING, DAMAGED, damaged_notebook
from tests.notebooks import code, notebook, printed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="file systems that take any bytes for a name")

NAMES = [
    os.fsdecode(name) for name in (b"caf\xe9", b"'q\"<b>", b"line\nbreak\r", b"100% ::error::x,y=z", b"-x")
]
ODD = os.fsdecode(b"f\xff\n'")
REPORT = os.fsdecode(b"r\xe9p\nort")
RAW = notebook(code("import os\nprint(os.name, 1)", printed("2\n")), code("import os\nz = 1", count=2))


@pytest.fixture
def odd(folder: Path) -> Path:
    """A folder of a name that is not UTF-8, with notebooks of odd names."""
    for name in NAMES:
        write(folder / ODD / f"{name}.ipynb", RAW)
    return folder / ODD


def sound(text: str, format: str) -> str:
    """A report in this format, which holds it to the format's own rules."""
    assert text.strip()
    if format in ("json", "sarif"):
        json.loads(text)
    elif format == "junit":
        ElementTree.fromstring(text)
    elif format == "github":
        assert all(_command(line) for line in text.removesuffix("\n").split("\n"))
    elif format == "html":
        assert text.startswith("<!DOCTYPE html>")
        assert "<b>.ipynb" not in text, "a name is markup"
    else:
        assert not [character for character in ACTS if character in text]
    return text


def _command(line: str) -> dict[str, str]:
    """A line as the runner of a workflow reads it: the properties of its one command, and what it says."""
    assert not [character for character in ACTS if character in line]
    found = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
    assert found, line
    parts = dict(part.split("=", 1) for part in found[2].split(","))
    assert parts.keys() == {"file", "line", "title"}
    return {**parts, "message": found[3]}


def said(done: Result) -> Result:
    assert "Traceback" not in done.out + done.err
    assert "internal" not in done.out + done.err
    return done


@pytest.mark.parametrize("format", FORMATS)
def test_notebooks_of_any_name_are_verified(run: Run, odd: Path, format: str) -> None:
    done = said(run("verify", ODD, "--format", format))
    assert done.status == 1
    sound(done.out, format)


@pytest.mark.parametrize("format", FORMATS)
def test_they_are_compared_and_the_report_may_have_any_name_too(run: Run, odd: Path, format: str) -> None:
    for name in NAMES:
        path = f"{ODD}/{name}.ipynb"
        done = said(run("diff", path, path, "--format", format, "--output", REPORT))
        assert (done.status, done.out) == (0, "")
        sound((odd.parent / REPORT).read_text("utf-8"), format)


@pytest.mark.parametrize("format", CHECK_FORMATS)
def test_they_are_checked(run: Run, odd: Path, format: str) -> None:
    done = said(run("check", ODD, "--format", format))
    assert done.status == 1
    sound(done.out, format)
    assert said(run("check", ODD, "--format", format, "--output", REPORT)).status == 1
    sound((odd.parent / REPORT).read_text("utf-8"), format)


def test_a_workflow_is_told_the_name_and_nothing_else(run: Run, odd: Path) -> None:
    lines = run("verify", ODD, "--format", "github").out.removesuffix("\n").split("\n")
    files = {_command(line)["file"] for line in lines}
    assert len(files) == len(NAMES)
    assert any(file.endswith("100%25 %3A%3Aerror%3A%3Ax%2Cy=z.ipynb") for file in files)


def test_code_scanning_is_told_the_names_byte_for_byte(run: Run, odd: Path) -> None:
    results = run("check", ODD, "--format", "sarif").json["runs"][0]["results"]
    places = {each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results}
    assert {unquote_to_bytes(place) for place in places} == {
        os.fsencode(f"{ODD}/{name}.ipynb") for name in NAMES
    }


def test_outputs_are_accepted_into_files_of_any_name(run: Run, odd: Path) -> None:
    assert said(run("verify", ODD, "--accept", "--scratch")).status == 0
    assert sorted(os.listdir(odd)) == sorted(f"{name}.ipynb" for name in NAMES)
    for name in NAMES:
        assert f"{os.name} 1\\n" in (odd / f"{name}.ipynb").read_text("utf-8")


def test_files_of_any_name_are_mended(run: Run, odd: Path) -> None:
    assert '-   "source": "import os\\nz = 1"' in said(run("check", ODD, "--diff")).out
    assert "mended" in said(run("check", ODD, "--fix")).out
    for name in NAMES:
        assert (odd / f"{name}.ipynb").read_text("utf-8").count("import os") == 1


@pytest.mark.parametrize(
    "command",
    [
        ("verify", f"{ODD}/no.ipynb"),
        ("verify", ODD, "--kernel", ODD),
        ("verify", ODD, "--sanitize-with", f"{ODD}/no"),
        ("check", f"{ODD}/no.ipynb"),
        ("check", ODD, "--select", ODD),
        ("check", ODD, "--output", f"{ODD}/no/report"),
        ("diff", f"{ODD}/no.ipynb", f"{ODD}/no.ipynb"),
        ("patterns", f"{ODD}/no.ipynb", "--regex", "x"),
        ("patterns", ODD),
        ("patterns", ODD, "--regex", f"{ODD}("),
        ("patterns", ODD, "--sanitize-with", f"{ODD}/no"),
        ("rules", ODD),
    ],
    ids=lambda command: f"{command[0]} {command[-2]}" if len(command) > 2 else command[0],
)
def test_what_cannot_be_done_is_said(run: Run, odd: Path, command: tuple[str, ...]) -> None:
    done = said(run(*command))
    assert done.status == 2
    assert (done.out + done.err).strip()


def test_patterns_are_tried_on_files_of_any_name(run: Run, odd: Path) -> None:
    done = said(run("patterns", ODD, "--regex", r"\d"))
    assert done.status == 0
    assert f"{len(NAMES)} matches" in done.out


@pytest.mark.parametrize("format", FORMATS)
def test_damaged_texts_are_compared(run: Run, folder: Path, format: str) -> None:
    for word in "ab":
        write(folder / f"{word}.ipynb", damaged_notebook(word), ensure_ascii=True)
    done = said(run("diff", "a.ipynb", "b.ipynb", "--format", format))
    assert done.status == 1
    sound(done.out, format)


@pytest.mark.parametrize("format", CHECK_FORMATS)
def test_damaged_texts_are_checked(run: Run, folder: Path, format: str) -> None:
    write(folder / "a.ipynb", damaged_notebook("a"), ensure_ascii=True)
    done = said(run("check", "a.ipynb", "--format", format))
    assert done.status == 1
    sound(done.out, format)


def test_mending_leaves_damaged_texts_as_they_are(run: Run, folder: Path) -> None:
    path = write(folder / "a.ipynb", damaged_notebook("a"), ensure_ascii=True)
    before = json.loads(path.read_text("utf-8"))
    assert "mended" in said(run("check", "a.ipynb", "--fix")).out
    after = json.loads(path.read_text("utf-8"))
    assert [cell.get("outputs") for cell in before["cells"]] == [
        cell.get("outputs") for cell in after["cells"]
    ]
    assert before["metadata"] == after["metadata"]


def test_cells_with_damaged_ids_and_outputs_are_replayed(run: Run, folder: Path) -> None:
    cell = code("print(1)", printed(DAMAGED), cell_id=DAMAGED, tags=[DAMAGED])
    path = write(
        folder / "n.ipynb", notebook(cell, code(f"print({ACTING!r}[:1])", printed("a\n"))), ensure_ascii=True
    )
    for format in FORMATS:
        done = said(run("verify", "n.ipynb", "--format", format))
        assert done.status == 1
        sound(done.out, format)
    assert run("verify", "n.ipynb", "--accept").status == 0
    (accepted, _) = json.loads(path.read_text("utf-8"))["cells"]
    assert accepted["outputs"][0]["text"] == ["1\n"]
    assert accepted["id"] == DAMAGED


@pytest.mark.parametrize(
    "settings",
    [
        {DAMAGED: DAMAGED},
        {"patterns": [{"name": DAMAGED, "regex": f"{DAMAGED}("}]},
        {"select": [DAMAGED]},
        {"sanitize-with": DAMAGED},
    ],
    ids=lambda settings: next(iter(settings)) if next(iter(settings)).isprintable() else "unknown",
)
def test_damaged_settings_are_refused_in_words(run: Run, folder: Path, settings: Any) -> None:
    write(folder / "n.ipynb", notebook(code("1"), **{"jupyter-hygiene": settings}), ensure_ascii=True)
    for command in ("verify", "check", "patterns", "diff"):
        done = said(run(command, *["n.ipynb"] * (2 if command == "diff" else 1)))
        assert done.status == 2
        assert "Settings of the notebook's metadata" in done.out + done.err


def test_predictions_are_made_of_damaged_texts_or_it_is_said_why_not(folder: Path) -> None:
    sources = ["x = '\ud83d'", "print(x)", DAMAGED, f"%%bash\n{DAMAGED}", "\udc00 = 1"]
    cells = [
        {"id": f"{DAMAGED}{place}", "type": "code", "source": source, "tags": [DAMAGED], "execution_count": 1}
        for place, source in enumerate(sources)
    ]
    run_of_it = {"execution_count": 1, "source": DAMAGED, "cell_id": f"{DAMAGED}0", "status": "ok"}
    requests = [
        {"cells": cells, "history": [run_of_it]},
        {"cells": cells, "basis": "file"},
        {"cells": cells, "language": DAMAGED},
        {"cells": cells + cells},
        {"base": DAMAGED},
        {"cells": cells, "basis": DAMAGED},
        {"cells": cells, "history": [{DAMAGED: 1}]},
        DAMAGED,
    ]
    done = subprocess.run(
        [*program(), "analyze"],
        cwd=folder,
        input="".join(f"{json.dumps(request)}\n" for request in requests).encode(),
        capture_output=True,
    )
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert [
        bool(reply.get("cells") or reply.get("message") or reply.get("unknown_base")) for reply in replies
    ] == [True] * len(requests)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", [["verify"], ["check"], ["patterns"], ["diff"]])
def test_no_name_makes_a_line_that_commands_a_runner(run: Run, folder: Path, command: list[str]) -> None:
    name = "nl\n::error::pwn.ipynb"
    write(folder / name, RAW)
    paths = [name, name] if command == ["diff"] else [name]
    done = run(*command, *paths)
    missing = run(*command, *[f"not {path}" for path in paths])
    for text in (done.out, done.err, missing.out, missing.err):
        assert not [line for line in text.split("\n") if line.lstrip().startswith("::")]


@pytest.mark.parametrize("format", ["json", "junit", "html"])
def test_formats_for_programs_spell_out_what_would_act_in_a_terminal(
    run: Run, folder: Path, format: str
) -> None:
    name = "turn\u202eed\u009b.ipynb"
    write(folder / name, RAW)
    done = run("verify", name, "--format", format)
    assert not [character for character in "\u202e\u009b" if character in done.out]
    if format == "json":
        assert json.loads(done.out)["notebooks"][0]["path"] == name


def test_an_option_that_is_none_acts_on_no_terminal(run: Run) -> None:
    done = run("verify", "--\x1b[31m", "x.ipynb")
    assert done.status == 2
    assert "\x1b" not in done.err
