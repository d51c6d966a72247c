"""What a terminal shows of printed text: carriage returns, backspaces and cursor moves applied, colours dropped."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

# How far the cursor may be sent, unless the line is longer.
_FARTHEST = 1_000
# A text with more control characters than this is no display: only its last frames are kept.
_MOST_CONTROLS = 400_000


@cache
def _control() -> re.Pattern[str]:
    return re.compile(
        r"\x1b\[([0-9;?]*)([ -/]*[@-~])"  # CSI: colours, cursor moves, erasing
        r"|\x1b\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)"  # OSC: titles and links
        r"|\x1b[@-Z\\^_=>78]?"
        r"|\n|\r+|\x08+"
    )


@cache
def _colours() -> re.Pattern[str]:
    return re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


def without_ansi(text: str) -> str:
    """The text without escape sequences."""
    return _colours().sub("", text) if "\x1b" in text else text


def rendered(text: str) -> str:
    """The text that remains to be read when a terminal has shown it."""
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    if "\x1b" not in text and "\r" not in text and "\x08" not in text:
        return text
    only_colours = (
        "\r" not in text and "\x08" not in text and not re.search(r"\x1b\[[0-9;]*[A-Za-ln-z]", text)
    )
    if only_colours:
        return without_ansi(text)
    if sum(1 for _ in islice(_control().finditer(text), _MOST_CONTROLS)) == _MOST_CONTROLS:
        return _last_frames(without_ansi(text))
    return _Screen().play(text)


def _last_frames(text: str) -> str:
    lines = (line.rstrip("\r").rsplit("\r", 1)[-1] for line in text.split("\n"))
    return "\n".join(lines).replace("\x08", "")


class _Screen:
    """Lines that grow downwards, and a cursor. A line is a list of characters, so that editing it in place is cheap."""

    def __init__(self) -> None:
        self.lines: list[list[str]] = [[]]
        self.row = 0
        self.column = 0

    def play(self, text: str) -> str:
        position = 0
        for match in _control().finditer(text):
            if match.start() > position:
                self.write(text[position : match.start()])
            position = match.end()
            control = match.group()
            if control == "\n":
                self.down()
            elif control[0] == "\r":
                self.column = 0
            elif control[0] == "\x08":
                self.column = max(0, self.column - len(control))
            elif match.group(2):
                self.command(match.group(1), match.group(2))
        if position < len(text):
            self.write(text[position:])
        return "\n".join("".join(line) for line in self.lines)

    def write(self, piece: str) -> None:
        line = self.lines[self.row]
        if self.column > len(line):
            line.extend(" " * (self.column - len(line)))
        line[self.column : self.column + len(piece)] = piece
        self.column += len(piece)

    def down(self) -> None:
        self.row += 1
        self.column = 0
        if self.row == len(self.lines):
            self.lines.append([])

    def command(self, parameters: str, final: str) -> None:
        first = parameters.split(";")[0]
        count = int(first[:4]) if first.isdecimal() else 0
        line = self.lines[self.row]
        if final == "A":
            self.row = max(0, self.row - max(1, count))
        elif final == "B":
            self.row = min(len(self.lines) - 1, self.row + max(1, count))
        elif final == "C":
            self.column = min(self.column + max(1, count), max(len(line), _FARTHEST))
        elif final == "D":
            self.column = max(0, self.column - max(1, count))
        elif final == "G":
            self.column = min(max(0, count - 1), max(len(line), _FARTHEST))
        elif final == "K":
            if count == 2:
                line.clear()
            elif count == 1:
                line[: self.column] = " " * min(self.column, len(line))
            else:
                del line[self.column :]
