"""``jupyter hygiene …``: the command line. Parsing and dispatch; each command has a module of its own.

Exit status: 0 all well, 1 something differs or fails, 2 something could not be done (2 beats 1).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from .settings import add_comparison_options, add_sanitize_with

FORMATS = ("text", "json", "junit", "html", "github")
CHECK_FORMATS = ("text", "json", "junit", "github", "sarif")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "verify":
            from .verify import run_verify

            return run_verify(options)
        if options.command == "diff":
            from .diff import run_diff

            return run_diff(options)
        if options.command == "check":
            from .check import run_check

            return run_check(options)
        if options.command == "rules":
            from .rules import run_rules

            return run_rules(options)
        if options.command == "patterns":
            from .patterns import run_patterns

            return run_patterns(options)
        from .analyze import run_analyze

        return run_analyze()
    except KeyboardInterrupt:
        return 2


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        from ..formats.painting import harmless, one_line  # not before a kernel starts

        super().error(harmless(one_line(message)))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="jupyter hygiene",
        description="Make notebooks trustworthy: check them, replay them, and compare with the page.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_verify(
        commands.add_parser(
            "verify",
            help="replay notebooks in fresh kernels and compare every output",
            description="Replay notebooks in fresh kernels, top to bottom, and compare each output with the saved one. "
            "This has the side effects of running them; --scratch replays in a copy of the folder.",
        )
    )
    _add_check(
        commands.add_parser(
            "check",
            help="look for what goes wrong in notebooks, and mend it; nothing is run",
            description="Check notebooks by the hygiene rules; nothing is run. Exit status: 0 if nothing is found, "
            "1 if there are findings (see --fail-on), 2 if a notebook cannot be checked.",
        )
    )
    rules = commands.add_parser(
        "rules",
        help="list the hygiene rules, or explain some",
        description="List the rules, or explain some.",
    )
    rules.add_argument("names", nargs="*", metavar="RULE", help="rules to explain; none for a list of all")
    _add_diff(
        commands.add_parser(
            "diff",
            help="compare the outputs of two notebooks; no kernel is involved",
            description="Compare the outputs of two notebooks. Cells are paired by id, else by position.",
        )
    )
    _add_patterns(
        commands.add_parser(
            "patterns",
            help="try patterns for what is volatile on saved outputs; nothing is run",
            description="Show, cell by cell, what patterns match in the saved outputs of notebooks, and what would be "
            "left to compare. Without --regex and --sanitize-with the patterns are those set for each notebook. "
            "Exit status: 0 if each pattern matches somewhere, 1 if one matches nowhere, 2 if one cannot be used.",
        )
    )
    commands.add_parser(
        "analyze",
        help="predict which cells are stale, from JSON Lines on standard input",
        description="Predict which cells a clean run would give otherwise; nothing is run. Reads one request a line "
        "from standard input and writes one reply a line to standard output, in order.",
    )
    return parser


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="NOTEBOOK", help="notebooks, or folders to look for them in"
    )
    parser.add_argument("--repeat", type=_whole, metavar="N", help="replay N times, to tell randomness")
    parser.add_argument(
        "--timeout", type=_seconds, metavar="S", help="seconds for a whole notebook (default: no limit)"
    )
    parser.add_argument(
        "--cell-timeout", type=_seconds, metavar="S", help="seconds for a cell (default: no limit)"
    )
    parser.add_argument(
        "--kernel", metavar="NAME", help="replay in this kernel, not the one that the notebook names"
    )
    parser.add_argument(
        "--jobs", type=_whole, default=1, metavar="N", help="notebooks at a time (default: 1)"
    )
    parser.add_argument(
        "--keep-going", action=argparse.BooleanOptionalAction, help="go on after a cell that raises"
    )
    parser.add_argument(
        "--scratch",
        action=argparse.BooleanOptionalAction,
        help="replay in a temporary copy of the notebook's folder",
    )
    parser.add_argument(
        "--scratch-limit",
        type=_megabytes,
        default=1_000_000_000,
        metavar="MB",
        help="largest folder to copy (default: 1000)",
    )
    parser.add_argument(
        "--accept",
        action="store_true",
        help="write the replayed outputs and counts into notebooks that do not fail",
    )
    add_comparison_options(parser)
    _add_output(parser)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="NOTEBOOK", help="notebooks, or folders to look for them in"
    )
    for option, words in (
        ("--select", "only these rules or families, such as state,long-cell"),
        ("--extend-select", "these rules or families besides the default ones"),
        ("--ignore", "not these rules or families"),
    ):
        parser.add_argument(option, action="append", metavar="RULES", help=f"{words}; may be repeated")
    parser.add_argument("--fix", action="store_true", help="carry out every safe fix, in the files")
    parser.add_argument(
        "--diff", action="store_true", help="show what --fix would change, and change nothing"
    )
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "info"),
        default="info",
        help="the least grave finding that makes the exit status 1 (default: info, that is any)",
    )
    parser.add_argument(
        "--jobs", type=_whole, metavar="N", help="processes to share many notebooks (default: one a core)"
    )
    _add_output(parser, CHECK_FORMATS)


def _add_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("saved", metavar="SAVED", help="the notebook as it was")
    parser.add_argument("replayed", metavar="REPLAYED", help="the notebook to compare with it")
    add_comparison_options(parser)
    _add_output(parser)


def _add_patterns(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="NOTEBOOK",
        help="notebooks, or folders to look for them in; - for standard input (a notebook, or any text)",
    )
    parser.add_argument("--regex", metavar="R", help="a regular expression to try")
    parser.add_argument("--replace", metavar="S", help="what it leaves in place of a match, \\1 for a group")
    add_sanitize_with(parser)


def _add_output(parser: argparse.ArgumentParser, formats: Sequence[str] = FORMATS) -> None:
    parser.add_argument(
        "--format", choices=formats, default="text", help="form of the report (default: text)"
    )
    parser.add_argument("--output", metavar="FILE", help="write the report there, not to standard output")


def _whole(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 1000:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError("must be a number of seconds above 0")
    return value


def _megabytes(text: str) -> int:
    return int(_seconds(text) * 1_000_000)
