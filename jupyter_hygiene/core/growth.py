"""Whether outputs could be the beginning of others: of late output, or of output that was cut."""

from __future__ import annotations

from collections.abc import Sequence

from .notebook import STREAM, Output


def may_still_become(saved: Sequence[Output], replayed: Sequence[Output]) -> bool:
    """Whether more output could make what the replay gave into what stands on the page."""
    more = len(_displays(saved)) > len(_displays(replayed))
    for name in ("stdout", "stderr"):
        page, given = _printed(saved, name), _printed(replayed, name)
        if not page.startswith(given):
            return False
        more = more or len(page) > len(given)
    return more


def _displays(outputs: Sequence[Output]) -> list[Output]:
    return [output for output in outputs if output.output_type != STREAM]


def _printed(outputs: Sequence[Output], name: str) -> str:
    return "".join(output.text for output in outputs if output.name == name)
