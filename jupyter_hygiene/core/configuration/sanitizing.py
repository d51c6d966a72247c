"""nbval's sanitize files: pairs of lines ``regex: …`` and ``replace: …``, usually under a ``[name]``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..own_patterns import Pattern, problem_of
from ..plain_files import text_of
from .values import MOST_PATTERNS, Unfit


def patterns_from_file(path: Path, called: str, within: Sequence[Path] | None) -> tuple[Pattern, ...]:
    """The patterns of a sanitize file, in its order.

    Args:
        called: how the file is called where it is named.
        within: the folders that it must lie in, where a stranger names it; ``None`` where it may lie anywhere.

    Raises:
        Unfit: there is no such file, it holds no patterns, or one that cannot be used.
    """
    try:
        text = _text_of(path, within)
    except (OSError, ValueError, RuntimeError) as error:  # the last one for links that go round in circles
        if within is not None:
            # The same for what is missing and what may not be read: it says nothing of either.
            raise Unfit(
                f"names {called}, which cannot be read: it must be a text file of at most 1 MB in the notebook's "
                "folder or below"
            ) from None
        reason = (
            "it is not UTF-8"
            if isinstance(error, UnicodeError)
            else getattr(error, "strerror", None) or error
        )
        raise Unfit(f"names {called}, which cannot be read: {reason}") from None
    try:
        found = tuple(_pairs(text, path))
    except Unfit as error:
        raise Unfit(f"names {called}: {error}") from None
    if not found:
        raise Unfit(f"names {called}, which holds no line 'regex: …' with a line 'replace: …' below it")
    return found


def _text_of(path: Path, within: Sequence[Path] | None) -> str:
    """Raises ``OSError`` or ``ValueError``, ``UnicodeDecodeError`` among them, with the reason."""
    real = path.resolve(strict=True)
    if within is not None and not any(real.is_relative_to(folder.resolve()) for folder in within):
        raise ValueError("it lies elsewhere")
    return text_of(real, encoding="utf-8-sig")


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
            if len(found) >= MOST_PATTERNS:
                raise Unfit(f"it holds more than {MOST_PATTERNS} patterns")
            problem = problem_of(pattern, may_match_nothing=True)
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
