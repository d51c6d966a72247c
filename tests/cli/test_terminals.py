"""Nothing that comes from a notebook, a file name or a setting acts on the terminal that it is shown in."""

from __future__ import annotations

import io
import os
import pty
import subprocess
from pathlib import Path

import pytest

from jupyter_hygiene.cli.progress import Progress
from jupyter_hygiene.formats.painting import harmless
from tests.cli.conftest import Run, program, write
from tests.notebooks import code, notebook, printed

ACTS = [
    *(chr(number) for number in range(32) if chr(number) not in "\t\n"),
    *(chr(number) for number in range(0x7F, 0xA0)),
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028\u2029",
]
TITLE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\r"


@pytest.mark.parametrize("character", ACTS, ids=lambda character: f"{ord(character):x}")
def test_no_character_that_acts_passes(character: str) -> None:
    for colour in (True, False):
        assert harmless(f"a{character}b", colour=colour) == "a\ufffdb"


def test_only_our_own_colours_pass_and_only_where_there_are_any() -> None:
    assert harmless("\x1b[31mred\x1b[0m", colour=True) == "\x1b[31mred\x1b[0m"
    assert "\x1b" not in harmless("\x1b[31mred\x1b[0m")
    assert "\x1b" not in harmless("\x1b[5mblinks", colour=True)


def test_lines_end_somewhere() -> None:
    assert len(harmless("x" * 50_000_000)) < 3_000


def hostile(folder: Path) -> Path:
    name = f"n{TITLE.replace('/', '')}.ipynb"
    raw = notebook(
        code(f"print({'x' + TITLE!r})", printed(f"y{TITLE}\n")),
        code(f"raise ValueError({TITLE + 'e' * 5000!r})  # {TITLE}"),
    )
    raw["metadata"]["jupyter-hygiene"] = {"patterns": [{"name": f"p{TITLE}", "regex": "zz"}]}
    return write(folder / name, raw)


@pytest.mark.parametrize(
    "command", [("verify",), ("check",), ("patterns",), ("diff",), ("verify", "--kernel", TITLE)]
)
def test_no_command_passes_on_what_acts(run: Run, folder: Path, command: tuple[str, ...]) -> None:
    path = hostile(folder)
    done = run(*command, *([path.name] * (2 if command[0] == "diff" else 1)))
    for shown in (done.out, done.err):
        assert not [character for character in ACTS if character in shown]
        assert max(map(len, shown.split("\n"))) <= 2_100
    assert done.out + done.err


def test_nor_does_one_at_a_terminal_with_colours_and_progress(folder: Path) -> None:
    path = hostile(folder)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*program(), "verify", path.name],
        cwd=folder,
        env={**os.environ, "TERM": "xterm"},
        stdout=theirs,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    process.wait()
    os.close(ours)
    text = shown.decode()
    assert "\x1b[31m" in text, "no colours were shown"
    assert "]0;owned\x07" not in text
    assert "\x1b]" not in text
    assert "\x1b[2J" not in text
    assert "\x9b" not in text
    assert "\u202e" not in text


def test_nor_does_the_progress_line(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    Progress().update(f"n{TITLE}.ipynb", 1, 2)
    assert terminal.getvalue().removeprefix("\r\x1b[K").isprintable()
