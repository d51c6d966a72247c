"""Regular expressions of strangers, carried out where they cannot hold anything up.

Notebooks and projects come with patterns of their own. Python's engine may need years for thirty characters and holds
its process meanwhile; a linear one (RE2) knows neither looking around nor Unicode's words, and ``regex`` with its time
limit needs all memory there is to read ``(?:(?:(?:a?){2000}){2000}){2000}``. So they stay Python's, in a process that
can be ended (``regex_worker.py``).
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMPUTING = 1.0
"""Seconds of computing that one expression may take on one text."""
_PATIENCE = 60.0 if hasattr(os, "fork") else 10.0
_WORKER = Path(__file__).with_name("regex_worker.py")
_MOST_KNOWN = 1024


class Costly(Exception):
    """An expression needs more computing or memory on a text than it is given."""


class Unusable(ValueError):
    """It is no regular expression, or the replacement does not fit. ``part`` is ``regex`` or ``replace``."""

    def __init__(self, part: str, message: str) -> None:
        super().__init__(message)
        self.part = part


@dataclass(frozen=True)
class Substitution:
    """A match that is not empty, by its place, and what comes in its place."""

    start: int
    end: int
    new: str


def substitutions(regex: str, replacement: str, text: str) -> list[Substitution]:
    """What an expression matches in a text, empty matches left out.

    Raises:
        Costly: on this text or on one before. An expression that was once is not tried again in this process.
        Unusable: the expression or the replacement is none.
    """
    return [Substitution(*found) for found in _ask(regex, replacement, text, _costly)["found"]]


def matches_empty(regex: str, replacement: str) -> bool:
    """Whether an expression matches where there is no text.

    Raises:
        Costly: where there is no text; that it was on some other text does not matter.
        Unusable: the expression or the replacement is none.
    """
    return bool(_ask(regex, replacement, "", _costly_at_once)["empty"])


def was_costly(regex: str) -> bool:
    """Whether an expression has been given up in this process."""
    return regex in _costly or regex in _costly_at_once


def end_worker() -> None:
    """End the process now, which otherwise ends by itself when it has not been asked for some seconds."""
    with _lock:
        _worker.end()


def _ask(regex: str, replacement: str, text: str, costly: OrderedDict[str, None]) -> Any:
    if regex in costly:
        raise Costly(regex)
    with _lock:
        reply = _worker.ask([regex, replacement, text])
    if reply is None or reply.get("costly"):
        costly[regex] = None
        while len(costly) > _MOST_KNOWN:
            costly.popitem(last=False)
        raise Costly(regex)
    for part in ("regex", "replace"):
        if part in reply:
            raise Unusable(part, reply[part])
    return reply


class _Worker:
    """The process, started when it is needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, request: list[str]) -> Any:
        """The reply; ``None`` if the process did not live to give it."""
        message = json.dumps(request).encode()
        message = len(message).to_bytes(8, "big") + message
        while True:
            process = self._running()
            stop = threading.Timer(_PATIENCE, process.kill)
            stop.daemon = True
            stop.start()
            try:
                reply = _exchange(process, message)
            finally:
                stop.cancel()
            if reply is not None:
                return reply
            self.end()
            # It may have ended, for want of requests, in this very moment.
            if process.returncode != 0:
                return None

    def end(self) -> None:
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()  # which ends it, unless it is at work
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1)
        process.kill()
        process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        # One that was inherited by a fork belongs to the other process.
        if self._process is None or self._owner != os.getpid() or self._process.poll() is not None:
            self.end()
            self._owner = os.getpid()
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(_WORKER), str(COMPUTING)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process


def _exchange(process: subprocess.Popen[bytes], message: bytes) -> Any:
    """What a process replies to a message; ``None`` if it ends without."""
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(OSError):
        process.stdin.write(message)
        process.stdin.flush()
        head = process.stdout.read(8)
        if len(head) == 8:
            return json.loads(process.stdout.read(int.from_bytes(head, "big")))
    return None


_lock = threading.Lock()
_worker = _Worker()
_costly: OrderedDict[str, None] = OrderedDict()
_costly_at_once: OrderedDict[str, None] = OrderedDict()  # even where there is no text
atexit.register(end_worker)
