"""What is marked on a cell, by tags and by comments: whether it is run, may raise, and has its output compared.

The one place that knows these marks, among them those of nbval.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .model import Settings

Effect = Literal["skip", "may_raise", "compare", "ignore"]

_COMMENTS: dict[str, Effect] = {
    "NBVAL_SKIP": "skip",
    "NBVAL_RAISES_EXCEPTION": "may_raise",
    "NBVAL_CHECK_OUTPUT": "compare",
    "NBVAL_IGNORE_OUTPUT": "ignore",
    "PYTEST_VALIDATE_IGNORE_OUTPUT": "ignore",
}
SKIPPING_TAG = "skip-execution"
_TAGS: dict[str, Effect] = {
    SKIPPING_TAG: "skip",
    "raises-exception": "may_raise",
    **{comment.lower().replace("_", "-"): effect for comment, effect in _COMMENTS.items()},
}


@dataclass(frozen=True)
class Treatment:
    """How a cell is treated. ``skipped`` and ``ignored`` say why it is not run, or its output not compared.

    ``time_limit``: seconds, where the cell has a limit of its own; 0 for none.
    """

    skipped: str = ""
    may_raise: bool = False
    ignored: str = ""
    time_limit: float | None = None


def treatment_of(source: str, tags: Iterable[str], settings: Settings | None = None) -> Treatment:
    """How a cell is treated, given its marks and the settings that hold for it.

    What its own metadata say comes first, then its comments, its tags, and what is set for all cells.
    """
    settings = settings or Settings()
    marks = _marks(source, tags, settings)
    skipped = "" if settings.skip is False else marks.get("skip", "")
    if settings.skip:
        skipped = "its metadata say so"
    ignored = _ignored(marks, settings)
    may_raise = "may_raise" in marks if settings.raises_exception is None else settings.raises_exception
    return Treatment(skipped, may_raise, ignored, settings.cell_timeout)


def marked_to_skip(source: str, tags: Iterable[str]) -> bool:
    """Whether a clean run leaves this cell out, as far as its own marks say."""
    return "skip" in _marks(source, tags, Settings())


def _ignored(marks: dict[Effect, str], settings: Settings) -> str:
    if settings.ignore_output is not None:
        return "its metadata say so" if settings.ignore_output else ""
    if "ignore" in marks:
        return marks["ignore"]
    if "compare" in marks or settings.compare != "marked":
        return ""
    return "only marked cells are compared, and it is not marked"


def _marks(source: str, tags: Iterable[str], settings: Settings) -> dict[Effect, str]:
    """The effects of a cell's marks, with the words for each mark. Of opposite marks the nearer one holds."""
    found: dict[Effect, str] = {}
    listed = sorted(tags)
    for tag in listed:
        if tag in settings.skip_tags:
            found["skip"] = f"it is tagged {tag}"
        if tag in settings.ignore_tags:
            found["ignore"] = f"it is tagged {tag}"
    for tag in listed:
        if tag in _TAGS:
            _add(found, _TAGS[tag], f"it is tagged {tag}")
    if "NBVAL_" in source or "PYTEST_VALIDATE_" in source:
        for line in source.splitlines():
            line = line.strip()
            comment = line.lstrip("#").strip()
            if line.startswith("#") and comment in _COMMENTS:
                _add(found, _COMMENTS[comment], f"it is marked # {comment}")
    return found


def _add(found: dict[Effect, str], effect: Effect, words: str) -> None:
    if effect in ("compare", "ignore"):
        found.pop("compare", None)
        found.pop("ignore", None)
    found[effect] = words
