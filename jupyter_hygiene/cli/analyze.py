"""``jupyter hygiene analyze``: predictions for JSON Lines, one reply a line."""

from __future__ import annotations

import json
import sys

from ..core.errors import BadRequest, HygieneError
from .output import NOT_DONE


def run_analyze() -> int:
    """Answer each line of standard input; returns the exit status.

    A line that cannot be answered gets a ``Failure`` in its place, so that replies and requests stay side by side.
    """
    from ..core.analysis_requests import AnalysisDesk

    desk = AnalysisDesk()
    status = 0
    # In bytes, since a pipe's own encoding is not UTF-8 everywhere.
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            body = json.loads(line)
            if not isinstance(body, dict):
                raise BadRequest("The line must be a JSON object.")
            reply = desk.answer(body)
        except (HygieneError, ValueError, RecursionError) as error:
            trouble = (
                error if isinstance(error, HygieneError) else BadRequest(f"The line is not JSON: {error}")
            )
            print(f"line {number}: {trouble.message}", file=sys.stderr)
            reply = {"kind": trouble.kind, "message": trouble.message}
            status = NOT_DONE
        try:
            print(json.dumps(reply), flush=True)
        except BrokenPipeError:  # nobody reads on
            return NOT_DONE
    return status
