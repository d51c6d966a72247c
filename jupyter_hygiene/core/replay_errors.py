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
