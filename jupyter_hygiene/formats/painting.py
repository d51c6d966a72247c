"""Colours in a terminal, or none; and text of others that does nothing to it but stand there."""

from __future__ import annotations

import re

_COLOURS = {"red": "31", "green": "32", "yellow": "33", "dim": "2", "bold": "1"}
_LONGEST_LINE = 2_000
# Our own colours pass. Not so: control characters but tab and line end, what writes from right to left or hides its
# direction, and halves of characters, which no terminal can show.
_HARM = re.compile(
    rf"(?P<own>\x1b\[(?:0|{'|'.join(_COLOURS.values())})m)"
    "|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class Paint:
    """Paints text in a named colour where that is wanted, and leaves it as it is where not."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled

    def __call__(self, text: str, colour: str) -> str:
        if not self._enabled or not text:
            return text
        # A text's own escapes must not pass for ours.
        plain = text.replace("\x1b", "")
        return f"\x1b[{_COLOURS[colour]}m{plain}\x1b[0m"


# What a line begins with that is a command to GitHub's runner, whoever prints it.
_COMMAND = re.compile(r"^([^\S\n]*(?:\x1b\[[0-9;]*m[^\S\n]*)?):(?=:)", re.MULTILINE)
_INVISIBLE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def one_line(name: str) -> str:
    """A name, its line breaks shown as they are written in code: names of files may hold any character."""
    return name.replace("\n", "\\n").replace("\r", "\\r")


def spelt_out(text: str, how: str) -> str:
    """A text of a format for programs, what acts in a terminal spelt out as that format does.

    Args:
        how: ``json`` or ``xml``.
    """
    spelling = "\\u{:04x}" if how == "json" else "&#x{:x};"
    return _INVISIBLE.sub(lambda match: spelling.format(ord(match[0])), text)


def harmless(text: str, *, colour: bool = False) -> str:
    """A text as it may go to a terminal: what would act there is shown as ``�``, no line is longer than some, and none
    is a command to what reads the logs of a build.

    Args:
        colour: whether it holds colours of ours, which pass.
    """
    lines = (line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + "…" for line in text.split("\n"))
    clean = _HARM.sub(lambda match: (match["own"] if colour else None) or "\ufffd", "\n".join(lines))
    return _COMMAND.sub(r"\1: ", clean)
