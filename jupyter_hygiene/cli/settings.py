"""Settings on the command line: the options for them, and the layer of settings that they make."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..core.configuration import Layer

_PLACE = "the command line"


def add_comparison_options(parser: argparse.ArgumentParser) -> None:
    """Options that say how outputs are compared."""
    group = parser.add_argument_group("settings", "These come before those in pyproject.toml and notebooks.")
    group.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="any setting of [tool.jupyter-hygiene], such as rel-tolerance=1e-3; may be repeated",
    )
    group.add_argument(
        "--off",
        action="append",
        metavar="NAME",
        help="a normaliser that may excuse nothing, such as timing; may be repeated",
    )
    group.add_argument(
        "--compare",
        choices=("all", "marked"),
        help="compare the outputs of all cells, or only of those marked so",
    )
    add_sanitize_with(group)


def add_sanitize_with(parser: Any) -> None:
    parser.add_argument(
        "--sanitize-with",
        action="append",
        metavar="FILE",
        help="patterns for what is volatile, as a sanitize file of nbval; may be repeated",
    )


def settings_of(options: argparse.Namespace) -> Layer:
    """The settings that the options make.

    Raises:
        InvalidSettings: one of them is wrong.
    """
    from ..core.configuration import layer_of
    from ..core.errors import InvalidSettings

    given: dict[str, Any] = {}
    for assignment in options.set:
        key, equals, written = assignment.partition("=")
        if not equals:
            raise InvalidSettings(f"{_PLACE}: --set takes KEY=VALUE, not {assignment!r}.")
        given[key.strip()] = _value(written.strip())
    for key in (
        "off",
        "compare",
        "sanitize-with",
        "timeout",
        "cell-timeout",
        "keep-going",
        "scratch",
        "kernel",
    ):
        value = getattr(options, key.replace("-", "_"), None)
        if value is not None:
            given[key] = value
    return layer_of(given, _PLACE, Path.cwd())


def _value(written: str) -> Any:
    """A value as in TOML; what is none is taken for a text, so that quotes are not needed."""
    from ..core.toml import parse_toml

    try:
        return parse_toml(f"value = {written}")["value"]
    except (ValueError, KeyError):
        return written
