"""Why a cell differs or fails, as far as the replay alone can tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .report import Cause, CellVerdict, ReplayError

_ENVIRONMENT = frozenset({"ModuleNotFoundError", "ImportError", "PackageNotFoundError"})
_EXTERNAL = frozenset(
    {
        "FileNotFoundError",
        "PermissionError",
        "ConnectionError",
        "ConnectionRefusedError",
        "ConnectionResetError",
        "HTTPError",
        "URLError",
        "TimeoutError",
        "BlockingIOError",
    }
)
_NAMES = frozenset({"NameError", "UnboundLocalError"})
_NEEDS_NO_CAUSE: frozenset[CellVerdict] = frozenset(
    {"same", "cosmetic", "not_comparable", "unsaved", "skipped"}
)


def cause_of(
    verdict: CellVerdict,
    *,
    error: ReplayError | None = None,
    source_is_empty: bool = False,
    failed_above: Sequence[str] = (),
) -> Cause | None:
    """The cause of a cell's verdict; ``None`` where the verdict needs none.

    ``failed_above``: the sources of the cells above that failed, which may have bound what this one misses.
    """
    if verdict in _NEEDS_NO_CAUSE:
        return None
    if verdict == "not_reached":
        return "upstream"
    if verdict == "nondeterministic":
        return "nondeterminism"
    if source_is_empty:
        return "edited"
    if verdict == "failed" and error is not None:
        if error.name in _NAMES:
            return "upstream" if _was_to_be_bound(error.message, failed_above) else "hidden_state"
        if error.name in _ENVIRONMENT:
            return "environment"
        if error.name in _EXTERNAL or (error.hint is not None and error.name == "OSError"):
            return "external"
    return "unknown"


def _was_to_be_bound(message: str, sources: Sequence[str]) -> bool:
    name = re.search(r"'(\w+)'", message)
    return name is not None and any(re.search(rf"\b{name.group(1)}\b", source) for source in sources)
