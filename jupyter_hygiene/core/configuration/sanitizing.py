"""nbval's sanitize files: pairs of lines ``regex: …`` and ``replace: …``, usually under a ``[name]``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..own_patterns import Pattern, problem_of
from .values import Unfit


def patterns_from_file(path: Path, called: str) -> tuple[Pattern, ...]:
    """The patterns of a sanitize file, in its order. ``called``: how the file is called where it is named.

    Raises:
        Unfit: there is no such file, it holds no patterns, or one that cannot be used.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise Unfit(f"names {called}, which cannot be read: {reason}") from None
    try:
        found = tuple(_pairs(text, path))
    except Unfit as error:
        raise Unfit(f"names {called}: {error}") from None
    if not found:
        raise Unfit(f"names {called}, which holds no line 'regex: …' with a line 'replace: …' below it")
    return found


def _pairs(text: str, path: Path) -> Iterator[Pattern]:
    """Lines of any other kind are passed over, as nbval does. Of equal expressions the last replacement holds."""
    section = ""
    regex: str | None = None
    found: dict[str, Pattern] = {}
    taken: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("["):
            heading = re.match(r"\[([^\[\]]+)\]\s*$", line)
            section = heading.group(1).strip() if heading else section
        elif line.startswith("regex: "):
            if regex is not None:
                raise Unfit(f"the regex before line {number} has no line 'replace: …' below it")
            regex = line.removeprefix("regex: ")
        elif regex is not None:
            if not line.startswith("replace:"):
                raise Unfit(f"line {number} must be 'replace: …', to go with the regex above it")
            replace = line.removeprefix("replace:").removeprefix(" ")
            name = _unused(section or path.stem, taken)
            pattern = Pattern(name, regex, replace, file=str(path))
            problem = problem_of(pattern)
            if problem is not None:
                raise Unfit(f"line {number - 1}: {problem}")
            found[regex] = pattern
            regex = None
    if regex is not None:
        raise Unfit("the last regex has no line 'replace: …' below it")
    yield from found.values()


def _unused(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free
