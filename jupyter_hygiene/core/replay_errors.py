"""How a cell of a replay ends where it does not end well, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .hints import hint_for
from .report import ReplayError


def asks_for_input() -> ReplayError:
    return ReplayError(
        "AsksForInput",
        "the cell asks for input, which nobody is there to give in a replay",
        "Put the answer in a variable, or tag the cell skip-execution.",
        cut_short=True,
    )


def reply_is_missing() -> ReplayError:
    return ReplayError(
        "NoReply",
        "the kernel said that the cell had ended, but its reply never came or could not be read",
        "Whether the cell ran to its end is not known: verify again.",
        cut_short=True,
    )


def whole_replay_timed_out(limit: float) -> ReplayError:
    return ReplayError(
        "Timeout",
        f"the replay reached its time limit of {limit:g} s while this cell ran",
        "Give the whole replay more time, or none to go without a limit.",
        cut_short=True,
    )


def cell_timed_out(limit: float) -> ReplayError:
    return ReplayError(
        "Timeout",
        f"the cell ran longer than its time limit of {limit:g} s",
        "Give cells more time, or none to go without a limit.",
        cut_short=True,
    )


def wrote_without_end(kept: int) -> ReplayError:
    """``kept``: characters of its output that are kept."""
    return ReplayError(
        "OutputLimit",
        f"the cell wrote output without end and was interrupted; its first {kept // 1_000_000} MB are kept",
        "Print less, or raise the limit on a cell's output.",
        cut_short=True,
    )


def fell_silent(limit: float) -> ReplayError:
    return ReplayError(
        "Silence",
        f"for {limit:g} s the kernel neither computed nor answered, so it was given up",
        "It may wait for a lock that nobody opens, or its process may be stopped. A cell that waits for something "
        "outside so long needs a higher limit on silence.",
        cut_short=True,
    )


def error_of_reply(reply: Mapping[str, Any]) -> ReplayError | None:
    """What an ``execute_reply`` says went wrong; ``None`` if nothing did."""
    if reply.get("status", "ok") == "ok":
        return None
    name = str(reply.get("ename") or "Error")
    message = str(reply.get("evalue") or "")
    if name == "StdinNotImplementedError":
        return asks_for_input()
    if reply.get("status") == "aborted":
        return ReplayError("Aborted", "the kernel did not run this cell", cut_short=True)
    return ReplayError(name, message, hint_for(name, message))
