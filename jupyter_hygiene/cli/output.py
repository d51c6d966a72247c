"""Putting a report where it was asked for, and turning it into an exit status."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from ..core.report import Report
    from ..formats import Problem

ALL_WELL = 0
DIFFERS = 1
NOT_DONE = 2
# Formats for programs, and how they spell characters that would act in a terminal.
_SPELT = {"json": "json", "sarif": "json", "junit": "xml", "html": "xml"}


def deliver(reports: Sequence[Report], problems: Sequence[Problem], options: argparse.Namespace) -> bool:
    """Write the report in the format and to the place asked for. False if that cannot be done."""
    from ..formats import render

    return put(
        lambda colour: render(reports, problems, options.format, colour=colour and options.format == "text"),
        options,
    )


def put(render: Callable[[bool], str], options: argparse.Namespace) -> bool:
    """Write a text to the place asked for. False if that cannot be done.

    Args:
        render: makes the text, with colours or without.
    """
    from ..formats.painting import harmless, spelt_out
    from .files import write_atomically

    colour = options.output is None and _wants_colour()
    text = render(colour)
    if options.format in _SPELT:
        text = spelt_out(text, _SPELT[options.format])
    if options.output is None:
        return show(harmless(text, colour=colour) if options.format == "text" else text)
    try:
        write_atomically(Path(options.output), text if text.endswith("\n") else text + "\n")
    except OSError as error:
        complain(f"cannot write {options.output}: {error.strerror or error}")
        return False
    return True


def exit_status(
    reports: Sequence[Report], problems: Sequence[Problem], *, forgiven: frozenset[str] = frozenset()
) -> int:
    """The exit status. ``forgiven``: paths whose differences were accepted."""
    if problems:
        return NOT_DONE
    bad = [
        report
        for report in reports
        if report.verdict in ("differs", "failed") and report.path not in forgiven
    ]
    return DIFFERS if bad else ALL_WELL


def show(text: str) -> bool:
    """Write a text to standard output. False if that cannot be done."""
    if sys.stdout is None:
        return False
    try:
        sys.stdout.write(_sayable(text, sys.stdout) + ("" if text.endswith("\n") else "\n"))
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()  # the reader went away (a pager, head), which is its right
    except OSError as error:
        _discard_output()
        complain(f"cannot write to standard output: {error.strerror or error}")
        return False
    return True


def _discard_output() -> None:
    """Keep Python from writing again, and complaining, at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(message: str) -> None:
    """Say something on standard error, if there is one."""
    if sys.stderr is not None:
        from ..formats.painting import harmless, one_line  # not before a kernel starts

        print(_sayable(f"jupyter hygiene: {harmless(one_line(message))}", sys.stderr), file=sys.stderr)


def _sayable(text: str, stream: TextIO) -> str:
    """The text with ``?`` for what a stream's encoding cannot say: outputs and names may hold anything."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)


def _wants_colour() -> bool:
    return (
        sys.stdout is not None
        and sys.stdout.isatty()
        and "NO_COLOR" not in os.environ
        and os.environ.get("TERM") != "dumb"
    )
