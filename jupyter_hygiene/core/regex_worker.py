"""The process in which strangers' regular expressions are carried out: a program of its own, read by no other module.

Requests and replies are JSON, each behind its length in eight bytes. It ends when nobody has asked for a while, when
its parent is gone, and by a signal of the system when a request takes more than its share of computing: Python's
engine cannot be interrupted in any other way.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import Any

IDLE = 10.0  # seconds
MEMORY = 1 << 30  # bytes


def main() -> None:
    seconds = float(sys.argv[1])
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    start_clock, stop_clock, is_asked = _means_of_the_system(seconds)
    while is_asked():
        head = stdin.read(8)
        if len(head) < 8:
            return
        request = json.loads(stdin.read(int.from_bytes(head, "big")))
        start_clock()
        reply = json.dumps(_answer(*request)).encode()
        stop_clock()
        stdout.write(len(reply).to_bytes(8, "big") + reply)
        stdout.flush()


def _answer(regex: str, replacement: str, text: str) -> dict[str, Any]:
    try:
        expression = re.compile(regex)
    except (re.error, OverflowError, RecursionError) as error:
        return {"regex": str(error)}
    try:
        # Templates are looked at when there is a match only.
        expression.sub(replacement, "")
        found = []
        room = 4 * len(text) + 1_000_000
        for match in expression.finditer(text):
            if match.end() > match.start():
                new = match.expand(replacement)
                room -= len(new)
                if room < 0:
                    return {"costly": True}
                found.append((match.start(), match.end(), new))
        return {"found": found, "empty": not text and expression.search("") is not None}
    except (re.error, IndexError) as error:
        return {"replace": str(error)}
    except (MemoryError, RecursionError):
        return {"costly": True}


def _means_of_the_system(
    seconds: float,
) -> tuple[Callable[[], object], Callable[[], object], Callable[[], bool]]:
    """A clock of computing that ends this process, and a wait for requests; without them the parent sees to it."""
    try:
        import resource
        import select
        import signal
    except ImportError:  # Windows
        return (lambda: None), (lambda: None), (lambda: True)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    # A Ctrl-C is for the parent.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return (
        lambda: signal.setitimer(signal.ITIMER_PROF, seconds),
        lambda: signal.setitimer(signal.ITIMER_PROF, 0),
        lambda: bool(select.select([0], [], [], IDLE)[0]),
    )


if __name__ == "__main__":
    main()
